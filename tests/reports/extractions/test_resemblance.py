"""The signature of a report's words: the same for the same words, whatever the figures and the line breaks."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from orchestration.reports.documents.read import read
from orchestration.reports.extractions.resemblance import SKETCH_SIZE, text_signature

REPORT = (
    "石桥镇人民政府2016年政府信息公开工作年度报告\n\n"
    "一、概述\n\n2016年，我镇认真落实公开条例，全年主动公开政府信息353条，通过政府网站公开286条。\n\n"
    "二、存在的问题\n\n公开内容还不够全面，专门人员不足，群众知晓率有待提高。\n"
)


def signed(text: str) -> tuple[int, ...]:
    """The signature of a text file."""
    return text_signature(read(text.encode(), "report.txt"))


def shared_part(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of phrases in common, as the warehouse estimates it."""
    smallest = sorted({*one, *other})[: max(len(one), len(other))]
    return sum(number in one and number in other for number in smallest) / len(smallest)


def test_new_figures_and_dates_leave_the_signature_as_it_is() -> None:
    again = REPORT.replace("2016", "2017").replace("353", "1204").replace("286", "98")
    assert signed(again) == signed(REPORT)
    assert len(signed(REPORT)) >= 8


def test_full_width_forms_and_white_space_do_not_count() -> None:
    assert signed(REPORT.replace("，", ",").replace("353", "３５３").replace("认真落实", "认真 落实")) == signed(REPORT)


def test_another_name_keeps_most_of_it_and_other_words_nothing() -> None:
    renamed = signed(REPORT.replace("石桥镇", "青坪乡"))
    assert renamed != signed(REPORT)
    assert shared_part(renamed, signed(REPORT)) > 0.6
    other = "柳河街道办事处\n\n本街道去年共发布各类信息若干，网站栏目调整较大，收到来信来电不多，均已办结。\n"
    assert shared_part(signed(other), signed(REPORT)) < 0.1


def test_a_document_without_prose_has_none() -> None:
    assert signed("") == ()
    assert signed("12 34 56\n") == ()


@given(st.lists(st.text("政府信息公开工作年度报告全镇认真落实条例", min_size=4, max_size=12), max_size=150))
def test_it_is_small_in_order_and_the_same_every_time(phrases: list[str]) -> None:
    text = "工作报告" + "，".join(phrases) + "。"
    numbers = signed(text)
    assert numbers == signed(text)
    assert list(numbers) == sorted(set(numbers))
    assert len(numbers) <= SKETCH_SIZE
    assert all(0 <= number < 2**32 for number in numbers)


def test_the_real_reports_are_all_different(shared: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "reports").glob("*.txt"))]
    found = [signed(text) for text in texts]
    for at, one in enumerate(found):
        for other in found[at + 1 :]:
            assert shared_part(one, other) < 0.1
