"""D1, A3, E1: the cases behind a figure, and one of them from beginning to end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any, get_type_hints

import pytest

from mesa_recuperacion.dialogue.review.base import look
from mesa_recuperacion.dialogue.review.timeline import broken, rows_of
from mesa_recuperacion.dialogue.review.told import TELLERS, Teller
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.domain.review.cases import Case, CaseLine, CaseOf, Cases, CasesOf, Proof
from mesa_recuperacion.domain.review.scope import Behind, Filter
from tests.desk import ANA as ANA_PIN
from tests.desk import CARLA, NOW, Desk, facts
from tests.fits import assert_fits_in_both
from tests.unit.dialogue.pages import HOSTILE, LONG, WEEK, answered, at, opens, pressed

Desks = Callable[..., Desk]

CASE_FACTS = sorted((kind for kind in f.KINDS.values() if issubclass(kind, f.CaseFact)), key=lambda kind: kind.kind)


@pytest.fixture
def desk(desks: Desks) -> Desk:
    """Ana has closed a case; Carla reads it in the review."""
    ana = desks().sign_in().standard_call()
    folio = ana.folio
    ana.say("s")
    assert ana.stage == "idle", ana.said
    return reading(desks, folio)


def reading(desks: Desks, folio: str) -> Desk:
    carla = desks()
    carla.say(f"3 {CARLA}")
    assert carla.stage == "review", carla.said
    return carla._run(look(carla.talk, "review_case", CaseOf(folio)))


def case_of(desk: Desk) -> Case:
    assert desk.talk.review is not None
    answer = desk.talk.review.answer
    assert isinstance(answer, Case)
    return answer


def with_case(desk: Desk, **parts: object) -> Desk:
    assert desk.talk.review is not None
    changed = replace(case_of(desk), **parts)  # type: ignore[arg-type]
    desk.talk = replace(desk.talk, review=replace(desk.talk.review, answer=changed))
    return desk


def made(kind: type[f.Fact], text: str) -> f.Fact:
    """A fact of that kind with something in every field."""
    hints, values = get_type_hints(kind), dict[str, Any]()
    for field in fields(kind):
        values[field.name] = {
            str: text, int: 3, bool: True, Money: Money(8000, "MXN"), datetime: NOW + timedelta(hours=3),
            tuple[str, ...]: ("repeat", "listen"),
        }[hints[field.name]]  # fmt: skip
    return kind(**values)


# ---------------------------------------------------------------------------------------------------------- in words


def test_a3_every_kind_of_case_fact_is_told() -> None:
    assert set(CASE_FACTS) == set(TELLERS)


@pytest.mark.parametrize("language", ["es", "en"])
def test_a3_each_is_told_in_words_whatever_is_in_it(desks: Desks, language: str) -> None:
    desk = reading_any(desks, language)
    teller = Teller(desk.talk, case_of(desk), NOW)
    for kind in CASE_FACTS:
        for text in ("algo", HOSTILE, LONG, ""):
            told = teller.tell(made(kind, text))
            assert told.name or not text
            assert told.name != kind.kind
            assert len(told.name) <= 15 or (text and text in told.name), told.name


def test_c8_an_earlier_case_names_the_one_in_which_its_problem_came_back(desk: Desk) -> None:
    teller = Teller(desk.talk, case_of(desk), NOW)
    told = teller.tell(f.CaseRepeated("CEN-1044"))
    assert told.name == "■ It came back"
    assert told.detail == "the same problem again, in CEN-1044 · not at first contact"
    assert teller.tell(f.RepeatWithdrawn("CEN-1044")).detail == "CEN-1044 was about something else"


def reading_any(desks: Desks, language: str) -> Desk:
    ana = desks(language=language).sign_in().standard_call()
    folio = ana.folio
    ana.say("s")
    carla = desks(language=language)
    carla.say(f"3 {CARLA}")
    return carla._run(look(carla.talk, "review_case", CaseOf(folio)))


def test_a3_the_whole_call_is_there_in_order(desk: Desk) -> None:
    screen = desk.screen()
    for said in (
        "Opens the case",
        "√ Apologise",
        "√ Problem",
        "“faltó la lámpara; era un regalo”",
        "√ Remedy",
        "√ Promise made",
        "√ Follow-up",
        "● Closes",
        "satisfied",
        "Ana Torres",
    ):
        assert said in screen, said  # fmt: skip
    order = [screen.index(said) for said in ("Opens the case", "√ Problem", "√ Promise made", "● Closes")]
    assert order == sorted(order)


def test_d7_the_policy_of_the_case_stands_beside_it(desk: Desk) -> None:
    folio = case_of(desk).file.state.folio
    assert f"{folio} · policy v1" in desk.screen()
    assert "closed in" in desk.screen()


def test_a3_times_are_told_from_the_first_letter(desk: Desk) -> None:
    rows = rows_of(desk.talk, case_of(desk), NOW)
    assert rows[0].since == "0:00"
    entries = case_of(desk).entries
    far = entries[-1]._replace(at=entries[-1].at + timedelta(days=2))
    last = rows_of(with_case(desk, entries=(*entries[:-1], far)).talk, case_of(desk), NOW)[-1]
    assert last.since == ""
    assert "13" in last.at


def test_a3_a_long_note_is_whole(desk: Desk) -> None:
    note = " ".join(f"palabra{n}" for n in range(60))
    entries = case_of(desk).entries
    entry = entries[-1]._replace(fact=f.NoteAdded(note))
    with_case(desk, entries=(*entries, entry))
    told = " ".join(row.told.detail for row in rows_of(desk.talk, case_of(desk), NOW))
    assert all(f"palabra{n}" in told for n in range(60))
    seen = ""
    for _ in range(30):
        seen += desk.press("down").screen()
    assert "palabra59" in seen


def test_a_text_is_broken_between_words_and_never_lost() -> None:
    assert broken("una dos tres", 7) == ["una dos", "tres"]
    assert broken("x" * 20, 8) == ["x" * 8, "x" * 8, "x" * 4]
    assert broken("", 8) == [""]


@pytest.mark.parametrize("text", [LONG, HOSTILE, "漢字" * 40])
def test_e5_hostile_and_long_texts_fit_and_are_only_text(desk: Desk, text: str) -> None:
    entries = case_of(desk).entries
    entry = entries[-1]._replace(fact=f.NoteAdded(text))
    customer = replace(case_of(desk).file.customer, name=text)
    with_case(desk, entries=(*entries, entry), file=replace(case_of(desk).file, customer=customer, owner_name=text))
    for _ in range(4):
        assert_fits_in_both(desk)
        desk.press("pagedown")


# ---------------------------------------------------------------------------------------------------------- the proof


def test_e1_the_chain_is_said_to_be_intact_with_its_lines(desk: Desk) -> None:
    proof = case_of(desk).proof
    assert f"Chain intact: lines {proof.first} to {proof.last} of {proof.stream}" in desk.screen()


def test_e1_a_touched_line_is_named_in_red_words(desk: Desk) -> None:
    with_case(desk, proof=Proof("CEN-1", 5, 20, 12, touched=9))
    assert "Line 9 of CEN-1 was touched" in desk.screen()
    assert desk.look().main[-1].style == "bad"  # type: ignore[union-attr]
    with_case(desk, proof=Proof("CEN-1", 5, 20, 12, whole=False))
    assert "Lines are missing at the end" in desk.screen()


def test_d1_nothing_is_edited_here(desk: Desk) -> None:
    before = len(facts(desk.path))
    for text in ("", "1", "zzz"):
        desk.say(text)
        assert desk.stage == "review_case"
        assert desk.said
    assert len(facts(desk.path)) == before


# ----------------------------------------------------------------------------------------------------------- thanks


def test_d6_two_keys_from_a_good_case_to_thanks_that_the_agent_reads_first(desk: Desk, desks: Desks) -> None:
    folio = case_of(desk).file.state.folio
    desk.say("e")
    assert desk.stage == "review_praise"
    assert "Ana Torres" in desk.screen()
    desk.say("Qué bien la escuchaste")
    assert desk.stage == "review_case"
    assert "Ana Torres reads it first thing" in desk.said
    given = facts(desk.path, f.PraiseGiven)
    assert [(x.about, x.text) for x in given] == [(folio, "Qué bien la escuchaste")]  # type: ignore[attr-defined]
    ana = desks()
    ana.say(f"1 {ANA_PIN}")
    assert "Qué bien la escuchaste" in ana.screen()


def test_d2_q_asks_why_of_this_very_case(desk: Desk) -> None:
    folio = case_of(desk).file.state.folio
    assert ("q", "five whys") in desk.look().letters
    desk.say("q")
    assert desk.stage == "review_whys_sheet", desk.said
    assert folio in desk.screen()
    assert desk.press("escape").stage == "review_case"


def test_d6_thanks_without_words_ask_for_some_and_esc_sends_nothing(desk: Desk) -> None:
    desk.say("e", "")
    assert desk.stage == "review_praise"
    assert "few words" in desk.said
    assert desk.press("escape").stage == "review_case"
    assert facts(desk.path, f.PraiseGiven) == []


def test_d6_nobody_thanks_themselves_nor_somebody_who_has_left(desk: Desk) -> None:
    assert desk.talk.person is not None
    state = replace(case_of(desk).file.state, owner=desk.talk.person.id)
    with_case(desk, file=replace(case_of(desk).file, state=state)).say("e", "gracias")
    assert "Nobody thanks themselves" in desk.said
    desk.press("escape").press("escape")
    state = replace(state, owner="gone")
    with_case(desk, file=replace(case_of(desk).file, state=state)).say("e")
    assert desk.stage == "review_case"
    assert "no longer works here" in desk.said


# ------------------------------------------------------------------------------------------------------- the list


LINE = CaseLine(
    "CEN-1", "Marta Ruiz Soto", "Ana Torres", "missing_item", NOW, 51, 60, True, "", 0, 8000, 0, False, True, "closed"
)


def listed(desk: Desk, *lines: CaseLine, **parts: Any) -> Desk:
    behind = parts.pop("behind", Behind(WEEK))
    answer = Cases(behind, lines, parts.get("before"), parts.get("after"), parts.get("total", len(lines)))
    return at(desk, "review_cases", CasesOf(behind), answer)


def test_d1_a_list_says_how_many_and_enter_opens_one(desk: Desk) -> None:
    behind = Behind(WEEK, "late")
    listed(desk, LINE, replace(LINE, folio="CEN-2", elapsed=90), behind=behind)
    screen = desk.screen()
    assert "2 cases out of time" in screen
    assert "● 0:51" in screen
    assert "■ 1:30" in screen
    assert opens(answered(desk, "2")) == ("review_case", CaseOf("CEN-2", behind))


def test_d1_where_all_have_the_same_problem_the_person_is_named(desk: Desk) -> None:
    listed(desk, LINE, behind=Behind(replace(WEEK, filter=Filter("", "missing_item"))))
    assert "Ana Torres" in desk.screen()


def test_d1_pages_lead_on_and_say_where_they_end(desk: Desk) -> None:
    after = Cursor(5, "CEN-1")
    listed(desk, LINE, after=after)
    assert opens(pressed(desk, "f8")) == ("review_cases", CasesOf(Behind(WEEK), after))
    assert "first page" in pressed(desk, "f7").talk.said


def test_d1_an_empty_list_says_so(desk: Desk) -> None:
    listed(desk)
    assert "No cases behind this figure." in desk.screen()
    assert answered(desk, "1").asks == ()


@pytest.mark.parametrize("name", [LONG, HOSTILE, "漢字" * 30])
def test_f6_the_longest_list_fits(desk: Desk, name: str) -> None:
    lines = (replace(LINE, customer=name, person=name, problem=name, folio="CEN-123456", given=99_999_900),) * 50
    listed(desk, *lines)
    listed(desk, *lines, behind=Behind(replace(WEEK, filter=Filter("", "missing_item"))))


def test_d1_the_neighbours_in_the_list_are_one_key_away(desk: Desk) -> None:
    behind = Behind(WEEK)
    assert desk.talk.review is not None
    review = replace(desk.talk.review, query=CaseOf("CEN-1", behind))
    desk.talk = replace(desk.talk, review=review)
    with_case(desk, before="CEN-0", after="CEN-2")
    assert opens(pressed(desk, "f8")) == ("review_case", CaseOf("CEN-2", behind))
    assert opens(pressed(desk, "f7")) == ("review_case", CaseOf("CEN-0", behind))
    with_case(desk, before="", after="")
    assert "no case after" in pressed(desk, "f8").talk.said


# ------------------------------------------------------------------------------------------------------- the way in


def for_review(desks: Desks) -> Desk:
    desk = desks()
    desk.talk = replace(desk.talk, setting=replace(desk.talk.setting, review=True))
    return desk


def test_e2_an_agent_who_opens_the_review_is_told_how_the_desk_opens(desks: Desks) -> None:
    desk = for_review(desks)
    assert "a supervisor's number" in desk.screen()
    desk.say(f"1 {ANA_PIN}")
    assert desk.stage == "login"
    assert "“mesa”" in desk.said
    assert desk.talk.person is None
    desk.say(f"3 {CARLA}")
    assert desk.stage == "review"
    assert desk.press("f3").stage == "login"
    assert desk.talk.setting.review
