"""Benchmarks: ratios against a named peer in the same run, medians of many rounds; never assertions."""
