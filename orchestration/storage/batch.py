"""The batch over many reports: each one read and kept on disk by whichever process comes to it.

What happens to one document never stops the others: an error of ours comes back as a failure with its traceback,
and so does a document on which the reading process died.
"""

from __future__ import annotations

import gc
import signal
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

import pyarrow as pa

from orchestration.registry.load import load
from orchestration.reports.documents.read import read
from orchestration.reports.extractions.identify import candidates_in_words
from orchestration.reports.joining import Alone, alone, apart, settle_together
from orchestration.settings import Settings
from orchestration.storage.backends import here, in_processes
from orchestration.storage.files import write_atomically
from orchestration.storage.originals import original
from orchestration.storage.progress import shown
from orchestration.storage.records import EXTRACTED, extraction_row

SERIAL_UP_TO = 16
"""Starting processes takes longer than reading this many texts."""

SECONDS_PER_REPORT = 300.0
"""Thousands of times what a report takes; what takes longer never ends."""
_AGAIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Work:
    """One report to read: its document, the name that came under, and the key its result is kept by.

    `attachments` are the other documents of the report, as (document_id, file name).
    """

    document_id: str
    file_name: str
    key: str
    attachments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What the catalogue needs of a document that was read; the rest lies in the file named by its key."""

    work: Work
    media_type: str
    status: str
    report_year: int | None
    agency_id: str | None
    report_id: str | None
    issue_codes: tuple[str, ...]
    candidates: tuple[str, ...]
    """The divisions that an ambiguous or unresolved agency may belong to, in words."""
    said: Alone
    """What decides whether it belongs to a report in several files."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A document on which our own code failed, with what a programmer needs to know."""

    work: Work
    error: str


Outcome = Read | Failed


def kept_file(settings: Settings, key: str) -> Path:
    """Where the rows of one document wait until its year takes them (one row of EXTRACTED)."""
    return settings.extractions / "documents" / "kept" / f"{key}.arrow"


def read_batch(settings: Settings, works: Sequence[Work], what: str) -> Iterator[Outcome]:
    """Read every document and keep its rows; yields one outcome per document in no particular order."""
    do = partial(read_one, settings)
    apart = settings.workers > 1 and (len(works) > SERIAL_UP_TO or any(_is_pdf(settings, work) for work in works))
    results = in_processes(do, works, settings.workers, _begin) if apart else here(do, works)
    for work, outcome in shown(results, total=len(works), what=what):
        yield outcome or Failed(work, "The process that read the document ended.")


def _begin() -> None:
    """Load what every document needs, and spare the collector of garbage from looking at it for each."""
    load()
    gc.freeze()


def _is_pdf(settings: Settings, work: Work) -> bool:
    """Whether a library outside Python reads the document, which can take the process with it."""
    path = original(settings, work.document_id)
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"%PDF"


class _TakesTooLongError(BaseException):
    """Reading has not ended in time; no reader may take it for an error of the document."""


@contextmanager
def _in_time(seconds: float) -> Iterator[None]:
    """End what takes longer with _TakesTooLongError; only the main thread of a process can be told so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    watching = [seconds]

    def end(signal_number: int, frame: FrameType | None) -> None:
        if watching:
            raise _TakesTooLongError(f"Reading did not end within {seconds:g} seconds.")

    before = signal.signal(signal.SIGALRM, end)
    # Again and again, because what is raised while Python destroys an object is lost.
    signal.setitimer(signal.ITIMER_REAL, seconds, min(_AGAIN_SECONDS, seconds / 10))
    try:
        yield
    finally:
        watching.clear()
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def read_one(settings: Settings, work: Work) -> Outcome:
    """Read one document and keep its rows; an error of ours is an outcome."""
    try:
        registry = load()
        named = ((work.document_id, work.file_name), *work.attachments)
        with _in_time(SECONDS_PER_REPORT):
            parts = [read(original(settings, one).read_bytes(), name) for one, name in named]
            document, whole = settle_together(parts, registry)
            extraction = apart(document, whole)
            said = alone(document, whole, registry)
        candidates = candidates_in_words(extraction.identity, registry)
        row = pa.Table.from_pylist([extraction_row(extraction, work.key)], schema=EXTRACTED)
    except (Exception, _TakesTooLongError):
        return Failed(work, traceback.format_exc())
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, EXTRACTED, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(row)
    write_atomically(kept_file(settings, work.key), sink.getvalue().to_pybytes())
    codes = dict.fromkeys(extraction.issue_codes + extraction.identity.issue_codes)
    return Read(
        work=work,
        media_type=extraction.media_type,
        status=extraction.status,
        report_year=extraction.identity.report_year,
        agency_id=extraction.agency_id,
        report_id=extraction.report_id,
        issue_codes=tuple(codes),
        candidates=candidates,
        said=said,
    )
