"""What the YAML files say of the tables: each template, variant, period basis and indicator they name is known.

In a YAML file a name that ends like an indicator code is one: `_count`, `_amount`, `_stock`, `_rate` or `_share`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from orchestration.registry.faults import Faults
from orchestration.registry.model import Template

INDICATOR_CODE = re.compile(r"(?<![a-z_])[a-z]+(?:_[a-z]+)*_(?:count|amount|stock|rate|share)(?![a-z_])")


def check_indicator_codes(texts: Mapping[str, str], indicator_codes: Collection[str], faults: Faults) -> None:
    """Every indicator code in the YAML files among these texts, outside their comments, is known."""
    for name, text in texts.items():
        if not name.endswith(".yml"):
            continue
        for line, content in enumerate(text.splitlines(), 1):
            for code in INDICATOR_CODE.findall(content.split(" #")[0] if not content.startswith("#") else ""):
                if code not in indicator_codes:
                    faults.at(name, line, f"{code} is no indicator.")


def check_layouts(
    layouts: Mapping[str, Mapping[str, Any]],
    texts: Mapping[str, str],
    templates: Mapping[str, Template],
    period_bases: Sequence[str],
    faults: Faults,
) -> None:
    """Each layout, by template_id, belongs to a template and names variants and columns of its cells, period bases."""
    for template_id, layout in layouts.items():
        name, template = f"templates/{template_id}.yml", templates.get(template_id)
        if template is None:
            faults.at(name, 1, "templates.csv has no template of this name.")
            continue
        variants = {cell.variant for cell in template.cells}
        for word in named(layout.get("variants"), ("printed", "missing")):
            if word not in variants:
                faults.at(name, line_of(texts[name], word), f"variant {word!r} is on no cell of {template_id}.")
        for word in named(layout.get("columns"), ("period_basis",)):
            if word not in period_bases:
                faults.at(name, line_of(texts[name], word), f"period_basis {word!r} is not known.")
        keys = {key for cell in template.cells for key in cell.column_keys}
        for word in headed(layout.get("tables") or {}):
            if word not in keys:
                faults.at(name, line_of(texts[name], word.rpartition("-")[2]), f"no cell has the column {word!r}.")


def headed(tables: Mapping[str, Any]) -> list[str]:
    """The column keys that header words are given for: of blocks, of applicants, of each outcome in each group."""
    outcomes = tables.get("outcomes", {})
    found = [key for kind in ("blocks", "applicants") for key in tables.get(kind, {}).get("columns", {})]
    return found + [f"{group}-{key}" for group in outcomes.get("groups", {}) for key in outcomes.get("columns", {})]


def named(tree: object, keys: Collection[str]) -> list[str]:
    """The words that stand under these keys anywhere in a tree of mappings and lists, alone or in a list."""
    if isinstance(tree, Mapping):
        found = []
        for key, value in tree.items():
            members = value if isinstance(value, list) else [value]
            found += [str(member) for member in members] if key in keys else named(value, keys)
        return found
    if isinstance(tree, list):
        return [word for member in tree for word in named(member, keys)]
    return []


def line_of(text: str, word: str) -> int:
    """The first line in which a word stands, else 1."""
    return next((line for line, content in enumerate(text.splitlines(), 1) if word in content), 1)
