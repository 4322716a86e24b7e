"""The tables.  Rows never leave this package: whoever asks gets views, facts and records.

Instants are milliseconds since 1970 in UTC, money is minor units with its currency, truth is 0 or 1.  Those of
``store.kept`` are what we keep; those of this file are folded from the journal.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, Table

from mesa_recuperacion.store import analysis_tables, kept, list_tables, review_tables, shapes, station_tables
from mesa_recuperacion.store.columns import CLUSTERED as _CLUSTERED
from mesa_recuperacion.store.columns import STRICT as _STRICT
from mesa_recuperacion.store.columns import Base, index_where
from mesa_recuperacion.store.columns import integer as _integer
from mesa_recuperacion.store.columns import maybe as _maybe
from mesa_recuperacion.store.columns import words as _text


class PersonRow(Base, table=True):
    """Who works here, since when, and who no longer does (``retired``): their name and number stay theirs."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("role IN ('agent', 'supervisor')", name="person_role"),
        Index("person_number", "number", unique=True),
        _STRICT,
    )
    id: str = _text(key=True)
    number: int = _integer()
    name: str = _text()
    role: str = _text()
    since_ms: int = _integer()
    retired: int = _integer()


class PolicyRow(Base, table=True):
    """A published version of the policy, as its text: in force from ``starts_at_ms``, never before ``at_ms``."""

    __tablename__ = "policy_version"
    __table_args__ = _STRICT
    number: int = _integer(key=True)
    text: str = _text()
    at_ms: int = _integer()
    starts_at_ms: int = _integer()
    published_by: str = _text()


class BudgetRow(Base, table=True):
    """A person's budget of a period, or the branch's reserve; the database itself refuses to overspend it (rule B3)."""

    __tablename__ = "budget"
    __table_args__ = (
        CheckConstraint("funded >= 0", name="budget_funded"),
        CheckConstraint("reserved >= 0", name="budget_reserved"),
        CheckConstraint("spent >= 0", name="budget_spent"),
        CheckConstraint("reserved + spent <= funded", name="budget_overspent"),
        Index("budget_latest", "person", "ends_at_ms"),
        _STRICT,
    )
    person: str = _text(key=True)
    period: str = _text(key=True)
    currency: str = _text()
    funded: int = _integer()
    reserved: int = _integer()
    spent: int = _integer()
    ends_at_ms: int = _integer()


class AdjustmentRow(Base, table=True):
    """What a supervisor added to a budget or took from it; ``undoes`` and ``undone`` tie one to what takes it back."""

    __tablename__ = "adjustment"
    __table_args__ = (Index("adjustment_latest", "person", "period", "at_ms", "seq"), _STRICT)
    id: str = _text(key=True)
    person: str = _text()
    period: str = _text()
    currency: str = _text()
    minor: int = _integer()
    made_by: str = _text()
    at_ms: int = _integer()
    seq: int = _integer()
    reason: str = _text()
    undoes: str = _text()
    undone: int = _integer()


class CustomerRow(Base, table=True):
    """A customer card as it is kept; ``complaints`` counts the cases opened under it, ``last_at_ms`` is the latest's.

    ``joined`` is the card that it was merged into, ``merged_into`` the one that it is read as: where that one was
    merged in turn, the last of them.  Both are empty for a card that stands on its own.  ``forgotten``: its customer
    asked for that, and neither name nor telephone nor word is left (rule E3).
    """

    __tablename__ = "customer"
    __table_args__ = (index_where("customer_merged", "merged_into", where="merged_into <> ''"), _CLUSTERED)
    id: str = _text(key=True)
    joined: str = _text()
    merged_into: str = _text()
    name: str = _text()
    call_name: str = _text()
    phone: str = _text()
    complaints: int = _integer()
    last_at_ms: int | None = _maybe()
    forgotten: int = _integer()


class CustomerWordRow(Base, table=True):
    """What a customer is found by, who is named by the card that theirs are read as: ``place`` 0 a name's first word,
    1 its other words, 2 telephone digits.

    ``card`` and ``last_at_ms`` say all that a search asks about those whom it finds, so that it reads one stretch of
    the file: whether they have the other words too that were typed, how they sort by name, and when they complained
    last.  ``card`` has their names, two blanks before each but the first, and after ``#`` their digits: each word with
    a blank before it.
    """

    __tablename__ = "customer_word"
    __table_args__ = _CLUSTERED
    place: int = _integer(key=True)
    word: str = _text(key=True)
    customer: str = _text(key=True)
    card: str = _text()
    last_at_ms: int | None = _maybe()


class CaseRow(Base, table=True):
    """Where a case stands; ``step`` is where to go on, ``given`` all that the customer gets, ``last_at_ms`` its last
    fact.  ``broken``: a promise of it was; ``unsatisfied``: the customer said so, in a follow-up or at the closing.
    ``offered_to`` is who was asked to take it over and has not said no.  ``reserved`` is what was chosen for the
    customer and is not delivered yet.

    From ``counted_day`` on: what it adds to the counters (``store.review_tables``), empty and 0 until it was closed
    once.  ``counted_at_ms`` is its first closing, ``counted_by`` whoever closed it then, ``elapsed`` and ``standard``
    the seconds of that closing; ``remedy_cost``, ``gave`` (all gestures delivered) and ``statutory`` are minor units;
    ``standing`` is ``new`` or ``known``; ``marks`` has a bit of ``domain.review.marks.MARKS`` for each figure that it
    is behind.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        Index("case_file_customer", "customer", "opened_at_ms"),
        Index("case_file_owner", "owner", "status", "last_at_ms"),
        index_where("case_file_offered", "offered_to", where="offered_to <> ''"),
        *review_tables.case_indexes(),
        index_where("case_file_broken", "customer", "opened_at_ms", where="broken = 1"),
        index_where("case_file_unsatisfied", "customer", "opened_at_ms", where="unsatisfied = 1"),
        _STRICT,
    )
    folio: str = _text(key=True)
    stream: str = _text()
    customer: str = _text()
    owner: str = _text()
    status: str = _text()
    status_at_ms: int = _integer()
    step: str = _text()
    problem: str = _text()
    remedy: str = _text()
    given: int | None = _maybe()
    reserved: int = _integer()
    currency: str = _text()
    started_at_ms: int = _integer()
    opened_at_ms: int = _integer()
    closed_at_ms: int | None = _maybe()
    satisfied: int | None = _maybe()
    broken: int = _integer()
    unsatisfied: int = _integer()
    round: int = _integer()
    last_at_ms: int = _integer()
    offered_to: str = _text()
    offer_reason: str = _text()
    offered_at_ms: int | None = _maybe()
    branch: str = _text()
    counted_day: str = _text()
    counted_at_ms: int | None = _maybe()
    counted_by: str = _text()
    elapsed: int = _integer()
    standard: int = _integer()
    remedy_cost: int = _integer()
    gave: int = _integer()
    statutory: int = _integer()
    standing: str = _text()
    marks: int = _integer()


class AgendaRow(Base, table=True):
    """What somebody owes.  ``kind`` and ``what``: ``promise`` a remedy or ``answer``; ``verify``, ``return`` and
    ``retain`` (follow-ups) the problem; ``area`` the area that was asked; ``exception`` the minor units that
    supervision is asked for.
    """

    __tablename__ = "agenda"
    __table_args__ = (
        Index("agenda_due", "owner", "status", "due_at_ms"),
        index_where("agenda_waiting", "due_at_ms", "owner", "kind", where="status = 'pending'"),
        index_where("agenda_area", "due_at_ms", where="kind = 'area' AND status = 'pending'"),
        index_where("agenda_waits", "area", "case_id", where="area <> '' AND status = 'pending'"),
        index_where("agenda_kind", "kind", "due_at_ms", "id", where="status = 'pending'"),
        index_where("agenda_owner_kind", "owner", "kind", "due_at_ms", "id", where="status = 'pending'"),
        index_where("agenda_retain", "customer", "status", where="kind = 'retain'"),
        _STRICT,
    )
    id: str = _text(key=True)
    kind: str = _text()
    case_id: str = _text()
    customer: str = _text()
    owner: str = _text()
    what: str = _text()
    area: str = _text()
    due_at_ms: int = _integer()
    attempt: int = _integer()
    status: str = _text()


class GestureCountRow(Base, table=True):
    """How many times each amount was delivered for a problem: the histogram behind the usual amount."""

    __tablename__ = "gesture_count"
    __table_args__ = (CheckConstraint("n >= 0", name="gesture_count_n"), _CLUSTERED)
    problem: str = _text(key=True)
    currency: str = _text(key=True)
    minor: int = _integer(key=True)
    n: int = _integer()


class SuggestionRow(Base, table=True):
    """An idea of somebody who works here, and its answer (``answer`` is empty until there is one)."""

    __tablename__ = "suggestion"
    __table_args__ = (
        index_where("suggestion_waiting", "at_ms", where="answer = ''"),
        index_where("suggestion_accepted", "at_ms", where="answer = 'accept'"),
        index_where("suggestion_answered", "answered_at_ms", where="answer <> ''"),
        index_where("suggestion_unread", "person", "answered_at_ms", where="answer <> '' AND read_at_ms IS NULL"),
        _STRICT,
    )
    id: str = _text(key=True)
    person: str = _text()
    text: str = _text()
    at_ms: int = _integer()
    answer: str = _text()
    words: str = _text()
    answered_by: str = _text()
    answered_at_ms: int | None = _maybe()
    read_at_ms: int | None = _maybe()


class AdoptionRow(Base, table=True):
    """The version of the policy that takes up somebody's suggestion, and when they read that."""

    __tablename__ = "adoption"
    __table_args__ = (
        Index("adoption_number", "number"),
        index_where("adoption_unread", "person", where="read_at_ms IS NULL"),
        _STRICT,
    )
    suggestion: str = _text(key=True)
    person: str = _text()
    number: int = _integer()
    by: str = _text()
    at_ms: int = _integer()
    read_at_ms: int | None = _maybe()


class PraiseRow(Base, table=True):
    """Thanks that ``person`` was given; ``about`` is a folio or empty."""

    __tablename__ = "praise"
    __table_args__ = (
        Index("praise_latest", "person", "at_ms"),
        index_where("praise_unread", "person", "at_ms", where="read_at_ms IS NULL"),
        _STRICT,
    )
    id: str = _text(key=True)
    person: str = _text()
    given_by: str = _text()
    about: str = _text()
    text: str = _text()
    at_ms: int = _integer()
    read_at_ms: int | None = _maybe()


class AcknowledgementRow(Base, table=True):
    """The latest version of the policy that a person has acknowledged."""

    __tablename__ = "acknowledgement"
    __table_args__ = _CLUSTERED
    person: str = _text(key=True)
    number: int = _integer()


_ = analysis_tables, kept, list_tables, station_tables  # their tables are in the same registry
_ALL = Base.metadata.tables
journal, private_text = _ALL["journal"], _ALL["private_text"]
credential, draft, moment = _ALL["credential"], _ALL["draft"], _ALL["moment"]
handed_out = _ALL["handed_out"]
station, person, policy_version = _ALL["station"], _ALL["person"], _ALL["policy_version"]
chain_key = _ALL["chain_key"]
budget, adjustment = _ALL["budget"], _ALL["adjustment"]
customer, customer_word = _ALL["customer"], _ALL["customer_word"]
case_file, agenda = _ALL["case_file"], _ALL["agenda"]
gesture_count, case_total = _ALL["gesture_count"], _ALL["case_total"]
suggestion, praise, acknowledgement = _ALL["suggestion"], _ALL["praise"], _ALL["acknowledgement"]
adoption = _ALL["adoption"]

PROJECTIONS: tuple[Table, ...] = tuple(_ALL[shape.name] for shape in shapes.PROJECTIONS)
"""What is folded from the journal and can be made again from it."""
