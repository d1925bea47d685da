"""What only several years show: planted faults are found and name both reports, sound series are left alone."""

from __future__ import annotations

import pytest

from .conftest import Build
from .handmade import Built, Extractions

SOUND, CARRIED, STOCK, ITEMS, GAP, SLIPPED = "守信镇", "结转镇", "存量镇", "事项镇", "缺年镇", "错位镇"
COPIED, LENDER, BORROWER, ALIKE = "照抄镇", "甲镇", "乙镇", "丙镇"
RULES = "('carry_over', 'stock_rollforward', 'cumulative_rollforward', 'year_over_year', 'duplicate_report')"
WORDS = list(range(100, 140))


class Years:
    """Reports of several years, most of them sound."""

    def __init__(self) -> None:
        self.extractions = Extractions()
        self.reports: dict[tuple[str, int], str] = {}

    def report(self, key: str, year: int, **given: object) -> str:
        """The report of an agency, on the form of its year."""
        form = "national_2014" if year < 2019 else "national_2019" if year < 2021 else "national_2021"
        report = self.extractions.report(key, year, template_id=form, **given)
        self.reports[key, year] = report
        return report

    def requests(self, key: str, year: int, carried_in: int, carried_out: int, of_people: int | None = None) -> None:
        """The requests carried in and out, all of them by natural persons unless told otherwise."""
        report = self.reports.get((key, year)) or self.report(key, year)
        for code, value in (("requests_carried_in_count", carried_in), ("requests_carried_out_count", carried_out)):
            people = of_people if of_people is not None and code == "requests_carried_in_count" else value
            self.extractions.reading(report, code, people, applicant_type="natural_person")
            self.extractions.reading(report, code, value)

    def figures(self, key: str, year: int, **values: float | None) -> None:
        """Figures of the year by indicator."""
        report = self.reports.get((key, year)) or self.report(key, year)
        for code, value in values.items():
            self.extractions.reading(report, code, value)

    def cumulative(self, key: str, year: int, own: float, total: float) -> None:
        """The items disclosed in the year and in all years."""
        self.figures(key, year, proactive_info_count=own)
        report = self.reports[key, year]
        self.extractions.prose(report, "proactive_info_count", total, period_basis="cumulative")


def planted() -> Years:
    """A sound agency, and one fault of each kind."""
    years = Years()
    for key, wrong in ((SOUND, 0), (CARRIED, 1)):
        years.requests(key, 2019, 0, 3)
        years.requests(key, 2020, 3 + wrong, 2, of_people=3)
        years.requests(key, 2021, 2, 0)
    stock = ("normative_docs_in_force_stock", "normative_docs_issued_count", "normative_docs_repealed_count")
    for key, wrong in ((SOUND, 0), (STOCK, 1)):
        for year, in_force, issued, repealed in ((2021, 30, 4, 1), (2022, 33 - wrong, 5, 2), (2023, None, 1, 1)):
            years.figures(key, year, **dict(zip(stock, (in_force, issued, repealed), strict=True)))
    for key, wrong in ((SOUND, 0), (ITEMS, 4)):
        years.figures(key, 2019, admin_license_items_prev_year=20, admin_license_items_change=-3)
        years.figures(key, 2020, admin_license_items_prev_year=17 + wrong, admin_license_items_change=1)
    for year, own, total in ((2014, 80, 300), (2015, 90, 390), (2016, 85, 475)):
        years.cumulative(SOUND, year, own, total)
    years.cumulative(GAP, 2014, 80, 300)
    years.cumulative(GAP, 2016, 85, 360)
    for year, value in zip(range(2014, 2019), (84, 90, 88, 95, 91), strict=True):
        years.figures(SOUND, year, disclosed_via_website_count=value)
    for year, value in zip(range(2012, 2019), (84, 90, 88, 95, 91, 940, 96), strict=True):
        years.figures(SLIPPED, year, disclosed_via_website_count=value)
    _repeating(years)
    return years


def _repeating(years: Years) -> None:
    """Last year's report again, a neighbour's report, and the neighbour's words around other figures."""
    told = ((COPIED, 2016, 0), (COPIED, 2017, 0), (LENDER, 2017, 1000), (BORROWER, 2017, 1000), (ALIKE, 2017, 2000))
    for key, year, more in told:
        words = WORDS if key != BORROWER else [*WORDS[:36], 901, 902, 903, 904]
        years.report(key, year, text_signature=words)
        years.figures(key, year, proactive_info_count=353 + more, disclosed_via_website_count=286 + more)
        years.figures(key, year, disclosed_via_other_count=67, requests_received_count=0)


@pytest.fixture(scope="module")
def years() -> Years:
    return planted()


@pytest.fixture(scope="module")
def built(years: Years, build: Build, tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("across")
    years.extractions.write(root)
    done = build(root)
    assert done.status == 0, done.printed
    return done


def found(built: Built, years: Years) -> set[tuple[str, int, str, str | None]]:
    """Agency, year, rule and indicator of every finding across reports."""
    keys = {report: key for key, report in years.reports.items()}
    rows = built.rows(f"select report_id, rule_id, indicator_code from marts.fct_findings where rule_id in {RULES}")
    return {(*keys[report], rule, code) for report, rule, code in rows}


def test_every_planted_fault_is_found_once_and_nothing_else(built: Built, years: Years) -> None:
    assert found(built, years) == {
        (CARRIED, 2020, "carry_over", "requests_carried_in_count"),
        (STOCK, 2022, "stock_rollforward", "normative_docs_in_force_stock"),
        (ITEMS, 2020, "stock_rollforward", "admin_license_items_prev_year"),
        (GAP, 2016, "cumulative_rollforward", "proactive_info_count"),
        (SLIPPED, 2017, "year_over_year", "disclosed_via_website_count"),
        (COPIED, 2017, "duplicate_report", None),
        (LENDER, 2017, "duplicate_report", None),
        (BORROWER, 2017, "duplicate_report", None),
    }
    assert built.one(f"select count(*) from marts.fct_findings where rule_id in {RULES}") == (8,)


@pytest.mark.parametrize(
    ("key", "year", "other", "before"),
    [
        (CARRIED, 2020, CARRIED, 2019),
        (STOCK, 2022, STOCK, 2021),
        (GAP, 2016, GAP, 2014),
        (SLIPPED, 2017, SLIPPED, 2016),
        (COPIED, 2017, COPIED, 2016),
        (BORROWER, 2017, LENDER, 2017),
    ],
)
def test_findings_name_both_reports_and_show_figures_of_both(
    built: Built, years: Years, key: str, year: int, other: str, before: int
) -> None:
    zh, en, severity, shown = built.one(
        "select message_zh, message_en, severity, reading_ids from marts.fct_findings where report_id = ?",
        years.reports[key, year],
    )
    assert f"{other}{before}年度报告（{other}-{before}.txt）" in zh
    assert f"the {before} report of {other} ({other}-{before}.txt)" in en
    assert severity == "warning"
    behind = built.rows("select distinct report_id from marts.fct_readings where list_contains(?, reading_id)", shown)
    assert {report for (report,) in behind} == {years.reports[key, year], years.reports[other, before]}


def test_what_is_expected_is_told_by_column(built: Built, years: Years) -> None:
    told = built.one(
        "select expected, actual, message_zh from marts.fct_findings where report_id = ?", years.reports[CARRIED, 2020]
    )
    assert told[:2] == ("3", "4")
    assert "总计应为3，实为4" in told[2]
    assert "自然人" not in told[2]


def test_the_same_words_around_other_figures_are_no_copy(built: Built, years: Years) -> None:
    assert not built.rows("select * from marts.fct_findings where report_id = ?", years.reports[ALIKE, 2017])
    alike = built.one(
        "select a.text_signature = b.text_signature from staging.stg_extractions__reports as a, "
        "staging.stg_extractions__reports as b where a.report_id = ? and b.report_id = ?",
        years.reports[ALIKE, 2017],
        years.reports[LENDER, 2017],
    )
    assert alike == (True,)
