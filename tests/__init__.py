"""The tests: rooms as in the package, goldens, benchmarks."""
