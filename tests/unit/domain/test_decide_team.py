"""D5, D6, D7, D9: suggestions are answered, thanks are read, and a policy is acknowledged once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from tests.ledger import Ledger

HOSTILE = "\x1b[31m[b]qué\u202e\tbien\x00[/b] "


@pytest.fixture
def book() -> Ledger:
    return Ledger()


def suggested(book: Ledger, text: str = "Un domingo al mes") -> str:
    made = book.do(c.Suggest(text))
    assert isinstance(made, tuple)
    assert isinstance(made[0], f.SuggestionMade)
    return made[0].suggestion


def test_d5_a_suggestion_is_its_authors_in_their_own_words(book: Ledger) -> None:
    made = book.do(c.Suggest("Que el almacén conteste los sábados"), actor="bruno")
    assert isinstance(made, tuple)
    assert isinstance(made[0], f.SuggestionMade)
    assert (made[0].person, made[0].text) == ("bruno", "Que el almacén conteste los sábados")


@pytest.mark.parametrize("text", ["", "   ", "\x1b[2J\u200b\n"])
def test_d5_a_suggestion_or_praise_says_something(book: Ledger, text: str) -> None:
    assert book.do(c.Suggest(text)) == r.TextMissing("suggestion")
    assert book.do(c.Praise("ana", text), actor="carla") == r.TextMissing("praise")


def test_e5_what_is_written_to_others_is_cleaned(book: Ledger) -> None:
    book.run(c.Suggest(HOSTILE))
    book.run(c.Praise("ana", HOSTILE), actor="carla")
    item = next(iter(book.suggestions))
    book.run(c.AnswerSuggestion(item, "decline", HOSTILE), actor="carla")
    texts = [e.fact.text for e in book.entries if isinstance(e.fact, f.SuggestionMade | f.PraiseGiven)]
    texts += [e.fact.words for e in book.entries if isinstance(e.fact, f.SuggestionAnswered)]
    assert texts == ["[b]qué bien[/b]"] * 3


def test_d5_only_supervision_answers(book: Ledger) -> None:
    item = suggested(book)
    assert book.do(c.AnswerSuggestion(item, "accept")) == r.SupervisorNeeded()
    assert book.do(c.AnswerSuggestion(item, "accept"), actor="bruno") == r.SupervisorNeeded()
    assert book.do(c.AnswerSuggestion(item, "accept"), actor="carla") == (f.SuggestionAnswered(item, "accept", ""),)


@pytest.mark.parametrize("answer", ["accept", "try", "decline"])
def test_d5_a_suggestion_is_answered_once_and_is_the_authors_to_read(book: Ledger, answer: str) -> None:
    item = suggested(book)
    book.run(c.AnswerSuggestion(item, answer, "Desde el lunes"), actor="carla")
    assert book.do(c.AnswerSuggestion(item, "accept"), actor="diego") == r.NoSuchItem()
    assert book.to_read == {("ana", item)}


def test_d5_a_refusal_says_why(book: Ledger) -> None:
    item = suggested(book)
    for words in ("", " \u200b"):
        assert book.do(c.AnswerSuggestion(item, "decline", words), actor="carla") == r.TextMissing("reason")
    assert book.suggestions


@pytest.mark.parametrize("answer", ["", "maybe", "ACCEPT"])
def test_d5_there_are_three_answers_and_no_other(book: Ledger, answer: str) -> None:
    assert book.do(c.AnswerSuggestion(suggested(book), answer, "x"), actor="carla") == r.NotAuthorised(answer)


def test_d6_supervision_thanks_and_nobody_thanks_themselves(book: Ledger) -> None:
    assert book.do(c.Praise("bruno", "gracias")) == r.SupervisorNeeded()
    assert book.do(c.Praise("carla", "gracias"), actor="carla") == r.NobodyThere()
    assert book.do(c.Praise("nobody", "gracias"), actor="carla") == r.NobodyThere()
    given = book.do(c.Praise("ana", "Qué bien cuidó a la señora Medina", "CEN-1042"), actor="carla")
    assert isinstance(given, tuple)
    assert isinstance(given[0], f.PraiseGiven)
    assert (given[0].person, given[0].about) == ("ana", "CEN-1042")
    assert isinstance(book.do(c.Praise("diego", "gracias"), actor="carla"), tuple)


def test_d6_what_is_read_is_read_once_and_by_whom_it_is_for(book: Ledger) -> None:
    book.run(c.Praise("ana", "gracias"), actor="carla")
    _, item = next(iter(book.to_read))
    assert book.do(c.ReadNews(item), actor="bruno") == ()
    assert book.do(c.ReadNews(item)) == (f.NewsRead("ana", item),)
    assert book.do(c.ReadNews(item)) == ()


def test_d7_the_version_in_force_is_acknowledged_once_and_no_other(book: Ledger) -> None:
    book.policy = replace(book.policy, version=3)
    for number in (0, 1, 2, 4):
        assert book.do(c.AcknowledgePolicy(number)) == r.NoSuchItem()
    assert book.do(c.AcknowledgePolicy(3)) == (f.PolicyAcknowledged("ana", 3),)
    assert book.do(c.AcknowledgePolicy(3)) == ()
    assert book.do(c.AcknowledgePolicy(3), actor="bruno") == (f.PolicyAcknowledged("bruno", 3),)
