"""`python -m orchestration run`, as a person calls it: what it prints, where things lie, and its exit status."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration.defs.asked import with_samples
from orchestration.defs.flow import aside
from orchestration.defs.run import add_run
from orchestration.defs.ui import OLD_COMMAND, become_dagster
from orchestration.settings import Settings
from orchestration.storage.layout import LAYOUT_VERSION
from tests.defs.conftest import INBOX, PROJECT, command

WITHOUT_FIGURES = """临溪区{name}2017年政府信息公开工作年度报告

本报告依照《中华人民共和国政府信息公开条例》的要求编写，由临溪区{name}办事处向社会公布。所列数据的统计期限自2017年1月1日起至2017年12月31日止。

一、概述

街道把政府信息公开列入日常工作。

二、主动公开政府信息情况

街道通过网站主动公开政府信息，数字见附表。

三、依申请公开政府信息情况

申请的受理和答复情况见附表。

临溪区{name}办事处
2018年2月26日
"""
"""A report that lost its table: identified, and quarantined because no figure can be read from it."""


HOLD = "import duckdb, sys, time; held = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(20)"
"""Somebody who writes the warehouse by hand for a while."""


def query(root: Path, sql: str) -> list[tuple[object, ...]]:
    """Rows of the newest release."""
    database = root / "publication" / "current" / "ogi_reports.duckdb"
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def runs(root: Path) -> list[tuple[str, str, str | None]]:
    """Job, status and years of the Dagster runs of a data root, oldest first."""
    with dg.DagsterInstance.from_config(str(root / "dagster")) as instance:
        found = [record.dagster_run for record in instance.get_run_records(ascending=True)]
    return [(run.job_name, run.status.value, run.tags.get("ogi/years")) for run in found]


def content(root: Path) -> dict[str, str]:
    """The hash of every file of the newest release that holds data."""
    current = root / "publication" / "current"
    files = [path for name in ("parquet", "csv") for path in sorted((current / name).rglob("*")) if path.is_file()]
    return {str(path.relative_to(current)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data root after one run on its inbox; `printed` is what the run said."""
    root = tmp_path_factory.mktemp("first") / "data"
    shutil.copytree(INBOX, root / "inbox")
    done = command("run", "--data-root", root, "--as-of", "2020-01-15")
    assert done.returncode == 0, done.stdout + done.stderr
    (root / "printed").write_text(done.stdout, encoding="utf-8")
    return root


def test_a_run_publishes_every_year_of_the_inbox_and_says_so(root: Path) -> None:
    printed = (root / "printed").read_text(encoding="utf-8")
    assert re.search(r"^2016  published: 3 reports, final  ", printed, re.MULTILINE)
    assert re.search(r"^2017  published: 2 reports, final  ", printed, re.MULTILINE)
    assert re.search(r"^2 files in quarantine:", printed, re.MULTILINE)
    assert "an-empty-file.txt: The file is empty; there is nothing to read. 文件为空" in printed
    assert str(root / "publication" / "current" / "index.html") in printed
    assert (root / "VERSION").read_text(encoding="utf-8").strip() == LAYOUT_VERSION
    by_year = "select report_year, count(*) from dim_reports group by 1 order by 1"
    assert query(root, by_year) == [(2016, 3), (2017, 2)]
    assert query(root, "select count(*) from aud_quarantine") == [(2,)]


def test_an_empty_inbox_means_the_bundled_samples_in_a_data_root_of_their_own(tmp_path: Path) -> None:
    done = command("run", "--data-root", tmp_path, "--as-of", "2020-01-15")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "these are the bundled samples" in done.stdout
    assert re.search(r"^\d{4}  published: ", done.stdout, re.MULTILINE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["inbox", "sample"]
    shutil.copy(INBOX / "an-empty-file.txt", tmp_path / "inbox")
    assert with_samples(Settings.read(tmp_path)).data_root == tmp_path
    (tmp_path / "inbox" / "an-empty-file.txt").unlink()
    assert with_samples(Settings.read(tmp_path)).data_root == tmp_path / "sample"


def test_its_runs_are_those_the_ui_shows(root: Path) -> None:
    with dg.DagsterInstance.from_config(str(root / "dagster")) as instance:
        records = instance.fetch_materializations(dg.AssetKey(["gate", "verdict"]), limit=10).records
        verdicts = {record.partition_key: record.asset_materialization for record in records}
        origins = [run.remote_job_origin for run in instance.get_runs()]
    assert [origin and origin.location_name for origin in origins] == ["ogi_reports"] * len(origins)
    assert runs(root)[:2] == [("take_in", "SUCCESS", None), ("refresh", "SUCCESS", "2016;2017")]
    assert set(verdicts) == {"2016", "2017"}
    for year, event in verdicts.items():
        assert event is not None
        assert {"passed", "content_hash", "verdict report", "rules"} <= set(event.metadata)
        assert f"/gate/{year}/report.html" in str(event.metadata["verdict report"].value)


def test_an_unchanged_rerun_makes_no_release_and_no_build(root: Path) -> None:
    before = runs(root)
    done = command("run", "--data-root", root, "--as-of", "2020-01-16")
    assert done.returncode == 0
    assert "Nothing has changed" in done.stdout
    assert "2017  published: 2 reports, final, unchanged" in done.stdout
    assert runs(root) == [*before, ("take_in", "SUCCESS", None)]
    assert len(list((root / "publication" / "releases").iterdir())) == 1


def test_a_year_of_which_nothing_has_arrived_is_said_and_is_not_refused(root: Path) -> None:
    done = command("run", "--data-root", root, "--as-of", "2020-01-16", "--year", "2015")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2015  nothing to publish: no report of this year has arrived." in done.stdout
    assert "Nothing has changed" in done.stdout


def test_a_changed_year_that_was_not_asked_for_is_named(root: Path, tmp_path: Path) -> None:
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    shutil.copytree(INBOX, inbox)
    shutil.copytree(root, data, symlinks=True, ignore=shutil.ignore_patterns("inbox"))
    words = (INBOX / "2016" / "04-prose-only.txt").read_text(encoding="utf-8")
    (inbox / "2016" / "more.txt").write_text(words + "\n", encoding="utf-8")
    done = command("run", "--inbox", inbox, "--data-root", data, "--as-of", "2020-01-15", "--year", "2017")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Changed since the last run, but not asked for and left as it was: 2016." in done.stdout
    assert "Nothing has changed" not in done.stdout


def test_runs_at_the_same_time_write_a_log_each(tmp_path: Path) -> None:
    settings = Settings.read(tmp_path)
    code = "import sys; from orchestration.defs.flow import aside; from orchestration.settings import Settings\n"
    code += "with aside(Settings.read(sys.argv[1])) as log: print('theirs')"
    with aside(settings) as log:
        print("ours")
        subprocess.run([sys.executable, "-c", code, tmp_path], cwd=PROJECT, check=True)
    logs = {path.read_text(encoding="utf-8") for path in log.parent.iterdir()}
    assert logs == {"ours\n", "theirs\n"}


def test_a_refused_year_stops_no_other_and_keeps_what_was_published(root: Path, tmp_path: Path) -> None:
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    shutil.copytree(INBOX, inbox)
    shutil.copytree(root, data, symlinks=True, ignore=shutil.ignore_patterns("inbox"))
    for name in ("柳岸街道", "和顺街道", "竹园街街道"):
        (inbox / f"{name}.txt").write_text(WITHOUT_FIGURES.format(name=name), encoding="utf-8")
    words = (INBOX / "2016" / "04-prose-only.txt").read_text(encoding="utf-8")
    (inbox / "2016" / "more.txt").write_text(words.replace("白石县青岩乡", "临溪区望云乡"), encoding="utf-8")
    done = command("run", "--inbox", inbox, "--data-root", data, "--as-of", "2020-01-15")
    assert done.returncode == 3, done.stdout + done.stderr
    assert re.search(r"^2017  REFUSED by the gate", done.stdout, re.MULTILINE)
    assert re.search(r"^2016  published", done.stdout, re.MULTILINE)
    assert "files_extracted" in done.stdout
    assert query(
        data, "select report_year, verdict, stale_since is not null from dim_report_years where verdict is not null"
    ) == [
        (2016, "passed", False),
        (2017, "refused", True),
    ]
    assert query(data, "select count(*) from dim_reports where report_year = 2017") == [(2,)]
    assert query(data, "select count(*) from dim_reports where report_year = 2016") == [(4,)]
    assert runs(data)[-1] == ("refresh", "SUCCESS", "2016;2017")
    with dg.DagsterInstance.from_config(str(data / "dagster")) as instance:
        (check,) = instance.event_log_storage.get_asset_check_execution_history(
            dg.AssetCheckKey(dg.AssetKey(["gate", "verdict"]), "passed"), limit=1
        )
    assert check.status.value == "FAILED"
    again = command("run", "--inbox", inbox, "--data-root", data, "--as-of", "2020-01-15")
    assert again.returncode == 3
    assert "Nothing has changed" in again.stdout
    only = command("run", "--inbox", inbox, "--data-root", data, "--as-of", "2020-01-15", "--year", "2016")
    assert only.returncode == 0
    asked = command("run", "--inbox", inbox, "--data-root", data, "--as-of", "2020-01-15", "--year", "2017")
    assert asked.returncode == 3


def test_two_runs_and_a_writer_by_hand_take_turns_and_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    shutil.copytree(INBOX, inbox)
    data.mkdir()
    by_hand = subprocess.Popen([sys.executable, "-c", HOLD, data / "warehouse.duckdb"], stdout=subprocess.PIPE)
    assert by_hand.stdout is not None
    assert by_hand.stdout.readline() == b"held\n"
    arguments = ("run", "--inbox", inbox, "--data-root", data, "--as-of", "2020-01-15")
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda workers: command(*arguments, OGI_WORKERS=workers), ("1", "2")))
    by_hand.stdout.close()
    assert by_hand.wait() == 0
    assert [one.returncode for one in done] == [0, 0], [one.stderr for one in done]
    assert [path.name for path in (data / "publication" / "releases").iterdir()] == ["v2020.01.1"]
    assert {status for _, status, _ in runs(data)} == {"SUCCESS"}
    assert content(data) == content(root)


@pytest.mark.parametrize(
    ("arguments", "environment", "sentence"),
    [
        (["--inbox", "nowhere"], {}, "nowhere is no folder"),
        (["--year", "2999"], {}, "2999 is no report year that is over"),
        (["--year", "2019", "--as-of", "2019-06-01"], {}, "2019 is no report year that is over"),
        ([], {"OGI_AS_OF": "yesterday"}, "orchestration: OGI_AS_OF is 'yesterday': write a day as 2018-04-01"),
        ([], {"OGI_WORKERS": "two"}, "orchestration: OGI_WORKERS is 'two': write a number"),
        ([], {"OGI_INBOX": "nowhere"}, "nowhere is no folder"),
        (["--as-of", "yesterday"], {}, "--as-of: yesterday is no day: write a day as 2018-04-01"),
        (["--year", "2017", "2999"], {}, "2999 is no report year that is over"),
    ],
)
def test_wrong_usage_is_one_sentence_and_status_2(
    arguments: list[str], environment: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    done = command("run", "--data-root", tmp_path / "data", *arguments, **environment)
    assert done.returncode == 2
    assert sentence in done.stderr.splitlines()[-1]
    assert done.stdout == ""
    assert not (tmp_path / "data" / "landing").exists()


def test_several_years_may_follow_each_other() -> None:
    parser = argparse.ArgumentParser()
    add_run(parser.add_subparsers())
    asked = parser.parse_args(["run", "--year", "2017", "2023", "--year", "2015"])
    assert asked.year == [2017, 2023, 2015]


@pytest.mark.parametrize(("as_of", "warned"), [("2020-01-14", True), ("2020-01-15", False), ("2020-01-16", False)])
def test_a_day_before_that_of_the_release_is_said(
    as_of: str, warned: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts = tmp_path / "data" / "publication" / "current" / "verdicts"
    verdicts.mkdir(parents=True)
    (tmp_path / "data" / "VERSION").write_text(LAYOUT_VERSION, encoding="utf-8")
    for year, day in ((2016, "2019-05-01"), (2017, "2020-01-15")):
        (verdicts / f"{year}.json").write_text(json.dumps({"as_of": day}), encoding="utf-8")
    monkeypatch.setattr("orchestration.defs.flow.flow", lambda asked: 0)
    parser = argparse.ArgumentParser()
    add_run(parser.add_subparsers())
    asked = parser.parse_args(["run", "--data-root", str(tmp_path / "data"), "--inbox", str(INBOX), "--as-of", as_of])
    assert asked.run(asked) == 0
    told = capsys.readouterr().err
    assert ("was judged as of 2020-01-15" in told) == warned
    assert len(told.splitlines()) == warned


def test_the_pages_start_in_their_home_and_without_what_nobody_can_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    monkeypatch.setattr("os.execve", lambda *what: started.append((Path.cwd(), *what)))
    monkeypatch.chdir(tmp_path)
    become_dagster(3001, {"DAGSTER_HOME": str(tmp_path), "PYTHONWARNINGS": "error::UnicodeWarning"})
    ((place, _, command, environment),) = started
    assert place == tmp_path
    assert str(PROJECT / "workspace.yaml") in command
    assert environment["PYTHONWARNINGS"] == f"error::UnicodeWarning,{OLD_COMMAND}"


def test_a_data_root_of_another_layout_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "VERSION").write_text("99\n", encoding="utf-8")
    done = command("run", "--inbox", INBOX, "--data-root", tmp_path / "data")
    assert done.returncode == 2
    assert "layout '99'" in done.stderr


@pytest.mark.parametrize(("name", "inbox"), [("run", ()), ("run", ("--inbox", INBOX)), ("ui", ())])
def test_a_data_root_that_is_a_file_is_one_sentence(name: str, inbox: tuple[str | Path, ...], tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    done = command(name, "--data-root", tmp_path / "data", *inbox)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert str(tmp_path / "data") in line and "cannot be used" in line


def test_a_folder_of_the_data_root_is_no_inbox(tmp_path: Path) -> None:
    (tmp_path / "data" / "landing").mkdir(parents=True)
    done = command("run", "--inbox", tmp_path / "data" / "landing", "--data-root", tmp_path / "data")
    assert done.returncode == 2
    assert "is a folder of the data root" in done.stderr


def test_the_pages_need_an_inbox_they_can_find_too(tmp_path: Path) -> None:
    done = command("ui", "--data-root", tmp_path / "data", OGI_INBOX="nowhere")
    assert done.returncode == 2
    assert "nowhere is no folder" in done.stderr
