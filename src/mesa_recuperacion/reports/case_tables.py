"""Cases, one case, and what is owed or was asked for in them, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from mesa_recuperacion.domain.review.cases import Case, CaseLine, Cases
from mesa_recuperacion.domain.review.due import Due
from mesa_recuperacion.domain.review.exceptions import Exceptions, Spending
from mesa_recuperacion.domain.review.outliers import Outliers
from mesa_recuperacion.domain.review.risk import Risk
from mesa_recuperacion.i18n.words import later
from mesa_recuperacion.reports.columns import Column, Table, Value, reasons, status
from mesa_recuperacion.reports.voice import Voice


def _listed(answer: Cases, voice: Voice) -> Iterator[tuple[Value, ...]]:
    yield from _cases(answer.lines, voice)


def _cases(lines: tuple[CaseLine, ...], voice: Voice) -> Iterator[tuple[Value, ...]]:
    for c in lines:
        yield (c.folio, c.at, voice.customer(c.customer), c.person, voice.problem(c.problem), c.elapsed, c.standard,
               c.elapsed <= c.standard, c.first_contact, voice.remedy(c.remedy, c.problem), c.remedy_cost, c.given,
               c.statutory, c.exception, c.satisfied, status(c.status, voice))  # fmt: skip


def _timeline(answer: Case, voice: Voice) -> Iterator[tuple[Value, ...]]:
    names = dict(answer.people)
    for e in answer.entries:
        yield (f"{e.stream} {e.seq}", e.at, names.get(e.actor, voice.person(e.actor)), e.policy, voice.tell(e))


def _proof(answer: Case, voice: Voice) -> Iterator[tuple[Value, ...]]:
    p = answer.proof
    yield (p.stream, p.first, p.last, p.lines, p.is_intact, p.touched or None, p.whole)


CASES = Table("cases", later("Cases"), (
    Column("folio", later("Case")), Column("closed_at", later("First closed"), "instant"),
    Column("customer", later("Customer")), Column("person", later("Closed by")), Column("problem", later("Problem")),
    Column("elapsed", later("Time taken"), "seconds"), Column("standard", later("Standard time"), "seconds"),
    Column("on_time", later("On time"), "flag"), Column("first_contact", later("At first contact"), "flag"),
    Column("remedy", later("Remedy")), Column("remedy_cost", later("Remedies"), "money"),
    Column("given", later("Compensations"), "money"), Column("statutory", later("Owed by law"), "money"),
    Column("exception", later("Exception"), "flag"), Column("satisfied", later("Satisfied"), "flag"),
    Column("status", later("Now")),
), _listed)  # fmt: skip

CASE = (
    Table("timeline", later("What happened"), (
        Column("line", later("Line")), Column("at", later("When"), "instant"), Column("person", later("Who")),
        Column("policy", later("Policy version"), "count"), Column("what", later("What")),
    ), _timeline),
    Table("proof", later("Proof"), (
        Column("stream", later("Station")), Column("first", later("First line"), "count"),
        Column("last", later("Last line"), "count"), Column("lines", later("Lines"), "count"),
        Column("intact", later("Intact"), "flag"), Column("touched", later("Touched line"), "count"),
        Column("whole", later("None missing"), "flag"),
    ), _proof),
)  # fmt: skip


# -------------------------------------------------------------------------------------------------- due, risk, money


def _due(answer: Due, voice: Voice) -> Iterator[tuple[Value, ...]]:
    for one in answer.lines:
        i = one.item
        yield (voice.owed(i.kind), i.due_at, one.overdue, i.owner or voice.person(one.owner), i.customer, i.case,
               voice.area(i.area) if i.area else "", i.attempt)  # fmt: skip


DUE = Table("owed", later("What is due"), (
    Column("kind", later("What")), Column("due_at", later("By when"), "instant"),
    Column("overdue", later("Overdue"), "flag"), Column("owner", later("Who")), Column("customer", later("Customer")),
    Column("case", later("Case")), Column("area", later("Area")), Column("attempt", later("Attempt"), "count"),
), _due)  # fmt: skip


def _risk(answer: Risk, voice: Voice) -> Iterator[tuple[Value, ...]]:
    for r in answer.lines:
        call = r.call
        yield (voice.customer(r.name), r.complaints, r.last_at, r.case, reasons(r.reasons, voice), r.retaining,
               (call.owner or voice.person("supervision")) if call else "", call.due_at if call else None)  # fmt: skip


RISK = Table("risk", later("Customers at risk"), (
    Column("customer", later("Customer")), Column("complaints", later("Complaints"), "count"),
    Column("last_at", later("Last one"), "instant"), Column("case", later("Case")), Column("reasons", later("Why")),
    Column("retaining", later("Call under way"), "flag"), Column("caller", later("Who calls")),
    Column("call_by", later("By when"), "instant"),
), _risk)  # fmt: skip


def _exceptions(answer: Exceptions, voice: Voice) -> Iterator[tuple[Value, ...]]:
    t = voice.words.t
    known = {"waiting": t("waiting for an answer"), "authorised": t("authorised, not taken"), "granted": t("granted"),
             "declined": t("not granted"), "forgotten": t("Forgotten customer")}  # fmt: skip
    for e in answer.lines:
        yield (e.folio, e.at, voice.customer(e.customer), e.person, voice.problem(e.problem),
               voice.gesture(e.compensation), e.amount, e.over_cap, e.reason, known.get(e.status, e.status), e.by,
               e.answered_at, e.answer)  # fmt: skip


EXCEPTIONS = Table("exceptions", later("Exceptions"), (
    Column("folio", later("Case")), Column("at", later("When"), "instant"), Column("customer", later("Customer")),
    Column("person", later("Asked by")), Column("problem", later("Problem")),
    Column("compensation", later("Compensation")), Column("amount", later("Amount"), "money"),
    Column("over_cap", later("Above the cap by"), "money"), Column("reason", later("Why")),
    Column("status", later("Now")), Column("by", later("Answered by")),
    Column("answered_at", later("Answered on"), "instant"), Column("answer", later("Answer")),
), _exceptions)  # fmt: skip


def _spending(answer: Spending, voice: Voice) -> Iterator[tuple[Value, ...]]:
    for s in answer.lines:
        yield (s.folio, s.at, voice.customer(s.customer), s.person, voice.problem(s.problem),
               voice.gesture(s.compensation), s.amount)  # fmt: skip


SPENDING = Table("spending", later("What a budget paid"), (
    Column("folio", later("Case")), Column("at", later("When"), "instant"), Column("customer", later("Customer")),
    Column("person", later("Given by")), Column("problem", later("Problem")),
    Column("compensation", later("Compensation")), Column("amount", later("Amount"), "money"),
), _spending)  # fmt: skip


# ---------------------------------------------------------------------------------------------------------- outliers


def _bars(answer: Outliers, voice: Voice) -> Iterator[tuple[Value, ...]]:
    new = {bar.minor: bar.n for bar in answer.new}
    for bar in answer.bars:
        yield (bar.minor, bar.n, new.get(bar.minor, 0))


def _ends(answer: Outliers, voice: Voice) -> Iterator[tuple[Value, ...]]:
    t = voice.words.t
    for end, lines in ((t("least"), answer.least), (t("most"), answer.most)):
        for row in _cases(lines, voice):
            yield (end, *row)


OUTLIERS = (
    Table("amounts", later("What was given"), (
        Column("amount", later("Amount"), "money"), Column("cases", later("Cases"), "count"),
        Column("new", later("Of new customers"), "count"),
    ), _bars),
    Table("ends", later("The least and the most"), (Column("end", later("End")), *CASES.columns), _ends),
)  # fmt: skip
