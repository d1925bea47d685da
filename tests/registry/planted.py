"""One planted fault for each kind of contradiction that load() must find: table, sentence, and how it is planted."""

from __future__ import annotations

from collections.abc import Callable

from .copied import Copy

Breaking = Callable[[Copy], int]

FAULTS: dict[str, tuple[str, str, Breaking]] = {
    "unit of an indicator": (
        "indicators",
        "unit '斤' is not in units.csv",
        lambda c: c.change("indicators", "rules_issued_count", ",件,proactive", ",斤,proactive"),
    ),
    "parent of an indicator": (
        "indicators",
        "parent_indicator_code 'nobody' is no indicator",
        lambda c: c.change("indicators", "staff_fulltime_count", "staff_total_count", "nobody"),
    ),
    "circle of parents": (
        "indicators",
        "staff_total_count stands above itself",
        lambda c: c.change("indicators", "staff_total_count", "stock,", "stock,staff_fulltime_count"),
    ),
    "measure group": (
        "indicators",
        "measure_group 'money' is not a measure group",
        lambda c: c.change("indicators", "meetings_count", "capacity", "money"),
    ),
    "aggregation": (
        "indicators",
        "aggregation 'mean' is not an aggregation",
        lambda c: c.change("indicators", "meetings_count", "capacity,flow", "capacity,mean"),
    ),
    "definition missing": (
        "indicators",
        "definition_en is empty",
        lambda c: c.add("indicators", "new_count,新数,New,新的数。,,件,capacity,flow,"),
    ),
    "key twice": (
        "indicators",
        "meetings_count already stands at line",
        lambda c: c.add("indicators", "meetings_count,会议数,Meetings,会议。,Meetings held.,次,capacity,flow,"),
    ),
    "cell missing": (
        "template_cells",
        "a cell is missing",
        lambda c: c.drop("template_cells", "national_2014,B.2.2.3,"),
    ),
    "indicator of a cell": (
        "template_cells",
        "indicator_code 'nothing_count' is no indicator",
        lambda c: c.change("template_cells", "fujian_2008,F.5,", "review_total_count", "nothing_count"),
    ),
    "parent of a cell": (
        "template_cells",
        "parent_id 'F.9' is no cell of fujian_2008",
        lambda c: c.change("template_cells", "fujian_2008,F.2.1,", ",F.2,", ",F.9,"),
    ),
    "kind of a cell": (
        "template_cells",
        "kind 'sum' is not a kind of cell",
        lambda c: c.change("template_cells", "fujian_2008,F.5,", ",count,", ",sum,"),
    ),
    "unit of a cell": (
        "template_cells",
        "unit '斤' is not in units.csv",
        lambda c: c.change("template_cells", "fujian_2008,F.5,", ",件,", ",斤,"),
    ),
    "unit that does not convert": (
        "template_cells",
        "unit 万元 does not convert into 件",
        lambda c: c.change("template_cells", "fujian_2008,F.5,", ",件,", ",万元,"),
    ),
    "header with an indicator": (
        "template_cells",
        "a header carries no indicator",
        lambda c: c.change("template_cells", "fujian_2008,F.5,", ",count,", ",header,"),
    ),
    "two cells at one place": (
        "template_cells",
        "the same label stands at the same place at line",
        lambda c: c.change("template_cells", "fujian_2008,F.3.2,", "同意部分公开答复数", "同意公开答复数"),
    ),
    "columns mixed": (
        "template_cells",
        "column_keys year;decade mix known and unknown columns",
        lambda c: c.change("template_cells", "fujian_2008,F.5,", "year;cumulative", "year;decade"),
    ),
    "template of a cell": (
        "template_cells",
        "template_id 'national_1999' is no template",
        lambda c: c.add("template_cells", "national_1999,X.1,,1,一,一,1,,count,数,,件,,,,"),
    ),
    "nation-wide forms overlap": (
        "templates",
        "holds in years in which national_2014",
        lambda c: c.change("templates", "national_2019", ",2019,", ",2018,"),
    ),
    "years out of order": (
        "templates",
        "last_report_year lies before first_report_year",
        lambda c: c.change("templates", "fujian_2008", ",2018,", ",2007,"),
    ),
    "template without cells": (
        "templates",
        "empty_2030 has no cell",
        lambda c: c.add("templates", "empty_2030,空表,Empty,文号,2030,,no"),
    ),
    "cell of the crosswalk": (
        "crosswalk",
        "cell_id 'F.77' is no cell of fujian_2008",
        lambda c: c.change("crosswalk", "complaints_count,fujian_2008", "F.4", "F.77"),
    ),
    "code of a reading row": (
        "crosswalk",
        "F.5 carries review_total_count in template_cells.csv, not complaints_count",
        lambda c: c.change("crosswalk", "complaints_count,fujian_2008", "F.4", "F.5"),
    ),
    "template of the crosswalk": (
        "crosswalk",
        "template_id 'fujian_2009' is no template",
        lambda c: c.change("crosswalk", "complaints_count,fujian_2008", "fujian_2008", "fujian_2009"),
    ),
    "sum of one cell": (
        "crosswalk",
        "a sum needs at least two cells",
        lambda c: c.change("crosswalk", "consultation_count,municipal_2008", "S.06;S.07;S.08", "S.06"),
    ),
    "operation": (
        "crosswalk",
        "operation 'sum' is not an operation of a reading row",
        lambda c: c.change("crosswalk", "complaints_count,national_2014", ",copy,", ",sum,"),
    ),
    "comparability": (
        "crosswalk",
        "comparability 'similar' is not exact or approximate",
        lambda c: c.change("crosswalk", "complaints_count,fujian_2008", "exact", "similar"),
    ),
    "cell of an identity": (
        "identities",
        "parts names 'F.2.9', which is no cell of fujian_2008",
        lambda c: c.change("identities", "F.2,", "F.2.3", "F.2.9"),
    ),
    "rule of an identity": (
        "identities",
        "rule_id 'no_rule' is not in rules.csv",
        lambda c: c.change("identities", "F.2,", "sum_of_children", "no_rule"),
    ),
    "template of an identity": (
        "identities",
        "template_id 'fujian_1999' is no template",
        lambda c: c.change("identities", "F.2,", "fujian_2008", "fujian_1999"),
    ),
    "kind of an identity": (
        "identities",
        "kind 'product' is not a kind of identity",
        lambda c: c.change("identities", "F.2,", ",sum,", ",product,"),
    ),
    "whole among its parts": (
        "identities",
        "F.2 stands in whole and in parts",
        lambda c: c.change("identities", "F.2,", "F.2.3", "F.2"),
    ),
    "two sums of one cell": (
        "identities",
        "F.2 is the sum of line",
        lambda c: c.add("identities", "F.2.again,fujian_2008,sum_of_children,sum,F.2,F.2.1;F.2.2,再加一次。"),
    ),
    "sum of two wholes": (
        "identities",
        "a sum has one whole",
        lambda c: c.change("identities", "F.2,", "sum,F.2,", "sum,F.2;F.1,"),
    ),
    "sum below itself": (
        "identities",
        "stands below itself",
        lambda c: c.add("identities", "F.2.up,fujian_2008,sum_of_children,sum,F.2.1,F.2;F.2.2,首尾相接。"),
    ),
    "severity": (
        "rules",
        "severity 'fatal' is not a severity",
        lambda c: c.change("rules", "sum_of_children", ",error,", ",fatal,"),
    ),
    "quarantines": (
        "issue_codes",
        "quarantines 'maybe' is not yes or no",
        lambda c: c.change("issue_codes", "empty_file", ",yes,", ",maybe,"),
    ),
    "applicant type in one language": (
        "applicant_types",
        "name_en is empty",
        lambda c: c.change("applicant_types", "total,", "All applicants", ""),
    ),
    "unit class": (
        "units",
        "the unit class 吨 does not stand for itself",
        lambda c: c.add("units", "斤,吨,0.0005"),
    ),
    "factor": ("units", "factor 'ten' is not a number", lambda c: c.change("units", "亿元", "10000", "ten")),
    "due dates overlap": (
        "due_dates",
        "holds for county in years in which march_2008 holds too",
        lambda c: c.change("due_dates", "march_2019", ",2019,", ",2018,"),
    ),
    "due day": (
        "due_dates",
        "month 2 has no day 31",
        lambda c: c.change("due_dates", "january_2019", ",1,31,", ",2,31,"),
    ),
    "agency level": (
        "due_dates",
        "agency level 'village' is not known",
        lambda c: c.change("due_dates", "march_2019", "county", "village"),
    ),
    "days of a year": (
        "report_years",
        "2017, due_on and final_on do not follow each other",
        lambda c: c.change("report_years", "2017", "2018-06-30", "2018-02-28"),
    ),
    "a day that is none": (
        "report_years",
        "due_on '2018-02-30' is not a day",
        lambda c: c.change("report_years", "2017", "2018-03-31", "2018-02-30"),
    ),
    "year": (
        "report_years",
        "report_year '20i7' is not a whole number",
        lambda c: c.change("report_years", "2017", "2017,", "20i7,"),
    ),
    "region code": ("regions", "has not 2, 4, 6 or 9 digits", lambda c: c.add("regions", "11010,短区,2017,")),
    "region above": (
        "regions",
        "120101 lies in 1201, which is no region",
        lambda c: c.add("regions", "120101,某区,2017,"),
    ),
    "region twice": (
        "regions",
        "11 holds in years in which line 2 holds too",
        lambda c: c.add("regions", "11,京,2020,"),
    ),
    "years of a region": ("regions", "are not years in order", lambda c: c.add("regions", "110199,某区,2017,2010")),
    "name of a region": ("regions", "region_name is empty", lambda c: c.add("regions", "110199,,2017,")),
    "region of an agency": (
        "agencies",
        "region_code '77' is no region",
        lambda c: c.add("agencies", "office,某办,other,77,,,2008,"),
    ),
    "agency above": (
        "agencies",
        "parent_agency_key 'nobody' is no agency",
        lambda c: c.add("agencies", "office,某办,other,11,nobody,,2008,"),
    ),
    "agency twice": (
        "agencies",
        "holds in years in which line",
        lambda c: c.add("agencies", "office,某办,other,11,,,2008,2012", "office,某局,other,11,,,2012,"),
    ),
    "roll in an unknown year": (
        "expected_agencies",
        "1999 is not in report_years.csv",
        lambda c: c.add("expected_agencies", "990101,临溪区人民政府,county,1999,,名册"),
    ),
    "years of the roll": (
        "expected_agencies",
        "last_report_year lies before first_report_year",
        lambda c: c.add("expected_agencies", "990101,临溪区人民政府,county,2017,2016,名册"),
    ),
    "on the roll twice": (
        "expected_agencies",
        "expects 990101 in years in which line",
        lambda c: c.add(
            "expected_agencies", "990101,临溪区人民政府,county,2014,,名册", "990101,临溪区人民政府,county,2017,,名册"
        ),
    ),
    "level on the roll": (
        "expected_agencies",
        "agency_level 'village' is not a known agency level",
        lambda c: c.add("expected_agencies", "990101,临溪区人民政府,village,2014,,名册"),
    ),
    "correction without value": (
        "corrections",
        "replace needs a value",
        lambda c: c.add("corrections", "office,2017,meetings_count,total,year,1,replace,,误填,见公告,某人,2020-01-01"),
    ),
    "correction of an unknown indicator": (
        "corrections",
        "indicator_code 'no_count' is no indicator",
        lambda c: c.add("corrections", "office,2017,no_count,total,year,1,withdraw,,误填,见公告,某人,2020-01-01"),
    ),
    "correction of an unknown year": (
        "corrections",
        "report_year 1999 is not in report_years.csv",
        lambda c: c.add("corrections", "office,1999,meetings_count,total,year,1,withdraw,,误填,见公告,某人,2020-01-01"),
    ),
    "correction for an unknown applicant": (
        "corrections",
        "applicant_type 'alien' is not in applicant_types.csv",
        lambda c: c.add("corrections", "office,2017,meetings_count,alien,year,1,withdraw,,误填,见公告,某人,2020-01-01"),
    ),
    "warning outside the vocabulary": (
        "usage_warnings",
        "warning_code 'odd' is not in warning_codes.csv",
        lambda c: c.add("usage_warnings", "odd,table,fct_readings,注意。,Beware."),
    ),
    "exclusion of no document": (
        "exclusions",
        "document_id 'letter.pdf' is not a SHA-256",
        lambda c: c.add("exclusions", "letter.pdf,误放,The wrong file,来函,某人,2020-01-01"),
    ),
    "exclusion without evidence": (
        "exclusions",
        "evidence is empty",
        lambda c: c.add("exclusions", f"{'0' * 64},误放,The wrong file,,某人,2020-01-01"),
    ),
    "document excluded twice": (
        "exclusions",
        "already stands at line 2",
        lambda c: c.add("exclusions", *[f"{'0' * 64},误放,The wrong file,来函,某人,2020-01-01"] * 2),
    ),
    "address": (
        "sources",
        "is no web address",
        lambda c: c.change("sources", "state_council", "https://www.gov.cn", "www.gov.cn"),
    ),
    "warning about nothing": (
        "usage_warnings",
        "name 'no_count' is no indicator",
        lambda c: c.add("usage_warnings", "small_base,indicator,no_count,注意。,Beware."),
    ),
    "number of fields": ("rules", "3 fields stand where 7 belong", lambda c: c.add("rules", "a,b,c")),
    "list with a member twice": (
        "template_cells",
        "column_keys names a member twice",
        lambda c: c.change("template_cells", "fujian_2008,F.5,", "year;cumulative", "year;year"),
    ),
    "indicator in wording": (
        "wording/narrative.yml",
        "unheard_of_count is no indicator",
        lambda c: c.add("wording/narrative.yml", "more:", "  unheard_of_count: []"),
    ),
    "layout of no template": (
        "templates/martian_2008.yml",
        "templates.csv has no template of this name",
        lambda c: (c.path("templates/martian_2008.yml").write_text("recognise: {}\n"), 1)[1],
    ),
    "column of a block in a layout": (
        "templates/fujian_2008.yml",
        "no cell has the column 'far'",
        lambda c: c.add("templates/fujian_2008.yml", "tables:", "  blocks: {columns: {far: [远]}}"),
    ),
    "outcome in a layout": (
        "templates/fujian_2008.yml",
        "no cell has the column 'near-far'",
        lambda c: c.add("templates/fujian_2008.yml", "tables:", "  outcomes: {groups: {near: []}, columns: {far: []}}"),
    ),
    "variant in a layout": (
        "templates/fujian_2008.yml",
        "variant 'moon' is on no cell",
        lambda c: c.add("templates/fujian_2008.yml", "variants:", "  far: {printed: moon}"),
    ),
    "broken YAML": (
        "templates/fujian_2008.yml",
        "no YAML",
        lambda c: c.add("templates/fujian_2008.yml", "odd: [1, 2"),
    ),
    "YAML that is no mapping": (
        "templates/municipal_2008.yml",
        "the file is not a mapping of names",
        lambda c: (c.path("templates/municipal_2008.yml").write_text("- one\n"), 1)[1],
    ),
    "unknown table": (
        "tables/colours.csv",
        "no such table is known",
        lambda c: (c.path("tables/colours.csv").write_text("colour\n"), 1)[1],
    ),
}
