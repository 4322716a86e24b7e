"""F5 and the tone of refusals: every reason has one kind sentence in both languages, without codes or blame."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime, timedelta

import pytest

from mesa_recuperacion.dialogue.grammar.when import Closed, NotUnderstood, Past, TooFar, WhenProblem
from mesa_recuperacion.dialogue.sentences import breakage, sentence, when_problem
from mesa_recuperacion.dialogue.talk import Broken, Setting
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.store import errors
from tests.desk import NOW, ZONE

SETTINGS = [Setting(words("es"), Shown("es_MX", ZONE)), Setting(words("en"), Shown("en_US", ZONE))]
UNKIND = re.compile(
    r"\b(error|invalid|illegal|wrong|fail(ed|ure)?|inválid[oa]|fall[oó]|exception|none|null)\b", re.IGNORECASE
)
SAMPLES: dict[str, list[object]] = {
    "Money": [Money(22_000, "MXN"), Money(15_050, "MXN")],
    "datetime": [datetime(2026, 3, 12, 1, 15, tzinfo=UTC)],
    "int": [0, 1, 5, 30],
    "str": ["CEN-1042", "{name}", "[b]"],
    "tuple[str, ...]": [("una falta", "otra falta")],
    "tuple[tuple[str, tuple[str, ...]], ...]": [(("Almacén", ("CEN-1042", "CEN-1043")), ("Entregas", ("CEN-7",)))],
    "bool": [True, False],
}
MEANINGS: dict[type[r.Refusal], list[tuple[object, ...]]] = {
    r.TextMissing: [("problem",), ("reason",), ("note",), ("name",), ("change",), ("why",), ("dropped",)],
    r.PinUnfit: [("digits",), ("short",), ("long",), ("easy",)],
}


def every(kind: type[r.Refusal]) -> list[r.Refusal]:
    """Refusals of a kind, with values of every sort that it may carry."""
    if kind in MEANINGS:
        return [kind(*values) for values in MEANINGS[kind]]
    fields = dataclasses.fields(kind)
    several = max((len(SAMPLES[str(x.type)]) for x in fields), default=1)
    return [kind(*(SAMPLES[str(x.type)][n % len(SAMPLES[str(x.type)])] for x in fields)) for n in range(several)]


KINDS = sorted(
    (x for x in vars(r).values() if isinstance(x, type) and issubclass(x, r.Refusal) and x is not r.Refusal),
    key=lambda kind: kind.__name__,
)


def assert_kind(spoken: list[str]) -> None:
    """One sentence in each language: begins and ends as one, no codes, no blame, no place left open."""
    assert spoken[0] != spoken[1]
    for text in spoken:
        assert text
        assert text == text.strip()
        assert text[-1] in ".?!»”)" or re.search(": 2h · .+ · 3d$", text), text
        assert not UNKIND.search(text), text
        assert not re.search(r"[A-Z][a-z]+[A-Z]|_|\bTrue\b|\bFalse\b", text), text


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_f5_every_refusal_is_one_kind_sentence_in_both_languages(kind: type[r.Refusal]) -> None:
    for refusal in every(kind):
        spoken = [sentence(setting, refusal, NOW) for setting in SETTINGS]
        if isinstance(refusal, r.PolicyUnfit):
            assert spoken == ["una falta\notra falta"] * 2
        else:
            assert_kind(spoken)


def test_f5_no_refusal_is_without_a_test() -> None:
    assert len(KINDS) >= 20
    assert {r.OverCap, r.LockedOut, r.UndoTooLate} <= set(KINDS)


def test_e5_what_a_refusal_carries_is_put_in_as_text() -> None:
    for setting in SETTINGS:
        assert "{name}" in sentence(setting, r.UnknownCase("{name}"), NOW)


def test_b2_the_sentence_says_the_figures() -> None:
    mxn = [Money(n, "MXN") for n in (22_000, 15_000, 7_000)]
    spanish = SETTINGS[0]
    assert "$220" in sentence(spanish, r.OverCap(mxn[0], mxn[1], mxn[1]), NOW)
    assert "$70" in sentence(spanish, r.OverCap(mxn[0], mxn[1], mxn[2]), NOW)
    assert "$70" in sentence(spanish, r.BudgetTooLight(mxn[0], mxn[2]), NOW)


STORE = sorted(
    {kind.__name__ for kind in vars(errors).values() if isinstance(kind, type) and kind.__module__ == errors.__name__}
)


@pytest.mark.parametrize("what", [*STORE, "ZeroDivisionError", ""])
def test_f5_every_failure_of_the_machine_says_what_is_safe(what: str) -> None:
    assert_kind([breakage(setting, Broken(what, "a1b2c3")) for setting in SETTINGS])
    for setting in SETTINGS:
        assert "a1b2c3" in breakage(setting, Broken(what, "a1b2c3"))
        assert not what or what not in breakage(setting, Broken(what, "a1b2c3"))


@pytest.mark.parametrize(
    "problem",
    [
        NotUnderstood("13/45"), NotUnderstood("{when}" * 40), Past(NOW, ()), Past(NOW, (NOW + timedelta(hours=1),)),
        Past(NOW, (NOW + timedelta(hours=1), NOW + timedelta(days=1))), Closed(NOW, NOW + timedelta(days=1), True),
        Closed(NOW, NOW + timedelta(days=1), False), TooFar(NOW),
    ],
)  # fmt: skip
def test_c5_every_hour_that_cannot_be_promised_is_one_kind_sentence(problem: WhenProblem) -> None:
    spoken = [when_problem(setting, problem, NOW) for setting in SETTINGS]
    assert_kind(spoken)
    assert all(len(text) < 160 for text in spoken)
    assert not any(re.search(r"(?:[.?!] ¿?|¿)[a-zá-ú]", text) for text in spoken), spoken


def test_c5_an_hour_that_has_passed_offers_two_that_have_not() -> None:
    text = when_problem(SETTINGS[0], Past(NOW, (NOW + timedelta(hours=7, minutes=18), NOW + timedelta(days=1))), NOW)
    assert "18:00" in text
    assert "jue" in text
