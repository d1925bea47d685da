"""Decides whether a report year is fit to publish; the only room that knows Great Expectations."""
