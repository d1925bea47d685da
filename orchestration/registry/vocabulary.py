"""The files of wording/ whose every key is known: what each must hold, and what is wrong with one that does not.

A word list is data, but its name is not: a key that is misspelt here or there would silently be read by nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from orchestration.registry.faults import Faults
from orchestration.registry.references import line_of

_KEY = re.compile(r"^(?P<key>[A-Za-z_]\w*):")

LISTS_OF_IDENTITY = """
    topics kinds title_tails told other_duties other_accounts names_with_such_words other_papers model_papers asking
    clauses sections self_descriptions openings statutory_sections counted counted_in bounded rows_of_the_form
    orders compiled announcements announced_by compiled_here compiled_by_others announcing not_announcing
    disclosure_in_sentences compiling ways_of_compiling compiled_so acting not_charging charging contact_words
    contact_verbs bodies_with_sections sections_of_bodies address_labels seats behind_an_address left_out_of_names
    attachment_names statistics_tables table_heads period_words activities cumulative_words figures_of
    counted_over_a_period published_labels head_labels signed_labels number_labels clocks page_words agency_labels
    stamps selves speaks_as_township speaks_as_area speaks_as_body speaks_as_office governments
    offices_of_government bodies_that_are_their_office disclosure_offices inner_offices department_endings
    institution_endings no_institutions zone_endings zones_with_a_committee zone_committees ends_of_zones zone_codes
    departments endings_of_departments branch_offices services_of_government columns unique_endings companies
    named_without_their_area departments_in_short township_endings plain_townships streets no_townships
    named_after_government navigation party_bodies common_to_names signs_of_sentences words_of_sentences
    ends_of_sentences beginnings_of_sentences relative_areas no_relative_areas kinds_of_province kinds_of_county
    kinds_that_speak organs_of_an_area kinds_kept_in_short site_words site_names nationwide_beginnings
    ends_before_a_place corps placeholder_areas common_word_areas
"""
PAIRS_OF_IDENTITY = "office_of_government endings_in_short short_forms government_of"


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_word, value)) and len({*value}) == len(value)


def _is_pairs(value: object) -> bool:
    return isinstance(value, dict) and bool(value) and all(map(_is_word, (*value, *value.values())))


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


Form = tuple[Callable[[object], bool], str]
LIST: Form = _is_list, "a list of words, each once"
PAIRS: Form = _is_pairs, "words and what each stands for"
WORD: Form = _is_word, "one word"
NUMBER: Form = _is_number, "one whole number"

KNOWN: Mapping[str, Mapping[str, Form]] = {
    "identity": {
        **dict.fromkeys(LISTS_OF_IDENTITY.split(), LIST),
        **dict.fromkeys(PAIRS_OF_IDENTITY.split(), PAIRS),
        **dict.fromkeys(("country", "region_left_unnamed"), WORD),
        "first_year_of_reports": NUMBER,
    },
}
"""The keys of each file, by the name of the file, and the form of what stands behind them."""


def check_wording(wording: Mapping[str, Mapping[str, Any]], texts: Mapping[str, str], faults: Faults) -> None:
    """Every file names a key once; those that are known name every key and no other, each in its form."""
    for name, tree in wording.items():
        file = f"wording/{name}.yml"
        lines = [hit["key"] if (hit := _KEY.match(line)) else "" for line in texts[file].splitlines()]
        for key, count in Counter(filter(None, lines)).items():
            if count > 1:
                faults.at(
                    file, len(lines) - lines[::-1].index(key), f"{key} stands at line {lines.index(key) + 1} already."
                )
        for key in KNOWN.get(name, {}).keys() - tree.keys():
            faults.at(file, 1, f"{key} is missing.")
        for key, value in tree.items() if name in KNOWN else ():
            fits, form = KNOWN[name].get(key, (None, ""))
            line = line_of(texts[file], f"{key}:") if key not in lines else lines.index(key) + 1
            if fits is None:
                faults.at(file, line, f"{key} is read by nobody.")
            elif not fits(value):
                faults.at(file, line, f"{key} is not {form}.")
