"""What a person is told at the end of a run: what is published, refused and in quarantine, with paths."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from orchestration.defs.asked import SAMPLES, Asked
from orchestration.publication.history import newer_release
from orchestration.registry.load import load
from orchestration.settings import Settings
from orchestration.storage.catalogue import catalogued
from orchestration.storage.known import EXTRACTOR_FAILED, candidates_of
from orchestration.storage.reasons import LONE_EN, LONE_ZH, reason_words

Judgement = Mapping[str, Any]

DONE, REFUSED, FAILED = 0, 3, 4

CANDIDATES_TOLD = 5
"""How many candidates a line names; aud_quarantine has more of them."""


def told(asked: Asked, years: tuple[int, ...], left: tuple[int, ...]) -> int:
    """Print what came of the run that handled `years` and left the changed years `left` alone; returns the exit status.

    Only the years asked for count, or all; a year of which nothing has arrived is not refused, nor one that stands in
    a newer release than the one chosen by hand. Of the samples some are broken on purpose and may be refused.
    """
    settings = asked.settings
    rows = catalogued(settings)
    _print_place(asked, len(rows))
    _print_changes(years, left)
    newer = newer_release(settings)
    _print_choice(settings, newer)
    verdicts = _judgements(settings.gate.glob("*/verdict.json"), lambda path: path.parent.name)
    released = _released(settings.publication / "current")
    ahead = _released(newer) if newer else {}
    missing = set()
    for year in sorted({*verdicts, *asked.years}):
        state = _state(verdicts.get(year), released.get(year), ahead.get(year))
        print("\n".join(_year_lines(settings, year, state, verdicts.get(year), year in years)))
        if state not in ("published", "empty", "set back") and (year in asked.years or not asked.years):
            missing.add(year)
    _print_quarantine(rows)
    _print_release(settings)
    if asked.samples:
        _print_what_samples_show()
    if any(row["reason_code"] == EXTRACTOR_FAILED for row in rows):
        print(
            "The program failed on the documents that say so above; their tracebacks are in `make ui`.", file=sys.stderr
        )
        return FAILED
    return REFUSED if missing and not asked.samples else DONE


def _judgements(paths: Iterable[Path], year_of: Callable[[Path], str]) -> dict[int, Judgement]:
    """Verdicts as written, by year."""
    return {int(year_of(path)): json.loads(path.read_text(encoding="utf-8")) for path in paths}


def _released(release: Path) -> dict[int, Judgement]:
    """The verdicts that a release holds, by year."""
    return _judgements((release / "verdicts").glob("*.json"), lambda path: path.stem)


def _state(verdict: Judgement | None, released: Judgement | None, ahead: Judgement | None) -> str:
    """published, refused, empty (there is nothing to publish), set back (published, but in a newer release than the
    current one) or unpublished (the warehouse has moved on).
    """
    if verdict is None:
        return "empty"
    if not verdict["passed"]:
        return "refused"
    if not verdict["reports"]:
        return "empty"
    if _holds(released, verdict):
        return "published"
    return "set back" if _holds(ahead, verdict) else "unpublished"


def _holds(released: Judgement | None, verdict: Judgement) -> bool:
    """Whether what a release says of a year is said of the content that this verdict is about."""
    return bool(released and released["passed"] and released["content_hash"] == verdict["content_hash"])


def _year_lines(settings: Settings, year: int, state: str, verdict: Judgement | None, now: bool) -> Iterator[str]:
    if verdict is None or state == "empty":
        stage = f" ({verdict['maturity']})" if verdict else ""
        yield f"{year}  nothing to publish: no report of this year has arrived{stage}."
        return
    number = verdict["reports"]
    told = f"{number} report{'s' * (number != 1)}, {verdict['maturity']}{'' if now else ', unchanged'}"
    page = settings.gate / str(year) / "report.html"
    if state == "published":
        yield f"{year}  published: {told}  {page}"
    elif state == "set back":
        yield f"{year}  set back by hand: {told}  {page}"
    elif state == "unpublished":
        yield f"{year}  NOT published: its content has changed since it was judged; run again.  {page}"
    else:
        yield f"{year}  REFUSED by the gate: {told}  {page}"
    for rule in verdict["expectations"]:
        if rule["outcome"] != "passed" and (rule["severity"] == "critical" or _is_missing_something(rule)):
            yield from _failure_lines(rule)


def _is_missing_something(rule: Judgement) -> bool:
    """Whether a rule that refuses nothing warns of what is not there, which a reader of the figures would not see."""
    return bool(rule["suite"] == "coverage" and rule["severity"] == "warning")


def _failure_lines(rule: Judgement) -> Iterator[str]:
    """What a failed or excused rule found, in words; nothing for one that does not apply."""
    if rule["outcome"] in ("failed", "excused"):
        word = {"failed": rule["severity"], "excused": "excused"}[rule["outcome"]]
        found = [rule.get("told_en") or rule["name_en"], rule.get("told_zh") or rule["name_zh"]]
        if rule["outcome"] == "excused":
            found = [found[0], rule["why_en"], found[1], rule["why_zh"]]
        yield f"      {word}: {' '.join(found)} ({rule['rule_id']})"


def _print_place(asked: Asked, files: int) -> None:
    if asked.samples:
        print("The inbox is empty: these are the bundled samples, in a data root of their own.")
    settings = asked.settings
    print(f"Inbox {settings.inbox}; {files} files have landed in {settings.data_root}, judged as of {settings.as_of}.")


def _print_changes(years: tuple[int, ...], left: tuple[int, ...]) -> None:
    """Say why there is no new release, or that years wait because they were not asked for."""
    if left:
        waiting = ", ".join(map(str, left))
        print(f"Changed since the last run, but not asked for and left as it was: {waiting}.")
    if not years:
        print(f"Nothing {'else ' * bool(left)}has changed since the last run: there is no new release.")


def _print_choice(settings: Settings, newer: Path | None) -> None:
    """Say that the current release was chosen by hand, and how to leave it for the newest one."""
    if newer is not None:
        chosen = (settings.publication / "current").resolve().name
        print(
            f"Release {chosen} was chosen by hand and stays until something changes: "
            f"`releases use {newer.name}` leads forward."
        )


def _print_quarantine(rows: Iterable[Mapping[str, Any]]) -> None:
    held = [row for row in rows if row["reason_code"] is not None]
    if held:
        print(f"{len(held)} file{'s' * (len(held) != 1)} in quarantine:")
    for row in held:
        print(f"      {row['source_uri']}: {quarantine_words(row)}")


def quarantine_words(row: Mapping[str, Any]) -> str:
    """Why a row of the catalogue is in quarantine, in English and Chinese, and its first candidates, named once."""
    named = candidates_of(row["reason_detail"], CANDIDATES_TOLD)
    if len(named) == 1:
        return f"{LONE_EN.format(named[0])} {LONE_ZH.format('这一处')}"
    zh, en = reason_words({**row, "reason_detail": None}, load())
    candidates = f" Candidates 候选: {'; '.join(named)}" if named else ""
    return f"{en} {zh}{candidates}"


def _print_what_samples_show() -> None:
    print("What the samples show:")
    with SAMPLES.with_suffix(".csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            print(f"      {row['source_uri']}: {row['shows_en']} · {row['shows_zh']}")


def _print_release(settings: Settings) -> None:
    current = settings.publication / "current"
    if current.exists():
        print(f"Release {current.resolve().name}: {current / 'index.html'}")
    else:
        print("There is no release yet.")
