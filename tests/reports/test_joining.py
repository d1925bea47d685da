"""Prose in one file and its table in another are one report, and archives are their members."""

from __future__ import annotations

from cProfile import Profile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from orchestration.registry.load import load
from orchestration.registry.model import Registry
from orchestration.reports.documents.bundle import members
from orchestration.reports.documents.model import Document
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.reports.extractions.model import Extraction
from orchestration.reports.joining import Alone, Standing, belonging, extract_apart, extract_together, grouped, opened

REPORT = Path(__file__).parents[1] / "inbox" / "2017" / "02-blanks-and-contradictions.txt"
HALVES = ("年报.txt", "年报附表.txt")


@pytest.fixture(scope="module")
def registry() -> Registry:
    """What we know."""
    return load()


@pytest.fixture(scope="module")
def whole() -> Document:
    """A report with prose and table in one file."""
    return read(REPORT.read_bytes(), REPORT.name)


@pytest.fixture(scope="module")
def halves(whole: Document) -> tuple[bytes, bytes]:
    """The same report in two files: its prose, its table."""
    start, end = whole.tables[0].span.start, whole.tables[-1].span.end
    return (whole.text[:start] + whole.text[end:]).encode(), whole.text[start:end].encode()


def packed(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def figures(extraction: Extraction) -> list[tuple[object, ...]]:
    """What is read, without where it stands."""
    return sorted(
        (
            one.source_kind,
            str(one.indicator_code),
            one.applicant_type,
            str(one.category),
            str(one.value),
            one.period_basis,
        )
        for one in extraction.readings
    )


def test_two_files_say_what_one_says(halves: tuple[bytes, bytes], whole: Document, registry: Registry) -> None:
    parts = [read(data, name) for data, name in zip(halves, HALVES, strict=True)]
    together, alone = extract_together(parts, registry), extract(whole, registry)
    assert figures(together) == figures(alone)
    assert sorted(f.rule_id for f in together.findings) == sorted(f.rule_id for f in alone.findings)
    assert {f.rule_id for f in together.findings} & {"narrative_vs_table", "negation_vs_table"}
    assert together.document_id == parts[0].document_id


def test_a_finding_names_the_file_of_every_place_outside_the_main_document(
    halves: tuple[bytes, bytes], whole: Document, registry: Registry
) -> None:
    parts = [read(data, f"年报.zip!/石桥/{name}") for data, name in zip(halves, HALVES, strict=True)]
    together = extract_together(parts, registry)
    kinds = {one.reading_id: one.source_kind for one in together.readings}
    lines = {one.reading_id: one.line for one in together.readings}
    for finding in (f for f in together.findings if f.rule_id in ("narrative_vs_table", "negation_vs_table")):
        for reading_id in finding.readings:
            line = f"第{lines[reading_id]}行"
            in_table = kinds[reading_id] == "table"
            assert (f"附件“年报附表.txt”{line}" if in_table else f"文字（{line}）") in finding.message_zh
            line = f"line {lines[reading_id]}"
            assert (f"({line}, attachment “年报附表.txt”)" if in_table else f"({line})") in finding.message_en
    assert not any("附件“" in finding.message_zh for finding in extract(whole, registry).findings)


def test_a_table_whose_file_names_the_township_alone_joins_its_prose(
    halves: tuple[bytes, bytes], registry: Registry
) -> None:
    names = ("石桥镇2017年度信息公开年度报告.txt", "石桥镇2017年度信息公开年度报告附表.txt")
    parts = [read(data, name) for data, name in zip(halves, names, strict=True)]
    assert extract(parts[1], registry).identity.region_resolution in ("ambiguous", "unresolved")
    assert grouped(parts, registry) == (tuple(parts),)
    other = read(halves[1], "柳岸街道2017年度信息公开年度报告附表.txt")
    assert len(grouped([parts[0], other], registry)) == 2


def test_a_reading_stands_in_its_own_file(halves: tuple[bytes, bytes], registry: Registry) -> None:
    parts = [read(data, name) for data, name in zip(halves, HALVES, strict=True)]
    together = extract_together(parts, registry)
    by_id = {part.document_id: part for part in parts}
    for reading in together.readings:
        part = by_id[reading.document_id or together.document_id]
        assert (reading.source_kind == "table") == (part is parts[1])
        if reading.value_text is not None:
            assert part.text[reading.char_start : reading.char_end] == reading.value_text
        assert reading.line is None or reading.line <= part.text.count("\n") + 1
        assert reading.table_no in (None, 1)
    known = {reading.reading_id for reading in together.readings}
    assert len(known) == len(together.readings)
    assert all(one in known for finding in together.findings for one in finding.readings)


def test_the_members_of_an_archive_are_grouped_and_told_file_by_file(
    halves: tuple[bytes, bytes], registry: Registry
) -> None:
    data = packed({"石桥/正文.txt": halves[0], "石桥/附表.txt": halves[1], "说明.txt": "附件说明".encode()})
    groups = grouped(opened(data, "报告.zip"), registry)
    assert [[part.name for part in group] for group in groups] == [
        ["报告.zip!/石桥/正文.txt", "报告.zip!/石桥/附表.txt"],
        ["报告.zip!/说明.txt"],
    ]
    prose, table = extract_apart(groups[0], registry)
    assert {one.source_kind for one in prose.readings} == {"narrative"}
    assert {one.source_kind for one in table.readings} == {"table"}
    assert table.report_id == prose.report_id is not None
    assert table.identity == prose.identity
    assert not table.findings


def test_an_archive_written_by_a_chinese_windows_keeps_its_names(halves: tuple[bytes, bytes]) -> None:
    data = without_utf8_mark(packed({"abcdefgh": halves[0]}), "年报.txt")
    assert [name for name, _ in members(data, "a.zip")] == ["a.zip!/年报.txt"]


def without_utf8_mark(data: bytes, name: str) -> bytes:
    """An archive whose one member of eight letters bears this name in GB 18030."""
    encoded = name.encode("gb18030")
    assert len(encoded) == len(b"abcdefgh")
    return data.replace(b"abcdefgh", encoded)


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", packed({}), packed({"__MACOSX/x": b"1", ".DS_Store": b"1"})])
def test_an_archive_without_readable_members_stays_whole(data: bytes) -> None:
    assert members(data, "a.zip") == (("a.zip", data),)


def test_other_files_are_themselves(halves: tuple[bytes, bytes]) -> None:
    assert members(halves[0], "a.txt") == (("a.txt", halves[0]),)


def prose(uri: str = "2017/年报.html", document_id: str = "p", newest: bool = True, **said: Any) -> Standing:
    """A file with the prose of 临溪区石桥镇 for 2017."""
    names = ("临溪区石桥镇人民政府", "石桥镇", "临溪区石桥镇")
    return Standing(uri, replace(Alone(document_id, "prose", "agency", 2017, names), **said), newest)


def table(uri: str = "2017/年报附表.docx", document_id: str = "t", newest: bool = True, **said: Any) -> Standing:
    """A file with a table that says nothing of itself."""
    return Standing(uri, replace(Alone(document_id, "table", None, None), **said), newest)


@pytest.mark.parametrize(
    "files",
    [
        (prose(attachments=("./%E9%99%84%E4%BB%B6.docx",)), table("2017/附件.docx")),
        (prose(), table()),
        (prose(), table(names=("石桥镇",), years=(2017,))),
        (prose(), table(names=("青河市临溪区石桥镇",))),
        (prose(), table("elsewhere/a.docx", agency_id="agency", report_year=2017)),
        (prose("a.zip!/x/1.txt"), table("a.zip!/x/2.txt")),
        (prose(), prose(document_id="old", newest=False), table()),
        (prose(), table(), table(document_id="old", newest=False)),
    ],
)
def test_what_belongs_together(files: tuple[Standing, ...], registry: Registry) -> None:
    found = belonging(files, registry)
    assert [place[1] for place in found] == ["t"]
    assert next(iter(found.values()))[0] == "p"


def test_a_table_belongs_to_every_version_of_its_prose(registry: Registry) -> None:
    files = (prose(document_id="old", newest=False), prose(), table())
    assert belonging(files, registry) == {("2017/年报附表.docx", "t"): ("p", "old")}


def test_equal_tables_of_two_agencies_belong_to_one_each(registry: Registry) -> None:
    files = [
        prose("x/年报.txt"),
        table("x/年报附表.txt"),
        prose("y/年报.txt", "q", agency_id="another", names=("临溪区柳岸街道办事处",)),
        table("y/年报附表.txt"),
    ]
    assert belonging(files, registry) == {("x/年报附表.txt", "t"): ("p",), ("y/年报附表.txt", "t"): ("q",)}


@pytest.mark.parametrize(
    "files",
    [
        (prose(), table("2017/附件.docx")),
        (prose(), table(agency_id="another")),
        (prose(), table(report_year=2016)),
        (prose(), table(years=(2016,))),
        (prose(), table(names=("松坪街道",))),
        (prose(), table("2016/年报附表.docx")),
        (prose(), table(contents="nothing")),
        (prose(contents="whole"), table()),
        (prose("1.txt"), table("12.txt")),
        (prose("洪泽区.html"), table("洪泽区高良涧街道.docx")),
        (prose("a.zip!/1.txt"), prose("a.zip!/2.txt", "q", agency_id="another"), table("a.zip!/3.txt")),
        (prose("a.zip!/1.txt"), prose("a.zip!/2.txt", "q", contents="whole"), table("a.zip!/3.txt")),
        (prose("a.zip!/1.txt"), table("a.zip!/2.txt"), table("a.zip!/3.txt", "u")),
    ],
)
def test_what_stays_apart(files: tuple[Standing, ...], registry: Registry) -> None:
    assert belonging(files, registry) == {}


def test_a_great_folder_costs_no_more_for_each_file(registry: Registry) -> None:
    def calls(count: int) -> int:
        files = [
            file for n in range(count) for file in (prose(f"{n}年报.txt", f"p{n}"), table(f"{n}年报附表.txt", f"t{n}"))
        ]
        profile = Profile()
        found = profile.runcall(belonging, files, registry)
        assert len(found) == count
        return sum(entry.callcount for entry in profile.getstats())

    assert calls(200) < 2.5 * calls(100)


@pytest.mark.parametrize(
    "head",
    ["松坪街道政府信息公开情况统计表\n", "填报单位：松坪街道办事处\n", "统计时间：2016年1月1日至2016年12月31日\n"],
)
def test_a_table_that_says_otherwise_is_not_joined(head: str, halves: tuple[bytes, bytes], registry: Registry) -> None:
    data = packed({"年报.txt": halves[0], "年报附表.txt": head.encode() + halves[1]})
    assert [len(group) for group in grouped(opened(data, "报告.zip"), registry)] == [1, 1]


def test_two_tables_of_one_form_are_not_joined(halves: tuple[bytes, bytes], registry: Registry) -> None:
    other = halves[1].replace(b"0", b"1")
    data = packed({"年报.txt": halves[0], "年报附表1.txt": halves[1], "年报附表2.txt": other})
    assert [len(group) for group in grouped(opened(data, "报告.zip"), registry)] == [1, 1, 1]


def test_the_same_table_of_two_reports_gives_two_readings(halves: tuple[bytes, bytes], registry: Registry) -> None:
    one, other, table = (read(data, "年报.txt") for data in (halves[0], halves[0] + b"\n", halves[1]))
    first, second = (extract_together([main, table], registry) for main in (one, other))
    assert not {reading.reading_id for reading in first.readings} & {reading.reading_id for reading in second.readings}
