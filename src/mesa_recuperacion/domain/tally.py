"""What one case adds to the counters (rules B4, B8, C2, C8, D1, D4, D8, D11): the only place that says it.

Everything is a function of the case's state, so that whoever keeps counters adds what it says of a state and takes away
what it said of the one before.  What each sum means is said in ``domain.review``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.parts import OVERRUNS, SUPERVISION, FollowUp
from mesa_recuperacion.domain.review.counts import Counts
from mesa_recuperacion.domain.values import dataclass

REMEDY, COMPENSATION = "remedy", "compensation"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a remedy or compensation came to once: see ``domain.review.totals.Achieved``."""

    kind: str
    code: str
    cost: int
    kept: int = 0
    ended: int = 0
    satisfied: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """What a case adds that was closed once: on the day of ``at``, for ``person``, under ``problem``.

    ``given`` is what its customer was given in all, in minor units; ``standing`` is ``new`` or ``known``, ``standard``
    the seconds that its first closing was allowed.
    """

    at: datetime
    person: str
    problem: str
    standing: str
    given: int
    standard: int
    counts: Counts
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an area was asked for once: on the day of ``at``, by ``person``; one of the others is 1 once it ended."""

    at: datetime
    person: str
    problem: str
    area: str
    kept: int
    late: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What a case adds to the counters; ``counted`` is ``None`` until it was closed once."""

    counted: Counted | None = None
    asked: tuple[Asked, ...] = ()


def tally(state: CaseState | None) -> Tally:
    """What a case adds to the counters; one that was withdrawn, or is not there, adds nothing."""
    if state is None or state.status == "withdrawn":
        return Tally()
    asked = tuple(
        Asked(
            x.asked_at, x.by, state.problem, x.area, int(x.status == "answered"), int(x.status == "late"),
            int(x.status == "withdrawn"),
        )
        for x in state.requests
    )  # fmt: skip
    if state.first_closed_at is None:
        return Tally(None, asked)
    standing = "known" if state.known else "new"
    counted = Counted(
        state.first_closed_at, state.first_by, state.problem, standing, state.delivered_minor(), state.first_standard,
        counts_of(state), tuple(_choices(state)),
    )  # fmt: skip
    return Tally(counted, asked)


def counts_of(state: CaseState) -> Counts:
    """The sums of one case that was closed once."""
    late = state.first_elapsed > state.first_standard
    owed = state.settled[-1].legal if state.settled else None
    reserve = [gift.amount.minor for gift in state.delivered if gift.is_exception]
    promises = [p.status for p in state.promises if p.status != "withdrawn"]
    verified = [u for u in state.follow_ups if u.purpose == "verify" and u.status != "cancelled"]
    word = _word(verified)
    over = {reason: int(late and state.first_overrun == reason) for reason in ("", *OVERRUNS)}
    return Counts(
        cases=1,
        on_time=int(not late),
        first_contact=int(state.first_contact),
        elapsed=state.first_elapsed,
        remedy_cost=sum(ended.remedy.cost.minor for ended in state.settled if ended.remedy),
        compensation=state.delivered_minor(),
        statutory=owed.amount.minor if owed and owed.amount is not None else 0,
        exceptions=int(bool(reserve)),
        exception_cost=sum(reserve),
        nothing=int(not state.delivered and bool(state.settled) and state.settled[-1].declined),
        over_information=over["information"],
        over_system=over["system"],
        over_complex=over["complex"],
        over_unsaid=over[""],
        passed_over=int(bool(state.first_pending)),
        hand_overs=state.hand_overs,
        reopened=state.round,
        repeats=int(state.repeat),
        promises=len(promises),
        kept=promises.count("kept"),
        late=promises.count("late"),
        broken=promises.count("broken"),
        moved=state.moves,
        silences=state.silences,
        idle=state.first_aside,
        follow_ups=int(bool(verified)),
        satisfied=int(word == "satisfied"),
        not_satisfied=int(word == "not_satisfied"),
        unreached=int(not word and any(u.owner == SUPERVISION and u.attempt > 1 for u in verified)),
    )


def _word(follow_ups: list[FollowUp]) -> str:
    """The customer's last word to a follow-up that asked whether it was solved; empty if there is none."""
    return next((u.status for u in reversed(follow_ups) if u.status in ("satisfied", "not_satisfied")), "")


def _choices(state: CaseState) -> Iterator[Choice]:
    """Every remedy that a closing stands with, and every gesture that was delivered."""
    for n, ended in enumerate(state.settled):
        if ended.remedy is not None:
            made = [p.status for p in state.promises if p.round == n and p.what == ended.remedy.code]
            over = [status for status in made if status in ("kept", "late", "broken")]
            kept, cost = over.count("kept"), ended.remedy.cost.minor
            yield Choice(REMEDY, ended.remedy.code, cost, kept, len(over), *_verdict(state, n))
    for gift in state.delivered:
        yield Choice(COMPENSATION, gift.code, gift.amount.minor, 0, 0, *_verdict(state, gift.round))


def _verdict(state: CaseState, round_: int) -> tuple[int, int]:
    """Whether the customer was satisfied after a round, and whether they said."""
    verified = [u for u in state.follow_ups if u.purpose == "verify" and u.round == round_]
    word = _word(verified)
    return int(word == "satisfied"), int(bool(word))
