"""What kind of body a name is of, by the words of wording/identity.yml: a department, a zone, a branch of the state.

Knows no place and no document: how a body is called in full, and what its kind answers for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def endings(words: Iterable[str]) -> tuple[str, ...]:
    """The endings, longest first."""
    return tuple(sorted(words, key=len, reverse=True))


class BodyWords:
    """The kinds of bodies by how their names begin and end.

    `registered` are names of agencies of the state; `whole` is how departments, institutions and zones end.
    """

    def __init__(self, words: Mapping[str, Any], registered: Iterable[str] = ()) -> None:
        self.registered = frozenset(registered)
        self.governments: tuple[str, ...] = endings(words["governments"])
        self.committee: str = words["zone_committees"][0]
        self._office_of: Mapping[str, str] = words["office_of_government"]
        self._disclosure = frozenset(words["disclosure_offices"])
        self._departments: tuple[str, ...] = endings(words["department_endings"])
        self._institutions: tuple[str, ...] = endings(words["institution_endings"])
        self._no_institutions: tuple[str, ...] = tuple(words["no_institutions"])
        self._zones: tuple[str, ...] = endings(words["zone_endings"])
        self._ends_of_zones: tuple[str, ...] = tuple(words["ends_of_zones"])
        self._governed: tuple[str, ...] = endings(words["zones_with_a_committee"])
        self._committees: tuple[str, ...] = endings(words["zone_committees"])
        self._unique: tuple[str, ...] = endings(words["unique_endings"])
        short_forms: Mapping[str, str] = words["short_forms"]
        self._short_forms = {short: short_forms[short] for short in endings(short_forms)}
        self._streets: tuple[str, ...] = tuple(words["streets"])
        self._short_endings: Mapping[str, str] = words["endings_in_short"]
        self._kinds_of_area = frozenset(words["relative_areas"])
        self._government_of: Mapping[str, str] = words["government_of"]
        self._nationwide: tuple[str, ...] = tuple(words["nationwide_beginnings"])
        self._ends_before_a_place: tuple[str, ...] = tuple(words["ends_before_a_place"])
        self._zone_codes: tuple[str, ...] = tuple(words["zone_codes"])
        self._companies: tuple[str, ...] = tuple(words["companies"])
        self._bear_their_place: tuple[str, ...] = tuple(words["named_without_their_area"])
        self._of_the_state = tuple(name for name in self.registered if len(name) > 2)
        self._services = frozenset(words["services_of_government"])
        self._through_their_office = endings(words["bodies_that_are_their_office"])
        self._departments_before: tuple[str, ...] = tuple(words["departments_in_short"])
        self._known = frozenset(
            root + ending for root in words["departments"] for ending in words["endings_of_departments"]
        ).union(self._short_forms.values())
        self.whole: tuple[str, ...] = (*self._departments, *self._institutions, *self._zones)

    def level(self, body: str) -> str:
        """township, department, institution or other (a zone and its committee), by how the name of a body ends."""
        if body.endswith(self._streets):
            return "township"
        if any(zone in body for zone in self._zones) and body.endswith((*self._zones, *self._committees)):
            return "other"
        committee = next(filter(body.endswith, self._committees), "")
        if committee and body.removesuffix(committee).endswith(self._ends_of_zones):
            return "other"
        if body.endswith(self._institutions) and not body.endswith(self._no_institutions):
            return "institution"
        return "department" if body.endswith(self._departments) else "other"

    def acts_through(self, body: str) -> bool:
        """Whether a body coordinates others and acts through its office: the office is then the agency."""
        return body.endswith(self._through_their_office) and not self.is_department(body)

    def is_office(self, body: str) -> bool:
        """Whether a body is the office of a government, which answers for it and for all below it."""
        return body in self._office_of.values() or body in self._disclosure

    def sounds_like_a_body(self, words: str) -> bool:
        """Whether words end as the name of a body does, though they may be none that can be taken apart."""
        return len(words) >= 4 and words.endswith((*self.whole, *self._committees, *self.governments))

    def serves_a_government(self, body: str) -> bool:
        """Whether a body is the office of a government or a service of it that answers for its report."""
        return self.is_office(body) or body in self._services

    def full_form(self, body: str) -> str:
        """The body as its full name has it (市场监管局 → 市场监督管理局); itself where it has no known short form."""
        short = next(filter(body.endswith, self._short_forms), None)
        if short is not None:
            before = body.removesuffix(short)
            # 国土环保局 is no 环保局: what stands before a short name is a place or a zone.
            return body if before.endswith(self._departments_before) else before + self._short_forms[short]
        return body + self.committee if body.endswith(self._governed) else body

    def government_of(self, area: str) -> str:
        """What the government of an area of this name is called."""
        return next((name for kind, name in self._government_of.items() if area.endswith(kind)), self.governments[0])

    def is_nationwide(self, body: str) -> bool:
        """Whether a body is a branch of the state, with the place it serves inside its name."""
        return body.startswith(self._nationwide) or bool(self.head_office(body))

    def ends_before_a_place(self, beginning: str) -> bool:
        """Whether what follows these first words of such a name may be the place (财政部|浙江监管局)."""
        return beginning.endswith(self._ends_before_a_place)

    def behind_a_zone(self, words: str) -> list[str]:
        """What follows the name of a zone at the head of the words, for every kind of zone they may name."""
        return [words.partition(zone)[2] for zone in self._zones if zone in words]

    def is_named_after(self, rest: str) -> bool:
        """Whether what follows the short name of a city or province is of a kind that is named after where it lies."""
        return any(zone in rest for zone in self._zones) or rest.endswith(self._companies)

    def head_office(self, body: str) -> str:
        """The registered agency whose branch a body calls itself (财政部 in 财政部浙江监管局); empty for any other."""
        return next((name for name in self._of_the_state if body.startswith(name) and body != name), "")

    def bears_its_place(self, body: str) -> bool:
        """Whether bodies of this kind are named without what they lie in (拱北海关)."""
        return body.endswith(self._bear_their_place) and body not in self._bear_their_place

    def is_branch(self, rest: str) -> bool:
        """Whether this is what follows the place in such a name (拱北|海关)."""
        return rest in self._bear_their_place

    def is_zone(self, name: str) -> bool:
        """Whether an area is a zone, which a committee governs."""
        return name.endswith(self._zones)

    def has_code_of_zone(self, code: str) -> bool:
        """Whether the code of a county is that of a zone, which a committee governs and no government."""
        return code[4:] in self._zone_codes

    def is_committee(self, body: str) -> bool:
        """Whether a body is but the committee of a zone."""
        return body in self._committees

    def is_unique(self, body: str) -> bool:
        """Whether a body is known by its name alone, wherever it lies (a university)."""
        return len(body) > 3 and body.endswith(self._unique)

    def department_of(self, body: str) -> tuple[str, str]:
        """The short name of an area at the head of a body (巴州|林业局), and the department; ("", body) without one."""
        for size in range(2, min(5, len(body))):
            if body[size - 1] in self._kinds_of_area and self.is_department(body[size:]):
                return body[:size], body[size:]
        return "", body

    def is_department(self, body: str) -> bool:
        """Whether governments of many places have a department of exactly this name."""
        return self.full_form(body) in self._known

    def are_one(self, one: str, other: str) -> bool:
        """Whether two names of a body are the same, in short or written out."""
        if self.full_form(one) == self.full_form(other):
            return True
        return self.spells_out(one, other) or self.spells_out(other, one)

    def spells_out(self, full: str, short: str) -> bool:
        """Whether one name of a body is the other written out: 扶贫和农业开发办公室 for 扶农办.

        Its characters follow each other in the full name, which is twice as long; what is a full name itself is none.
        """
        ending = next((ending for ending in self._short_endings if short.endswith(ending)), "")
        stem = short.removesuffix(ending)
        if not ending or self.full_form(short) in self._known or not full.endswith(self._short_endings[ending]):
            return False
        long = full.removesuffix(self._short_endings[ending])
        at = iter(long)
        return 2 <= len(stem) <= 4 and len(long) >= 2 * len(stem) and all(letter in at for letter in stem)
