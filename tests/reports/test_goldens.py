"""Every generation of the form has goldens, and the readers still read them so."""

from __future__ import annotations

import pytest

from orchestration.registry.model import Registry
from tests.goldens import committed, read_all


@pytest.mark.parametrize("table", ["identity", "readings", "findings"])
def test_the_readers_read_what_a_person_has_read(table: str, registry: Registry) -> None:
    assert read_all(registry)[table] == committed()[table]


def test_every_template_has_a_golden(registry: Registry) -> None:
    assert {row["template_id"] for row in committed()["identity"]} == set(registry.templates)
