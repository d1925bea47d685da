"""A registry folder to break, with few regions so that each test is quick."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.registry.load import RegistryError, load

HERE = Path(load.__code__.co_filename).parent


class Copy:
    """The registry as it is, in a folder of its own, and ways to break it; each says the line that is wrong then."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("tables", "templates", "wording"):
            shutil.copytree(HERE / folder, root / folder)
        lines = [line for line in self.lines("regions") if line.startswith(("region_code,", "11", "99"))]
        self.write("regions", lines)
        followed = [line for line in self.lines("successions") if line.startswith(("old_code,", "11", "99"))]
        self.write("successions", followed)
        agencies = self.lines("agencies")
        self.write("agencies", agencies[:1])

    def path(self, table: str) -> Path:
        return self.root / table if "." in table else self.root / "tables" / f"{table}.csv"

    def lines(self, table: str) -> list[str]:
        return self.path(table).read_text(encoding="utf-8").splitlines()

    def write(self, table: str, lines: list[str]) -> None:
        self.path(table).write_text("\n".join(lines) + "\n", encoding="utf-8")

    def change(self, table: str, start: str, old: str, new: str) -> int:
        """In the first line that starts so, put new for old; its number."""
        lines = self.lines(table)
        at = next(at for at, line in enumerate(lines) if line.startswith(start))
        assert old in lines[at]
        lines[at] = lines[at].replace(old, new, 1)
        self.write(table, lines)
        return at + 1

    def add(self, table: str, *lines: str) -> int:
        """Lines at the end; the number of the last."""
        self.write(table, [*self.lines(table), *lines])
        return len(self.lines(table))

    def drop(self, table: str, start: str) -> int:
        """Without the first line that starts so; its number."""
        lines = self.lines(table)
        at = next(at for at, line in enumerate(lines) if line.startswith(start))
        self.write(table, lines[:at] + lines[at + 1 :])
        return at + 1

    def faults(self) -> tuple[str, ...]:
        with pytest.raises(RegistryError) as raised:
            load(self.root)
        assert str(raised.value) == "\n".join(raised.value.faults)
        return raised.value.faults
