"""What readers are tried on that only an office program can write."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from orchestration.reports.documents.model import Document

Convert = Callable[..., Mapping[str, bytes]]


def grid(document: Document) -> list[list[tuple[str, int, int, int, int]]]:
    """For each table its cells in order, each with its words, place and reach."""
    return [
        [(c.text, c.row, c.column, c.row_span, c.column_span) for row in table.rows for c in row]
        for table in document.tables
    ]


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Files as LibreOffice saves them in another format; skips where the part of it that is needed is not installed."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def converted(files: Mapping[str, bytes], ending: str, kind: str, *options: str) -> Mapping[str, bytes]:
        """The files by name; `ending` is that of the given files, `kind` how LibreOffice calls the wanted format."""
        folder = tmp_path_factory.mktemp("converted")
        for name, data in files.items():
            (folder / f"{name}.{ending}").write_bytes(data)
        given = sorted(folder.iterdir())
        wanted = [soffice, f"-env:UserInstallation={profile}", "--headless", *options, "--convert-to", kind]
        subprocess.run([*wanted, "--outdir", folder, *given], check=True, capture_output=True, timeout=300)
        made: dict[str, Path] = {path.stem: path for path in folder.iterdir() if path not in given}
        if not made:
            pytest.skip("this part of LibreOffice is not installed")
        return {name: made[name].read_bytes() for name in files}

    return converted
