"""D7: what a version changes is told in words: no field of a policy can change without a line of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from mesa_recuperacion.domain.hours import Hours
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import Policy, Retention, Span, Statutory
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.policy.diff import differences, told
from mesa_recuperacion.policy.load import read_policy

ZONE = ZoneInfo("America/Mexico_City")
SHOWN = Shown("en_US", ZONE)
SPANISH = Shown("es_MX", ZONE)
Edited = Callable[..., str]


def policy_of(text: str) -> Policy:
    policy = read_policy(text, source="p.toml", words=Words("en"))
    assert isinstance(policy, Policy), policy
    return policy


OLD = policy_of(default_policy_text("es"))


def lines(new: Policy, old: Policy = OLD) -> list[str]:
    return [told(change, SHOWN) for change in differences(old, new, SHOWN)]


# ---------------------------------------------------------------------- every field of every part, one after the other


def another(value: Any, name: str) -> Any:
    """Another value of the same kind."""
    match value:
        case Money():
            return Money(value.minor + 100, value.currency)
        case Span():
            return Span(value.count + 1, value.unit)
        case ZoneInfo():
            return ZoneInfo("Europe/Madrid")
        case bool():
            return not value
        case int():
            return value + 1
        case None if name == "statutory":
            return Statutory("Ley", 0, Money(5000, "MXN"))
        case None:
            return Money(100, "MXN")
        case str() if name in CHOICES:
            return next(x for x in CHOICES[name] if x != value)
        case str():
            return f"{value} otro"
        case frozenset():
            return value | {date(2031, 5, 5)}
    raise AssertionError(f"no other {value!r}")


CHOICES = {
    "language": ("es", "en"), "period": ("day", "week"), "owner": ("agent", "supervision"),
    "kind": ("voucher", "refund"), "family": ("product", "value"), "currency": ("EUR", "MXN"),
    "area": ("billing", "transport"),
}  # fmt: skip


def changed(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every way to change one thing in a value, with the path of the field."""
    if isinstance(value, tuple):
        if name == "windows":
            yield "windows", ((*value[0], (time(20), time(21))), *value[1:])
            return
        for n, item in enumerate(value):
            for path, new in changed(item, name):
                yield f"{n}.{path}", (*value[:n], new, *value[n + 1 :])
        if value and name != "nevers" and not isinstance(value[0], tuple):
            yield "less", value[:-1]
            if len(value) > 1:
                yield "order", (*value[1:], value[0])
        return
    if is_dataclass(value) and not isinstance(value, Money | Span):
        for field in fields(value):
            if field.name != "version":
                for path, new in changed(getattr(value, field.name), field.name):
                    yield f"{field.name}.{path}", replace(value, **{field.name: new})  # type: ignore[type-var]
        return
    yield "", another(value, name)


RICH = replace(OLD, news=("Uno.", "Dos."))
MADE = list(changed(RICH))


def test_d7_the_changes_that_are_tried_reach_every_field_of_every_part() -> None:
    reached = {step for path, _ in MADE for step in path.split(".")}
    parts = [
        OLD, OLD.hours, OLD.retention, OLD.goals, OLD.phrases, OLD.areas[0], OLD.problems[0],
        OLD.problems[0].remedies[0], OLD.problems[0].compensations[0], OLD.problems[1].statutory,
    ]  # fmt: skip
    every = {field.name for part in parts for field in fields(part)}  # type: ignore[arg-type]
    assert every - reached == {"version"}


@pytest.mark.parametrize("shown", [SHOWN, SPANISH], ids=["en", "es"])
def test_d7_no_field_changes_without_a_line(shown: Shown) -> None:
    assert len(MADE) > 500
    for path, new in MADE:
        if path.startswith("nevers.") and path.split(".")[2] == "0":
            continue  # the name of a step, which no file writes
        assert new != RICH, path
        found = differences(RICH, new, shown)
        assert found, path
        for change in found:
            assert change.before != change.after, (path, change)
            assert change.what
            assert told(change, shown)


def test_d7_nothing_is_told_of_nothing() -> None:
    assert lines(OLD) == []
    assert lines(replace(OLD, version=9)) == []


# ------------------------------------------------------------------------------------------------------ how it is told


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("case_cap = 150", "case_cap = 120", "Cap of one case: MX$150 → MX$120"),
        ("reserve = 2000 ", 'reserve = "1999.50"', "Reserve of the branch: MX$2,000 → MX$1,999.50"),
        ('period = "week"', 'period = "day"', "The budget is filled: a week → a day"),
        ("on_time = 90 ", "on_time = 95 ", "Goal: on time: 90% → 95%"),
        ("on_time = 90 ", "# ", "Goal: on time: 90% → no goal"),
        ('after = "1h"', 'after = "2d"', "Follow-up, after the promise: 1 hour → 2 working days"),
        ('response = "7h"', 'response = "4h"', "Area “Almacén Norte”, answers within: 7 hours → 4 hours"),
        ('saturday = ["09:00-14:00"]', 'saturday = ["09:00-14:00", "16:00-24:00"]',
         "Saturday: 09:00–14:00 → 09:00–14:00, 16:00–24:00"),
        ('saturday = ["09:00-14:00"]', "", "Saturday: 09:00–14:00 → closed all day"),
        ('family = "product"', "", "Problem “Producto en mal estado”, family of causes: product → nothing"),
        ("undo_seconds = 30 ", "undo_seconds = 90 ", "Seconds to undo a closing: 0:30 → 1:30"),
        ('apologise = "negar lo ocurrido"', 'apologise = "discutir"',
         "Never, in step 1: “negar lo ocurrido” → “discutir”"),
        ("news = []", 'news = ["Cupones de $90"]', "What is told of this version: new: “Cupones de $90”"),
        ('    "No se anota menos de lo que pasó, ni un paso que no se dio.",\n', "",
         "Conduct that is not accepted: no longer: “No se anota menos de lo que pasó, ni un paso que no se dio.”"),
        ('owner = "supervision"', 'owner = "agent"',
         "Customers at risk are called by: supervision → the agent of the case"),
        ('name = "Bonificación de ley"', 'name = "Ley"', "Name of what the law owes: “Bonificación de ley” → “Ley”"),
        ('statutory = "20%"', 'statutory = "25%"',
         "Producto en mal estado, owed by law: 20% of what was paid → 25% of what was paid"),
    ],
)  # fmt: skip
def test_d7_a_change_is_told_in_words_and_money(edited: Edited, old: str, new: str, expected: str) -> None:
    if old.startswith("statutory"):
        old, new = f"\n{old}", f"\n{new}"
    assert lines(policy_of(edited((old, new)))) == [expected]


def test_d7_a_gesture_that_many_problems_have_is_told_once(edited: Edited) -> None:
    new = policy_of(
        edited(('done = "Cupón"\nkind = "voucher"\namount = 80', 'done = "Cupón"\nkind = "voucher"\namount = 90'))
    )
    assert lines(new) == ["Compensation “Cupón, próxima compra”, amount: MX$80 → MX$90"]


def test_d7_what_comes_and_goes_is_told_with_its_cost() -> None:
    missing = OLD.problem("missing_product")
    assert missing is not None
    fewer = replace(missing, remedies=missing.remedies[1:], compensations=missing.compensations[:-1])
    new = replace(OLD, problems=tuple(fewer if p.code == missing.code else p for p in OLD.problems))
    assert lines(new) == [
        "Producto faltante, solution: no longer: “Enviar hoy lo faltante”, MX$0",
        "Producto faltante, compensation: no longer: “Descuento en este pedido”, MX$60",
    ]
    assert lines(OLD, new)[0] == "Producto faltante, solution: new: “Enviar hoy lo faltante”, MX$0"


def test_d7_a_new_problem_is_told_with_all_that_may_be_done_and_given_for_it() -> None:
    without = replace(OLD, problems=OLD.problems[1:])
    first = OLD.problems[0]
    told_of = lines(OLD, without)
    assert told_of[0] == f"Problem: new: “{first.name}”, 2:00"
    assert len(told_of) == 1 + len(first.remedies) + len(first.compensations)
    assert lines(without) == [f"Problem: no longer: “{first.name}”, 2:00"]


def test_d7_another_order_is_told() -> None:
    areas = (*OLD.areas[1:], OLD.areas[0])
    (line,) = lines(replace(OLD, areas=areas))
    assert line.startswith("Areas, order: Almacén Norte · ")


def test_d12_a_retention_that_comes_or_goes_is_told() -> None:
    without = replace(OLD, retention=None)
    assert OLD.retention is not None
    assert lines(without) == [f"Customers at risk: what is done: no longer: “{OLD.retention.what}”"]
    fresh = Retention("agent", Span(1, "d"), "Llame hoy.", 3)
    assert lines(replace(OLD, retention=fresh), without) == ["Customers at risk: what is done: new: “Llame hoy.”"]


def test_c3_holidays_are_told_by_their_day() -> None:
    hours = OLD.hours
    fewer = Hours(hours.zone, hours.windows, hours.holidays - {date(2026, 12, 25)})
    (line,) = lines(replace(OLD, hours=fewer))
    assert line == "Holiday: no longer: Fri Dec 25 2026"


def test_d7_the_reader_s_own_money_and_language_are_used() -> None:
    new = replace(OLD, case_cap=Money(12_000, "MXN"))
    (change,) = differences(OLD, new, SPANISH)
    assert (change.before, change.after) == ("$150", "$120")
