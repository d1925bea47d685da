"""The noun a number counts: the printed class of a breakdown, or nothing where it names the whole."""

from __future__ import annotations

import re

from orchestration.reports.extractions.prose.clauses import Figure, Sentence, before
from orchestration.reports.extractions.prose.lexicon import ANYWHERE, Lexicon
from orchestration.reports.extractions.prose.scopes import is_self

LONGEST = 32
CLASS = "类"
_BRACKETS = re.compile(r"\([^()]*\)")
# A bracket that explains at length is no part of a name.
_ASIDE = re.compile(r"\([^()]*[,:;、\d][^()]*\)")
_NOT_PRINTED = re.compile(r"[\d□,]")
# 网站中机构职能类: the word behind a way of publishing that only places things in it.
_INSIDE = re.compile("[上里]|中(?![心小央国医学考介长共])")
# 本级文件, 本单位事务: things of the agency itself are a class; 本单位网站 or 本级政府 is no thing.
_OF_ITS_OWN = re.compile(r"本(?:级|单位|部门|机关)(?!政府$|机关$|单位$|部门$)[\u4e00-\u9fff]{2,}")
_ETC, _PAPERS = "等", "文件"
# 市本级3000条,市直部门2000条: who published, not what.
_OF_ONE_LEVEL = re.compile("[省市县区州旗]?(?:[局厅委办]?机关|本级(?:机关)?|直(?:部门|单位|机关))")
# 明确了六类18项: how many classes there are names none.
_HOW_MANY_CLASSES = re.compile("[一二三四五六七八九十]大?类$")
# 各类行政处罚案件信息: however many sorts, one kind of decision.
_DECISIONS = frozenset({"license", "penalty", "coercion", "normative", "regulation"})
# What is done with requests and letters is no class of information.
_WORK = frozenset({"apply", "granted", "partial", "receive", "conclude", "reply"})
# 管理公开, 财务公开: with a name as short as this the word is part of it.
_OPENNESS, _SHORT_NAME = "公开", 2
_TWO_CHARACTERS = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff]")


def strip(noun: str, words: Lexicon) -> str:
    """The noun without list marks, years and words of counting around it."""
    return words.filler_end.sub("", words.filler_start.sub("", noun))


def is_plain(noun: str, words: Lexicon) -> bool:
    """Whether the noun only says "information" (政府信息), be it with a remark in brackets, or nothing at all."""
    return not noun or words.plain_noun.fullmatch(_BRACKETS.sub("", noun)) is not None


def counted(sentence: Sentence, figure: Figure, left: int, words: Lexicon, broken_down: bool) -> str:
    """The class the figure counts, as printed; "" for the whole.

    `left` is where the words that name it begin, be it in a clause before. `broken_down` says that a breakdown is
    going on, in which even 政策文件信息 and 政策法规公开 are classes.
    """
    text = sentence.passage.masked
    begin = left
    marks = [m.end() for m in words.sub_mark.finditer(_blank(text, begin, figure.start))]
    # 在主动公开的信息中机构信息3条: no comma sets the class apart.
    marks += [m.end() - begin for m in words.from_total.finditer(text, begin, figure.start)]
    begin += max(marks, default=0)
    tokens = sentence.within(begin, figure.start, figure.depth)
    marked = {t.start for t in tokens if "class_word" in t.concepts}
    verbs = [
        t
        for t in tokens
        if ("disclose" in t.concepts or "proactive" in t.concepts or t.concepts & words.channels)
        and t.end not in marked
    ]
    behind = verbs[-1].end if verbs else begin
    if verbs and verbs[-1].concepts & words.channels and (inside := _INSIDE.match(text, behind)):
        behind = inside.end()
    noun = _tidy(text[behind : figure.start], words)
    if broken_down and len(verbs) == 1 and noun and _is_information(text[begin : verbs[0].start], words):
        # 信息主动公开清单1条: the verb is part of the name.
        return _tidy(text[begin : figure.start], words)
    if is_plain(noun, words) and figure.tail > figure.unit_end:
        noun = _behind(text[figure.unit_end : figure.tail], words)
    if broken_down and verbs and is_plain(noun, words) and not verbs[0].concepts & words.channels:
        noun = _tidy(text[begin : verbs[0].start], words)
        if len(noun) == _SHORT_NAME and text[verbs[0].start : verbs[0].end] == _OPENNESS:
            noun += _OPENNESS
        noun = "" if is_self(noun, words) or words.lead.match(noun) else noun
    elif verbs and is_plain(noun, words) and not any(t.concepts & words.channels for t in verbs):
        ahead = _tidy(text[begin : verbs[0].start], words)
        noun = ahead if words.section.search(ahead) and not _on_disclosure(ahead, words) else noun
    if broken_down and noun and not verbs and _is_heading_word(noun, words):
        return noun
    if is_plain(noun, words) or (left < figure.left and _NOT_PRINTED.search(noun)) or _of_every_sort(noun, words):
        return ""
    by_way = any(t.concepts & words.channels for t in verbs)
    return noun if (broken_down and not by_way) or not _circumscribes(noun, words) else ""


def _is_heading_word(noun: str, words: Lexicon) -> bool:
    """Whether the noun is one like 政务公开, which names the whole in a sentence but a column in a breakdown."""
    if noun in words.class_nouns:
        return True
    hit = words.tokens.fullmatch(noun)
    return hit is not None and "ogi" in words.concepts_of[noun]


def _is_information(ahead: str, words: Lexicon) -> bool:
    """Whether nothing but a word for information stands there."""
    noun = strip(ahead, words)
    return noun != "" and is_plain(noun, words)


def _on_disclosure(section: str, words: Lexicon) -> bool:
    """Whether a part of a site is the one that holds everything: 政府信息公开专栏."""
    return any("ogi" in t.concepts for t in words.find(section, 0, len(section)))


def _blank(text: str, begin: int, end: int) -> str:
    """The words with those in brackets blotted out, so that 网站(含转发)319条 is no enumeration."""
    return _BRACKETS.sub(lambda hit: " " * len(hit[0]), text[begin:end])


def _tidy(noun: str, words: Lexicon) -> str:
    noun = strip(_ASIDE.sub("", noun).rstrip(",:"), words)
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
    around = [hit.end() for hit in words.around_whole.finditer(noun)]
    if around and words.whole_end.search(noun) and not _names_papers(noun, around[-1], words):
        return not {c for t in words.find(noun, 0, len(noun)) for c in t.concepts} & _DECISIONS
    plain = words.whole_noun.search(noun)
    return plain is not None and CLASS not in noun[: plain.start()]


def _names_papers(noun: str, behind: int, words: Lexicon) -> bool:
    """Whether what stands behind the last 等 is a kind of papers, not all of them: 降低价格的通知等政策文件."""
    rest = strip(noun[behind:], words)
    return noun[behind - 1] == _ETC and rest.endswith(_PAPERS) and not is_plain(rest, words)


def is_some(sentence: Sentence, figure: Figure, words: Lexicon) -> bool:
    """Whether the words before the number take some of what was published: 集中发布财政等领域信息300条.

    The clause before may say so too: 围绕重点项目,发布信息30条.
    """
    text = sentence.passage.masked
    # 在公示栏、网站等处公开: it is the ways of which some are named.
    ways = [t.end for t in sentence.within(figure.left, figure.start, figure.depth) if t.concepts & words.channels]
    begin = max(ways, default=figure.left)
    begin += bool(ways) and text.startswith(words.list_ends, begin)
    if any(not words.around_all.match(text, m.start()) for m in words.around_some.finditer(text, begin, figure.start)):
        return True
    clause = before(sentence, figure.left)
    if clause is None:
        return False
    opening = min(clause[1], sentence.start + LONGEST)
    return any(
        words.themes.match(words.filler_start.sub("", text[begin:end]))
        for begin, end in (clause, (sentence.start, opening))
    )


def _of_every_sort(noun: str, words: Lexicon) -> bool:
    """Whether the noun says that it is everything of one agency: 各类海关政府信息, 政府本级信息."""
    if words.whole_start.match(noun) and words.whole_end.search(noun) and CLASS not in noun:
        return True
    every = words.plain_start.match(noun)
    return every is not None and CLASS not in noun[every.end() :] and words.whole_noun.search(noun) is not None


def closes_list(sentence: Sentence, figure: Figure, words: Lexicon) -> bool:
    """Whether the number is that of a list of which only some is named: 公开取水许可等13项权力事项."""
    return figure.tail > figure.unit_end and sentence.passage.masked.endswith(words.list_ends, 0, figure.start)


def is_joined(sentence: Sentence, figure: Figure, words: Lexicon, of_its_own: bool) -> bool:
    """Whether the words since the last verb join two nouns: 发布文件及解读信息66条.

    A mark right behind the figure before joins as well, but where that one was `of_its_own`, no class in a list.
    """
    text = sentence.passage.masked
    verbs = [t.end for t in sentence.within(figure.left, figure.start, figure.depth) if "disclose" in t.concepts]
    verbs += [hit.end() for hit in words.holders.finditer(text, figure.left, figure.start)]
    noun = text[max(verbs, default=figure.left) : figure.start]
    noun = noun.lstrip("".join(words.joins)) if of_its_own else noun
    return any(join in noun for join in words.joins)


def is_unnamed(sentence: Sentence, figure: Figure, left: int, concepts: tuple[str, ...], words: Lexicon) -> bool:
    """Whether the word for one of the concepts stands bare: 召开会议3次, but not 召开党政联席会议3次."""
    tokens = sentence.within(left, figure.tail, figure.depth)
    named = next((t for t in reversed(tokens) if t.concepts.intersection(concepts)), None)
    if named is None:
        return False
    text = sentence.passage.masked
    begin = max((t.end for t in tokens if t.end <= named.start), default=min(left, named.start))
    begin = max([begin, *(hit.end() for hit in words.holders.finditer(text, begin, named.start))])
    return strip(text[begin : named.start], words) == ""


def is_telling(noun: str, words: Lexicon) -> bool:
    """Whether the noun says by itself that it is a class: 机构职能类, 人事信息."""
    return words.class_end.search(noun) is not None


def can_be_class(noun: str, words: Lexicon, announced: bool) -> bool:
    """Whether the noun may stand as the category of a reading; `announced` by 其中 or a bracket before it."""
    if not noun or len(noun) > LONGEST or _NOT_PRINTED.search(noun) or not _TWO_CHARACTERS.search(noun):
        return False
    if _HOW_MANY_CLASSES.search(noun) or _OF_ONE_LEVEL.fullmatch(noun):
        return False
    if noun.startswith(words.scope_self) and not (announced and _OF_ITS_OWN.match(noun)):
        return False
    concepts = {c for t in words.find(noun, 0, len(noun)) for c in t.concepts}
    if concepts & {ANYWHERE, "each", "demand"} or words.not_class.search(noun):
        return False
    if is_telling(noun, words):
        return announced or not concepts & {"lookalike_subject"}
    return not concepts & _WORK and not words.not_class_start.match(noun)
