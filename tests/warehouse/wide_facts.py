"""The yml of the five wide facts, rendered from the registry's indicators: one column per indicator of the group.

The contract of a dbt model needs its columns in a yml, and the registry is where indicators are declared. So this file
renders the ymls (`python tests/warehouse/wide_facts.py` rewrites them), and test_wide_facts.py compares.
"""

from __future__ import annotations

import csv
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
MARTS = PROJECT / "dbt_project" / "models" / "marts"
INDICATORS = PROJECT / "orchestration" / "registry" / "tables" / "indicators.csv"

FACTS = {
    "fct_proactive_disclosures": ("proactive_disclosure", "what was disclosed on its own initiative", "主动公开"),
    "fct_interpretation_responses": ("interpretation_response", "interpretation and public response", "解读回应"),
    "fct_requests": ("requests", "requests and their answers", "依申请公开"),
    "fct_reviews_litigation": ("review_litigation", "reviews, lawsuits, complaints and fees", "复议、诉讼、投诉和收费"),
    "fct_capacity": ("capacity", "offices, staff, funds, meetings and training", "机构、人员、经费、会议和培训"),
}
"""Model -> measure group of the registry, its subject in English and in Chinese."""


def render(model: str) -> str:
    """The yml of one wide fact."""
    group, subject_en, subject_zh = FACTS[model]
    per_applicant = model == "fct_requests"
    grain_en = "One row per current report and applicant type" if per_applicant else "One row per current report"
    grain_zh = "每份现行报告、每类申请人一行" if per_applicant else "每份现行报告一行"
    lines = [
        "models:",
        f"  - name: {model}",
        "    description: >-",
        f"      {grain_en}: {subject_en}, one column per indicator, figures of the year.",
        f"      {grain_zh}：{subject_zh}，每个指标一列，均为本年度数字。",
    ]
    if per_applicant:
        lines += [
            "    data_tests:",
            "      - unique_together:",
            "          arguments:",
            "            columns: [report_id, applicant_type]",
        ]
    lines += ["    columns:", *_key("report_id", "varchar", [] if per_applicant else ["unique"])]
    lines += [*_key("agency_id", "varchar", []), *_key("report_year", "integer", [])]
    lines += _key("applicant_type", "varchar", []) if per_applicant else []
    with INDICATORS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["measure_group"] == group:
                lines += [
                    f"      - name: {row['indicator_code']}",
                    "        data_type: double",
                    f'        description: "{row["name_zh"]}（{row["unit"]}）。{row["name_en"]} ({row["unit"]})."',
                ]
    return "\n".join([*lines, *_described("corrected_indicators", "varchar")]) + "\n"


def _key(name: str, data_type: str, tests: list[str]) -> list[str]:
    lines = [*_described(name, data_type), "        constraints: [{type: not_null}]"]
    return lines + (["        data_tests:", *(f"          - {test}" for test in tests)] if tests else [])


def _described(name: str, data_type: str) -> list[str]:
    return [
        f"      - name: {name}",
        f"        data_type: {data_type}",
        f"        description: \"{{{{ doc('{name}') }}}}\"",
    ]


if __name__ == "__main__":
    for model in FACTS:
        (MARTS / f"{model}.yml").write_text(render(model), encoding="utf-8")
