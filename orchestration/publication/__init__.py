"""Hands over: turns judged years of the warehouse into immutable releases. It computes no figure of its own."""
