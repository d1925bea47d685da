"""Every operator causes its rules, and our own reader sees each of them."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Registry
from orchestration.reports.documents.read import read
from orchestration.reports.extract import extract
from orchestration.specimens.chance import Chance
from orchestration.specimens.compose import draft_report
from orchestration.specimens.faults import OPERATORS, Operator, apply
from orchestration.specimens.finish import finish
from orchestration.specimens.lineages import cast
from orchestration.specimens.truth import Specimen

_YEARS = (2014, 2015, 2016, 2017, 2018, 2020, 2022)
_TEMPLATES = {2020: ("national_2019",), 2022: ("national_2021",)}
_ENOUGH = 3


def _spoiled(operator: Operator, registry: Registry) -> list[Specimen]:
    """The first few reports that this operator alone has spoiled."""
    root = Chance("faults", operator.name)
    found: list[Specimen] = []
    for lineage in cast(registry, 40, root.fork("cast")):
        for year in _YEARS:
            agency = lineage.agency(year)
            for template_id in _TEMPLATES.get(year, ("national_2014", "fujian_2008", "narrative_2008")):
                chance = root.fork(agency.name, year, template_id)
                draft = draft_report(len(found), agency, year, template_id, registry, root)
                if apply(operator, draft, registry, chance):
                    found.append(finish(draft, registry, chance))
                    break
            if len(found) == _ENOUGH:
                return found
    return found


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
def test_operator_causes_its_rules(operator: Operator, registry: Registry) -> None:
    spoiled = _spoiled(operator, registry)
    assert len(spoiled) == _ENOUGH, "the operator applies to nothing"
    for specimen in spoiled:
        wanted = {rule for rule, _, graded in specimen.findings if graded}
        assert set(operator.rules) <= wanted
        seen = {f.rule_id for f in extract(read(specimen.content, specimen.name), registry).findings}
        assert set(operator.rules) <= seen, specimen.draft.planted[0].detail


def test_names_are_not_used_twice() -> None:
    names = [operator.name for operator in OPERATORS]
    assert len(names) == len(set(names))
