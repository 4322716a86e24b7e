"""D2, D10: goals and families of causes in the policy: written, left out, and every fault where it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest

from mesa_recuperacion.domain.policy import FAMILIES, OTHER_PROBLEM, Goals, Policy
from mesa_recuperacion.i18n.words import LANGUAGES, Words
from mesa_recuperacion.policy.check import warnings_for
from mesa_recuperacion.policy.defaults import default_policy_text, empty_policy_text
from mesa_recuperacion.policy.faults import Fault
from mesa_recuperacion.policy.load import read_policy
from mesa_recuperacion.policy.schema import Family

Tell = Callable[..., list[str]]
Read = Callable[[str], Policy | tuple[Fault, ...]]

ONE_FAULT = [
    ("on_time = 90 ", "on_time = 0 ", "[goals] on_time = 0: has to be 1 or more"),
    ("on_time = 90 ", "on_time = 101 ", "[goals] on_time = 101: has to be 100 or less"),
    ("on_time = 90 ", 'on_time = "90%" ', "[goals] on_time = \"90%\": has to be a whole number, without quotes"),
    ("on_time = 90 ", "on_time = 90.5 ", "[goals] on_time = 90.5: has to be a whole number"),
    ("on_time = 90 ", "on_time = true ", "[goals] on_time"),
    ("on_time = 90 ", "ontime = 90 ", "[goals] ontime: this key is not known; did you mean «on_time»?"),
    ("[goals]", "[[goals]]", "[goals]: is a table: write [goals] on a line of its own"),
    ("[limits]", "[limits]\nverified = 80", "this key is not known here; it belongs in [goals]"),
    ('family = "process"', 'family = "proceso"', 'family = "proceso": has to be one of these: "product", "process"'),
    ('family = "process"', "family = 3", "[[problem]] 1 «billing_error» family = 3"),
    ('family = "process"', 'famly = "process"', "famly: this key is not known; did you mean «family»?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), ONE_FAULT)
def test_each_fault_is_told_with_key_value_and_reason(told: Tell, old: str, new: str, expected: str) -> None:
    (fault,) = told((old, new))
    assert fault.startswith("politica.toml: ")
    assert expected in fault


def test_d10_each_goal_may_be_left_out_and_then_there_is_none(read: Read, shipped: str) -> None:
    without = "".join(line for line in shipped.splitlines(keepends=True) if not line.startswith("first_contact"))
    policy = read(without)
    assert isinstance(policy, Policy)
    assert policy.goals == Goals(on_time=90, first_contact=0, verified=80)
    start, end = shipped.index("[goals]"), shipped.index("[hours]")
    none = read(shipped[:start] + shipped[end:])
    assert isinstance(none, Policy)
    assert none.goals == Goals()


def test_d2_a_family_may_be_left_out_and_the_check_says_which_problem_has_none(read: Read, shipped: str) -> None:
    policy = read(shipped.replace('name = "Producto faltante"\nfamily = "process"\n', 'name = "Producto faltante"\n'))
    assert isinstance(policy, Policy)
    problem = policy.problem("missing_product")
    assert problem is not None
    assert problem.family == ""
    (warning,) = warnings_for(policy)
    assert warning.told(Words("en")) == "[[problem]] 3 «missing_product»: has no family of causes, and others have one"


def test_d2_a_policy_without_any_family_is_not_warned_about_it(read: Read, shipped: str) -> None:
    policy = read("".join(line for line in shipped.splitlines(keepends=True) if not line.startswith("family = ")))
    assert isinstance(policy, Policy)
    assert warnings_for(policy) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text_of", [default_policy_text, empty_policy_text])
def test_d2_d10_every_start_has_goals_and_its_problems_have_families(
    language: str, text_of: Callable[[str], str]
) -> None:
    policy = read_policy(text_of(language), source="x", words=Words("en"))
    assert isinstance(policy, Policy)
    assert policy.goals == Goals(on_time=90, first_contact=70, verified=80)
    for problem in policy.problems:
        assert (problem.family in FAMILIES) == (problem.code != OTHER_PROBLEM)


def test_d2_both_languages_agree_on_the_families_and_the_schema_with_the_domain() -> None:
    assert get_args(Family) == FAMILIES
    es, en = (read_policy(default_policy_text(code), source="x", words=Words("en")) for code in LANGUAGES)
    assert isinstance(es, Policy)
    assert isinstance(en, Policy)
    assert [p.family for p in es.problems] == [p.family for p in en.problems]
    assert {p.family for p in es.problems} >= set(FAMILIES)
