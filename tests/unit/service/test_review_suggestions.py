"""D5: all suggestions by pages: those that wait first, then those answered, whichever way one goes through them."""

from __future__ import annotations

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.facts import SuggestionAdopted
from mesa_recuperacion.domain.refusals import SupervisorNeeded
from mesa_recuperacion.domain.review.base import PAGE, Cursor
from mesa_recuperacion.domain.review.suggestions import SuggestionLine, Suggestions, SuggestionsOf
from mesa_recuperacion.service.review.review import ReviewService
from mesa_recuperacion.store.review.suggestions import answered_query, page, waiting_query
from tests.unit.service.conftest import Site


def review(site: Site, number: int = 3) -> ReviewService:
    return ReviewService(site.store, site.policies, site.clock, site.person(number))


def filled(site: Site, waiting: int, answered: int, every: int = 2) -> None:
    """So many suggestions of Ana, each second one at the instant of the one before; the last ones are answered."""
    ana, carla = site.desk(1), site.desk(3)
    for n in range(waiting + answered):
        site.do(ana, c.Suggest(f"idea {n}"))
        site.clock.advance(n % every)
    with site.store.reading() as tx:
        known = {item.text: item.id for item in tx.suggestions()}
    for n in range(waiting, waiting + answered):
        site.do(carla, c.AnswerSuggestion(known[f"idea {n}"], ("accept", "try", "decline")[n % 3], f"porque {n}"))
        site.clock.advance(n % every)


def expected(site: Site) -> list[str]:
    """The list whole, put in order by a sort of all that is known of each."""
    with site.store.reading() as tx:
        lines = page(tx.connection, None, 1000).lines
    waiting = sorted((x for x in lines if not x.answer), key=lambda x: (x.at, x.id))
    answered = sorted((x for x in lines if x.answer), key=lambda x: (x.answered_at, x.id), reverse=True)
    return [x.text for x in (*waiting, *answered)]


@pytest.mark.parametrize(
    ("waiting", "answered", "size"), [(0, 7, 3), (7, 0, 3), (4, 5, 3), (3, 3, 3), (6, 3, 3), (1, 1, 1), (5, 9, 50)]
)
def test_d5_pages_forth_and_back_are_the_whole_list_once(site: Site, waiting: int, answered: int, size: int) -> None:
    filled(site, waiting, answered)
    whole = expected(site)
    assert len(set(whole)) == len(whole) == waiting + answered
    forth: list[Suggestions] = []
    cursor: Cursor | None = None
    with site.store.reading() as tx:
        while not forth or cursor is not None:
            forth.append(page(tx.connection, cursor, size))
            cursor = forth[-1].after
        assert [line.text for one in forth for line in one.lines] == whole
        assert forth[0].before is None
        back, cursor = [forth[-1]], forth[-1].before
        while cursor is not None:
            back.append(page(tx.connection, cursor, size))
            cursor = back[-1].before
    assert [line.text for one in reversed(back) for line in one.lines] == whole
    assert back[-1].before is None


def test_d5_a_line_says_who_suggested_what_and_what_was_answered(site: Site) -> None:
    filled(site, 1, 1)
    seen = review(site).look(SuggestionsOf())
    assert isinstance(seen, Suggestions)
    first, second = seen.lines
    assert (first.by, first.text, first.answer, first.answered_by, first.answered_at) == (
        "Ana Torres", "idea 0", "", "", None,
    )  # fmt: skip
    assert (second.by, second.answer, second.words, second.answered_by) == (
        "Ana Torres", "try", "porque 1", "Carla Vega",
    )  # fmt: skip
    assert second.answered_at is not None


def test_d5_nothing_suggested_is_an_empty_page(site: Site) -> None:
    assert review(site).look(SuggestionsOf()) == Suggestions((), None, None)


def test_d5_a_page_is_never_longer_than_a_page(site: Site) -> None:
    filled(site, PAGE - 1, 3)
    seen = review(site).look(SuggestionsOf())
    assert isinstance(seen, Suggestions)
    assert len(seen.lines) == PAGE
    assert seen.after is not None
    rest = review(site).look(SuggestionsOf(seen.after))
    assert isinstance(rest, Suggestions)
    assert len(rest.lines) == 2


def test_d5_a_row_answered_between_two_pages_leads_nowhere_wrong(site: Site) -> None:
    """The row that a page ended with was answered meanwhile: the next page begins after where it stood."""
    filled(site, 4, 0, every=1)
    with site.store.reading() as tx:
        first = page(tx.connection, None, 2)
    site.do(site.desk(3), c.AnswerSuggestion(first.lines[1].id, "try", ""))
    with site.store.reading() as tx:
        second = page(tx.connection, first.after, 3)
    assert [line.answer for line in second.lines] == ["", "", "try"]


def test_e2_agents_are_refused(site: Site) -> None:
    assert review(site, 1).look(SuggestionsOf()) == SupervisorNeeded()


@pytest.mark.parametrize("back", [False, True])
def test_f4_a_page_is_read_from_an_index(site: Site, back: bool) -> None:
    with site.store.reading() as tx:
        for query in (waiting_query(Cursor(5, "a"), 51, back=back), answered_query(Cursor(-5, "a"), 51, back=back)):
            text = query.compile(tx.connection.core.engine, compile_kwargs={"literal_binds": True})
            plan = " ".join(row[3] for row in tx.connection.core.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}"))
            assert "INDEX suggestion_" in plan, plan


def test_d5_the_version_that_adopted_one_is_named_and_no_other_is(site: Site) -> None:
    filled(site, 1, 3, every=1)
    with site.store.writing() as tx:
        taken = next(line for line in page(tx.connection, None).lines if line.answer == "accept")
        adopted = [("", SuggestionAdopted(taken.id, 2))]
        tx.append(command="adopting", actor=site.person(3).id, policy=1, at=site.clock.now(), facts=adopted)
    seen = review(site).look(SuggestionsOf())
    assert isinstance(seen, Suggestions)
    assert {line.id: line.adopted for line in seen.lines if line.adopted} == {taken.id: 2}
    assert all(isinstance(line, SuggestionLine) for line in seen.lines)
