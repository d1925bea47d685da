"""An agency publishes again: both documents stay, one is current, and the difference is shown by figure."""

from __future__ import annotations

from datetime import date

import pytest

from .conftest import Build
from .handmade import Built, Extractions

AGENCY, ONCE = "石桥镇人民政府", "望云乡人民政府"


class Versions:
    """Three versions of one report, and a report that was published once."""

    def __init__(self) -> None:
        self.extractions = e = Extractions()
        self.first = e.report(AGENCY, 2017, "first.txt", published_on=date(2018, 3, 1))
        self.second = e.report(AGENCY, 2017, "second.txt", published_on=date(2018, 4, 1))
        self.third = e.report(AGENCY, 2017, "third.txt", published_on=date(2018, 5, 1))
        e.reading(e.report(ONCE, 2017), "proactive_info_count", 7, cell_id="B.1.1")
        self.readings: dict[tuple[str, str], str] = {}
        for report, proactive, received, meetings in (
            (self.first, 90, None, 1),
            (self.second, 100, 3, 1),
            (self.third, 100, 3, None),
        ):
            for code, value, cell in (
                ("proactive_info_count", proactive, "B.1.1"),
                ("requests_received_count", received, "B.3.1"),
                ("meetings_count", meetings, "B.9.1"),
            ):
                self.readings[report, code] = e.reading(report, code, value, cell_id=cell)


@pytest.fixture(scope="module")
def versions() -> Versions:
    return Versions()


@pytest.fixture(scope="module")
def built(versions: Versions, build: Build, tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("versions")
    versions.extractions.write(root)
    done = build(root)
    assert done.status == 0, done.printed
    return done


def test_every_version_stays_with_its_figures_and_one_is_current(built: Built, versions: Versions) -> None:
    rows = built.rows(
        "select report_id, is_current, value from marts.dim_reports join marts.fct_observations using (report_id) "
        "where indicator_code = 'proactive_info_count' and dim_reports.agency_id in "
        "(select agency_id from audit.aud_revisions)"
    )
    assert set(rows) == {(versions.first, False, 90), (versions.second, False, 100), (versions.third, True, 100)}


def test_the_difference_is_shown_by_figure_with_both_readings(built: Built, versions: Versions) -> None:
    rows = built.rows(
        "select superseded_report_id, indicator_code, value_before, value_after, value_status_before, "
        "value_status_after, change, reading_id_before, reading_id_after, report_id from audit.aud_revisions"
    )

    def seen(version: str, code: str, before: object, after: object, words: tuple[str, str, str]) -> tuple[object, ...]:
        places = versions.readings[version, code], versions.readings[versions.third, code]
        return (version, code, before, after, *words, *places, versions.third)

    assert set(rows) == {
        seen(versions.first, "proactive_info_count", 90, 100, ("reported", "reported", "changed")),
        seen(versions.first, "requests_received_count", None, 3, ("blank", "reported", "added")),
        seen(versions.first, "meetings_count", 1, None, ("reported", "blank", "removed")),
        seen(versions.second, "meetings_count", 1, None, ("reported", "blank", "removed")),
    }
