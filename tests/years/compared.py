"""What a release says of an inbox of specimens, beside what is true of it."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from tests.years import values
from tests.years.values import Values

Row = dict[str, str]
LOUD = ("error", "warning")


@dataclass
class Compared:
    """Counts of findings and figures, and a sentence for everything that is not as it should be."""

    planted: int = 0
    planted_found: int = 0
    wanted: int = 0
    found: int = 0
    emitted: int = 0
    invented: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    in_two_files: int = 0
    joined: int = 0
    cells: Values = field(default_factory=Values)
    indicators: Values = field(default_factory=Values)

    @property
    def precision(self) -> float:
        """The share of loud findings, counted by document and rule, that the truth knows."""
        return 1 - self.invented / self.emitted if self.emitted else 1.0

    def told(self) -> str:
        """The figures on one line."""
        return (
            f"planted across years {self.planted_found}/{self.planted}, findings {self.found}/{self.wanted}, "
            f"precision {self.precision:.4f} ({self.invented} of {self.emitted} invented); "
            f"joined {self.joined}/{self.in_two_files}; "
            f"cells of tables {self.cells.told()}; indicators {self.indicators.told()}"
        )


class Release:
    """The newest release of a data root, as rows."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "publication" / "current"
        with duckdb.connect(str(self.folder / "ogi_reports.duckdb"), read_only=True) as connection:
            self.reports = _rows(connection, "select * from dim_reports")
            self.findings = _rows(connection, "select * from fct_findings")
            self.readings = _by_report(_rows(connection, "select * from fct_readings"))
            self.observations = _by_report(_rows(connection, "select * from fct_observations"))
            self.roles = {
                (row["report_id"], row["source_uri"]): row["role"]
                for row in _rows(connection, "select * from bridge_report_documents")
            }
            self.coverage = _rows(connection, "select * from aud_coverage")
            self.quarantine = _rows(connection, "select * from aud_quarantine")
            years = _rows(connection, "select * from dim_report_years")
        self.verdicts = {int(row["report_year"]): row["verdict"] for row in years if row["verdict"] is not None}
        self.by_document = {row["source_file_name"]: row for row in self.reports}

    def rules(self) -> dict[str, set[str]]:
        """The rules of errors and warnings, by document."""
        names = {row["report_id"]: row["source_file_name"] for row in self.reports}
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.findings:
            if row["severity"] in LOUD:
                found[names[row["report_id"]]].add(row["rule_id"])
        return found


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _by_report(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["report_id"]].append(row)
    return found


def table(truth: Path, name: str) -> list[Row]:
    """One table of the truth."""
    with (truth / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def compare(truth: Path, root: Path, failing: Iterable[int] = ()) -> Compared:
    """Compare the newest release of this data root with the truth; `failing` are the years to be refused."""
    release, refused = Release(root), set(failing)
    said = Compared()
    documents = {row["document"]: row for row in table(truth, "specimens")}
    standing = {name: row for name, row in documents.items() if int(row["report_year"]) not in refused}
    said.wrong += _verdicts(release, documents.values(), refused)
    said.wrong += [f"{name}: not published" for name in standing if name not in release.by_document]
    _findings(said, release, truth, standing)
    _figures(said, release, truth, standing)
    _parts(said, release, standing)
    agencies = _agencies(said, release, standing.values())
    for line in table(truth, "across_years"):
        if int(line["report_year"]) in refused and line["fault"] != "renamed":
            continue
        said.planted += 1
        if _is_found(line, release, agencies):
            said.planted_found += 1
        else:
            said.missed.append(
                f"{line['fault']} {line['document'] or line['agency_name']} {line['report_year']}: {line['detail']}"
            )
    return said


def _verdicts(release: Release, documents: Iterable[Row], refused: set[int]) -> Iterator[str]:
    for year in sorted({int(row["report_year"]) for row in documents}):
        wanted = "refused" if year in refused else "passed"
        if release.verdicts.get(year) != wanted:
            yield f"{year}: the verdict is {release.verdicts.get(year)}, not {wanted}"


def _findings(said: Compared, release: Release, truth: Path, standing: dict[str, Row]) -> None:
    """Findings by document and rule, as score.py counts them."""
    rules = release.rules()
    wanted: dict[str, set[str]] = defaultdict(set)
    known: dict[str, set[str]] = defaultdict(set)
    for row in table(truth, "findings"):
        known[row["document"]].add(row["rule_id"])
        if row["graded"] == "yes" and row["severity"] in LOUD:
            wanted[row["document"]].add(row["rule_id"])
    for name, row in standing.items():
        said.wanted += len(wanted[name])
        said.found += len(wanted[name] & rules[name])
        said.emitted += len(rules[name])
        said.invented += len(rules[name] - known[name])
        said.missed += [f"{name}: {rule} ({row['operators']})" for rule in sorted(wanted[name] - rules[name])]
        said.wrong += [f"{name}: {rule} invented ({row['operators']})" for rule in sorted(rules[name] - known[name])]


def _figures(said: Compared, release: Release, truth: Path, standing: dict[str, Row]) -> None:
    """The figures of every published report, cell by cell and indicator by indicator."""
    readings, observations = _by_document(truth, "readings"), _by_document(truth, "observations")
    for name in sorted(standing.keys() & release.by_document.keys()):
        report, mine = release.by_document[name]["report_id"], readings[name]
        excused = {row["indicator_code"] for row in release.findings if row["report_id"] == report}
        found = values.read(release.readings[report])
        said.cells.take(name, values.printed(mine), found, excused=excused)
        wanted, known = values.observed(observations[name], mine), values.possible(mine)
        found = values.published(release.observations[report], wanted.keys() | known.keys())
        said.indicators.take(name, wanted, found, known, excused)


def _parts(said: Compared, release: Release, standing: dict[str, Row]) -> None:
    """Reports in two files: the one with the table is an attachment of the report, and no report of its own."""
    own = {row["source_uri"] for row in release.reports}
    for name, row in standing.items():
        if row["attached"] and name in release.by_document:
            said.in_two_files += 1
            role = release.roles.get((release.by_document[name]["report_id"], row["attached"]))
            if role == "attachment" and row["attached"] not in own:
                said.joined += 1
            else:
                said.wrong.append(f"{name}: {row['attached']} is not joined to it")


def _by_document(truth: Path, name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table(truth, name):
        found[row["document"]].append(row)
    return found


def _agencies(said: Compared, release: Release, documents: Iterable[Row]) -> dict[str, str]:
    """The agency id of every lineage; one that has several, or shares one, is said to be wrong."""
    ids: dict[str, set[str]] = defaultdict(set)
    for row in documents:
        if row["document"] in release.by_document:
            ids[row["lineage"]].add(release.by_document[row["document"]]["agency_id"])
    said.wrong += [f"{lineage}: {len(found)} agencies" for lineage, found in ids.items() if len(found) != 1]
    if len(set().union(*ids.values())) < len(ids):
        said.wrong.append("two agencies are taken for one")
    return {lineage: min(found) for lineage, found in ids.items()}


def _is_found(line: Row, release: Release, agencies: dict[str, str]) -> bool:
    """Whether the release shows what was planted, where the line says."""
    agency, year = agencies.get(line["lineage"]), int(line["report_year"])
    match line["found_by"]:
        case "aud_quarantine":
            reasons = {row["reason_code"] for row in release.quarantine if row["source_file_name"] == line["document"]}
            return line["expected"] in reasons
        case "timeliness":
            report = release.by_document.get(line["document"])
            return report is not None and report["timeliness"] == "late"
        case "aud_coverage":
            rows = [r for r in release.coverage if (r["agency_id"], r["report_year"]) == (agency, year)]
            return [(row["expected"], row["received"]) for row in rows] == [(True, False)]
        case "one agency_id":
            return agency is not None and any(row["agency_id"] == agency for row in release.reports)
        case rule:
            ids = {release.by_document[d]["report_id"] for d in (line["document"],) if d in release.by_document}
            found = [f for f in release.findings if f["rule_id"] == rule and f["report_id"] in ids]
            return any(line["indicator_code"] in ("", f["indicator_code"]) for f in found)


def content(root: Path) -> dict[str, str]:
    """The hash of every file of the newest release that holds data, by path."""
    current = root / "publication" / "current"
    files = [path for name in ("parquet", "csv", "verdicts") for path in sorted((current / name).rglob("*"))]
    return {
        str(path.relative_to(current)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file()
    }
