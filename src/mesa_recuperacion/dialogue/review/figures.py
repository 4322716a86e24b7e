"""The headline figures and the seven panels of the board, as values to be drawn (rules D1 to D6, D10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mesa_recuperacion.dialogue.review.causes import pareto
from mesa_recuperacion.dialogue.review.people import alphabetical, unthanked_in_short
from mesa_recuperacion.dialogue.review.said import NOTHING, money, per_cent, problem_said
from mesa_recuperacion.dialogue.scenes.base import policy_of
from mesa_recuperacion.dialogue.scenes.customer import named
from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.dialogue.view import Figure, Panel, PanelRow, Panels
from mesa_recuperacion.domain.review.board import Board, PersonLine, RiskLine, Spread
from mesa_recuperacion.domain.review.counts import Counts, share

Selected = tuple[int | None, int | None]
"""The row that Enter would take, of the causes and of the people."""


def headline(talk: Talk, board: Board) -> tuple[Figure, ...]:
    """Cases, on time, first contact, cost, per case and overdue, each against the period before and the goal.

    Fewer or cheaper is neither good nor bad here: there is no target for spending (rule B8).
    """
    t, now, before, goals = talk.setting.words.t, board.counts, board.before, policy_of(talk).goals
    overdue = sum(one.overdue for one in board.due)

    def shared(name: str, part: Callable[[Counts], int], goal: int) -> Figure:
        value, was = share(part(now), now.cases), share(part(before), before.cases)
        return Figure(name, _aimed(talk, value, goal), *_change(value, was))

    return (
        Figure(t("Cases"), str(now.cases), _counted(now.cases, before)),
        shared(t("On time"), lambda counts: counts.on_time, goals.on_time),
        shared(t("1st contact"), lambda counts: counts.first_contact, goals.first_contact),
        Figure(t("Cost"), money(talk, now.cost), _spent(talk, now.cost, before.cost, before)),
        Figure(t("Per case"), _each(talk, now), _spent(talk, now.per_case, before.per_case, before)),
        Figure(t("Now overdue"), str(overdue), "■" if overdue else "●", "bad" if overdue else "good"),
    )


def _each(talk: Talk, counts: Counts) -> str:
    return money(talk, counts.per_case) if counts.cases else NOTHING


def _aimed(talk: Talk, value: int | None, goal: int) -> str:
    """A share beside the policy's goal, if it has one (rule D10)."""
    t = talk.setting.words.t
    if value is None:
        return NOTHING
    return t("{n}% of {goal}", n=value, goal=goal) if goal else t("{n}%", n=value)


def _change(value: int | None, was: int | None) -> tuple[str, str]:
    """The change of a share in points, and whether that is good."""
    if value is None or was is None or value == was:
        return "", ""
    return f"{value - was:+d}", "good" if value > was else "bad"


def _counted(value: int, before: Counts) -> str:
    return f"{value - before.cases:+d}" if before.cases and value != before.cases else ""


def _spent(talk: Talk, value: int, was: int, before: Counts) -> str:
    if not before.cases or value == was:
        return ""
    return ("+" if value > was else "-") + money(talk, abs(value - was))


# ---------------------------------------------------------------------------------------------------------- the panels


def panels(talk: Talk, board: Board, selected: Selected, now: datetime) -> Panels:
    """The seven panels; the first ones matter most."""
    return Panels(
        (causes(talk, board, selected[0]), people(talk, board, selected[1], now), risk(talk, board, now)),
        (trend(talk, board), due(talk, board), equity(talk, board), suggestions(talk, board)),
    )


def causes(talk: Talk, board: Board, selected: int | None) -> Panel:
    """1: the Pareto by problem, with the share that each has together with those before it (rule D2)."""
    t, tn, found = talk.setting.words.t, talk.setting.words.tn, pareto(board.causes)
    most, total = max((c.counts.cases for c in found), default=0), board.counts.cases
    rows, rests, so_far = [], [], 0
    for n, cause in enumerate(found):
        rest = sum(one.counts.cases for one in found[n:])
        others = tn("One other", "Other {n}", len(found) - n)
        rests.append(PanelRow(others, (str(rest), per_cent(talk, so_far + rest, total)), bar=_part(rest, most)))
        so_far += cause.counts.cases
        cells = (str(cause.counts.cases), per_cent(talk, so_far, total))
        rows.append(PanelRow(problem_said(talk, cause.problem), cells, bar=_part(cause.counts.cases, most)))
    return Panel(
        "1", t("Causes"), (t("cases"), t("cum.")), tuple(rows), t("No cases in this period."),
        rows[0].name if rows else t("No cases in this period."), t("and {n} more", n="{n}"), selected=selected,
        rests=tuple(rests),
    )  # fmt: skip


def _part(n: int, of: int) -> float:
    return n / of if of else 0.0


def trend(talk: Talk, board: Board) -> Panel:
    """2: the share on time of the last periods."""
    t, count = talk.setting.words.t, len(board.trend)
    titles = {
        "day": t("On time, {n} days", n=count), "week": t("On time, {n} weeks", n=count),
        "month": t("On time, {n} months", n=count),
    }  # fmt: skip
    title = titles.get(board.scope.period.grain, t("On time, {n} periods", n=count))
    points = tuple(share(point.counts.on_time, point.counts.cases) for point in board.trend)
    brief = per_cent(talk, board.counts.on_time, board.counts.cases)
    if all(point is None for point in points):
        return Panel("2", t("On time"), empty=t("Nothing to compare yet."), brief=brief)
    return Panel("2", title, trend=points, brief=brief)


def due(talk: Talk, board: Board) -> Panel:
    """3: what is overdue, and what else falls due today (rules C4, C5, C6)."""
    tn, t = talk.setting.words.tn, talk.setting.words.t

    def of(kind: str) -> int:
        return sum(getattr(one, kind) for one in board.due)

    said = (
        ("bad", of("promises_overdue"), tn("one promise overdue", "{n} promises overdue", of("promises_overdue"))),
        ("bad", of("follow_ups_overdue"), tn("one call overdue", "{n} calls overdue", of("follow_ups_overdue"))),
        ("bad", of("areas_overdue"), tn("one area late", "{n} areas late", of("areas_overdue"))),
        ("bad", of("exceptions_overdue"), tn("one exception late", "{n} exceptions late", of("exceptions_overdue"))),
        ("warn", of("promises_today"), tn("one promise today", "{n} promises today", of("promises_today"))),
        ("warn", of("follow_ups_today"), tn("one call today", "{n} calls today", of("follow_ups_today"))),
        ("warn", of("areas_today"), tn("one area today", "{n} areas today", of("areas_today"))),
        ("warn", of("exceptions_today"), tn("one exception today", "{n} exceptions today", of("exceptions_today"))),
    )
    rows = tuple(PanelRow(text, sign=mark) for mark, n, text in said if n)
    brief = t("{n} overdue, {m} today", n=of("overdue"), m=of("today"))
    return Panel("3", t("Pending"), rows=rows, empty=t("Nothing is owed today."), brief=brief,
                 hidden=t("and {n} more", n="{n}"))  # fmt: skip


def people(talk: Talk, board: Board, selected: int | None, now: datetime) -> Panel:
    """4: everybody in alphabetical order, and whom nobody has thanked for a while: no ranking (rule D6)."""
    t, listed = talk.setting.words.t, alphabetical(board.people)
    heads = (t("cases"), t("on time"), t("1st"), t("cost"), t("thanks"))
    rows = tuple(_person(talk, line) for line in listed)
    brief = talk.setting.words.tn("one person", "{n} people", len(rows))
    return Panel(
        "4", t("People"), heads, rows, t("Nobody has figures yet."), brief, t("and {n} more", n="{n}"),
        selected=selected, note=unthanked_in_short(talk, board.people, now),
    )  # fmt: skip


def _person(talk: Talk, line: PersonLine) -> PanelRow:
    counts = line.counts
    cells = (
        str(counts.cases), per_cent(talk, counts.on_time, counts.cases),
        per_cent(talk, counts.first_contact, counts.cases), money(talk, counts.cost),
        f"♦ {line.praises}" if line.praises else "0",
    )  # fmt: skip
    return PanelRow(line.person.name, cells, mark="accent" if line.praises else "")


def equity(talk: Talk, board: Board) -> Panel:
    """5: lowest, median and highest given for each problem (rule D4)."""
    t, found = talk.setting.words.t, [one for one in board.spreads if not one.standing and one.n]
    rows = tuple(_spread(talk, one) for one in found)
    wide = max(found, key=lambda one: one.high - one.low, default=None)
    brief = ""
    if wide is not None:
        brief = t("from {low} to {high}", low=money(talk, wide.low), high=money(talk, wide.high))
    return Panel(
        "5", t("Equal treatment"), (t("■ median"),), rows, t("Nothing was given in this period."), brief,
        t("and {n} more", n="{n}"),
    )  # fmt: skip


def _spread(talk: Talk, spread: Spread) -> PanelRow:
    middle = _part(spread.middle - spread.low, spread.high - spread.low)
    ends = (money(talk, spread.low), money(talk, spread.high))
    return PanelRow(
        problem_said(talk, spread.problem), ends, spread=(0.0, middle, 1.0 if spread.high > spread.low else 0)
    )


def risk(talk: Talk, board: Board, now: datetime) -> Panel:
    """6: customers who may be lost (rule D3)."""
    t, days = talk.setting.words.t, policy_of(talk).risk_days
    rows = tuple(_at_risk(talk, line, now) for line in board.risk)
    return Panel(
        "6", t("Customers at risk"), (t("complaints, {n} days", n=days), t("last")), rows, t("Nobody is at risk."),
        str(board.at_risk) if board.at_risk else t("Nobody is at risk."), t("and {n} more", n="{n}"),
    )  # fmt: skip


def _at_risk(talk: Talk, line: RiskLine, now: datetime) -> PanelRow:
    mark = "good" if line.retaining else "warn"
    return PanelRow(named(talk, line.name), (str(line.complaints), ago(talk, line.last_at, now)), sign=mark)


def ago(talk: Talk, at: datetime, now: datetime) -> str:
    """How many days ago, by the branch's calendar."""
    t, tn, zone = talk.setting.words.t, talk.setting.words.tn, talk.setting.shown.zone
    days = (now.astimezone(zone).date() - at.astimezone(zone).date()).days
    return t("today") if days <= 0 else tn("yesterday", "{n} days ago", days)


def suggestions(talk: Talk, board: Board) -> Panel:
    """7: what waits for an answer, and whose it is (rule D5)."""
    t, tn = talk.setting.words.t, talk.setting.words.tn
    rows = tuple(PanelRow(one.by.split()[0] if one.by else "", (one.text,)) for one in board.suggestions)
    brief = tn("one waits", "{n} wait", board.waiting) if board.waiting else t("none waits")
    return Panel("7", t("Suggestions"), rows=rows, empty=brief, brief=brief, hidden=t("and {n} more", n="{n}"))
