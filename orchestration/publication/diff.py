"""What changed since the release before, value by value and report by report, and which cause each change has.

It compares; `changes` writes the page that tells it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import duckdb

from orchestration.publication.exclusions import EXCLUDED, Excluded, exclusions

CAUSES = {
    "new_year": ("年度首次发布", "the year is published for the first time"),
    "new_report": ("新收到的报告", "a report that was not there before"),
    "revision": ("报告的新版本或新附件", "a new version of the report, or a new file of it"),
    "withdrawn_report": ("原文件不再在内", "a document that is no longer there"),
    "exclusion": ("文件被排除，或不再排除", "a document was excluded, or is excluded no more"),
    "correction": ("更正表有增改", "a row of the corrections"),
    "parser": ("读取程序更新", "the reading program is another version"),
    "registry": ("登记表更新", "the registry is another version"),
    "parser_and_registry": ("读取程序和登记表都已更新", "the reading program and the registry are other versions"),
    "models": ("数据模型更新", "the warehouse's models are other versions"),
    "unexplained": ("记录中没有原因", "nothing on record explains it"),
}
WHOLE_REPORTS = ("new_year", "new_report", "withdrawn_report")
"""Causes by which all values of a report come or go."""

SHOWN = 10
"""How many values the page shows of each year and cause."""

URIS = "string_agg(source_uri, '; ' order by role <> 'main', source_uri, document_id)"

REPORTS = """
    create temp table changed_reports as
    with
    old_known as (
        select document_id from before.main.bridge_report_documents
        union select document_id from before.main.aud_quarantine
    ),
    new_known as (
        select document_id from bridge_report_documents union select document_id from aud_quarantine
    ),
    old_files as (
        select report_id, list(document_id order by document_id) as files, {uris} as uris
        from before.main.bridge_report_documents where role <> 'copy' group by report_id
    ),
    new_files as (
        select report_id, list(document_id order by document_id) as files, {uris} as uris,
               bool_or(document_id not in (select document_id from old_known)) as has_new_file
        from bridge_report_documents where role <> 'copy' group by report_id
    ),
    old_versions as (
        select report_year, list(distinct extractor_version) as versions from before.main.dim_reports group by all
    ),
    new_versions as (select report_year, list(distinct extractor_version) as versions from dim_reports group by all),
    compared as (
        select
            coalesce(new.report_year, old.report_year) as report_year,
            coalesce(new.agency_id, old.agency_id) as agency_id,
            old.report_id as old_report, new.report_id as new_report,
            coalesce(old_files.uris, old.source_uri) as old_uri, coalesce(new_files.uris, new.source_uri) as new_uri,
            old.published_on as old_day, new.published_on as new_day,
            old_files.files is distinct from new_files.files and old.report_id = new.report_id as other_files,
            case
                when old_versions.report_year is null then 'new_year'
                when old.report_id is null and new.document_id not in (select document_id from old_known)
                    then 'new_report'
                when new.report_id is null and old.document_id not in (select document_id from new_known)
                    then 'withdrawn_report'
                when coalesce(old.report_id <> new.report_id or old_files.files is distinct from new_files.files, false)
                    and coalesce(new_files.has_new_file, false) then 'revision'
                when list_has_any(old_files.files, (select list(document_id) from ({excluded_now})))
                    or list_has_any(new_files.files, (select list(document_id) from ({excluded_before})))
                    then 'exclusion'
                else 'made_otherwise'
            end as cause,
            case
                when old.report_id is null then not list_contains(old_versions.versions, new.extractor_version)
                when new.report_id is null then new_versions.versions is distinct from old_versions.versions
                else old.extractor_version <> new.extractor_version
            end as other_parser
        from (select * from before.main.dim_reports where is_current and report_year in ({years})) as old
        full join (select * from dim_reports where is_current and report_year in ({years})) as new
            on old.report_year = new.report_year and old.agency_id = new.agency_id
        left join old_versions on old_versions.report_year = coalesce(new.report_year, old.report_year)
        left join new_versions on new_versions.report_year = coalesce(new.report_year, old.report_year)
        left join old_files on old_files.report_id = old.report_id
        left join new_files on new_files.report_id = new.report_id
    )
    select
        * exclude (cause, other_parser),
        case
            when cause <> 'made_otherwise' then cause
            when other_parser and report_year in ({other_registry}) then 'parser_and_registry'
            when other_parser then 'parser'
            when report_year in ({other_registry}) then 'registry'
            when report_year in ({other_models}) then 'models'
            else 'unexplained'
        end as cause
    from compared
"""

WITHDRAWN = "{0}.value is null and {0}.correction_id is not null"
"""A correction stands behind the value, and says that there is none."""

VALUES = """
    create temp table changed_values as
    with
    old as (
        select o.* from before.main.fct_observations as o
        join changed_reports as r on o.report_id = r.old_report
    ),
    new as (select o.* from fct_observations as o join changed_reports as r on o.report_id = r.new_report),
    compared as (
        select
            report_year, agency_id, indicator_code, applicant_type, period_basis,
            old.value as old_value, new.value as new_value,
            if({withdrawn_old}, 'withdrawn', old.value_status) as old_status,
            if({withdrawn_new}, 'withdrawn', new.value_status) as new_status,
            case when old.report_id is null then 'added' when new.report_id is null then 'removed' else 'changed' end
                as change,
            old.correction_id is distinct from new.correction_id
                or coalesce(list_has_any(string_split(new.correction_id, ';'), [{corrections}]::varchar[]), false)
                as is_corrected,
            'derived' in (old.source_kind, new.source_kind) as is_derived,
            coalesce(new.reading_id, old.reading_id) as reading_id,
            coalesce(new.input_reading_ids, old.input_reading_ids) as inputs
        from old full join new using (report_year, agency_id, indicator_code, applicant_type, period_basis)
        where old.report_id is null or new.report_id is null
            or old.value is distinct from new.value or old.value_status is distinct from new.value_status
            or old.unit is distinct from new.unit or old.has_conflict is distinct from new.has_conflict
            or old.correction_id is distinct from new.correction_id
    ),
    corrected as (
        select report_year, agency_id, list(reading_id) filter (where reading_id is not null) as readings
        from compared where is_corrected group by all
    )
    select
        v.* exclude (is_corrected, is_derived, reading_id, inputs),
        case
            when r.cause in ('new_year', 'new_report', 'withdrawn_report', 'revision', 'exclusion') then r.cause
            when v.is_corrected then 'correction'
            when v.is_derived and c.agency_id is not null
                and (list_has_any(coalesce(v.inputs, []), coalesce(c.readings, [])) or r.cause = 'unexplained')
                then 'correction'
            else r.cause
        end as cause
    from compared as v
    join changed_reports as r using (report_year, agency_id)
    left join corrected as c using (report_year, agency_id)
"""

COUNTED = """
    select report_year, indicator_code, cause, count(*) filter (where change = 'added'),
           count(*) filter (where change = 'removed'), count(*) filter (where change = 'changed')
    from changed_values group by all order by 1, 2, 3
"""
NAMED = """
    with named as (
        select agency_id, agency_name from dim_agencies
        union all
        select agency_id, agency_name from before.main.dim_agencies anti join dim_agencies using (agency_id)
    )
"""
"""The agencies of either release: one whose only report went is in the old one alone."""

EXAMPLES = f"""{NAMED}
    select v.report_year, v.cause, a.agency_name, v.indicator_code, v.applicant_type, v.period_basis,
           v.old_value, v.old_status, v.new_value, v.new_status
    from changed_values as v left join named as a using (agency_id)
    where v.cause not in {WHOLE_REPORTS}
    qualify row_number() over (
        partition by v.report_year, v.cause
        order by abs(coalesce(v.new_value, 0) - coalesce(v.old_value, 0)) desc, a.agency_name, v.agency_id,
                 v.indicator_code, v.applicant_type, v.period_basis
    ) <= {SHOWN}
    order by v.report_year, v.cause, a.agency_name, v.agency_id, v.indicator_code, v.applicant_type, v.period_basis
"""
MOVED = f"""{NAMED}
    select r.report_year, r.cause, a.agency_name, r.old_uri, r.old_day, r.new_uri, r.new_day
    from changed_reports as r left join named as a using (agency_id)
    where r.old_report is distinct from r.new_report or r.other_files
    order by r.report_year, r.cause, a.agency_name, r.agency_id
"""
FOUND = """
    select report_year, rule_id, count(*) filter (where age = 0), count(*) filter (where age = 1)
    from (
        select f.report_year, f.rule_id, 0 as age
        from before.main.fct_findings as f join changed_reports as r on f.report_id = r.old_report
        union all
        select f.report_year, f.rule_id, 1
        from fct_findings as f join changed_reports as r on f.report_id = r.new_report
    )
    group by all having count(*) filter (where age = 0) <> count(*) filter (where age = 1) order by 1, 2
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many published values of one year and indicator came, went or changed, for one cause."""

    report_year: int
    indicator_code: str
    cause: str
    added: int
    removed: int
    changed: int


@dataclass(frozen=True, slots=True)
class Example:
    """One value that differs: what was published, and what is now; None with its status where there is no number.

    The status of a value that a correction took away is `withdrawn`.
    """

    report_year: int
    cause: str
    agency_name: str | None
    indicator_code: str
    applicant_type: str
    period_basis: str
    old_value: float | None
    old_status: str | None
    new_value: float | None
    new_status: str | None


@dataclass(frozen=True, slots=True)
class Moved:
    """An agency's current report of a year that came, went or is another: before and now, the addresses of its files,
    the main one first, and the day that it says it was published on.
    """

    report_year: int
    cause: str
    agency_name: str | None
    old_uri: str | None
    old_day: date | None
    new_uri: str | None
    new_day: date | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs in the years with new content.

    `found` holds (report year, rule, findings before, findings now) of current reports, where the numbers differ;
    `excluded` the exclusions that came or went, of whatever year.
    """

    counted: tuple[Counted, ...] = ()
    examples: tuple[Example, ...] = ()
    moved: tuple[Moved, ...] = ()
    found: tuple[tuple[int, str, int, int], ...] = ()
    excluded: tuple[Excluded, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    """Where to look, and what may explain it.

    The years with new content; of them those made with another registry, or other models, than the release before
    (years whose release did not say count as both); and the ids of the corrections whose row is another.
    """

    years: Collection[int]
    other_registry: Collection[int] = ()
    other_models: Collection[int] = ()
    corrections: Collection[str] = ()


def difference(connection: duckdb.DuckDBPyConnection, grounds: Grounds) -> Difference:
    """The difference to the release attached as `before`; `connection` has the new one as its default catalog."""
    connection.execute(
        REPORTS.format(
            uris=URIS,
            years=_listed(grounds.years),
            other_registry=_listed(grounds.other_registry),
            other_models=_listed(grounds.other_models),
            excluded_now=EXCLUDED.format("aud_quarantine"),
            excluded_before=EXCLUDED.format("before.main.aud_quarantine"),
        )
    )
    connection.execute(
        VALUES.format(
            corrections=_listed(f"'{one}'" for one in sorted(grounds.corrections)),
            withdrawn_old=WITHDRAWN.format("old"),
            withdrawn_new=WITHDRAWN.format("new"),
        )
    )
    return Difference(
        counted=tuple(Counted(*row) for row in connection.execute(COUNTED).fetchall()),
        examples=tuple(Example(*row) for row in connection.execute(EXAMPLES).fetchall()),
        moved=tuple(Moved(*row) for row in connection.execute(MOVED).fetchall()),
        found=tuple(connection.execute(FOUND).fetchall()),
        excluded=exclusions(connection),
    )


def reports_of(connection: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """How many current reports the new release has, by report year."""
    return dict(
        connection.execute(
            "select report_year, count(*) from dim_reports where is_current group by report_year"
        ).fetchall()
    )


def first_release(connection: duckdb.DuckDBPyConnection) -> Difference:
    """The difference to nothing: every value of a current report is added."""
    rows = connection.execute(
        """select o.report_year, o.indicator_code, 'new_year', count(*), 0, 0
           from fct_observations as o join dim_reports as r using (report_id)
           where r.is_current group by all order by all"""
    ).fetchall()
    return Difference(counted=tuple(Counted(*row) for row in rows))


def _listed(items: Iterable[object]) -> str:
    return ", ".join(map(str, items)) or "null"
