"""The wide facts have one column per indicator of the registry: declared there, rendered here, compared."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Registry

from .wide_facts import FACTS, MARTS, render


@pytest.mark.parametrize("model", FACTS)
def test_the_yml_is_what_the_registry_renders(model: str) -> None:
    written = (MARTS / f"{model}.yml").read_text(encoding="utf-8")
    assert written == render(model), "run `python tests/warehouse/wide_facts.py` and read the difference"


def test_every_measure_group_has_a_fact(registry: Registry) -> None:
    assert {indicator.measure_group for indicator in registry.indicators.values()} == {
        group for group, _, _ in FACTS.values()
    }
