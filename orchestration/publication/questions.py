"""Views of the release that answer what people ask first. Whatever they count comes from the tables of the release."""

from __future__ import annotations

from orchestration.publication.joins import FILES, FINDING, INDICATOR_NAMES, PRINTED, SOURCE_FILE
from orchestration.publication.lists import registry_rows
from orchestration.publication.tables import View, quoted

CODES = ", ".join(
    f"({quoted(code['issue_code'])}, {quoted(code['reason_zh'])}, {quoted(code['reason_en'])})"
    for code in registry_rows("issue_codes")
    if code["quarantines"] == "yes"
)
"""What each reason of the quarantine means, as rows of SQL."""

INDICATOR_SERIES = View(
    "indicator_series",
    "每个机关、指标、申请人类型、统计口径和年度一行：数值，连同上一个有数的年度、变化，以及两年能否直接比较。",
    "One row per agency, indicator, applicant type, period basis and year: the value, the last earlier year that has"
    " one, the change, and whether the two years compare as they stand.",
    """
    with valued as (
        select o.*, if(o.value is null, null, o.report_year) as valued_year,
               if(o.value is null, null, o.template_id) as valued_template,
               if(o.value is null, null, o.comparability) as valued_comparability,
               if(o.value is null, null, coalesce(o.correction_id, '')) as valued_correction
        from fct_observations as o join dim_reports as r using (report_id)
        where r.is_current
    ),
    series as (
        select *,
               lag(valued_year ignore nulls) over years as previous_year,
               lag(value ignore nulls) over years as previous_value,
               lag(valued_template ignore nulls) over years as previous_template,
               lag(valued_comparability ignore nulls) over years as previous_comparability,
               nullif(lag(valued_correction ignore nulls) over years, '') as previous_correction_id
        from valued
        window years as (
            partition by agency_id, indicator_code, applicant_type, period_basis order by report_year
        )
    )
    select s.indicator_code, i.name_zh as indicator_name_zh, i.name_en as indicator_name_en, s.unit, i.aggregation,
           p.province_name, p.prefecture_name, p.county_name, p.region_code, p.agency_name, p.agency_level,
           s.applicant_type, s.period_basis, s.report_year, s.value, s.value_status, s.has_conflict, s.comparability,
           s.template_id, s.previous_year, s.previous_value, s.value - s.previous_value as change,
           case
               when s.value is null then 'no_value'
               when s.previous_year is null then 'first'
               when 'approximate' in (s.comparability, s.previous_comparability) then 'approximate'
               when s.template_id is distinct from s.previous_template then 'other_form'
               else 'same_form'
           end as step,
           y.maturity, y.stale_since, s.source_kind, s.correction_id, s.agency_id, s.report_id, s.reading_id,
           s.previous_correction_id
    from series as s
    left join report_places as p using (report_id)
    left join dim_indicators as i using (indicator_code)
    left join dim_report_years as y on y.report_year = s.report_year
    """,
    {
        **INDICATOR_NAMES,
        "previous_year": (
            "上一个有数值的年度；没有则为空。",
            "The last earlier year with a value; null where none is.",
        ),
        "previous_value": ("上一个有数值的年度的数值。", "The value of that year."),
        "previous_correction_id": (
            "该年度数值所依据的更正记录，以;分隔；没有则为空。",
            "The corrections behind the value of that year, joined by ;, null where there is none.",
        ),
        "change": ("与该年度相比的增减。", "How much more or less it is than in that year."),
        "step": (
            "能否直接与该年度比较：same_form 同一表式，other_form 表式不同、定义相同，approximate 口径只是相近，"
            "first 此前无数值，no_value 本年无数值。",
            "Whether it compares with that year: same_form; other_form (another form, the same definition);"
            " approximate (definitions are only close); first (no earlier value); no_value (none this year).",
        ),
    },
)

AGENCIES_BY_REGION = View(
    "agencies_by_region",
    "每个区划和位于其中（含所有下级区划）的每个机关一行，附其报告的年度。",
    "One row per division and agency in it or in any division below it, with the years it has reported.",
    """
    with above as (
        select a.*, substr(a.region_code, 1, length.n) as region_above
        from dim_agencies as a, (select unnest([2, 4, 6, 9]) as n) as length
        where length.n <= length(a.region_code)
    ),
    reported as (
        select agency_id, min(report_year) as first_report_year, max(report_year) as last_report_year,
               count(*) as reports
        from dim_reports where is_current group by agency_id
    ),
    newest as (
        select * from dim_regions qualify row_number() over (partition by region_code order by valid_from desc) = 1
    )
    select a.region_above as region_code, g.region_name, g.region_level, a.agency_id, a.agency_name, a.agency_level,
           a.region_code as agency_region_code, r.first_report_year, r.last_report_year,
           coalesce(r.reports, 0) as reports
    from above as a
    left join newest as g on g.region_code = a.region_above
    left join reported as r on r.agency_id = a.agency_id
    """,
    {
        "agency_region_code": ("机关自己的区划代码。", "Code of the division of the agency itself."),
        "first_report_year": ("有报告的第一个年度。", "First year with a report."),
        "last_report_year": ("有报告的最近一个年度。", "Last year with a report."),
        "reports": ("现行报告的份数。", "Number of current reports."),
    },
)

CONTRADICTIONS = View(
    "contradictions",
    "现行报告的每条错误或警告及其所涉的每个数字一行（不涉具体数字的一行）：规则看到了什么，各数字的原文和位置。",
    "One row per error or warning of a current report and figure concerned, or one where none is: what the rule saw,"
    " words and place of each figure.",
    f"""
    with {FILES},
    figures as (
        select finding_id, unnest(reading_ids) as reading_id, generate_subscripts(reading_ids, 1) as figure_no
        from fct_findings
    ),
    corrected as (
        select reading_id, min(correction_id) as correction_id
        from fct_observations where reading_id is not null and correction_id is not null group by reading_id
    )
    select {FINDING},
           n.figure_no, d.source_kind, d.label_text as printed_label, d.value_text as printed_value,
           d.unit_text as printed_unit, d.value, d.value_status, d.applicant_type, d.scope,
           d.snippet as printed_context, {SOURCE_FILE}, d.document_id, d.page, d.line, d.table_no, d.row_no,
           d.column_no, d.char_start, d.char_end, f.finding_id, f.report_id, n.reading_id, e.correction_id
    from fct_findings as f
    left join figures as n using (finding_id)
    left join fct_readings as d on d.reading_id = n.reading_id
    left join corrected as e on e.reading_id = n.reading_id
    left join dim_reports as r on r.report_id = coalesce(d.report_id, f.report_id)
    left join files as b on b.report_id = d.report_id and b.document_id = d.document_id
    left join report_places as p on p.report_id = f.report_id
    left join dim_indicators as i on i.indicator_code = f.indicator_code
    where f.severity <> 'info' and f.report_id in (select report_id from dim_reports where is_current)
    """,
    {
        "indicator_name_zh": INDICATOR_NAMES["indicator_name_zh"],
        "figure_no": ("该数在这条发现中的序号，自1起。", "Number of the figure within the finding, from 1."),
        **PRINTED,
        "correction_id": (
            "更正该数的记录，所发布的是更正后的数；没有则为空。",
            "The correction of this figure, which is published as corrected; null where there is none.",
        ),
    },
)

MISSING_OR_LATE = View(
    "missing_or_late",
    "每个未能发布或迟报的机关和年度一行：缺报、隔离、未发布或迟报。",
    "One row per agency and year that is not published as expected: missing, set aside, withheld or late.",
    f"""
    with codes(reason_code, reason_zh, reason_en) as (values {CODES}),
    stated as (
        select c.*, y.maturity,
               case
                   when c.expected and not c.received and y.maturity = 'collecting' then 'awaited'
                   when c.expected and not c.received then 'missing'
                   when c.received and not coalesce(c.extracted, false) then 'set_aside'
                   when c.received and not coalesce(c.published, false) then 'withheld'
                   when c.days_late > 0 then 'late'
               end as state
        from aud_coverage as c left join dim_report_years as y on y.report_year = c.report_year
    ),
    told as (
        -- Where the files of a year are set aside in different words, nobody knows which are the words of this one.
        select reason_code, report_year, min(reason_zh) as reason_zh, min(reason_en) as reason_en
        from aud_quarantine group by reason_code, report_year having count(distinct reason_zh) = 1
    )
    select s.report_year, s.maturity, s.state, a.agency_name, a.agency_level, a.region_code, s.days_late, r.due_on,
           r.published_on, r.signed_on, if(s.state = 'withheld', 'year_refused', s.quarantine_reason) as reason_code,
           case s.state
               when 'withheld'
                   then concat('所属年度未通过审核，内容未发布；原因见 verdicts/', s.report_year, '.json。')
               else coalesce(q.reason_zh, i.reason_zh)
           end as reason_zh,
           case s.state
               when 'withheld'
                   then concat('Its report year was refused and is not published; verdicts/', s.report_year,
                               '.json says why.')
               else coalesce(q.reason_en, i.reason_en)
           end as reason_en,
           r.source_uri, s.agency_id, r.report_id
    from stated as s
    left join dim_agencies as a using (agency_id)
    left join dim_reports as r
        on r.agency_id = s.agency_id and r.report_year = s.report_year and r.is_current
    left join told as q on q.reason_code = s.quarantine_reason and q.report_year = s.report_year
    left join codes as i on i.reason_code = s.quarantine_reason
    where s.state is not null
    """,
    {
        "state": (
            "情形：awaited 未到期，missing 缺报，set_aside 已收到但隔离，withheld 年度未通过审核，late 迟报；"
            "没有写明日期的不算迟报。",
            "awaited (not due yet), missing, set_aside (received, in quarantine), withheld (its year was refused) or"
            " late; a report without a date is not late.",
        ),
    },
)

REQUEST_OUTCOMES = View(
    "request_outcomes",
    "每个年度、表式、机关类别、申请人类型和办理结果一行：结果数及其占答复数的比重。",
    "One row per year, form, kind of agency, applicant type and outcome: how many requests ended so, and the share of"
    " the replies.",
    """
    with printed as (
        select o.* from fct_observations as o join dim_reports as r using (report_id)
        where r.is_current and o.period_basis = 'year' and o.value is not null
    ),
    replied as (
        select report_id, applicant_type,
               coalesce(max(value) filter (where indicator_code = 'replies_count'),
                        max(value) filter (where indicator_code = 'requests_concluded_count')) as replies,
               coalesce(bool_or(correction_id is not null)
                        filter (where indicator_code in ('replies_count', 'requests_concluded_count')), false)
               as is_corrected
        from printed group by report_id, applicant_type having replies > 0
    ),
    outcomes as (
        select p.*, i.name_zh, i.name_en from printed as p join dim_indicators as i using (indicator_code)
        where i.parent_indicator_code in ('replies_count', 'requests_concluded_count')
            and p.indicator_code not in ('requests_concluded_on_time_count', 'requests_concluded_extended_count')
    ),
    inputs as (
        select report_id, indicator_code, applicant_type, unnest(input_reading_ids) as reading_id from outcomes
    ),
    overlapping as (
        select distinct i.report_id, i.indicator_code, i.applicant_type
        from inputs as i join outcomes as o on o.report_id = i.report_id and o.reading_id = i.reading_id
    )
    select o.report_year, o.template_id, a.agency_level, o.applicant_type, o.indicator_code,
           any_value(o.name_zh) as outcome_name_zh, any_value(o.name_en) as outcome_name_en,
           count(*) as reports, sum(o.value) as outcome_count, sum(r.replies) as replies,
           100 * sum(o.value) / sum(r.replies) as share,
           count(*) filter (where o.correction_id is not null or r.is_corrected) as corrected_reports
    from outcomes as o
    join replied as r using (report_id, applicant_type)
    left join dim_agencies as a on a.agency_id = o.agency_id
    anti join overlapping as v
        on v.report_id = o.report_id and v.indicator_code = o.indicator_code and v.applicant_type = o.applicant_type
    group by o.report_year, o.template_id, a.agency_level, o.applicant_type, o.indicator_code
    """,
    {
        "outcome_name_zh": ("办理结果的中文名称。", "Name of the outcome in Chinese."),
        "outcome_name_en": ("办理结果的英文名称。", "Name of the outcome in English."),
        "reports": ("印有该结果和答复数的报告份数。", "Number of reports that print the outcome and the replies."),
        "outcome_count": ("这些报告中该结果的件数。", "Requests of these reports that ended so."),
        "replies": (
            "这些报告的答复数（2019年起为办理结果总计）。",
            "Replies of these reports; from 2019 the total of outcomes.",
        ),
        "share": ("件数占答复数的百分比。", "Share of the outcome in the replies, in per cent."),
        "corrected_reports": (
            "其中结果数或答复数经更正的报告份数。",
            "Number of these reports in which the outcome or the replies were corrected.",
        ),
    },
)

QUESTIONS: tuple[View, ...] = (
    *(INDICATOR_SERIES, AGENCIES_BY_REGION, CONTRADICTIONS),
    *(MISSING_OR_LATE, REQUEST_OUTCOMES),
)
