"""What can be asked of a store, within one transaction that sees one moment of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from mesa_recuperacion.domain.analysis import Analysis, Measured
from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.clock import Moment, from_ms
from mesa_recuperacion.domain.evolve import replay
from mesa_recuperacion.domain.facts import Entry, Fact, FollowUpAnswered, NoteAdded, StationOpened
from mesa_recuperacion.domain.lockout import Lock
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.review.scope import Behind
from mesa_recuperacion.domain.views import (
    Adjustment,
    AgendaItem,
    BudgetView,
    Card,
    CaseFile,
    Customer,
    CustomerFile,
    DayCount,
    Draft,
    News,
    OfferItem,
    OpenItem,
    Person,
    SuggestionItem,
)
from mesa_recuperacion.journal.chain import NO_KEYS, Ring
from mesa_recuperacion.journal.record import Record
from mesa_recuperacion.store import analyses, cards, finding, lines, owed, staff, station, team
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.counting import usual_amount
from mesa_recuperacion.store.prepared import Prepared
from mesa_recuperacion.store.versions import Published

DAY = Prepared(
    "SELECT coalesce(sum(cases), 0), coalesce(sum(on_time), 0), coalesce(sum(first_contact), 0) FROM case_total "
    "WHERE grain = 'd' AND day = ? AND person = ?"
)
"""A person's counts of a day of the branch."""

_PIN = Prepared("SELECT hash FROM credential WHERE person = ?")
_BUDGET = Prepared("SELECT * FROM budget WHERE person = ? ORDER BY ends_at_ms DESC LIMIT 1")
_DRAFTS = Prepared("SELECT * FROM draft WHERE person = ? ORDER BY at_ms DESC, slot")
_ONE_DRAFT = Prepared("SELECT * FROM draft WHERE person = ? AND slot = ?")
_SEED = Prepared("SELECT seed FROM draft WHERE person = ? ORDER BY at_ms DESC LIMIT 1")


class Reading:
    """One moment of the store.  Every answer is a value; nothing that is answered holds the transaction open.

    What is asked of a customer is answered of the card that theirs is read as, with the cases of all its cards.
    All methods raise the errors of ``store.errors``.
    """

    def __init__(self, connection: Connection, stream: str, ring: Ring = NO_KEYS) -> None:
        self._connection = connection
        self._stream = stream
        self._ring = ring

    @property
    def connection(self) -> Connection:
        """The transaction as it is, for this package's own use."""
        return self._connection

    @property
    def ring(self) -> Ring:
        """The keys that lines of the journal are proved with."""
        return self._ring

    def chain_key(self) -> str:
        """The name of the key that ties this station's stream now; empty if none does."""
        return station.chain_key(self._connection, self._stream)

    def station(self) -> StationOpened | None:
        """The station that this store belongs to; ``None`` before its first fact."""
        return station.opened(self._connection)

    def people(self) -> tuple[Person, ...]:
        """Who works here, by their number."""
        return tuple(person for person in self.everybody() if not person.retired)

    def everybody(self) -> tuple[Person, ...]:
        """Who works here and who did, by their number: names stay readable."""
        return staff.everybody(self._connection)

    def person_by_number(self, number: int) -> Person | None:
        """Who types that number to enter; also somebody who no longer works here, whose number stays theirs."""
        return staff.by_number(self._connection, number)

    def person(self, person: str) -> Person | None:
        """Who works here by that reference; ``None`` for who no longer does."""
        found = staff.by_id(self._connection, person)
        return None if found is None or found.retired else found

    def credential(self, person: str) -> str | None:
        """The hash of a person's PIN; ``None`` if they have none yet."""
        row = _PIN.one(self._connection, person)
        return (row[0] or None) if row else None

    def failures(self, who: str) -> tuple[int, Lock | None]:
        """The wrong PINs in a row of a person, or of a place that counts its own, and the wait that followed."""
        return staff.failures(self._connection, who)

    def policy_text(self, number: int | None = None) -> tuple[int, str] | None:
        """A published policy's number and text; the latest one's if no number is given."""
        return Published(self._connection).text(number)

    def policy_at(self, now: datetime) -> tuple[int, str] | None:
        """The number and the text of the policy that is in force at an instant; ``None`` before the first."""
        return Published(self._connection).in_force(now)

    @property
    def published(self) -> Published:
        """What else can be asked about the versions of the policy."""
        return Published(self._connection)

    def already(self, command: str) -> tuple[Entry, ...]:
        """What a command has caused; empty if it never took effect."""
        return lines.command_entries(self._connection, command)

    def entries(self, case: str) -> tuple[Entry, ...]:
        """Everything that happened in a case, in order."""
        return lines.case_entries(self._connection, case)

    def case_state(self, folio: str) -> CaseState | None:
        """Where a case stands."""
        return replay(self.entries(folio))

    def case_file(self, folio: str, *, now: datetime | None = None, risk_days: int = 0) -> CaseFile | None:
        """A case with its customer, whose history leaves out this case.

        The customer's ``recent`` counts the ``risk_days`` before ``now``; without ``now``, what it was at the opening.
        """
        entries = self.entries(folio)
        state = replay(entries)
        if state is None:
            return None
        recent = state.earlier if now is None else now - timedelta(days=risk_days)
        who = cards.card(self._connection, state.customer, recent=recent, but=folio)
        notes = tuple(said for entry in entries if (said := _said(entry.fact)))
        owner = staff.by_id(self._connection, state.owner)
        customer = who or Customer(state.customer, "", "", "")
        return CaseFile(state, customer, self.usual(state.problem), notes, owner.name if owner else "")

    def next_number(self) -> int:
        """The number of the next case that this station opens."""
        return station.next_number(self._connection, self._stream)

    def budget(self, person: str) -> tuple[BudgetView, datetime] | None:
        """A person's latest funded period and when it ends."""
        row = _BUDGET.first(self._connection, person)
        if row is None:
            return None
        funded, reserved, spent = (Money(minor, row.currency) for minor in (row.funded, row.reserved, row.spent))
        return BudgetView(row.period, funded, reserved, spent), from_ms(row.ends_at_ms)

    def adjustment(self, adjustment: str) -> Adjustment | None:
        """A change of a budget."""
        return staff.adjustment(self._connection, adjustment)

    def owed_in(self, owner: str) -> tuple[str, ...]:
        """The folios of the cases in which somebody still owes something, in order."""
        return staff.owed_in(self._connection, owner)

    def card(self, customer: str) -> Card | None:
        """A customer's card as it is kept, whatever it is read as; everything else is of the card it is read as."""
        return cards.kept(self._connection, customer)

    def customer(self, customer: str, *, now: datetime, risk_days: int) -> Customer | None:
        """A customer with the five latest cases."""
        return cards.card(self._connection, customer, recent=now - timedelta(days=risk_days))

    def customer_file(self, customer: str, *, now: datetime, risk_days: int) -> CustomerFile | None:
        """A customer's whole file: the fifty latest cases, who else has the telephone, what was merged."""
        return cards.file(self._connection, customer, now - timedelta(days=risk_days))

    def find_customers(self, text: str, *, now: datetime, risk_days: int, limit: int = 8) -> tuple[Customer, ...]:
        """The customers that a typed text may mean, the likeliest first, each with the two latest cases.

        Every typed word has to begin some word of the name or the telephone's digits; accents and case are ignored.
        """
        return finding.find(self._connection, text, limit, now, risk_days)

    def complaints(self, customer: str, since: datetime) -> int:
        """How many cases a customer has had since an instant."""
        return cards.since(self._connection, customer, since)[0]

    def problems(self, customer: str, since: datetime) -> tuple[str, ...]:
        """The problem of each of those cases, the latest first."""
        return cards.problems(self._connection, customer, since)

    def alike(self, customer: str, problem: str, since: datetime, most: int) -> tuple[str, ...]:
        """The folios of those of this station with a problem, the latest first, at most so many."""
        return cards.alike(self._connection, customer, problem, since, self._stream, most)

    def signs(self, customer: str, since: datetime) -> tuple[int, int]:
        """How many of those cases had a promise broken, and how many a customer who said "not satisfied" (rule D3)."""
        return cards.since(self._connection, customer, since)[1:]

    def retaining(self, customer: str) -> bool:
        """Whether somebody is to call this customer already, so that they stay (rule D12)."""
        return cards.retaining(self._connection, customer)

    def agenda(self, owner: str, until: datetime) -> tuple[AgendaItem, ...]:
        """What a person (or supervision) owes until an instant, the earliest first."""
        return owed.due(self._connection, owner, until)

    def late_areas(self, now: datetime) -> tuple[AgendaItem, ...]:
        """What areas have not answered in time, whoever asked them, the earliest first."""
        return owed.late_areas(self._connection, now)

    def open_cases(self, owner: str) -> tuple[OpenItem, ...]:
        """A person's cases that are not closed, in the order in which they were left."""
        return owed.open_cases(self._connection, owner)

    def offers(self, person: str) -> tuple[OfferItem, ...]:
        """The cases that a person is asked to take over, the earliest first."""
        return owed.offers(self._connection, person)

    def suggestions(self) -> tuple[SuggestionItem, ...]:
        """The suggestions that wait for an answer, the oldest first."""
        return team.waiting(self._connection)

    def suggestion(self, suggestion: str) -> SuggestionItem | None:
        """A suggestion that waits for its answer."""
        return next(iter(team.waiting(self._connection, suggestion)), None)

    def news(self, person: str) -> tuple[News, ...]:
        """What a person has not read yet, the oldest first: praise, and answers to their suggestions."""
        return team.news(self._connection, person)

    def praise(self, person: str, since: datetime) -> News | None:
        """The latest praise that a person got since an instant, read or not."""
        return team.latest_praise(self._connection, person, since)

    def unread(self, person: str, item: str) -> bool:
        """Whether a praise, or the answer to a suggestion, waits to be read by that person."""
        return team.unread(self._connection, person, item)

    def acknowledged(self, person: str) -> int:
        """The latest version of the policy that a person has acknowledged; 0 before the first."""
        return team.acknowledged(self._connection, person)

    def analysis(self, analysis: str) -> Analysis | None:
        """A root cause analysis, over or not."""
        return analyses.one(self._connection, analysis)

    def actions(self, owner: str, until: datetime) -> tuple[AgendaItem, ...]:
        """The corrective actions that a person owns and that fall due until an instant, the earliest first."""
        return analyses.actions(self._connection, owner, until)

    def measured(self, behind: Behind) -> Measured:
        """What the cases behind a figure came to."""
        from mesa_recuperacion.store.review.measures import measured  # which reads by way of this class

        return measured(self, behind)

    def day_count(self, person: str, day: date) -> DayCount:
        """A person's cases first closed on a day of the branch."""
        return DayCount(*DAY.one(self._connection, day.isoformat(), person))

    def usual(self, problem: str) -> Money | None:
        """The median of what was delivered for a problem in the station's currency; ``None`` before the first."""
        here = self.station()
        return None if here is None else usual_amount(self._connection, problem, here.currency)

    def drafts(self, person: str) -> tuple[Draft, ...]:
        """What a person has half typed, the latest first."""
        return tuple(map(_draft, _DRAFTS.rows(self._connection, person)))

    def seed(self, person: str) -> str:
        """What a person's latest draft has kept to make the next command's identity of; empty if it is used up."""
        row = _SEED.one(self._connection, person)
        return row[0] if row else ""

    def draft(self, person: str, slot: str) -> Draft | None:
        """What a person has half typed in one place."""
        row = _ONE_DRAFT.first(self._connection, person, slot)
        return row and _draft(row)

    def moment(self) -> Moment | None:
        """What the clocks said when this station last looked; ``None`` if it never did."""
        return station.moment(self._connection, self._stream)

    def running(self, since: datetime) -> tuple[str, ...]:
        """The cases of this station, whoever's, whose time is being counted: not closed, or closed since then."""
        return station.running(self._connection, self._stream, since)

    def head(self) -> tuple[str, int, bytes]:
        """The stream, and the seq and hash of its last line (0 and zeros before the first)."""
        return (self._stream, *lines.head_of(self._connection, self._stream))

    def records(self, after_seq: int = 0, limit: int = 1000, stream: str = "") -> Sequence[Record]:
        """The next lines after one, of this station's stream or another."""
        return lines.page(self._connection, stream or self._stream, after_seq, limit)


def _draft(row: Any) -> Draft:
    started = None if row.started_at_ms is None else from_ms(row.started_at_ms)
    return Draft(row.slot, row.stage, row.line, started, from_ms(row.at_ms))


def _said(fact: Fact) -> str:
    """What a fact adds to the notes of its case: a note, or the customer's own words to a follow-up (rule A3)."""
    if isinstance(fact, NoteAdded):
        return fact.note
    return fact.words if isinstance(fact, FollowUpAnswered) else ""
