"""`python -m tests.goldens`: rewrite the goldens from what the readers see now. Read the difference by hand."""

from orchestration.registry.load import load
from tests.goldens import read_all, rewrite

rewrite(read_all(load()))
