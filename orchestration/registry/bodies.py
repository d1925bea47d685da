"""reorganisations.csv: which departments went on under another name, and which were merged into others.

The names are those of bodies without their place (环境保护局), or of agencies of the state. A body that went on whole
under a new name is one agency; what several were merged into is another one, and the rows say only what it follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from orchestration.registry.entries import Entry
from orchestration.registry.model import Reorganisation
from orchestration.registry.tables import Row

KINDS = ("renamed", "merged")


def reorganisations(rows: Iterable[Row]) -> list[Entry[Reorganisation]]:
    """reorganisations.csv in order."""
    return [
        Entry(
            Reorganisation(
                old_body=row.text("old_body"),
                new_body=row.text("new_body"),
                year=row.year("year"),
                kind=cast(Any, row.word("kind", KINDS, "renamed or merged")),
                source=row.text("source"),
            ),
            row,
        )
        for row in rows
    ]


def check_reorganisations(entries: Sequence[Entry[Reorganisation]]) -> None:
    """A body was renamed once, later than it came to be, and never into what it or another was merged into."""
    merged: dict[str, Entry[Reorganisation]] = {}
    for entry in sorted(entries, key=lambda entry: entry.value.year):
        if entry.value.kind == "merged":
            merged.setdefault(entry.value.new_body, entry)
    renamed: dict[str, Entry[Reorganisation]] = {}
    for entry in entries:
        value, row = entry.value, entry.row
        if value.kind == "merged":
            continue
        before = renamed.setdefault(value.old_body, entry)
        if before is not entry:
            row.fault(f"{value.old_body} is renamed at line {before.row.line} already.")
        whole = merged.get(value.new_body)
        if whole is not None and whole.value.year <= value.year:
            row.fault(f"{value.new_body} is what others were merged into at line {whole.row.line}.")
    for entry in renamed.values():
        later = renamed.get(entry.value.new_body)
        if later is not None and later.value.year <= entry.value.year:
            later.row.fault(f"{later.value.old_body} is renamed before it came to be, at line {entry.row.line}.")
