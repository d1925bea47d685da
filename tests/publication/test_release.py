"""What publication takes, refuses and keeps; the release is switched in one step or not at all."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from orchestration.gate.judge import judge
from orchestration.gate.verdict import read_verdict
from orchestration.publication import release
from orchestration.publication.package import file_hashes
from orchestration.publication.release import PublicationError, publish
from orchestration.publication.verify import verify
from orchestration.settings import Settings
from tests.gate.faults import FAULTS
from tests.gate.handmade import add_report, build, change, forget, settings_at

VALUE = "select value from fct_observations where report_id = 'r1y2017' and indicator_code = 'proactive_info_count'"


def asked(settings: Settings, question: str) -> list[tuple[object, ...]]:
    """The answer of the current release's database."""
    database = settings.publication / "current" / "ogi_reports.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(question).fetchall()


def year_row(settings: Settings, year: int) -> tuple[object, ...]:
    """The row of dim_report_years without its year."""
    return asked(settings, f"select * exclude (report_year) from dim_report_years where report_year = {year}")[0]


def test_passing_years_are_published(root: Settings) -> None:
    publication = publish(root)
    assert publication.released and publication.release_id == "v2020.01.1"
    assert publication.published == (2017, 2018) and publication.refused == ()
    assert publication.folder == (root.publication / "current").resolve()
    assert (root.publication / "current").readlink() == Path("releases/v2020.01.1")
    assert year_row(root, 2017) == ("final", "passed", date(2020, 1, 15), None)
    assert year_row(root, 2019) == ("collecting", None, None, None)
    assert asked(root, "select distinct published from aud_coverage") == [(True,)]
    assert verify(publication.folder) == []


def test_publishing_twice_makes_one_release(root: Settings) -> None:
    publish(root)
    again = publish(root)
    assert not again.released and again.release_id == "v2020.01.1" and again.unchanged == (2017, 2018)
    assert [path.name for path in root.publication.iterdir() if path.name.startswith("draft")] == []


def test_another_day_alone_makes_no_release(root: Settings) -> None:
    publish(root)
    later = replace(root, as_of=date(2020, 2, 20))
    for year in (2017, 2018):
        judge(later, year)
    assert not publish(later).released


def test_another_maturity_makes_a_release(root: Settings) -> None:
    publish(root)
    final_later = replace(root, as_of=date(2020, 7, 1))
    publication = publish(final_later)
    assert publication.released and publication.release_id == "v2020.07.1"
    assert year_row(final_later, 2019)[0] == "final"


@pytest.mark.parametrize("rule_id", ["value_equals_reading", "observations_key_unique", "files_extracted"])
def test_a_critical_fault_keeps_the_last_content_marked_stale(root: Settings, rule_id: str) -> None:
    first = publish(root).folder
    assert first is not None
    before = file_hashes(first)
    change(root, *FAULTS[rule_id])
    assert not judge(root, 2017).passed
    publication = publish(root)
    assert publication.refused == (2017,) and publication.stale == (2017,) and publication.unchanged == (2018,)
    assert file_hashes(first) == before
    assert year_row(root, 2017) == ("final", "refused", date(2020, 1, 15), date(2020, 1, 15))
    facts = {name: digest for name, digest in before.items() if name.startswith(("parquet/fct_", "csv/fct_"))}
    now = file_hashes((root.publication / "current").resolve())
    assert {name: now[name] for name in facts} == facts
    told = json.loads((root.publication / "current" / "verdicts" / "2017.json").read_text(encoding="utf-8"))
    assert told["passed"] is False and told["published"]["passed"] is True
    assert not publish(root).released


def test_a_year_refused_at_first_says_which_rule_by_its_title(root: Settings) -> None:
    change(root, *FAULTS["value_equals_reading"])
    (refusal,) = judge(root, 2017).refusals
    folder = publish(root).folder
    assert folder is not None
    zh, en = f"{refusal.name_zh}（{refusal.rule_id}）。", f"{refusal.name_en} ({refusal.rule_id})."
    for name in ("index.html", "CHANGES.md"):
        page = (folder / name).read_text(encoding="utf-8")
        assert f"审核未通过，未满足：{zh}" in page and f"The gate refused it. Not met: {en}" in page
    row = (
        (folder / "index.html").read_text(encoding="utf-8").split('<a href="verdicts/2017.json">')[1].split("</tr>")[0]
    )
    caveats = row.split("</td>")[-3]
    assert caveats == "<td>"


def test_stale_since_stays_and_ends(root: Settings) -> None:
    publish(root)
    change(root, *FAULTS["value_equals_reading"])
    judge(root, 2017)
    publish(root)
    later = replace(root, as_of=date(2020, 3, 1))
    change(root, "update marts.fct_observations set value = 122 where report_id = 'r0y2017'")
    judge(later, 2017)
    publish(later)
    assert year_row(later, 2017)[3] == date(2020, 1, 15)
    change(root, "update marts.fct_observations set value = 120 where report_id = 'r0y2017' and reading_id like '%i0'")
    change(root, "update marts.fct_observations set value = 0 where report_id = 'r0y2017' and reading_id like '%i1'")
    change(root, "update marts.fct_observations set value = 2.5 where report_id = 'r0y2017' and reading_id like '%i2'")
    assert judge(later, 2017).passed
    assert publish(later).stale == ()
    assert year_row(later, 2017) == ("final", "passed", date(2020, 3, 1), None)


def test_a_passing_verdict_for_other_bytes_refuses(root: Settings) -> None:
    publish(root)
    change(root, "update marts.fct_observations set value = 999 where report_id = 'r1y2017'")
    publication = publish(root)
    assert publication.stale == (2017,)
    assert asked(root, VALUE) == [(121.0,)]
    assert "other content" in publication.as_metadata()["reasons"]["2017"]


def test_a_verdict_copied_by_hand_refuses(root: Settings) -> None:
    change(root, *FAULTS["value_equals_reading"])
    judge(root, 2017)
    told = (root.gate / "2017" / "verdict.json").read_text(encoding="utf-8")
    other = json.loads((root.gate / "2018" / "verdict.json").read_text(encoding="utf-8"))["content_hash"]
    mine = json.loads(told)["content_hash"]
    forged = (root.gate / "2018" / "verdict.json").read_text(encoding="utf-8")
    (root.gate / "2017" / "verdict.json").write_text(forged, encoding="utf-8")
    assert mine != other and publish(root).refused == (2017,)


def test_without_a_verdict_nothing_is_published(tmp_path: Path, root: Settings) -> None:
    for path in root.gate.rglob("verdict.json"):
        path.unlink()
    publication = publish(root)
    assert not publication.released and publication.release_id is None and publication.refused == (2017, 2018)
    assert not (root.publication / "current").exists()


def test_a_published_year_whose_verdict_is_lost_stays_as_it_is(root: Settings) -> None:
    publish(root)
    (root.gate / "2017" / "verdict.json").unlink()
    publication = publish(root)
    assert not publication.released and publication.unchanged == (2017, 2018)


def test_an_unreadable_verdict_refuses(root: Settings) -> None:
    (root.gate / "2017" / "verdict.json").write_text("passed", encoding="utf-8")
    publication = publish(root)
    assert publication.refused == (2017,) and publication.published == (2018,)


def test_a_refused_year_never_published_is_absent_but_told(root: Settings) -> None:
    change(root, *FAULTS["value_equals_reading"])
    judge(root, 2017)
    assert publish(root).published == (2018,)
    assert asked(root, "select distinct report_year from fct_observations") == [(2018,)]
    assert year_row(root, 2017) == ("final", "refused", date(2020, 1, 15), None)
    assert asked(root, "select count(*), bool_or(published) from aud_coverage where report_year = 2017") == [(3, False)]


def test_a_published_year_never_vanishes_with_its_reports(root: Settings) -> None:
    publish(root)
    forget(root, 2017)
    refused = judge(root, 2017)
    assert [rule.rule_id for rule in refused.refusals] == ["files_extracted", "published_agencies_kept"]
    assert publish(root).stale == (2017,)
    assert asked(root, VALUE) == [(121.0,)]


def test_a_published_year_without_reports_stays_whatever_the_verdict_says(root: Settings) -> None:
    publish(root)
    forget(root, 2017)
    judge(root, 2017)
    path = root.gate / "2017" / "verdict.json"
    verdict = read_verdict(path)
    assert verdict is not None
    path.write_text(replace(verdict, passed=True, expectations=()).as_json(), encoding="utf-8")
    for _ in range(2):
        publication = publish(root)
        assert publication.refused == (2017,) and publication.stale == (2017,)
        assert "no report of it any more" in publication.as_metadata()["reasons"]["2017"]
    assert asked(root, VALUE) == [(121.0,)]
    assert year_row(root, 2017)[1] == "refused"


OTHER_NAMES = (
    "update marts.dim_agencies set agency_name = '误读的' || agency_name",
    "update marts.dim_agency_versions set agency_name = '误读的' || agency_name, valid_from = 2017",
)
NAMES = "select agency_name, valid_from from dim_agency_versions join dim_agencies using (agency_id, agency_name)"


def test_a_refused_year_renames_no_agency_that_was_published(root: Settings) -> None:
    publish(root)
    before = asked(root, f"{NAMES} order by all")
    change(root, *FAULTS["value_equals_reading"], *OTHER_NAMES)
    with duckdb.connect(str(root.warehouse)) as connection:
        connection.execute(
            "insert into marts.dim_agencies values ('a3', '白石县双塘镇人民政府', 'township', '990102', null);"
            "insert into marts.dim_agency_versions values ('a3', '白石县双塘镇人民政府', '990102', 2017, null)"
        )
        connection.execute("insert into audit.aud_coverage values ('a3', 2017, true, true, true, null, null, 0)")
    judge(root, 2017)
    assert publish(root).stale == (2017,)
    assert asked(root, f"{NAMES} where agency_id <> 'a3' order by all") == before
    assert asked(root, f"{NAMES} where agency_id = 'a3'") == [("白石县双塘镇人民政府", 2017)]


def test_an_agency_with_new_content_has_the_names_that_go_with_it(root: Settings) -> None:
    publish(root)
    change(root, *FAULTS["value_equals_reading"], *OTHER_NAMES)
    change(root, "update marts.dim_reports set published_on = signed_on + 1 where report_id = 'r2y2018'")
    forget(root, 2018, (0,))
    judge(root, 2017)
    assert judge(root, 2018).passed
    publication = publish(root)
    assert publication.stale == (2017,) and publication.published == (2018,)
    renamed = asked(root, "select agency_id from dim_agencies where agency_name like '误读的%' order by 1")
    assert renamed == [("a1",), ("a2",)]


def test_files_of_a_refused_year_are_listed_as_withheld(root: Settings) -> None:
    change(root, *FAULTS["value_equals_reading"])
    judge(root, 2017)
    folder = publish(root).folder
    assert folder is not None
    with (folder / "documents.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    withheld = [row for row in listed if row["status"] == "withheld"]
    assert len(listed) == 7 and len(withheld) == 3
    assert {row["report_year"] for row in withheld} == {"2017"}
    assert all(row["reason_code"] and row["reason_zh"] and row["reason_en"] for row in withheld)
    assert not any(row["agency_name"] or row["report_id"] for row in withheld)


def test_release_ids_only_grow(root: Settings) -> None:
    later, sooner = replace(root, as_of=date(2020, 7, 1)), replace(root, as_of=date(2019, 12, 1))
    assert publish(later).release_id == "v2020.07.1"
    assert publish(sooner).release_id == "v2020.07.2"
    assert publish(replace(root, as_of=date(2021, 1, 5))).release_id == "v2021.01.1"


def test_a_new_report_is_a_new_release_and_unchanged_years_are_linked(root: Settings) -> None:
    first = publish(root).folder
    assert first is not None
    with duckdb.connect(str(root.warehouse)) as connection:
        connection.execute(
            "insert into marts.dim_agencies values ('a3', '白石县双塘镇人民政府', 'township', '990102', null)"
        )
        connection.execute("delete from marts.dim_reports where report_id = 'r2y2018'")
        for table in ("fct_readings", "fct_observations", "fct_findings", "bridge_report_documents", "fct_capacity"):
            connection.execute(f"delete from marts.{table} where report_id = 'r2y2018'")
        for table in ("fct_requests", "fct_proactive_disclosures", "fct_interpretation_responses"):
            connection.execute(f"delete from marts.{table} where report_id = 'r2y2018'")
        connection.execute("delete from marts.fct_reviews_litigation where report_id = 'r2y2018'")
        connection.execute("delete from audit.aud_coverage where agency_id = 'a2' and report_year = 2018")
        add_report(connection, 2, 2018)
        connection.execute("update marts.dim_reports set published_on = signed_on + 1 where report_id = 'r2y2018'")
    assert judge(root, 2018).passed
    publication = publish(root)
    assert publication.published == (2018,) and publication.unchanged == (2017,)
    second = publication.folder
    assert second is not None and second != first and second.name == "v2020.01.2"
    part = "parquet/fct_readings/report_year=2017/part-0.parquet"
    assert (first / part).stat().st_ino == (second / part).stat().st_ino


def test_two_roots_give_the_same_bytes(root: Settings, tmp_path: Path) -> None:
    other = settings_at(tmp_path / "elsewhere" / "data")
    build(other.warehouse)
    for year in (2017, 2018):
        judge(other, year)
    publish(root)
    publish(replace(other, workers=3))
    hashes = [file_hashes((settings.publication / "current").resolve()) for settings in (root, other)]
    for one in hashes:
        del one["ogi_reports.duckdb"]
    assert hashes[0] == hashes[1]


@pytest.mark.parametrize("step", ["write_sums", "sync_tree", "switch_link", "index_page"])
def test_an_interrupted_publication_leaves_the_old_release_whole(
    root: Settings, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first = publish(root).folder
    assert first is not None
    before = file_hashes(first)
    change(root, *FAULTS["value_equals_reading"])
    judge(root, 2017)

    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(release, step, fail)
        with pytest.raises(OSError, match="full"):
            publish(root)
    assert (root.publication / "current").resolve() == first
    assert file_hashes(first) == before
    assert not list(root.publication.glob("draft-*"))
    assert publish(root).released and (root.publication / "current").resolve() != first


def test_a_release_that_does_not_hold_together_is_not_published(
    root: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "verify", lambda folder: ["csv/dim_reports.csv is missing"])
    with pytest.raises(PublicationError, match="dim_reports"):
        publish(root)
    assert not (root.publication / "current").exists()


def test_columns_that_a_release_before_lacked_are_null_for_kept_years(root: Settings) -> None:
    publish(root)
    change(root, "alter table marts.fct_findings add column height text", *FAULTS["value_equals_reading"])
    judge(root, 2017)
    judge(root, 2018)
    publish(root)
    assert asked(root, "select count(*), count(height) from fct_findings where report_year = 2017") == [(3, 0)]
