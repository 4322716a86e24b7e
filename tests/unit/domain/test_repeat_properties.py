"""C8: whatever is done in whatever order, first contact is what its formula says, read from the facts alone."""

from __future__ import annotations

from collections import Counter
from zoneinfo import ZoneInfo

from hypothesis import given, settings

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.tally import tally
from tests import paper
from tests.ledger import Ledger
from tests.moves import Move, drawn, scripts
from tests.play import Seen, nothing, play


def on_paper(book: Ledger) -> dict[str, paper.Paper]:
    return paper.Office(book.entries, ZoneInfo("UTC"), book.policy.repeat_days).cases


def first_contact_is_as_on_paper(book: Ledger) -> None:
    for folio, told in on_paper(book).items():
        state = book.cases[folio]
        assert (state.repeat, set(state.repeated_by)) == (told.repeat, told.again)
        counted = tally(state).counted
        assert (counted is None) == (told.first is None)
        if counted is not None:
            figures = told.figures()
            assert (counted.counts.first_contact, counted.counts.repeats) == (
                figures["first_contact"],
                figures["repeats"],
            )


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_c8_first_contact_is_what_the_formula_says_of_all_cases_together(script: list[Move]) -> None:
    first_contact_is_as_on_paper(play(script, nothing))


def test_c8_and_after_histories_in_which_problems_come_back_and_are_taken_back() -> None:
    came: Counter[str] = Counter()

    def check(seen: Seen) -> None:
        came.update(entry.fact.kind for entry in seen.new)

    for seed in range(60):
        book = play(drawn(seed, 80), check)
        first_contact_is_as_on_paper(book)
        came["lost"] += sum(x.first is not None and bool(x.again) and not x.repeat for x in on_paper(book).values())
    assert min(came[f.CaseRepeated.kind], came[f.RepeatWithdrawn.kind], came["lost"]) > 0, came


@settings(max_examples=40, deadline=None)
@given(scripts(80))
def test_c8_an_earlier_case_and_a_later_one_say_the_same_of_each_other(script: list[Move]) -> None:
    def check(seen: Seen) -> None:
        for state in seen.states:
            for earlier in state.repeats:
                known = seen.book.cases[earlier]
                assert (state.folio in known.repeated_by) == (known.problem == state.problem) or known.repeat
            assert all(state.folio in seen.book.cases[later].repeats for later in state.repeated_by)
            assert state.folio not in (*state.repeats, *state.repeated_by)

    play(script, check)
