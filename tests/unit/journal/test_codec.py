"""Facts as bodies and back, old versions included; personal texts stay out (rules E1, E3, B7)."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, ClassVar, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import from_ms
from mesa_recuperacion.domain.money import MAX_MINOR, Money
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.journal import codec
from mesa_recuperacion.journal.canonical import parse
from mesa_recuperacion.journal.chain import seal_matches

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(
    lambda text: unicodedata.normalize("NFC", text)
)
BY_HINT: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    Money: st.builds(Money, st.integers(-MAX_MINOR, MAX_MINOR), st.sampled_from(["MXN", "JPY", "KWD"])),
    datetime: st.integers(0, 4_000_000_000_000).map(from_ms),
    tuple[str, ...]: st.lists(texts, max_size=4).map(tuple),
}


def any_of(cls: type[f.Fact]) -> st.SearchStrategy[f.Fact]:
    hints = get_type_hints(cls)
    return st.builds(cls, **{field.name: BY_HINT[hints[field.name]] for field in fields(cls)})


any_fact = st.sampled_from(sorted(f.KINDS)).flatmap(lambda kind: any_of(f.KINDS[kind]))


def looked_up(private: tuple[codec.PrivateText, ...]) -> codec.Lookup:
    return {text.field: text.value for text in private}.get


@given(any_fact)
def test_e1_every_fact_reads_back_as_it_was_written(fact: f.Fact) -> None:
    body, private = codec.encode(fact)
    assert codec.decode(fact.kind, fact.version, body, looked_up(private)) == fact
    assert codec.tidy(fact) == fact


@given(any_fact)
def test_e3_a_private_text_leaves_only_its_seal_in_the_body(fact: f.Fact) -> None:
    body, private = codec.encode(fact)
    members = parse(body)
    assert {text.field for text in private} == {name for name in fact.private if getattr(fact, name)}
    for text in private:
        assert members[text.field].keys() == {"seal"}
        assert seal_matches(members[text.field]["seal"], text.value, text.salt)
        assert not seal_matches(members[text.field]["seal"], text.value + "x", text.salt)
    for name in fact.private:
        if not getattr(fact, name):
            assert members[name] is None


@given(any_fact)
def test_e3_an_erased_text_reads_as_empty_and_the_rest_stays(fact: f.Fact) -> None:
    body, _ = codec.encode(fact)
    blank = replace(fact, **dict.fromkeys(fact.private, ""))
    assert codec.decode(fact.kind, fact.version, body, lambda _: None) == blank


def test_e3_the_same_text_has_another_seal_each_time() -> None:
    fact = f.NoteAdded("llegó roto")
    assert codec.encode(fact)[0] != codec.encode(fact)[0]
    assert len(codec.encode(fact)[1][0].salt) == 32


def test_e1_a_fact_is_tidied_before_it_is_written() -> None:
    local = datetime(2025, 3, 3, 12, 0, 0, 123_999, tzinfo=timezone(timedelta(hours=-6)))
    tidy = codec.tidy(f.CaseOpened("Nun\u0303o", local, 60, 0))
    assert tidy == f.CaseOpened("Nuño", datetime(2025, 3, 3, 18, 0, 0, 123_000, tzinfo=UTC), 60, 0)
    with pytest.raises(TypeError):
        codec.tidy(f.CaseOpened("c", datetime(2025, 3, 3, 12, 0), 60, 0))


@pytest.mark.parametrize(
    "fact",
    [
        f.PersonAdded("p", True, "Ana", "agent"), f.PersonAdded("p", 1.0, "Ana", "agent"),  # type: ignore[arg-type]
        f.CompensationReleased(12_000, "p", "2025-03"), f.NoteAdded(None), f.CaseResumed,  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_b7_a_field_of_another_type_is_never_written(fact: Any) -> None:
    with pytest.raises((TypeError, AttributeError)):
        codec.encode(fact)


@pytest.mark.parametrize(
    ("kind", "version", "body"),
    [
        ("case.forgotten", 1, "{}"),
        ("case.resumed", 2, "{}"),
        ("case.resumed", 0, "{}"),
        ("case.resumed", 1, "[]"),
        ("case.resumed", 1, "{ }"),
        ("case.resumed", 1, '{"more":1}'),
        ("step.said", 1, "{}"),
        ("step.said", 1, '{"step":1}'),
        ("step.said", 1, '{"step":null}'),
        ("person.added", 1, '{"name":"Ana","number":true,"person":"p","role":"agent"}'),
        ("compensation.released", 1, '{"amount":{"c":"mxn","m":1},"period":"","person":""}'),
        ("compensation.released", 1, '{"amount":{"c":"MXN","m":true},"period":"","person":""}'),
        ("compensation.released", 1, '{"amount":{"c":"MXN","m":1,"x":1},"period":"","person":""}'),
        ("case.closed", 1, '{"elapsed":1,"pending":[1],"satisfied":true,"standard":1}'),
        ("promise.moved", 1, '{"due_at":9223372036854775807,"promise":"p"}'),
    ],
)
def test_e1_a_body_that_is_not_a_fact_is_said_to_be_unreadable(kind: str, version: int, body: str) -> None:
    with pytest.raises(codec.Undecodable):
        codec.decode(kind, version, body, lambda _: None)


@pytest.fixture
def praise(monkeypatch: pytest.MonkeyPatch) -> type[f.Fact]:
    """A kind whose third version is today's: the second renamed its private text, the third has an amount."""

    @dataclass(frozen=True, slots=True)
    class Praised(f.Fact):
        kind: ClassVar[str] = "praised"
        version: ClassVar[int] = 3
        private: ClassVar[tuple[str, ...]] = ("words",)
        words: str
        bonus: Money

    def renamed(members: dict[str, Any]) -> dict[str, Any]:
        return {"words": members["text"], "bonus": members["bonus"]}

    def with_currency(members: dict[str, Any]) -> dict[str, Any]:
        return members | {"bonus": {"c": "MXN", "m": members["bonus"]}}

    monkeypatch.setitem(f.KINDS, "praised", Praised)
    monkeypatch.setitem(codec.UPCASTERS, ("praised", 1), renamed)
    monkeypatch.setitem(codec.UPCASTERS, ("praised", 2), with_currency)
    # The annotations of a class made inside a function cannot be looked up by name.
    monkeypatch.setitem(codec._HINTS, Praised, {"words": str, "bonus": Money})
    return Praised


def test_e1_old_versions_are_read_through_every_later_one(praise: type[Any]) -> None:
    expected = praise("bien hecho", Money(500, "MXN"))
    kept = {"text": "bien hecho", "words": "bien hecho"}.get
    assert codec.decode("praised", 1, '{"bonus":500,"text":{"seal":"00"}}', kept) == expected
    assert codec.decode("praised", 2, '{"bonus":500,"words":{"seal":"00"}}', kept) == expected
    assert codec.decode("praised", 3, '{"bonus":{"c":"MXN","m":500},"words":{"seal":"00"}}', kept) == expected
    assert codec.decode("praised", 1, '{"bonus":500,"text":{"seal":"00"}}', lambda _: None) == replace(
        expected, words=""
    )


def test_d3_a_case_opened_before_risk_was_told_reads_as_without_any() -> None:
    old = '{"customer":"rosa","earlier":1,"standard":60,"started_at":1741051800000}'
    opened = f.CaseOpened("rosa", from_ms(1741051800000), 60, 1, (), known=True)
    assert codec.decode("case.opened", 1, old, lambda _: None) == opened
    told = replace(opened, risk=("repeat",))
    assert codec.decode("case.opened", 3, codec.encode(told)[0], lambda _: None) == told
    with pytest.raises(codec.Undecodable):
        codec.decode("case.opened", 2, old, lambda _: None)


def test_d7_a_policy_published_before_versions_had_a_start_holds_at_once() -> None:
    old = codec.decode("policy.published", 1, '{"number":3,"text":"x"}', lambda _: None)
    assert old == f.PolicyPublished(3, "x")
    later = replace(old, starts_at=from_ms(1741051800000))
    assert codec.decode("policy.published", 2, codec.encode(later)[0], lambda _: None) == later


def test_c8_a_problem_told_before_repeats_were_named_reads_as_naming_none() -> None:
    old = codec.decode(
        "problem.identified", 1, '{"problem":"x","repeat":true,"standard":60,"text":null}', lambda _: None
    )
    assert old == f.ProblemIdentified("x", 60, "", repeat=True)
    named = replace(old, repeats=("CEN-1002", "CEN-1001"))
    assert codec.decode("problem.identified", 2, codec.encode(named)[0], lambda _: None) == named


@pytest.mark.parametrize("earlier", [0, 2])
def test_d4_a_case_opened_before_standing_was_told_reads_as_its_earlier_ones_say(earlier: int) -> None:
    old = f'{{"customer":"rosa","earlier":{earlier},"risk":["broken"],"standard":60,"started_at":1741051800000}}'
    opened = f.CaseOpened("rosa", from_ms(1741051800000), 60, earlier, ("broken",), known=earlier > 0)
    assert codec.decode("case.opened", 2, old, lambda _: None) == opened


def test_e1_an_old_version_without_a_way_up_is_unreadable(praise: type[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(codec.UPCASTERS, ("praised", 2))
    with pytest.raises(codec.Undecodable):
        codec.decode("praised", 1, '{"bonus":500,"text":null}', lambda _: None)


def test_e1_every_old_version_of_every_kind_has_a_way_up() -> None:
    missing = [
        (kind, version)
        for kind, cls in f.KINDS.items()
        for version in range(1, cls.version)
        if (kind, version) not in codec.UPCASTERS
    ]
    assert missing == []
