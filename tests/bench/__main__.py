"""`make bench`: how long our reading takes beside what a named peer needs for the same bytes."""

from __future__ import annotations

import difflib
import io
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pdfplumber
import pypdfium2

from orchestration.registry.load import load
from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from tests.bench import million

SAMPLES = Path(__file__).parents[2] / "orchestration" / "specimens" / "samples"
ROUNDS = 15


@dataclass(frozen=True, slots=True)
class Race:
    """One piece of our work and one peer on the same bytes."""

    what: str
    ours: Callable[[], object]
    peer_name: str
    peer: Callable[[], object]


def main(folders: Iterable[Path]) -> None:
    """Print one line per document and peer: medians in milliseconds, and ours as a multiple of the peer's."""
    print(f"{'document and work':46} {'ours ms':>9}   {'peer':44} {'ms':>9} {'ours/peer':>9}")
    for race in _races(path for folder in folders for path in sorted(folder.rglob("*"))):
        ours, peer = _median_ms(race.ours), _median_ms(race.peer)
        print(f"{race.what:46} {ours:9.2f}   {race.peer_name:44} {peer:9.2f} {ours / peer:9.2f}")


def _races(paths: Iterable[Path]) -> Iterator[Race]:
    registry = load()
    labels = [cell.label for cell in registry.templates["national_2014"].cells]
    for path in paths:
        data = path.read_bytes() if path.is_file() else b""
        if not data:
            continue
        if data.startswith(b"%PDF-"):
            reading = partial(read, data, path.name)
            yield Race(f"{path.name}: read", reading, "pdfplumber extract_tables + extract_text", partial(_plumb, data))
            yield Race(f"{path.name}: read", reading, "pdfium raw text", partial(_raw_text, data))
        else:
            whole = partial(_extract, data, path.name, registry)
            scripted = partial(_script, data.decode("utf-8", "replace"), labels)
            yield Race(f"{path.name}: read and extract", whole, "difflib, lines against labels", scripted)


def _extract(data: bytes, name: str, registry: Registry) -> object:
    return extract(read(data, name), registry)


def _script(text: str, labels: Sequence[str]) -> object:
    return [difflib.get_close_matches(line.strip(), labels, n=1) for line in text.splitlines() if line.strip()]


def _plumb(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [(page.extract_tables(), page.extract_text()) for page in pdf.pages]


def _raw_text(data: bytes) -> object:
    pdf = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded() for page in pdf]


def _median_ms(work: Callable[[], object]) -> float:
    work()
    durations = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        durations.append(time.perf_counter() - start)
    return statistics.median(durations) * 1000


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [SAMPLES])
    million.main()
