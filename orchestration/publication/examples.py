"""The examples of notebooks/: questions in SQL that the release shows and the tests run. No question is asked here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

NOTEBOOKS = Path(__file__).parent / "notebooks"


@dataclass(frozen=True, slots=True)
class Example:
    """A question in both languages, and its query."""

    name: str
    zh: str
    en: str
    query: str


def examples() -> tuple[Example, ...]:
    """Every example in order of its number; the first two lines of a file ask its question, in Chinese and English."""
    found = []
    for path in sorted(NOTEBOOKS.glob("*.sql")):
        zh, en, *query = path.read_text(encoding="utf-8").splitlines()
        found.append(Example(path.stem, zh.removeprefix("-- "), en.removeprefix("-- "), "\n".join(query)))
    return tuple(found)
