"""XLSX and XLS: what a person sees in a worksheet, and files that are broken."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.reports.documents import compound, zipped
from orchestration.reports.documents.cell_formats import FIRST_DAY_1904, shown
from orchestration.reports.documents.read import read
from orchestration.reports.documents.spreadsheet import Merge, Worksheet
from orchestration.reports.extractions.numbers import parse_value
from tests.reports.documents.conftest import Convert, grid
from tests.reports.documents.report import packed, table
from tests.reports.documents.spanned import applications, disputes, web_table

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROWS = [["统计指标", "单位", "统计数"], ["收到申请数", "件", "3"], ["申请办结数", "件", ""], ["费用", "万元", "0.25"]]
PAGES = {
    "rows": table(ROWS),
    "applications": web_table(applications()),
    "disputes": web_table(disputes()),
    "around": f"<p>政府信息公开情况统计表</p>{table(ROWS)}<p>单位负责人：某某</p>",
}


def web_page(name: str) -> bytes:
    return f"<html><head><meta charset='utf-8'></head><body>{PAGES[name]}</body></html>".encode()


def book(*sheets: str, states: str = "", strings: str = "", styles: str = "") -> bytes:
    """An XLSX file of worksheets given as XML; `states` marks with h those that are hidden."""
    listed = "".join(
        f"<sheet name='{at}' r:id='r{at}' state='{'hidden' if states[at : at + 1] == 'h' else 'visible'}'/>"
        for at in range(len(sheets))
    )
    targets = "".join(f"<Relationship Id='r{at}' Target='worksheets/part{9 - at}.xml'/>" for at in range(len(sheets)))
    return packed(
        {
            "xl/workbook.xml": f"<workbook xmlns='{MAIN}' xmlns:r='{BOOK}'><sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships>{targets}</Relationships>",
            "xl/sharedStrings.xml": f"<sst xmlns='{MAIN}'>{strings}</sst>",
            "xl/styles.xml": f"<styleSheet xmlns='{MAIN}'>{styles}</styleSheet>",
            **{
                f"xl/worksheets/part{9 - at}.xml": f"<worksheet xmlns='{MAIN}'>{inner}</worksheet>"
                for at, inner in enumerate(sheets)
            },
        }
    )


def words(place: str, said: str) -> str:
    return f"<c r='{place}' t='inlineStr'><is><t>{said}</t></is></c>"


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("xlsx:Calc MS Excel 2007 XML", zipped.EXCEL), ("xls:MS Excel 97", compound.EXCEL97)],
)
def test_a_worksheet_reads_as_the_page_it_was_made_of(convert: Convert, kind: str, media_type: str) -> None:
    pages = {name: web_page(name) for name in PAGES}
    made = convert(pages, "html", kind, "--infilter=HTML (StarCalc)")
    for name, page in pages.items():
        before, after = read(page, "x"), read(made[name], "x")
        assert (after.media_type, after.issue_codes) == (media_type, ())
        assert after.text.split() == before.text.split()
        assert grid(after) == grid(before)


@pytest.mark.parametrize(
    ("value", "pattern", "seen"),
    [
        (3.0, "General", "3"),
        (0.1 + 0.2, "", "0.3"),
        (12.5, "0.00", "12.50"),
        (2.6, "0_ ", "3"),
        (2.5, "0", "3"),
        (25.125, "0.00", "25.13"),
        (-0.3, "0", "0"),
        (-3.0, r"0_);[Red]\(0\)", "(3)"),
        (1234.0, "#,##0", "1,234"),
        (0.25, "0%", "25%"),
        (0.125, "0.0%", "12.5%"),
        (251000.0, '0"元"', "251000元"),
        (251000.0, "0,", "251"),
        (2016.0, '0"年度"', "2016年度"),
        (0.0, "0;-0;;@", ""),
        (0.0, "#", ""),
        (0.0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (42735.0, 'yyyy"年"m"月"d"日"', "2016-12-31"),
        (42735.0, "yyyy-mm-dd", "2016-12-31"),
        (42735.0, 'm"月"d"日"', "12月31日"),
        (7.0, "@", "7"),
    ],
)
def test_numbers_are_as_their_cells_show_them(value: float, pattern: str, seen: str) -> None:
    assert shown(value, pattern) == seen


@pytest.mark.parametrize("pattern", ["0!.0000", "[>2]0;0.0", "[DBNum1]0", "0.00E+00", "# ?/?", "h:mm"])
def test_a_pattern_that_is_not_known_gives_no_figure(pattern: str) -> None:
    said = parse_value(shown(251000.0, pattern))
    assert (said.value, said.status) == (None, "unreadable")


def test_a_book_may_count_its_days_from_1904() -> None:
    assert shown(41273.0, "yyyy-mm-dd", FIRST_DAY_1904) == "2016-12-31"


def test_lines_over_and_under_the_table_stand_alone_and_blanks_are_cells() -> None:
    sheet = Worksheet(
        words={
            (1, 1): "统计表",
            (3, 1): "指标",
            (3, 2): "数",
            (4, 1): "申请",
            (5, 1): "办结",
            (5, 2): "2",
            (9, 1): "注",
        },
        merges=[Merge(1, 1, 1, 2)],
    )
    over, figures, under = sheet.flow()
    assert [[box.words for box in row] for row in figures.rows] == [["指标", "数"], ["申请", ""], ["办结", "2"]]
    assert (over.words, under.words) == ("统计表", "注")


def test_what_is_hidden_is_not_there() -> None:
    row = "<row r='{0}'{1}>{2}</row>"
    rows = [
        row.format(1, "", words("A1", "指标") + words("B1", "去年") + words("C1", "数")),
        row.format(2, " hidden='1'", words("A2", "草稿") + words("C2", "9")),
        row.format(3, "", words("A3", "申请") + words("B3", "8") + "<c r='C3'><v>3</v></c>"),
    ]
    shown_sheet = f"<cols><col min='2' max='2' hidden='1'/></cols><sheetData>{''.join(rows)}</sheetData>"
    hidden_sheet = f"<sheetData>{row.format(1, '', words('A1', '旧表'))}</sheetData>"
    document = read(book(hidden_sheet, shown_sheet, states="h"), "x")
    assert document.text == "指标\t数\n申请\t3\n"


def test_every_kind_of_cell_says_what_it_shows() -> None:
    cells = (
        "<c r='A1' t='s'><v>0</v></c><c r='B1' t='str'><v>式</v></c><c r='C1' t='b'><v>1</v></c>"
        "<c r='D1' t='e'><v>#REF!</v></c><c r='E1' s='1'><v>0.25</v></c><c r='F1' t='s'><v>7</v></c><c><v>5</v></c>"
    )
    document = read(
        book(
            f"<sheetData><row>{cells}</row></sheetData>",
            strings="<si><r><t>合</t></r><r><t>计</t></r><rPh><t>heji</t></rPh></si>",
            styles="<cellXfs><xf numFmtId='0'/><xf numFmtId='9'/></cellXfs>",
        ),
        "x",
    )
    assert document.text == "合计\t式\tTRUE\t#REF!\t25%\t5\n"


def test_what_is_struck_out_is_gone_and_what_is_raised_lengthens_no_figure() -> None:
    looks = "<r><rPr><{0}/></rPr><t>1</t></r>"
    struck, high = looks.format("strike"), looks.format("vertAlign val='superscript'")
    cells = f"<c t='inlineStr'><is>{struck}<r><t>2</t></r></is></c><c t='inlineStr'><is><r><t>5</t></r>{high}</is></c>"
    assert read(book(f"<sheetData><row>{cells}</row></sheetData>"), "x").text == "2\t5¹\n"


def test_a_formula_that_nobody_worked_out_is_no_blank() -> None:
    cells = words("A1", "申请") + "<c r='B1'><f>1+1</f></c>"
    assert read(book(f"<sheetData><row>{cells}</row></sheetData>"), "x").text == "申请\t#N/A\n"


def test_zeros_that_a_sheet_hides_are_blank() -> None:
    rows = (
        f"<row>{words('A1', '办结')}<c r='B1'><v>3</v></c></row><row>{words('A2', '申请')}<c r='B2'><v>0</v></c></row>"
    )
    view = "<sheetViews><sheetView showZeros='0'/></sheetViews>"
    assert read(book(f"{view}<sheetData>{rows}</sheetData>"), "x").text == "办结\t3\n申请\t\n"


def test_a_merge_whose_first_column_is_hidden_shows_its_words_in_the_next() -> None:
    sheet = Worksheet(
        {(1, 1): "指标", (1, 3): "数", (2, 1): "申请", (2, 2): "x", (2, 3): "3"}, [Merge(1, 1, 1, 2)], set(), {1}
    )
    (figures,) = sheet.flow()
    assert [[box.words for box in row] for row in figures.rows] == [["指标", "数"], ["x", "3"]]


def test_escaped_signs_are_signs() -> None:
    assert (
        read(book(f"<sheetData><row>{words('A1', '申请_x000D_数')}{words('B1', '3')}</row></sheetData>"), "x").text
        == "申请 数\t3\n"
    )


@pytest.mark.parametrize(
    "inner",
    [
        "<sheetData>" + "<row><c t='inlineStr'><is><t>a</t></is></c></row>" * 3_000 + "</sheetData>",
        "<sheetData>" + "<row><c t='s'><v>0</v></c></row>" * 1_000 + "</sheetData>",
    ],
    ids=["rows", "words"],
)
def test_a_sheet_that_no_report_has_is_refused(inner: str) -> None:
    assert read(book(inner, strings=f"<si><t>{'长' * 10_000}</t></si>"), "x").issue_codes == ("too_large",)


def test_merges_without_end_and_sheets_named_again_cost_little() -> None:
    rows = f"<row>{words('A1', '申请')}{words('B1', '3')}</row><row>{words('A2', '办结')}{words('B2', '2')}</row>"
    merges = "<mergeCells>" + "<mergeCell ref='A5:XFD1048576'/>" * 20_000 + "</mergeCells>"
    assert read(book(f"<sheetData>{rows}</sheetData>{merges}"), "x").text == "申请\t3\n办结\t2\n"


def test_an_empty_book_says_so() -> None:
    assert read(book("<sheetData/>"), "x").issue_codes == ("empty_file",)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), hits=st.integers(1, 40), kind=st.sampled_from(["xlsx", "xls"]))
def test_no_damage_raises(books: Mapping[str, bytes], seed: int, hits: int, kind: str) -> None:
    chance = Random(seed)
    damaged = bytearray(books[kind])
    for _ in range(hits):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    document = read(bytes(damaged), "x")
    assert len(document.folded) == len(document.text)


@pytest.fixture(scope="module")
def books(convert: Convert) -> Mapping[str, bytes]:
    """One worksheet in both formats."""
    page = {"page": web_page("applications")}
    kinds = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97"}
    return {ending: convert(page, "html", kind, "--infilter=HTML (StarCalc)")["page"] for ending, kind in kinds.items()}
