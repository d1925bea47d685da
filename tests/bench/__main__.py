"""`make bench`: what reading and judging take beside named peers, as ratios."""

from __future__ import annotations

import sys

from tests.bench import million, reading

if __name__ == "__main__":
    reading.main(sys.argv[1:])
    million.main()
