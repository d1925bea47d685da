"""`python -m tests.years`: twelve years of 300 agencies, run twice, held against their truth; exits 1 on failure."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.years.compared import compare, content
from tests.years.flow import run, seconds, written

REFUSED = 3
LEAST_PRECISION = 0.98


def main() -> int:
    """Write, run, compare and tell; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.years", description=__doc__)
    parser.add_argument("--years", default="2014-2025", metavar="Y-Y")
    parser.add_argument("--agencies", type=int, default=300, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument("--failing-year", type=int, default=2016, metavar="Y", help="the year that must be refused")
    parser.add_argument("--bundles", type=float, default=0.2, metavar="SHARE", help="so many have their table apart")
    parser.add_argument("--as-of", default="2026-10-01", metavar="DAY")
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep everything here (default: a temporary folder)")
    parser.add_argument("--once", action="store_true", help="run the flow once and compare no bytes")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        return _measured(asked, asked.out or Path(temporary))


def _measured(asked: argparse.Namespace, folder: Path) -> int:
    wish = (
        "--years",
        asked.years,
        "--agencies",
        str(asked.agencies),
        "--seed",
        str(asked.seed),
        "--bundles",
        str(asked.bundles),
    )
    started = time.monotonic()
    truth = written(folder, *wish, "--failing-year", str(asked.failing_year))
    print(f"written in {time.monotonic() - started:.0f} s")
    roots = []
    for name, workers in (("one", 2), ("two", 1))[: 1 if asked.once else 2]:
        started, root = time.monotonic(), folder / name
        done = run(folder / "reports", root, asked.as_of, workers)
        print(f"run {name} with {workers} workers: status {done.returncode} in {time.monotonic() - started:.0f} s")
        if done.returncode != REFUSED:
            print(done.stdout + done.stderr)
            return 1
        print("  " + ", ".join(f"{step} {taken:.1f} s" for step, taken in seconds(root).items()))
        roots.append(root)
    compared = compare(truth, roots[0], [asked.failing_year])
    print(*(f"missed: {each}" for each in compared.missed), sep="\n")
    print(*(f"wrong: {each}" for each in compared.wrong), sep="\n")
    figures = [each for kind in (compared.cells, compared.indicators) for each in (*kind.missing, *kind.wrong)]
    print(*(f"figure: {each}" for each in figures), sep="\n")
    print(compared.told())
    same = len({tuple(content(root).items()) for root in roots}) == 1
    print("both runs gave the same bytes" if same else "the two runs differ")
    sound = not compared.missed and not figures and compared.precision >= LEAST_PRECISION
    verdicts = not [each for each in compared.wrong if "verdict" in each]
    return 0 if sound and same and verdicts else 1


if __name__ == "__main__":
    sys.exit(main())
