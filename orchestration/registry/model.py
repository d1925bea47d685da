"""What the registry knows, as frozen values; `load()` fills them from templates/*.yml and tables/*.csv.

One class per table; field names are the column names. No rule is applied here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A conformed indicator (dim_indicators)."""

    indicator_code: str
    name_zh: str
    name_en: str
    definition_zh: str
    definition_en: str
    unit: str
    measure_group: str
    aggregation: str
    parent_indicator_code: str | None


@dataclass(frozen=True, slots=True)
class TemplateCell:
    """One row of a form: where it stands, what is printed there, and the indicator it carries.

    `label` is the printed label without its ordinal; `label_variants` are other wordings. `kind` is count, amount,
    stock, signed, header, text or narrative. `row_key` and `column_key` name the row and column of a matrix.
    `variant` is None for rows every print of the form has, else the variant that adds them.
    """

    template_id: str
    cell_id: str
    indicator_code: str | None
    row_no: int
    section: str
    position: str
    level: int
    parent_id: str | None
    kind: str
    label: str
    label_variants: tuple[str, ...]
    unit: str | None
    unit_variants: tuple[str, ...]
    row_key: str | None
    column_keys: tuple[str, ...]
    variant: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """A generation of the form: validity, layout (templates/<id>.yml as loaded) and cells in print order."""

    template_id: str
    title_zh: str
    title_en: str
    issuing_document: str
    first_report_year: int
    last_report_year: int | None
    layout: Mapping[str, Any]
    cells: tuple[TemplateCell, ...]
    nationwide: bool = False


@dataclass(frozen=True, slots=True)
class Crossing:
    """One row of the crosswalk: how an indicator is obtained from the cells of a template.

    `operation`: copy (each cell alone), sum (of all cells), ratio (first over second cell, in %), stated (nothing is
    computed: prose that states the figure carries the code itself).
    """

    indicator_code: str
    template_id: str
    cell_ids: tuple[str, ...]
    role: Literal["reading", "derived"]
    comparability: Literal["exact", "approximate"]
    note: str | None
    operation: Literal["copy", "sum", "ratio", "stated"] = "copy"
    note_en: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """An arithmetic relation (勾稽) between cells of one template.

    `kind`: sum (whole = Σ parts, hard: a blank whole may be derived), at_most (each part ≤ whole), covered
    (whole ≤ Σ parts), channels (at_most and covered), responses (whole above 0 when a part is), flow (an intake in
    whole has an outcome in parts, and the reverse), agree (whole = part, soft), balance (Σ whole = Σ parts).
    """

    identity_id: str
    template_id: str
    rule_id: str
    kind: str
    whole: tuple[str, ...]
    parts: tuple[str, ...]
    note_zh: str


@dataclass(frozen=True, slots=True)
class RollForward:
    """A figure that follows from the report of the year before: what is expected is opening + added - removed.

    `opening_indicator_code` is read in the report of the year before; `flows_of` says of which of the two reports the
    added and the removed figures are. `comparison`: equal, or at_most where removals are not printed.
    """

    roll_forward_id: str
    rule_id: str
    indicator_code: str
    opening_indicator_code: str
    added_indicator_code: str | None
    removed_indicator_code: str | None
    flows_of: Literal["this_year", "year_before"]
    comparison: Literal["equal", "at_most"]
    note_zh: str
    note_en: str


@dataclass(frozen=True, slots=True)
class WatchedSeries:
    """An indicator whose neighbouring years are compared; no departure where both are below `smallest_figure`."""

    indicator_code: str
    smallest_figure: float


@dataclass(frozen=True, slots=True)
class Threshold:
    """A bound that a rule of the warehouse uses, and why it is what it is."""

    rule_id: str
    threshold: str
    value: float
    why_zh: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the contract: severity, what it says in both languages, and where it is applied."""

    rule_id: str
    severity: Severity
    height: str
    title_zh: str
    title_en: str
    why_zh: str
    why_en: str


@dataclass(frozen=True, slots=True)
class IssueCode:
    """Why a figure or a document is not plainly readable; `quarantines` keeps the document out of the year."""

    issue_code: str
    stage: str
    quarantines: bool
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class DueDate:
    """By which day of the following year an agency of this kind publishes the report of a year."""

    due_rule_id: str
    first_report_year: int
    last_report_year: int | None
    agency_levels: tuple[str, ...]
    month: int
    day: int
    source: str


@dataclass(frozen=True, slots=True)
class ReportYear:
    """A year the registry knows: when it is due and when its follow-up ends.

    `expected` is yes for a year that must be complete once it is final: then a missing report is a fault of coverage.
    It is no where nobody has promised to collect every report; a year for which the roll names agencies is expected
    all the same.
    """

    report_year: int
    due_on: date
    final_on: date
    expected: bool


@dataclass(frozen=True, slots=True)
class ExpectedAgency:
    """An agency on the roll: its report is expected for these years, both ends included, and why (`source`)."""

    agency_key: str
    agency_name: str
    agency_level: str
    first_report_year: int
    last_report_year: int | None
    source: str


class Region(NamedTuple):
    """An administrative division in the years of one name; 2, 4 and 6 leading digits of its code name those above it.

    Townships are known from the first list that has them: of years before, that list is taken.
    """

    region_code: str
    region_name: str
    region_level: str
    parent_region_code: str | None
    valid_from: int
    valid_until: int | None


@dataclass(frozen=True, slots=True)
class Succession:
    """From `year` on a division bears `new_code`; it was `old_code` the year before."""

    old_code: str
    new_code: str
    year: int


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """From `year` on the work of one body of government is another's: the same under a new name, or merged with more.

    `source` is the decision that says so; places carried it out in that year or the years after.
    """

    old_body: str
    new_body: str
    year: int
    kind: Literal["renamed", "merged"]
    source: str


@dataclass(frozen=True, slots=True)
class Vintage:
    """The yearly list of divisions of one year: package, version, and the list in it where it holds several."""

    year: int
    package: str
    version: str
    revision: str | None


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency the registry names itself: what no rule can derive from the regions."""

    agency_key: str
    agency_name: str
    agency_level: str
    region_code: str | None
    parent_agency_key: str | None
    name_variants: tuple[str, ...]
    valid_from: int
    valid_until: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A published value put right: what must stand there (`expected_value`), what is done, and the evidence for it.

    `action` is replace (publish `value`) or withdraw (publish no value); None as `expected_value` expects a blank.
    """

    agency_key: str
    report_year: int
    indicator_code: str
    applicant_type: str
    period_basis: str
    expected_value: float | None
    action: Literal["replace", "withdraw"]
    value: float | None
    reason_zh: str
    evidence: str
    corrected_by: str
    corrected_on: date


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A document that must never be used, whatever it says: the wrong file, a forgery, one that its agency withdrew.

    `document_id` is the SHA-256 of its bytes, so that the same bytes under another name are excluded too.
    """

    document_id: str
    reason_zh: str
    reason_en: str
    evidence: str
    excluded_by: str
    excluded_on: date


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher of what the registry or the inbox holds, with its public address and its terms."""

    source_id: str
    publisher_zh: str
    publisher_en: str
    address: str
    licence_zh: str
    licence_en: str
    note: str | None


@dataclass(frozen=True, slots=True)
class UsageWarning:
    """What an analyst must know before using a table or an indicator (`applies_to`), named by `name`.

    `title_zh` and `title_en` are those of its code; the codes are a closed vocabulary.
    """

    warning_code: str
    title_zh: str
    title_en: str
    applies_to: Literal["table", "indicator"]
    name: str
    text_zh: str
    text_en: str


@dataclass(frozen=True)
class Registry:
    """All of it, checked; `fingerprint` is the SHA-256 of every file it came from.

    `units` maps a printed unit to (unit class, factor): two units convert into each other when their class is the
    same, value * factor of one / factor of the other. `wording` holds wording/<name>.yml by name.
    `applicant_types` maps a code to its Chinese name.
    """

    fingerprint: str
    indicators: Mapping[str, Indicator]
    templates: Mapping[str, Template]
    crosswalk: tuple[Crossing, ...]
    identities: tuple[Identity, ...]
    rules: Mapping[str, Rule]
    issue_codes: Mapping[str, IssueCode]
    applicant_types: Mapping[str, str]
    units: Mapping[str, tuple[str, float]] = field(repr=False)
    due_dates: tuple[DueDate, ...] = field(repr=False)
    report_years: Mapping[int, ReportYear] = field(repr=False)
    regions: tuple[Region, ...] = field(repr=False)
    agencies: tuple[Agency, ...] = field(repr=False)
    wording: Mapping[str, Mapping[str, Any]] = field(repr=False)
    corrections: tuple[Correction, ...] = field(default=(), repr=False)
    exclusions: Mapping[str, Exclusion] = field(default_factory=dict, repr=False)
    sources: tuple[Source, ...] = field(default=(), repr=False)
    usage_warnings: tuple[UsageWarning, ...] = field(default=(), repr=False)
    successions: tuple[Succession, ...] = field(default=(), repr=False)
    vintages: tuple[Vintage, ...] = field(default=(), repr=False)
    reorganisations: tuple[Reorganisation, ...] = field(default=(), repr=False)
    expected_agencies: tuple[ExpectedAgency, ...] = field(default=(), repr=False)
    roll_forwards: tuple[RollForward, ...] = field(default=(), repr=False)
    watched_series: tuple[WatchedSeries, ...] = field(default=(), repr=False)
    thresholds: tuple[Threshold, ...] = field(default=(), repr=False)
