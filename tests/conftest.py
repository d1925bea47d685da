"""What every test may ask for: the shared real documents where they are, else a skip."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.registry.load import load
from orchestration.registry.model import Registry


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real reports and their gold; skips where it is not beside the project."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("the real reports are not beside the project")
    return folder


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The registry as committed."""
    return load()
