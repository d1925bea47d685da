"""Where one run finds its data and how many hands it has; read when called, never at import."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Settings:
    """The data root (CONTRACT, section 2), the inbox, the number of worker processes, and the day judged as of.

    `keep_releases` is how many releases stay after a publication; None lets none go.
    """

    data_root: Path
    inbox: Path
    workers: int
    as_of: date
    keep_releases: int | None = None

    @classmethod
    def read(
        cls,
        data_root: Path | str | None = None,
        inbox: Path | str | None = None,
        as_of: date | None = None,
    ) -> Settings:
        """Settings from the arguments, else from OGI_DATA_ROOT, OGI_INBOX, OGI_WORKERS, OGI_AS_OF and
        OGI_KEEP_RELEASES, else defaults.

        Paths come back absolute; the day defaults to today. Raises ValueError for what is no day or no number, naming
        the variable.
        """
        root = Path(data_root or os.environ.get("OGI_DATA_ROOT") or "data").absolute()
        box = Path(inbox or os.environ.get("OGI_INBOX") or root / "inbox").absolute()
        day = as_of or _given("OGI_AS_OF", date.fromisoformat, "a day as 2018-04-01") or date.today()
        workers = _given("OGI_WORKERS", int, "a number") or os.cpu_count() or 1
        keep = _given("OGI_KEEP_RELEASES", int, "a number")
        if keep is not None and keep < 1:
            raise ValueError(f"OGI_KEEP_RELEASES is {keep}: at least one release has to stay")
        return cls(data_root=root, inbox=box, workers=workers, as_of=day, keep_releases=keep)

    @property
    def landing(self) -> Path:
        """Content-addressed originals and their append-only manifest."""
        return self.data_root / "landing"

    @property
    def extractions(self) -> Path:
        """Parquet: documents/, then one folder per report year."""
        return self.data_root / "extractions"

    @property
    def warehouse(self) -> Path:
        """dbt's working file; only dbt writes it."""
        return self.data_root / "warehouse.duckdb"

    @property
    def gate(self) -> Path:
        """One folder per judged year, with verdict.json and report.html."""
        return self.data_root / "gate"

    @property
    def publication(self) -> Path:
        """releases/<release_id>/ and the link `current`."""
        return self.data_root / "publication"

    @property
    def dagster_home(self) -> Path:
        """Dagster's own state: runs, events, schedules."""
        return self.data_root / "dagster"


def _given(name: str, read: Callable[[str], Value], wanted: str) -> Value | None:
    """What a variable of the environment says, None where it says nothing; raises ValueError if it is not `wanted`."""
    text = os.environ.get(name)
    if not text:
        return None
    try:
        return read(text)
    except ValueError as error:
        raise ValueError(f"{name} is {text!r}: write {wanted}, or nothing for the default.") from error
