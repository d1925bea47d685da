"""One self-contained HTML page: the frame and the style that the gate's report and the release's index share.

No script, no font and no address is loaded; a page works from file:// and on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
:root { --ink: #1f2430; --soft: #5d6577; --line: #dfe3ea; --paper: #ffffff; --wash: #f5f7fa; --accent: #0b5c8a;
  --good: #1d7a46; --bad: #b3261e; --warn: #9a6700; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--wash); line-height: 1.55; font-size: 15px;
  font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
header.top { border-bottom: 3px solid var(--accent); padding-bottom: 1rem; margin-bottom: 1.5rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
h2 small, h1 small { color: var(--soft); font-weight: 400; font-size: .8em; margin-left: .5em; }
p { margin: .4rem 0; }
.en, .soft { color: var(--soft); }
.en { font-size: .88em; display: block; }
section.card, .scroll { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
section.card { padding: 1rem 1.25rem; margin: 1rem 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92em; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid var(--line); }
th { background: var(--wash); font-weight: 600; white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.tag { display: inline-block; padding: .05rem .55rem; border-radius: 999px; font-size: .85em; white-space: nowrap;
  border: 1px solid currentColor; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1rem 0; }
.tile { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .7rem 1.1rem;
  min-width: 8.5rem; }
.tile b { display: block; font-size: 1.5rem; font-variant-numeric: tabular-nums; }
code, pre { font-family: "Noto Sans Mono CJK SC", ui-monospace, monospace; font-size: .9em; }
pre { background: var(--wash); border: 1px solid var(--line); border-radius: 6px; padding: .8rem; overflow-x: auto; }
details { margin: .5rem 0; } td details, td > p:first-child { margin: 0; } summary { cursor: pointer; }
q { quotes: "「" "」"; }
@media print { body { background: #fff; } .scroll { overflow: visible; } }
"""


def page(title: str, body: Iterable[str]) -> str:
    """The whole page; `title` is plain text, `body` is HTML already escaped where it must be."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="zh-CN">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body><main>",
            *body,
            "</main></body>",
            "</html>",
            "",
        ]
    )


def heading(zh: str, en: str) -> str:
    """A section heading in both languages."""
    return f"<h2>{escape(zh)}<small>{escape(en)}</small></h2>"


def both(zh: str, en: str) -> str:
    """A phrase in both languages, the English one below."""
    return f'{escape(zh)}<span class="en">{escape(en)}</span>'


def tag(words: str, tone: str = "soft") -> str:
    """A small label; `tone` is good, bad, warn or soft."""
    return f'<span class="tag {tone}">{escape(words)}</span>'


def tiles(figures: Sequence[tuple[str, str, str]]) -> str:
    """Large figures in a row: (figure, Chinese caption, English caption)."""
    inside = "".join(f'<div class="tile"><b>{escape(figure)}</b>{both(zh, en)}</div>' for figure, zh, en in figures)
    return f'<div class="tiles">{inside}</div>'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[int] = ()) -> str:
    """A table whose cells are HTML; the columns at the positions `numeric` are set to the right."""

    def cell(kind: str, position: int, inside: str) -> str:
        return f'<{kind} class="n">{inside}</{kind}>' if position in numeric else f"<{kind}>{inside}</{kind}>"

    head = "".join(cell("th", position, inside) for position, inside in enumerate(heads))
    body = "\n".join(
        "<tr>" + "".join(cell("td", position, inside) for position, inside in enumerate(row)) + "</tr>" for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>'
