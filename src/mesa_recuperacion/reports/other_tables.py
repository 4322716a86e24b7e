"""Areas, equity, what choices achieved, people, budgets, suggestions, root causes: as tables."""

from __future__ import annotations

from collections.abc import Iterator

from mesa_recuperacion.domain.analysis import Analysis
from mesa_recuperacion.domain.review.analyses import Analyses, Result
from mesa_recuperacion.domain.review.budgets import Budgets, Changes
from mesa_recuperacion.domain.review.candidates import Candidates
from mesa_recuperacion.domain.review.own import PersonPage
from mesa_recuperacion.domain.review.staff import Staff, StaffPerson
from mesa_recuperacion.domain.review.suggestions import Suggestions
from mesa_recuperacion.domain.review.totals import Areas, Equity, Remedies, at_rank, median
from mesa_recuperacion.i18n.words import later
from mesa_recuperacion.reports.columns import COUNTS, Column, Table, Value, counted
from mesa_recuperacion.reports.voice import Voice

Cells = Iterator[tuple[Value, ...]]


def _areas(answer: Areas, voice: Voice) -> Cells:
    for a in answer.lines:
        yield (a.area, voice.area(a.area), a.asked, a.kept, a.late, a.withdrawn, a.kept_share, a.waiting, a.overdue)


AREAS = Table("areas", later("Areas"), (
    Column("area", later("Code")), Column("name", later("Area")), Column("asked", later("Asked"), "count"),
    Column("kept", later("In time"), "count"), Column("late", later("Late"), "count"),
    Column("withdrawn", later("Withdrawn"), "count"), Column("kept_share", later("In time, share"), "percent"),
    Column("waiting", later("Waiting now"), "count"), Column("overdue", later("Overdue now"), "count"),
), _areas)  # fmt: skip


def _equity(answer: Equity, voice: Voice) -> Cells:
    for h in answer.histograms:
        yield (h.problem, voice.problem(h.problem), h.standing, h.n, h.bars[0].minor, median(h.bars),
               at_rank(h.bars, h.n))  # fmt: skip


def _given(answer: Equity, voice: Voice) -> Cells:
    for h in answer.histograms:
        for bar in h.bars:
            yield (h.problem, voice.problem(h.problem), h.standing, bar.minor, bar.n)


EQUITY = (
    Table("spreads", later("Equal treatment"), (
        Column("problem", later("Code")), Column("name", later("Problem")), Column("standing", later("Customers")),
        Column("cases", later("Cases"), "count"), Column("lowest", later("Lowest"), "money"),
        Column("median", later("Median"), "money"), Column("highest", later("Highest"), "money"),
    ), _equity),
    Table("amounts", later("What was given"), (
        Column("problem", later("Code")), Column("name", later("Problem")), Column("standing", later("Customers")),
        Column("amount", later("Amount"), "money"), Column("cases", later("Cases"), "count"),
    ), _given),
)  # fmt: skip


def _remedies(answer: Remedies, voice: Voice) -> Cells:
    t = voice.words.t
    for a in answer.lines:
        remedy = a.kind == "remedy"
        name = voice.remedy(a.code, a.problem) if remedy else voice.gesture(a.code)
        yield (t("remedy") if remedy else t("compensation"), a.code, name, voice.problem(a.problem), a.used, a.cost,
               a.kept, a.ended, a.kept_share, a.satisfied, a.asked, a.satisfied_share)  # fmt: skip


REMEDIES = Table("achieved", later("What each remedy achieved"), (
    Column("kind", later("What")), Column("code", later("Code")), Column("name", later("Name")),
    Column("problem", later("Problem")), Column("used", later("Used"), "count"), Column("cost", later("Cost"), "money"),
    Column("kept", later("Promises kept"), "count"), Column("ended", later("Promises ended"), "count"),
    Column("kept_share", later("Kept, share"), "percent"), Column("satisfied", later("Satisfied"), "count"),
    Column("asked", later("Answered"), "count"), Column("satisfied_share", later("Satisfied, share"), "percent"),
), _remedies)  # fmt: skip


# ------------------------------------------------------------------------------------------------- people and budgets


def _staff(answer: Staff, voice: Voice) -> Cells:
    for line in answer.lines:
        p = line.person
        yield (p.number, p.name, role(p.role, voice), p.retired, line.open_cases, line.owed)


def role(of: str, voice: Voice) -> str:
    """What somebody is, in words."""
    t = voice.words.t
    return {"agent": t("agent"), "supervisor": t("supervisor")}.get(of, of)


def _staff_person(answer: StaffPerson, voice: Voice) -> Cells:
    p = answer.person
    yield (p.number, p.name, role(p.role, voice), p.retired, len(answer.cases), answer.owed)


_STAFF = (
    Column("number", later("Number"), "count"), Column("person", later("Name")), Column("role", later("Role")),
    Column("retired", later("Retired"), "flag"), Column("open_cases", later("Open cases"), "count"),
    Column("owed", later("Things owed"), "count"),
)  # fmt: skip
STAFF = Table("staff", later("Who works here"), _STAFF, _staff)
STAFF_PERSON = Table("staff", later("Who works here"), _STAFF, _staff_person)


def _person(answer: PersonPage, voice: Voice) -> Cells:
    t = voice.words.t
    for name, counts in ((answer.person.name, answer.counts), (t("period before"), answer.before),
                         (t("the branch"), answer.branch)):  # fmt: skip
        yield (name, *counted(counts))


def _praises(answer: PersonPage, voice: Voice) -> Cells:
    for praise in answer.praises:
        yield (praise.at, praise.by, praise.about, praise.text)


PERSON = (
    Table("person", later("Figures"), (Column("who", later("Who")), *COUNTS), _person),
    Table("praises", later("Praises"), (
        Column("at", later("When"), "instant"), Column("by", later("By")), Column("case", later("Case")),
        Column("text", later("Praise")),
    ), _praises),
)  # fmt: skip


def _budgets(answer: Budgets, voice: Voice) -> Cells:
    for line in (*answer.lines, answer.reserve):
        b = line.budget
        yield (line.number or None, line.name or voice.words.t("the reserve"), b.period, line.ends_at, b.funded.minor,
               line.added.minor, b.reserved.minor, b.spent.minor, b.left.minor)  # fmt: skip


BUDGETS = Table("budgets", later("Budgets"), (
    Column("number", later("Number"), "count"), Column("person", later("Name")), Column("period", later("Period")),
    Column("ends_at", later("Until"), "instant"), Column("funded", later("Funded"), "money"),
    Column("added", later("Added by supervision"), "money"), Column("reserved", later("Reserved"), "money"),
    Column("spent", later("Spent"), "money"), Column("left", later("Left"), "money"),
), _budgets)  # fmt: skip


def _changes(answer: Changes, voice: Voice) -> Cells:
    reserve = voice.words.t("the reserve")
    for c in answer.lines:
        who = reserve if c.person == "reserve" else voice.person(c.person)
        yield (c.at, who, c.period, c.amount.minor, voice.person(c.by), c.reason, c.undone, bool(c.undoes))


CHANGES = Table("changes", later("Changes of budgets"), (
    Column("at", later("When"), "instant"), Column("person", later("Whose")), Column("period", later("Period")),
    Column("amount", later("Amount"), "money"), Column("by", later("By")), Column("reason", later("Why")),
    Column("undone", later("Taken back"), "flag"), Column("undoes", later("Takes one back"), "flag"),
), _changes)  # fmt: skip


# ------------------------------------------------------------------------------------------- suggestions, root causes


def _suggestions(answer: Suggestions, voice: Voice) -> Cells:
    t = voice.words.t
    known = {"accept": t("accepted"), "try": t("to be tried"), "decline": t("not taken up")}
    for s in answer.lines:
        given = known.get(s.answer, t("waiting for an answer"))
        yield (s.at, s.by, s.text, given, s.words, s.answered_by, s.answered_at, s.adopted or None)


SUGGESTIONS = Table("suggestions", later("Suggestions"), (
    Column("at", later("When"), "instant"), Column("by", later("By")), Column("text", later("Suggestion")),
    Column("answer", later("Answer")), Column("words", later("What was said")),
    Column("answered_by", later("Answered by")), Column("answered_at", later("Answered on"), "instant"),
    Column("adopted", later("In version"), "count"),
), _suggestions)  # fmt: skip


def _candidates(answer: Candidates, voice: Voice) -> Cells:
    for group in answer.groups:
        yield (group.text, group.n, " ".join(group.folios))


CANDIDATES = Table("candidates", later("Candidates for the list"), (
    Column("text", later("What was typed")), Column("cases", later("Cases"), "count"),
    Column("folios", later("Which")),
), _candidates)  # fmt: skip


def _analyses(answer: Analyses, voice: Voice) -> Cells:
    """Those that run stand on every page of the answer; they are written once, with the first."""
    for analysis in (*(answer.running if answer.before is None else ()), *answer.ended):
        yield _analysis(analysis, voice)


def _analysis(a: Analysis, voice: Voice) -> tuple[Value, ...]:
    t = voice.words.t
    states = {"open": t("begun"), "agreed": t("agreed"), "answered": t("answered"), "reviewed": t("concluded"),
              "dropped": t("given up")}  # fmt: skip
    return (a.at, voice.person(a.by), voice.scope(a.behind.scope), voice.behind(a.behind), a.measured.cases,
            " / ".join(a.whys), a.cause, family(a.family, voice), a.action, voice.person(a.owner) if a.owner else "",
            a.due_at, states.get(a.state, a.state), a.done, a.helped, a.words)  # fmt: skip


def family(of: str, voice: Voice) -> str:
    """A family of causes, in words (rule D2)."""
    t = voice.words.t
    known = {"product": t("product"), "process": t("process"), "people": t("people"), "value": t("value")}
    return known.get(of, of)


ANALYSES = Table("root_causes", later("Root causes"), (
    Column("at", later("Begun"), "instant"), Column("by", later("By")), Column("scope", later("Period and filter")),
    Column("behind", later("Which cases")), Column("cases", later("Cases"), "count"),
    Column("whys", later("Five whys")), Column("cause", later("Root cause")),
    Column("family", later("Cause family")), Column("action", later("Corrective action")),
    Column("owner", later("Who")), Column("due_at", later("By when"), "instant"), Column("state", later("Now")),
    Column("done", later("Done"), "flag"), Column("helped", later("It helped"), "flag"),
    Column("words", later("What was said")),
), _analyses)  # fmt: skip


def _result(answer: Result, voice: Voice) -> Cells:
    for side in (answer.before, answer.after):
        found = side.measured
        yield (voice.period(side.period), side.period.first, side.period.last, found.cases, found.of, found.late,
               found.cost)  # fmt: skip


RESULT = Table("before_and_after", later("Before and after"), (
    Column("period", later("Period")), Column("first", later("First day"), "day"),
    Column("last", later("Last day"), "day"), Column("number", later("Of the analysis"), "count"),
    Column("of", later("Of all"), "count"), Column("late", later("Out of time"), "count"),
    Column("cost", later("Cost"), "money"),
), _result)  # fmt: skip
