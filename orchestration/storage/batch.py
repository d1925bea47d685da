"""The batch over many documents: each one read and kept on disk by whichever process comes to it.

What happens to one document never stops the others: an error of ours comes back as a failure with its traceback,
and so does a document on which the reading process died.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow as pa

from orchestration.registry.load import load
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.reports.extractions.identify import candidates_in_words
from orchestration.settings import Settings
from orchestration.storage.backends import here, in_processes
from orchestration.storage.files import write_atomically
from orchestration.storage.originals import original
from orchestration.storage.progress import shown
from orchestration.storage.records import EXTRACTED, extraction_row

SERIAL_UP_TO = 16
"""Starting processes takes longer than reading this many texts."""


@dataclass(frozen=True, slots=True)
class Work:
    """One document to read: its bytes, the name it came under, and the key its result is kept by."""

    document_id: str
    file_name: str
    key: str


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
    many = settings.workers > 1 and len(works) > SERIAL_UP_TO
    results = in_processes(do, works, settings.workers) if many else here(do, works)
    for work, outcome in shown(results, total=len(works), what=what):
        yield outcome or Failed(work, "The process that read the document ended.")


def read_one(settings: Settings, work: Work) -> Outcome:
    """Read one document and keep its rows; an error of ours is an outcome."""
    try:
        data = original(settings, work.document_id).read_bytes()
        registry = load()
        extraction = extract(read(data, work.file_name), registry)
        candidates = candidates_in_words(extraction.identity, registry)
        row = pa.Table.from_pylist([extraction_row(extraction, work.key)], schema=EXTRACTED)
    except Exception:
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
    )
