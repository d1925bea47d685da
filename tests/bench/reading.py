"""Reading and extracting beside named peers, on the same bytes in the same run.

`python -m tests.bench.reading [DIR …] [NUMBER]`: without folders undamaged specimens of every form in every format are
made; the number is of documents after which the memory is told. Times are of the processor, on one core.
"""

from __future__ import annotations

import difflib
import io
import multiprocessing
import re
import statistics
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import get_args

import lxml.etree
import lxml.html
import pdfplumber
import pypdfium2

from orchestration.registry.load import load
from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.specimens.model import Format
from orchestration.specimens.produce import specimens

YEARS = (2010, 2016, 2018, 2019, 2020, 2022)
AGENCIES = 3
SEED = 7
ROUNDS = 5
DOCUMENTS = (500, 1000, 2000)

Work = Callable[[bytes], object]


def main(arguments: Sequence[str]) -> None:
    """Print what each format takes, ours as a multiple of each peer's, and how the memory of a process grows."""
    most = [int(word) for word in arguments if word.isdecimal()]
    registry = load()
    found = _given([Path(word) for word in arguments if not word.isdecimal()]) or _made(registry)
    print("Reading, milliseconds of one core a report (medians; ours/peer is of the sums of the readings)")
    print(f"{'format':7}{'reports':>8}{'read':>8}{'extract':>9}{'reports/s':>11}   {'peer':42}{'ours/peer':>11}")
    for kind, reports in found.items():
        _race(kind, reports, registry)
    reports = [data for several in found.values() for data in several]
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as fresh:
        for mark, held in fresh.submit(_memory, reports, sorted({*DOCUMENTS, *most})).result():
            print(f"after {mark:6} documents a process has held at most {held:.0f} MB")


def _given(folders: Iterable[Path]) -> dict[str, list[bytes]]:
    found: defaultdict[str, list[bytes]] = defaultdict(list)
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        found[path.suffix.lstrip(".")].append(path.read_bytes())
    return dict(found)


def _made(registry: Registry) -> dict[str, list[bytes]]:
    return {
        kind: [each.content for each in specimens(registry, YEARS, AGENCIES, SEED, "none", (kind,))]
        for kind in get_args(Format)
    }


def _race(kind: str, reports: Sequence[bytes], registry: Registry) -> None:
    reading = [_least(_read, data) for data in reports]
    documents = [read(data, "x") for data in reports]
    extracting = [_least(lambda document=document: extract(document, registry)) for document in documents]
    rate = len(reports) / (sum(reading) + sum(extracting))
    ours = f"{kind:7}{len(reports):8}{_ms(reading):8.2f}{_ms(extracting):9.2f}{rate:11.0f}"
    for name, peer in _peers(registry).get(kind, {}).items():
        theirs = sum(_least(peer, data) for data in reports)
        print(f"{ours}   {name:42}{sum(reading) / theirs:11.2f}")
        ours = " " * len(ours)
    if ours.strip():
        print(ours)


def _ms(seconds: Sequence[float]) -> float:
    return statistics.median(seconds) * 1000


def _least(work: Callable[..., object], *given: bytes) -> float:
    """The least time of the processor in a few runs, in seconds: what other processes take does not count."""
    runs = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work(*given)
        runs.append(time.process_time() - start)
    return min(runs)


def _peers(registry: Registry) -> Mapping[str, Mapping[str, Work]]:
    """For each format what else reads such a file: the words alone, or as far as a script of an hour gets."""
    labels = [cell.label for cell in registry.templates["national_2014"].cells]
    return {
        "pdf": {"pdfplumber, extract_tables + extract_text": _plumb, "pdfium, raw text": _raw_text},
        "html": {"lxml, text of the parsed page": _page_text},
        "docx": {"zipfile + lxml, text of the parsed part": partial(_part_text, "word/document.xml")},
        "odt": {"zipfile + lxml, text of the parsed part": partial(_part_text, "content.xml")},
        "txt": {"difflib, every line against the labels": partial(_script, labels)},
    }


def _read(data: bytes) -> object:
    return read(data, "x")


def _plumb(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [(page.extract_tables(), page.extract_text()) for page in pdf.pages]


def _raw_text(data: bytes) -> object:
    pdf = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded() for page in pdf]


def _page_text(data: bytes) -> object:
    return lxml.html.document_fromstring(data).text_content()


def _part_text(name: str, data: bytes) -> object:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return lxml.etree.tostring(lxml.etree.fromstring(archive.read(name)), method="text", encoding="unicode")


def _script(labels: Sequence[str], data: bytes) -> object:
    lines = data.decode("utf-8", "replace").splitlines()
    return [difflib.get_close_matches(line.strip(), labels, n=1) for line in lines if line.strip()]


def _memory(reports: Sequence[bytes], marks: Sequence[int]) -> list[tuple[int, float]]:
    """The most memory that this process has held after so many documents, one format after the other."""
    registry = load()
    held = []
    done = 0
    for mark in marks:
        for at in range(done, mark):
            extract(read(reports[at % len(reports)], "x"), registry)
        done = mark
        held.append((mark, _held_mb()))
    return held


def _held_mb() -> float:
    # What the process has used as a resource would count in that of the one which started it.
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
