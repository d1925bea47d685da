"""The whole flow on the histories of many agencies, against the truth they were written with.

`python -m tests.years` is the long form: twelve years of 300 agencies, run twice.
"""
