"""What made the content of a year: the registry and the models, as hashes kept in verdicts/<year>.json.

CHANGES.md compares them with those of the release before to say why a number differs; which program read a
report stands in dim_reports. Nothing is compared here.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestration.publication.lists import REGISTRY_TABLES
from orchestration.storage.fingerprints import PROJECT, files_fingerprint, model_fingerprint

CHANGES_NO_READING = frozenset(
    {
        *("corrections.csv", "exclusions.csv", "due_dates.csv", "report_years.csv"),
        *("sources.csv", "usage_warnings.csv", "warning_codes.csv"),
    }
)
"""Tables that make no figure be read or understood otherwise: a correction is a cause of its own, as is a report that
comes or goes because a document is excluded."""


def made_with() -> dict[str, str]:
    """Hashes of what the warehouse's content is made with now, by name."""
    return {
        "registry": _registry_fingerprint(),
        "models": model_fingerprint(),
    }


def made_before(judgement: Mapping[str, Any] | None) -> Mapping[str, str]:
    """What the content that a release holds of a year was made with; empty where its verdict does not tell."""
    told = judgement or {}
    content = told if told.get("passed") else told.get("published") or {}
    found: Mapping[str, str] = content.get("made_with") or {}
    return found


def _registry_fingerprint() -> str:
    folder = REGISTRY_TABLES.parent
    tables: list[Path] = [path for path in REGISTRY_TABLES.glob("*.csv") if path.name not in CHANGES_NO_READING]
    return files_fingerprint(
        *(path.relative_to(PROJECT).as_posix() for path in [*tables, folder / "templates", folder / "wording"])
    )
