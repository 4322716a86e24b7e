"""The page that describes the journal names every kind of fact with its fields (rule E1)."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from mesa_recuperacion.domain.facts import KINDS

PAGE = (Path(__file__).parents[3] / "docs" / "journal.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_e1_every_kind_of_fact_is_on_the_page(kind: str) -> None:
    fact = KINDS[kind]
    told = ", ".join(f"`{f.name}`" + ("°" if f.name in fact.private else "") for f in fields(fact)) or "empty"
    assert f"| `{kind}` | {fact.version} | {told} |" in PAGE


def test_e1_the_page_names_no_kind_that_nobody_writes() -> None:
    named = {line.split("`")[1] for line in PAGE.splitlines() if line.startswith("| `") and line.count("|") == 5}
    assert named == set(KINDS)
