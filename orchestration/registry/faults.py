"""What is wrong with the registry: one sentence per fault, with its file and line, gathered before any is raised."""

from __future__ import annotations

from collections.abc import Iterable


class RegistryError(ValueError):
    """The registry contradicts itself or its form; `faults` are all of them, each `file:line: sentence`."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class Faults:
    """A growing list of faults; `raise_any()` ends the loading when there is at least one.

    `unusable` says that a whole file is out of use: what other tables say about it would be noise.
    """

    def __init__(self) -> None:
        self._found: set[tuple[str, int, str]] = set()
        self.unusable = False

    def at(self, file: str, line: int, sentence: str) -> None:
        """Add a fault of this file (relative to the registry) and line (counted from 1, the header being line 1)."""
        self._found.add((file, line, sentence))

    def whole(self, file: str, line: int, sentence: str) -> None:
        """Add a fault that puts the whole file out of use."""
        self.at(file, line, sentence)
        self.unusable = True

    def raise_any(self) -> None:
        """Raise RegistryError with every fault so far, in order of file and line; return when there is none."""
        if self._found:
            raise RegistryError(f"{file}:{line}: {sentence}" for file, line, sentence in sorted(self._found))
