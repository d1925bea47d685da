"""What a result depends on, as hashes: the code, the registry, the rules of the gate, the documents of a year.

Two equal fingerprints mean that nothing has to be done again. Nothing is decided here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path

import yaml

from orchestration.registry.model import Registry

PROJECT = Path(__file__).resolve().parents[2]
EXTRACTION_CODE = ("orchestration/reports", "orchestration/storage/records.py", "orchestration/storage/schemas.py")
EXTRACTION_LIBRARIES = ("lxml", "olefile", "pdfminer.six", "pdfplumber", "pypdfium2", "xlrd")
JUDGEMENT_CODE = ("orchestration/gate", "orchestration/publication", "expectations")
MODEL_CODE = (
    "dbt_project/models",
    "dbt_project/macros",
    "dbt_project/tests",
    "dbt_project/dbt_project.yml",
    "dbt_project/profiles.yml",
)
SOURCE_ENDINGS = frozenset({".py", ".sql", ".yml", ".yaml", ".csv", ".md"})


def digest(parts: Iterable[str]) -> str:
    """The SHA-256 of the parts in order, as hex."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def files_fingerprint(*names: str) -> str:
    """The hash of the source files at or below these paths of the project, by relative path and bytes."""
    found: set[Path] = set()
    for name in names:
        path = PROJECT / name
        found.update([path] if path.is_file() else (p for p in path.rglob("*") if p.suffix in SOURCE_ENDINGS))
    return digest(
        f"{path.relative_to(PROJECT).as_posix()}:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted(found)
    )


@cache
def extraction_code() -> str:
    """The hash of the code that reads documents and of the libraries it reads with, as this process has loaded them."""
    return digest([files_fingerprint(*EXTRACTION_CODE), *(f"{name} {version(name)}" for name in EXTRACTION_LIBRARIES)])


def extractor_version() -> str:
    """The version of the project and the first digits of the hash of the reading code (dim_reports)."""
    return f"{version('ogi-reports')}+{extraction_code()[:12]}"


def extraction_key(document_id: str, file_name: str, registry: Registry) -> str:
    """What the rows of one document depend on: its bytes and name, the registry, and the code that reads."""
    return digest((document_id, file_name, registry.fingerprint, extraction_code()))


def model_fingerprint() -> str:
    """The hash of the dbt project."""
    return files_fingerprint(*MODEL_CODE)


def judgement_fingerprint(registry: Registry) -> str:
    """What turns a year's extractions into verdict and release: models, registry, suites, gate and publication."""
    return digest((model_fingerprint(), registry.fingerprint, files_fingerprint(*JUDGEMENT_CODE)))


def passed_days(registry: Registry, as_of: date, year: int) -> tuple[str, ...]:
    """The days that matter to the judgement of a year and are over on the day judged as of.

    They are the due day, the end of the follow-up, and the days until which excuses hold; a day on which none of
    them passes changes nothing.
    """
    known = registry.report_years.get(year)
    days = {known.due_on, known.final_on} if known else set()
    days |= set(_excuse_ends(PROJECT / "expectations" / "exceptions.yml"))
    return tuple(sorted(day.isoformat() for day in days if day < as_of))


def _excuse_ends(path: Path) -> Iterable[date]:
    if not path.exists():
        return
    pending = [yaml.safe_load(path.read_text(encoding="utf-8"))]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            pending.extend(value for key, value in item.items() if key != "until")
            if "until" in item:
                yield date.fromisoformat(str(item["until"]))
        elif isinstance(item, list):
            pending.extend(item)
