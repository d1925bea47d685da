"""The noun a number counts: the printed class of a breakdown, or nothing where it names the whole."""

from __future__ import annotations

import re

from orchestration.reports.extractions.clauses import Figure, Sentence
from orchestration.reports.extractions.lexicon import ANYWHERE, Lexicon
from orchestration.reports.extractions.scopes import is_self

LONGEST = 32
CLASS = "类"
_BRACKETS = re.compile(r"\([^()]*\)")
_NOT_PRINTED = re.compile(r"[\d□]")
_TWO_CHARACTERS = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]")


def strip(noun: str, words: Lexicon) -> str:
    """The noun without list marks, years and words of counting around it."""
    return words.filler_end.sub("", words.filler_start.sub("", noun))


def is_plain(noun: str, words: Lexicon) -> bool:
    """Whether the noun only says "information" (政府信息, 各类信息) or nothing at all."""
    return not noun or words.plain_noun.fullmatch(noun) is not None


def counted(sentence: Sentence, figure: Figure, words: Lexicon, broken_down: bool) -> str:
    """The class the figure counts, as printed; "" for the whole.

    `broken_down` says that a breakdown is going on, in which even 政策文件信息 and 政策法规公开 are classes.
    """
    text = sentence.passage.masked
    begin = figure.left
    marks = [m.end() for m in words.sub_mark.finditer(_blank(text, begin, figure.start))]
    begin += marks[-1] if marks else 0
    tokens = sentence.within(begin, figure.start, figure.depth)
    marked = {t.start for t in tokens if "class_word" in t.concepts}
    verbs = [
        t
        for t in tokens
        if ("disclose" in t.concepts or "proactive" in t.concepts or t.concepts & words.channels)
        and t.end not in marked
    ]
    noun = _tidy(text[verbs[-1].end if verbs else begin : figure.start], words)
    if is_plain(noun, words) and figure.tail > figure.unit_end:
        noun = _behind(text[figure.unit_end : figure.tail], words)
    if broken_down and verbs and is_plain(noun, words) and not verbs[0].concepts & words.channels:
        noun = _tidy(text[begin : verbs[0].start], words)
        noun = "" if is_self(noun, words) else noun
    if is_plain(noun, words):
        return ""
    return noun if broken_down or not _circumscribes(noun, words) else ""


def _blank(text: str, begin: int, end: int) -> str:
    """The words with those in brackets blotted out, so that 网站(含转发)319条 is no enumeration."""
    return _BRACKETS.sub(lambda hit: " " * len(hit[0]), text[begin:end])


def _tidy(noun: str, words: Lexicon) -> str:
    noun = strip(noun, words)
    if noun.count("(") != noun.count(")") or not _BRACKETS.sub("", noun):
        noun = _BRACKETS.sub("", noun).strip("()")
    return strip(noun, words)


def _behind(tail: str, words: Lexicon) -> str:
    """The noun after a unit: 11条工作信息; "" where it only says "information" and goes on (39条政府信息上网)."""
    noun = strip(tail, words)
    plain = words.plain_noun.match(noun)
    if plain and not words.class_end.match(noun, plain.end()) and not noun.startswith(CLASS, plain.end()):
        return ""
    return noun


def _circumscribes(noun: str, words: Lexicon) -> bool:
    """Whether the noun only circumscribes the whole: 涉及机构概况、法规公文等8大类政务信息, 某镇政府信息."""
    if words.around_whole.search(noun) and words.whole_end.search(noun):
        return True
    plain = words.whole_noun.search(noun)
    return plain is not None and CLASS not in noun[: plain.start()]


def is_some(sentence: Sentence, figure: Figure, words: Lexicon) -> bool:
    """Whether the number counts only some of what was published: 集中发布财政等领域信息300条, without any "in all"."""
    text = sentence.passage.masked
    return bool(words.around_whole.search(text, figure.left, figure.start)) and not (
        words.sum_word.search(text, figure.left, figure.start)
    )


def is_telling(noun: str, words: Lexicon) -> bool:
    """Whether the noun says by itself that it is a class: 机构职能类, 人事信息."""
    return words.class_end.search(noun) is not None


def can_be_class(noun: str, words: Lexicon, announced: bool) -> bool:
    """Whether the noun may stand as the category of a reading; `announced` by 其中 or a bracket before it."""
    if not noun or len(noun) > LONGEST or _NOT_PRINTED.search(noun) or not _TWO_CHARACTERS.search(noun):
        return False
    concepts = {c for t in words.find(noun, 0, len(noun)) for c in t.concepts}
    if ANYWHERE in concepts or "each" in concepts or words.not_class.search(noun):
        return False
    if is_telling(noun, words):
        return announced or not concepts & {"lookalike_subject"}
    return not concepts & {"apply", "granted", "partial", "receive"}
