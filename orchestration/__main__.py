"""The human's door: `python -m orchestration <command>`. Each command imports what it needs when it is called."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from orchestration.defs.run import add_run
from orchestration.defs.ui import add_ui
from orchestration.publication.command import add_releases, add_verify
from orchestration.specimens.command import add_specimens

if TYPE_CHECKING:
    from orchestration.landing.addresses import Answer

WRONG_USAGE = 2
FAILED = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (CONTRACT, section 3)."""
    parser = argparse.ArgumentParser(prog="python -m orchestration", description="政府信息公开年度报告 · OGI reports")
    commands = parser.add_subparsers(dest="command", required=True)
    _add_read(commands)
    _add_explain(commands)
    add_run(commands)
    add_ui(commands)
    add_specimens(commands)
    add_verify(commands)
    add_releases(commands)
    _add_sources(commands)
    asked = parser.parse_args(arguments)
    try:
        status: int = asked.run(asked)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads along, a pager or `head`, has seen enough; nothing more can be written, not even at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _add_read(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("read", help="read files without writing anything")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="one JSON object per file and line")
    parser.set_defaults(run=_read)


def _read(asked: argparse.Namespace) -> int:
    from orchestration.registry.load import RegistryError, load
    from orchestration.reports.joining import extract_apart, grouped, opened
    from orchestration.reports.show import as_record, as_summary
    from orchestration.storage.fingerprints import extractor_version

    try:
        registry = load()
        contents = [(path.name, path.read_bytes()) for path in asked.files]
    except RegistryError as error:
        return _refuse(f"the registry is not valid; mend these lines: {error}")
    except OSError as error:
        return _refuse(f"cannot read {error.filename}: {error.strerror}; give the path of a file.")
    for name, data in contents:
        for parts in grouped(opened(data, name), registry):
            for extraction in extract_apart(parts, registry):
                if asked.json:
                    record = as_record(extraction, registry, extractor_version())
                    print(json.dumps(record, ensure_ascii=False, allow_nan=False))
                else:
                    print(as_summary(extraction, registry), end="\n\n")
    return 0


def _add_explain(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("explain", help="show what was recognised in one file, and why")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=_explain)


def _explain(asked: argparse.Namespace) -> int:
    from orchestration.registry.load import RegistryError, load
    from orchestration.reports.documents.bundle import members
    from orchestration.reports.documents.read import read
    from orchestration.reports.explain import WIDTH, explain
    from orchestration.reports.joining import grouped, settle_together

    try:
        registry = load()
        data = asked.file.read_bytes()
    except RegistryError as error:
        return _refuse(f"the registry is not valid; mend these lines: {error}")
    except OSError as error:
        return _refuse(f"cannot read {error.filename}: {error.strerror}; give the path of a file.")
    files = [(read(content, path), len(content)) for path, content in members(data, asked.file.name)]
    sizes = {document.document_id: size for document, size in files}
    for parts in grouped([document for document, _ in files], registry):
        document, extraction = settle_together(parts, registry)
        told = explain(
            document,
            extraction,
            registry,
            sizes=sizes,
            width=get_terminal_size((WIDTH, 0)).columns,
            colours=sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
        )
        print(told)
    return 0


def _add_sources(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("sources", help="the publishers of what the registry and the inbox hold")
    parser.add_argument("what", choices=["check"], help="check: try their addresses")
    parser.set_defaults(run=_check_sources)


def _check_sources(asked: argparse.Namespace) -> int:
    from orchestration.landing.addresses import answers, names_fail
    from orchestration.registry.load import RegistryError, load

    try:
        sources = load().sources
    except RegistryError as error:
        return _refuse(f"the registry is not valid; mend these lines: {error}")
    found: list[Answer] = []
    for answer in answers(sources):
        # While no name at all is known, what is to be said first is not certain.
        waiting = names_fail(found)
        found.append(answer)
        if not names_fail(found):
            _print_answers(found if waiting else [answer])
    if names_fail(found):
        print("No name of a server could be looked up: this machine seems to have no network. Try again with one.")
        _print_answers(found)
        return FAILED
    silent = sum(not answer.works for answer in found)
    if silent:
        print(f"{silent} of {len(found)} addresses do not answer: mend them in sources.csv, or try later.")
    return FAILED if silent else 0


def _print_answers(found: Sequence[Answer]) -> None:
    for answer in found:
        print(
            f"{'ok   ' if answer.works else 'FAILS'} {answer.source_id}  {answer.address}  {answer.words}", flush=True
        )


def _refuse(sentence: str) -> int:
    print(f"orchestration: {sentence}", file=sys.stderr)
    return WRONG_USAGE


if __name__ == "__main__":
    sys.exit(main())
