"""Specimens: the same bytes every time, sound where nothing was planted, and a truth that the scorer takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.__main__ import main
from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.reports.show import as_record
from orchestration.specimens.forms import layout
from orchestration.specimens.marks import MARK
from orchestration.specimens.produce import specimens, write_specimens


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_same_arguments_give_same_bytes(registry: Registry, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_specimens(registry, [2012, 2016], 6, 11, tmp_path / name, "all")
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")
    write_specimens(registry, [2012, 2016], 6, 12, tmp_path / "three", "all")
    assert _bytes(tmp_path / "one") != _bytes(tmp_path / "three")


def test_more_agencies_leave_the_others_as_they_are(registry: Registry) -> None:
    few = [s.content for s in specimens(registry, [2016], 4, 3, "none")]
    more = [s.content for s in specimens(registry, [2016], 9, 3, "none")]
    assert more[:4] == few


def test_undamaged_specimens_contradict_nothing(registry: Registry) -> None:
    for specimen in specimens(registry, [2009, 2015, 2018], 30, 5, "none"):
        assert specimen.findings == ()
        assert not MARK.search(specimen.content.decode())


def test_every_claim_stands_where_the_truth_says(registry: Registry) -> None:
    for specimen in specimens(registry, [2013, 2017], 12, 7, "none"):
        lines = specimen.content.decode().split("\n")
        for claim, place in specimen.claims:
            value = f"{claim.value:g}"
            if claim.snippet and value in claim.snippet and not specimen.draft.look.half_width:
                assert claim.snippet in lines[(place.line or 0) - 1]


@pytest.mark.parametrize("template_id", ["national_2014", "fujian_2008", "municipal_2008"])
def test_forms_print_cells_of_the_registry_in_its_order(registry: Registry, template_id: str) -> None:
    known = {cell.cell_id: cell.row_no for cell in registry.templates[template_id].cells}
    printed = [row[0] for row in layout(template_id)["rows"]]
    assert set(printed) <= set(known)
    assert [known[cell_id] for cell_id in printed] == sorted(known[cell_id] for cell_id in printed)


@pytest.mark.parametrize("years", [[], [2007], [2030]])
def test_years_without_forms_are_refused(registry: Registry, years: list[int]) -> None:
    with pytest.raises(ValueError, match="ask for years"):
        list(specimens(registry, years, 1, 0, "none"))


def test_a_folder_that_holds_something_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["specimens", "--years", "2016", "--agencies", "1", "--out", str(tmp_path / "out")]
    (tmp_path / "out").mkdir()
    assert main(arguments) == 0
    before = _bytes(tmp_path)
    capsys.readouterr()
    assert main([*arguments, "--seed", "2"]) == 2
    caught = capsys.readouterr()
    assert (caught.out, len(caught.err.splitlines())) == ("", 1)
    assert f"{tmp_path / 'out'} is not empty" in caught.err
    assert _bytes(tmp_path) == before


def test_truth_is_scored(registry: Registry, shared: Path, tmp_path: Path) -> None:
    write_specimens(registry, [2015, 2017], 8, 21, tmp_path, "some")
    read_out = tmp_path / "read.jsonl"
    with read_out.open("w", encoding="utf-8") as out:
        for path in sorted((tmp_path / "reports").iterdir()):
            record = as_record(extract(read(path.read_bytes(), path.name), registry), registry, "test")
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    command = [sys.executable, str(shared / "score.py"), "--gold", str(tmp_path / "truth"), "--read", str(read_out)]
    done = subprocess.run(
        [*command, "--documents", str(tmp_path / "reports"), "--json"], capture_output=True, text=True, check=True
    )
    total = json.loads(done.stdout)["total"]
    assert total["documents"] == 16
    assert total["table_precision"] == 1.0
    assert total["table_recall"] >= 0.99
    assert total["identity"] >= 0.98
    assert total["narrative_recall"] >= 0.95


def test_truth_has_the_columns_of_the_gold(registry: Registry, shared: Path, tmp_path: Path) -> None:
    write_specimens(registry, [2016], 2, 1, tmp_path, "none")
    for name in ("identity", "readings", "observations", "findings"):
        heads = [
            (folder / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
            for folder in (tmp_path / "truth", shared / "gold")
        ]
        assert heads[0].strip().removesuffix(",page") == heads[1].strip()
