"""`make bench`: how long our reading takes beside what a named peer needs for the same bytes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import charset_normalizer

from orchestration.registry.load import load
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract

SAMPLES = Path(__file__).parents[2] / "orchestration" / "specimens" / "samples"
ROUNDS = 30


def median_ms(work: Callable[[], object]) -> float:
    """The median duration of ROUNDS calls in milliseconds, after one call to warm up."""
    work()
    durations = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        durations.append(time.perf_counter() - start)
    return statistics.median(durations) * 1000


def main() -> None:
    """Print one line per sample report: everything we read in it against charset-normalizer's detection alone."""
    registry = load()
    print(f"{'sample report':44} {'extract ms':>11} {'charset-normalizer ms':>22} {'ratio':>7}")
    for path in sorted(SAMPLES.rglob("*.txt")):
        data = path.read_bytes()
        if not data:
            continue
        ours = median_ms(lambda data=data, name=path.name: extract(read(data, name), registry))  # type: ignore[misc]
        peer = median_ms(lambda data=data: charset_normalizer.from_bytes(data).best())  # type: ignore[misc]
        print(f"{path.name:44} {ours:11.2f} {peer:22.2f} {ours / peer:7.2f}")


if __name__ == "__main__":
    main()
