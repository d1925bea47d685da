"""Views of the release that only join: the names and places an analyst would look up first. No figure of their own."""

from __future__ import annotations

from orchestration.publication.tables import View

REPORT_PLACES = View(
    "report_places",
    "每份现行报告一行：机关及其所在的省、地、县。机关名称取最新，区划代码和名称取报告年度有效者（无则取最近年份）。",
    "One row per current report: its agency and where that lies. The agency bears its newest name; code and names of"
    " regions are those of the report year, else of the nearest one.",
    """
    with places as (
        select r.report_id, r.report_year, r.agency_id, a.agency_name, a.agency_level,
               case when v.agency_id is null then a.region_code else v.region_code end as region_code
        from dim_reports as r
        left join dim_agencies as a using (agency_id)
        left join dim_agency_versions as v
            on v.agency_id = r.agency_id
            and r.report_year >= v.valid_from and r.report_year <= coalesce(v.valid_until, r.report_year)
        where r.is_current
    )
    select r.report_id, r.report_year, r.agency_id, r.agency_name, r.agency_level, r.region_code,
           g.region_name, g.region_level, g.province_name, g.prefecture_name, g.county_name
    from places as r
    left join dim_regions as g on g.region_code = r.region_code
    qualify row_number() over (
        partition by r.report_id
        order by g.valid_from <= r.report_year desc, abs(g.valid_from - r.report_year)
    ) = 1
    """,
    {},
)

FILES = """files as (
        select report_id, document_id, min(source_uri) as source_uri,
               regexp_extract(min(source_uri), '[^/]*$') as source_file_name
        from bridge_report_documents group by report_id, document_id
    )"""
"""The file in which a figure stands: a report's table may stand in another than its prose."""

SOURCE_FILE = """coalesce(b.source_file_name, r.source_file_name) as source_file_name,
           coalesce(b.source_uri, r.source_uri) as source_uri"""
"""Its name and address, of `files` as b; of a figure without a file of its own, the main file of the report (r)."""

FINDING = """f.report_year, p.province_name, p.prefecture_name, p.county_name, p.agency_name, f.rule_id, f.severity,
           f.indicator_code, i.name_zh as indicator_name_zh, f.expected, f.actual, f.message_zh, f.message_en"""
"""What a rule saw (f), with the place of the agency (p) and the name of the indicator (i)."""

INDICATOR_NAMES = {
    "indicator_name_zh": ("指标中文名称。", "Name of the indicator in Chinese."),
    "indicator_name_en": ("指标英文名称。", "Name of the indicator in English."),
}
PRINTED = {
    "printed_label": ("该数在原文中的标签。", "The label beside the figure, as printed."),
    "printed_value": ("该数在原文中的写法。", "The figure as printed."),
    "printed_unit": ("原文印出的计量单位。", "The unit as printed."),
    "printed_context": ("该数所在的原文片段。", "The words around the figure."),
}
"""Columns that several views have, in both languages."""

OBSERVATIONS = View(
    "observations",
    "现行报告的每个观测值一行：数值，连同机关、区划、指标名称，以及原文怎样印、印在哪里。",
    "One row per observation of a current report: the value, its agency, region and indicator, what is printed where.",
    f"""
    with {FILES}
    select o.report_year, p.province_name, p.prefecture_name, p.county_name, p.region_code, p.region_name,
           p.agency_name, p.agency_level, o.indicator_code, i.name_zh as indicator_name_zh,
           i.name_en as indicator_name_en, i.measure_group, o.applicant_type, o.period_basis, o.value, o.unit,
           o.value_status, o.source_kind, o.has_conflict, o.comparability, o.template_id,
           d.label_text as printed_label, d.value_text as printed_value, d.unit_text as printed_unit,
           d.snippet as printed_context, {SOURCE_FILE}, d.page, d.line, d.table_no, d.row_no, d.column_no,
           d.char_start, d.char_end, y.maturity, y.stale_since, o.agency_id, o.report_id,
           coalesce(d.document_id, r.document_id) as document_id, o.reading_id, o.input_reading_ids, o.correction_id
    from fct_observations as o
    left join report_places as p using (report_id)
    left join dim_indicators as i using (indicator_code)
    left join dim_reports as r using (report_id)
    left join dim_report_years as y on y.report_year = o.report_year
    left join fct_readings as d on d.reading_id = o.reading_id
    left join files as b on b.report_id = d.report_id and b.document_id = d.document_id
    where r.is_current
    """,
    {
        **INDICATOR_NAMES,
        **PRINTED,
    },
)

FINDINGS = View(
    "findings",
    "现行报告的每条发现一行：规则看到了什么，连同机关、指标和所涉数字的原文。",
    "One row per finding of a current report: what a rule saw, with agency, indicator and the printed words of its"
    " figures.",
    f"""
    with {FILES},
    words as (
        select f.finding_id,
               string_agg(concat(d.label_text, ': ', coalesce(d.value_text, '(空白)')), '; '
                          order by d.char_start, d.reading_id) as printed_words,
               case when count(distinct d.document_id) = 1 then min(d.page) end as page,
               case when count(distinct d.document_id) = 1 then min(d.line) end as line,
               case when count(distinct d.document_id) = 1 then min(d.document_id) end as document_id
        from (select finding_id, unnest(reading_ids) as reading_id from fct_findings) as f
        join fct_readings as d using (reading_id)
        group by f.finding_id
    )
    select {FINDING},
           w.printed_words, {SOURCE_FILE}, w.page, w.line, f.finding_id, f.report_id, f.reading_ids
    from fct_findings as f
    left join report_places as p using (report_id)
    left join dim_reports as r using (report_id)
    left join dim_indicators as i using (indicator_code)
    left join words as w using (finding_id)
    left join files as b on b.report_id = f.report_id and b.document_id = w.document_id
    where r.is_current
    """,
    {
        "indicator_name_zh": INDICATOR_NAMES["indicator_name_zh"],
        "printed_words": ("所涉数字的标签和原文写法。", "Labels and figures concerned, as printed."),
    },
)

COVERAGE = View(
    "coverage",
    "每个机关每年一行：应报、收到、读出、发布与否，附机关名称。",
    "One row per agency and year: expected, received, extracted and published, with the name of the agency.",
    """
    select c.report_year, a.agency_name, a.agency_level, a.region_code, c.expected, c.received, c.extracted,
           c.published, c.quarantine_reason, c.days_late, c.agency_id
    from aud_coverage as c left join dim_agencies as a using (agency_id)
    """,
    {},
)

JOINS: tuple[View, ...] = (REPORT_PLACES, OBSERVATIONS, FINDINGS, COVERAGE)
