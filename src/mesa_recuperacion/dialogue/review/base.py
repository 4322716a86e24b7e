"""Moving about in the review: every page is a scene and the question that it shows; Esc goes back the way one came."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from mesa_recuperacion.dialogue.aims import ASIDES, REVIEWING
from mesa_recuperacion.dialogue.asks import Ask, Do, Look
from mesa_recuperacion.dialogue.scenes.base import Scene, ask, refuse
from mesa_recuperacion.dialogue.talk import Looked, Review, Step, Talk
from mesa_recuperacion.domain.period import week_of
from mesa_recuperacion.domain.review.base import Answer, Query
from mesa_recuperacion.domain.review.board import BoardOf
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.review.staff import Staff, StaffPerson

if TYPE_CHECKING:
    from mesa_recuperacion.domain.commands import StaffCommand
    from mesa_recuperacion.domain.views import Person

FIRST = "review"
"""The scene that the review begins with."""

_A = TypeVar("_A", bound=Answer)


class Page(Scene):
    """A page of the review.  Its question is ``review.query``, what it shows ``review.answer``."""

    saves_line = False

    def exported(self, talk: Talk) -> Query | None:
        """What F9 writes as a table: the question of the page; ``None`` where there is nothing to write."""
        return review_of(talk).query

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """The letters that mean something here besides the numbers of the rows, each with its word."""
        return ()

    def undone(self, talk: Talk) -> Step:
        """Ctrl+Z: the last thing decided here, where that can be taken back."""
        return refuse(talk, talk.setting.words.t("There is nothing to undo here."))

    def turns(self, talk: Talk) -> str:
        """What F7 and F8 go through, in a word: pages or periods; empty where they do nothing."""
        return "" if type(self).turned is Page.turned else talk.setting.words.t("page")

    def filtered(self, talk: Talk, scope: Scope) -> Step:
        """F4: the page of another period and filter; where it is of none, the board is."""
        here = review_of(talk)
        return _ask(talk, FIRST, BoardOf(scope), here.trail if here.stage == FIRST else (), "")

    def turned(self, talk: Talk, by: int) -> Step:
        """F7 and F8: the period or the page before or after; nothing where there is none."""
        return Step(talk)


def review_of(talk: Talk) -> Review:
    """Where the supervisor is; a page of the review always knows."""
    if talk.review is None:
        raise LookupError("nobody is in the review")
    return talk.review


def answer_of(talk: Talk, kind: type[_A]) -> _A:
    """What the open page shows."""
    answer = review_of(talk).answer
    if not isinstance(answer, kind):
        raise LookupError(f"the page shows {answer!r}")
    return answer


def begin(talk: Talk, now: datetime) -> Talk:
    """In the review from now on, which begins with the week of the branch that it is: everybody, everything.

    The next thing that ends at the idle desk ends there (:func:`homeward`).
    """
    policy = talk.policy
    if policy is None:
        raise LookupError("nobody is in yet: there is no policy")
    scope = Scope(week_of(now.astimezone(policy.hours.zone).date()))
    return replace(talk, review=Review(scope, FIRST, BoardOf(scope)))


def look(talk: Talk, stage: str, query: Query, *, text: str = "") -> Step:
    """Open a page; Esc leads from it back to the one that is open.  ``text`` is given back if it cannot be opened."""
    here = review_of(talk)
    trail = (*here.trail, (here.stage, here.query, talk.pick))
    return _ask(talk, stage, query, trail, text)


def instead(talk: Talk, query: Query, *, text: str = "") -> Step:
    """The same page with another question: another period, filter or page of a list.  Esc leads where it led."""
    here = review_of(talk)
    return _ask(talk, here.stage, query, here.trail, text)


def again(talk: Talk, *before: Ask, text: str = "") -> Step:
    """The same page as things are now; what is asked ``before`` is carried out first."""
    here = review_of(talk)
    step = _ask(talk, here.stage, here.query, here.trail, text)
    return Step(replace(step.talk, pick=talk.pick), (*before, *step.asks))


def back(talk: Talk) -> Step:
    """Esc: the page that one came from, as things are now; the first page stays."""
    here = review_of(talk)
    if not here.trail:
        return Step(replace(talk, pick=None, said="", said_style=""))
    *trail, (stage, query, pick) = here.trail
    step = _ask(talk, stage, query, tuple(trail), "")
    return Step(replace(step.talk, held=() if pick is None else (str(pick),)), step.asks)


def _ask(
    talk: Talk, stage: str, query: Query, trail: tuple[tuple[str, Query, int | None], ...], text: str
) -> Step:  # fmt: skip
    review = replace(review_of(talk), ahead=trail)
    asked = replace(talk, review=review, then=stage, sent=text, said="", said_style="", pick=None, held=())
    return Step(asked, (Look(query),))


def looked(talk: Talk, outcome: Looked) -> Talk:
    """The page that was asked for is there."""
    here, stage = review_of(talk), talk.then or review_of(talk).stage
    scope = outcome.query.scope if isinstance(outcome.query, BoardOf) else here.scope
    review = Review(scope, stage, outcome.query, outcome.answer, here.ahead)
    talk = _who_works_here(talk, outcome.answer)
    pick = int(talk.held[0]) if talk.held and talk.held[0].isdecimal() else talk.pick
    talk = replace(talk, review=review, stage=stage, then="", sent="", file=None, item="", card=None)
    return replace(talk, back="", kept=(), held=(), page=0, pick=pick)


def refreshed(before: Talk, step: Step) -> Step:
    """A page to which an interjection comes back with something done shows things as they are now."""
    there = step.talk
    if before.stage not in ASIDES or there.stage not in REVIEWING or there.review is None or step.asks:
        return step
    fresh = again(there)
    return Step(replace(fresh.talk, said=there.said, said_style=there.said_style), fresh.asks)


def _who_works_here(talk: Talk, answer: Answer) -> Talk:
    """The people whom every list offers, once they have been looked at anew."""
    if isinstance(answer, StaffPerson):
        seen: tuple[Person, ...] = (answer.person,)
    elif isinstance(answer, Staff):
        seen = tuple(line.person for line in answer.lines)
    else:
        return talk
    known = {p.id: p for p in (*talk.people, *talk.former)} | {p.id: p for p in seen}
    everybody = sorted(known.values(), key=lambda p: p.number)
    me = known.get(talk.person.id) if talk.person else None
    return replace(
        talk, people=tuple(p for p in everybody if not p.retired), former=tuple(p for p in everybody if p.retired),
        person=me or talk.person,
    )  # fmt: skip


def decided(talk: Talk, command: StaffCommand, said: str, *, text: str = "") -> Step:
    """Carry out a supervisor's command; then the same page as things are now, with a sentence about it."""
    return ask(replace(talk, held=(said,)), Do(command), then="@", text=text)


def told(talk: Talk) -> Talk:
    """What a page's ``done`` answers to :func:`decided`."""
    said = talk.held[0] if talk.held else ""
    return replace(talk, stage="idle", held=(), said=said, said_style="good")


def homeward(talk: Talk, step: Step) -> Step:
    """What would end at the idle desk ends in the review while one is there: at the page one left, as it is now."""
    there = step.talk
    if there.stage != "idle" or there.review is None or step.asks:
        return step
    here = there.review
    said, style = there.said, there.said_style
    asked = replace(there, stage=talk.stage, then=here.stage, sent="", review=replace(here, ahead=here.trail))
    # What was answered stays in front until the page is there: it is what is drawn meanwhile, and if nothing comes.
    asked = replace(asked, file=talk.file, item=talk.item)
    return Step(replace(asked, said=said, said_style=style), (Look(here.query),))
