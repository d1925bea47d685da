"""What the tables say about each other: names used are known, cells have their place, nothing holds twice at once.

Each function notes its faults at the row that is wrong; none raises and none changes a value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from orchestration.registry.entries import Entry
from orchestration.registry.model import (
    Agency,
    Correction,
    Crossing,
    DueDate,
    ExpectedAgency,
    Identity,
    Indicator,
    Rule,
    Template,
    TemplateCell,
    UsageWarning,
)
from orchestration.registry.spans import overlapping


def check_indicators(indicators: Mapping[str, Entry[Indicator]], units: Mapping[str, tuple[str, float]]) -> None:
    """Units and parents are known, and no indicator is above itself."""
    for code, entry in indicators.items():
        value, row = entry.value, entry.row
        if value.unit not in units:
            row.fault(f"unit {value.unit!r} is not in units.csv.")
        above, seen = value.parent_indicator_code, {code}
        if above is not None and above not in indicators:
            row.fault(f"parent_indicator_code {above!r} is no indicator.")
        while above in indicators and above is not None:
            if above in seen:
                row.fault(f"{code} stands above itself.")
                break
            seen.add(above)
            above = indicators[above].value.parent_indicator_code


def check_cells(
    cells: Sequence[Entry[TemplateCell]],
    template_ids: Iterable[str],
    indicators: Mapping[str, Entry[Indicator]],
    units: Mapping[str, tuple[str, float]],
    applicant_types: Mapping[str, str],
    period_bases: Sequence[str],
) -> None:
    """Each template has its cells without a gap; parents, indicators, units and applicant columns are known."""
    by_template: dict[str, list[Entry[TemplateCell]]] = {template_id: [] for template_id in template_ids}
    for entry in cells:
        if entry.value.template_id in by_template:
            by_template[entry.value.template_id].append(entry)
        else:
            entry.row.fault(f"template_id {entry.value.template_id!r} is no template.")
    known = {*applicant_types, *period_bases}
    for group in by_template.values():
        check_order(group)
        ids = {entry.value.cell_id for entry in group}
        for entry in group:
            cell, row = entry.value, entry.row
            if cell.parent_id is not None and cell.parent_id not in ids:
                row.fault(f"parent_id {cell.parent_id!r} is no cell of {cell.template_id}.")
            if known & set(cell.column_keys) and not known >= set(cell.column_keys):
                row.fault(f"column_keys {';'.join(cell.column_keys)} mix known and unknown columns.")
            check_cell(cell, entry, indicators, units)


def check_order(group: Sequence[Entry[TemplateCell]]) -> None:
    """The cells of one template are numbered without a gap, and no two print one label at one place."""
    for expected, entry in enumerate(group, 1):
        if entry.value.row_no != expected:
            entry.row.fault(f"row_no {entry.value.row_no} stands where {expected} belongs: a cell is missing.")
            break
    places: dict[tuple[object, ...], int] = {}
    for entry in group:
        cell, line = entry.value, entry.row.line
        first = places.setdefault((cell.section, cell.parent_id, cell.label, cell.column_keys), line)
        if first != line:
            entry.row.fault(f"the same label stands at the same place at line {first}.")


def check_cell(
    cell: TemplateCell,
    entry: Entry[TemplateCell],
    indicators: Mapping[str, Entry[Indicator]],
    units: Mapping[str, tuple[str, float]],
) -> None:
    """Its units convert into the indicator's; a header or a text carries no indicator."""
    for unit in (*((cell.unit,) if cell.unit else ()), *cell.unit_variants):
        if unit not in units:
            entry.row.fault(f"unit {unit!r} is not in units.csv.")
    if cell.label in cell.label_variants:
        entry.row.fault("label_variants repeat the label.")
    if cell.indicator_code is None:
        return
    if cell.kind in ("header", "text"):
        entry.row.fault(f"a {cell.kind} carries no indicator.")
    indicator = indicators.get(cell.indicator_code)
    if indicator is None:
        entry.row.fault(f"indicator_code {cell.indicator_code!r} is no indicator.")
        return
    own, conformed = units.get(cell.unit or ""), units.get(indicator.value.unit)
    if own is None and cell.unit is None:
        entry.row.fault("a cell with an indicator has no unit.")
    elif own and conformed and own[0] != conformed[0]:
        entry.row.fault(f"unit {cell.unit} does not convert into {indicator.value.unit} of {cell.indicator_code}.")


def check_templates(templates: Sequence[Entry[Template]]) -> None:
    """Each has cells; years are in order; nation-wide forms follow each other without a common year."""
    for entry in templates:
        value = entry.value
        if not value.cells:
            entry.row.fault(f"{value.template_id} has no cell in template_cells.csv.")
        if value.last_report_year is not None and value.last_report_year < value.first_report_year:
            entry.row.fault("last_report_year lies before first_report_year.")
    spans = [(e.value.first_report_year, e.value.last_report_year, e) for e in templates if e.value.nationwide]
    for later, before in overlapping(spans):
        later.row.fault(f"holds in years in which {before.value.template_id} of line {before.row.line} holds too.")


def check_crosswalk(
    crossings: Sequence[Entry[Crossing]],
    templates: Mapping[str, Template],
    indicators: Mapping[str, Entry[Indicator]],
    cells: Sequence[Entry[TemplateCell]],
) -> None:
    """Rows name known things; a reading row agrees with the one code of its cell, and every such cell has its row."""
    cell_code = {(c.value.template_id, c.value.cell_id): c.value.indicator_code for c in cells}
    read: set[tuple[str, str, str]] = set()
    for entry in crossings:
        value, row = entry.value, entry.row
        if value.indicator_code not in indicators:
            row.fault(f"indicator_code {value.indicator_code!r} is no indicator.")
        if value.template_id not in templates:
            row.fault(f"template_id {value.template_id!r} is no template.")
            continue
        check_operands(entry)
        for cell_id in value.cell_ids:
            code = cell_code.get((value.template_id, cell_id), "")
            if code == "":
                row.fault(f"cell_id {cell_id!r} is no cell of {value.template_id}.")
            elif value.role == "reading" and code != value.indicator_code:
                row.fault(f"{cell_id} carries {code} in template_cells.csv, not {value.indicator_code}.")
            elif value.role == "reading":
                read.add((value.template_id, cell_id, value.indicator_code))
    for cell in cells:
        code = cell.value.indicator_code
        if code is not None and (cell.value.template_id, cell.value.cell_id, code) not in read:
            cell.row.fault(f"{cell.value.cell_id} carries {code}, but crosswalk.csv has no reading row for it.")


def check_operands(entry: Entry[Crossing]) -> None:
    """The number of cells fits the operation."""
    count, operation = len(entry.value.cell_ids), entry.value.operation
    if count == 0:
        entry.row.fault("cell_ids is empty.")
    elif operation == "sum" and count < 2:
        entry.row.fault("a sum needs at least two cells.")
    elif operation == "ratio" and count != 2:
        entry.row.fault("a ratio needs two cells.")
    elif operation == "copy" and entry.value.role == "derived" and count > 1:
        entry.row.fault("a derived copy has one cell.")


def check_identities(
    identities: Sequence[Entry[Identity]], templates: Mapping[str, Template], rules: Mapping[str, Entry[Rule]]
) -> None:
    """Templates, rules and cells are known; whole and parts share no cell."""
    for entry in identities:
        value, row = entry.value, entry.row
        if value.rule_id not in rules:
            row.fault(f"rule_id {value.rule_id!r} is not in rules.csv.")
        if value.template_id not in templates:
            row.fault(f"template_id {value.template_id!r} is no template.")
            continue
        known = {cell.cell_id for cell in templates[value.template_id].cells}
        for side, cell_ids in (("whole", value.whole), ("parts", value.parts)):
            if not cell_ids:
                row.fault(f"{side} is empty.")
            for cell_id in cell_ids:
                if cell_id not in known:
                    row.fault(f"{side} names {cell_id!r}, which is no cell of {value.template_id}.")
        for cell_id in sorted(set(value.whole) & set(value.parts)):
            row.fault(f"{cell_id} stands in whole and in parts.")


def check_sums(identities: Sequence[Entry[Identity]]) -> None:
    """A hard sum has one whole, no cell has two of them, and none stands below itself.

    A blank whole is derived from its parts, and a blank part from its own: a second sum would count them twice.
    """
    sums: dict[tuple[str, str], Entry[Identity]] = {}
    for entry in identities:
        value, row = entry.value, entry.row
        if value.kind != "sum":
            continue
        if len(value.whole) != 1:
            row.fault("a sum has one whole.")
            continue
        before = sums.setdefault((value.template_id, value.whole[0]), entry)
        if before is not entry:
            row.fault(f"{value.whole[0]} is the sum of line {before.row.line} already; a blank one would count twice.")
    for (template_id, whole), entry in sums.items():
        below, seen = list(entry.value.parts), set[str]()
        while below:
            part = below.pop()
            if part == whole:
                entry.row.fault(f"{whole} stands below itself.")
                break
            if part not in seen and (template_id, part) in sums:
                below += sums[template_id, part].value.parts
            seen.add(part)


def check_expected_agencies(roll: Sequence[Entry[ExpectedAgency]], years: Iterable[int]) -> None:
    """The roll knows its years, and has no agency twice in one of them."""
    known = set(years)
    spans: dict[str, list[tuple[int, int | None, Entry[ExpectedAgency]]]] = defaultdict(list)
    for entry in roll:
        value, row = entry.value, entry.row
        spans[value.agency_key].append((value.first_report_year, value.last_report_year, entry))
        for year in (value.first_report_year, value.last_report_year):
            if year is not None and year not in known:
                row.fault(f"{year} is not in report_years.csv.")
        if value.last_report_year is not None and value.last_report_year < value.first_report_year:
            row.fault("last_report_year lies before first_report_year.")
    for found in spans.values():
        for later, before in overlapping(found):
            later.row.fault(f"expects {later.value.agency_key} in years in which line {before.row.line} does too.")


def check_due_dates(due_dates: Sequence[Entry[DueDate]]) -> None:
    """For one kind of agency and one year there is one due date."""
    by_level: dict[str, list[tuple[int, int | None, Entry[DueDate]]]] = defaultdict(list)
    for entry in due_dates:
        if not entry.value.agency_levels:
            entry.row.fault("agency_levels is empty.")
        for level in entry.value.agency_levels:
            by_level[level].append((entry.value.first_report_year, entry.value.last_report_year, entry))
    for level, spans in by_level.items():
        for later, before in overlapping(spans):
            later.row.fault(f"holds for {level} in years in which {before.value.due_rule_id} holds too.")


def check_agencies(agencies: Sequence[Entry[Agency]], region_codes: set[str]) -> None:
    """Regions and parents are known; versions of one agency have no year in common."""
    versions: dict[str, list[tuple[int, int | None, Entry[Agency]]]] = defaultdict(list)
    for entry in agencies:
        versions[entry.value.agency_key].append((entry.value.valid_from, entry.value.valid_until, entry))
    for entry in agencies:
        value, row = entry.value, entry.row
        if value.region_code is not None and value.region_code not in region_codes:
            row.fault(f"region_code {value.region_code!r} is no region.")
        if value.parent_agency_key is not None and value.parent_agency_key not in versions:
            row.fault(f"parent_agency_key {value.parent_agency_key!r} is no agency.")
        if value.valid_until is not None and value.valid_until < value.valid_from:
            row.fault("valid_until lies before valid_from.")
    for spans in versions.values():
        for later, before in overlapping(spans):
            later.row.fault(f"holds in years in which line {before.row.line} holds too.")


def check_corrections(
    corrections: Sequence[Entry[Correction]],
    indicators: Mapping[str, Entry[Indicator]],
    applicant_types: Mapping[str, str],
    years: Iterable[int],
) -> None:
    """A correction names a known indicator, applicant type and report year."""
    known_years = set(years)
    for entry in corrections:
        value, row = entry.value, entry.row
        if value.indicator_code not in indicators:
            row.fault(f"indicator_code {value.indicator_code!r} is no indicator.")
        if value.applicant_type not in applicant_types:
            row.fault(f"applicant_type {value.applicant_type!r} is not in applicant_types.csv.")
        if value.report_year not in known_years:
            row.fault(f"report_year {value.report_year} is not in report_years.csv.")


def check_usage_warnings(warnings: Sequence[Entry[UsageWarning]], indicators: Mapping[str, Entry[Indicator]]) -> None:
    """A warning about an indicator names a known one."""
    for entry in warnings:
        if entry.value.applies_to == "indicator" and entry.value.name not in indicators:
            entry.row.fault(f"name {entry.value.name!r} is no indicator.")
