"""The shape of a policy file: one class per table, every bound of every key (how it is read: ``policy.reading``).

Lengths are what an 80 by 24 terminal shows: names share a row with a price and a date, ``done`` is two words in the
rail, phrases take at most three lines.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from mesa_recuperacion.domain.clock import DEFAULT_STANDARD
from mesa_recuperacion.domain.hours import Window
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import Span
from mesa_recuperacion.domain.risk import MOST_COMPLAINTS, RISK_COMPLAINTS
from mesa_recuperacion.policy import values
from mesa_recuperacion.policy.reading import InCurrency, Table, key

TITLE_WIDTH = 60
DONE_WIDTH = 16
"""Columns of the rail under a step."""
LINE_WIDTH = 72
"""Columns of one line of what is acknowledged."""

Code = Annotated[str, values.read_code]
Title = Annotated[str, values.text_of(TITLE_WIDTH)]
ProblemName = Annotated[str, values.text_of(32)]
RemedyName = Annotated[str, values.text_of(34)]
CompensationName = Annotated[str, values.text_of(28)]
AreaName = Annotated[str, values.text_of(20)]
Minimum = Annotated[str, values.text_of(110)]
Question = Annotated[str, values.text_of(40)]
StatutoryName = Annotated[str, values.text_of(28)]
Line = Annotated[str, values.text_of(LINE_WIDTH)]
Never = Annotated[str, values.text_of(40)]

Done = Annotated[str, values.phrase_of(DONE_WIDTH, allows=())]
Phrase = Annotated[str, values.phrase_of(110)]
WhenPhrase = Annotated[str, values.phrase_of(110, needs="when")]
AskPhrase = Annotated[str, values.phrase_of(110, allows=("name", "when"))]
GivenPhrase = Annotated[str, values.phrase_of(110, allows=("name", "amount"))]
AmountPhrase = Annotated[str, values.phrase_of(110, needs="amount")]
AreaPhrase = Annotated[str, values.phrase_of(110, allows=("name", "area"))]
PersonPhrase = Annotated[str, values.phrase_of(110, needs="person")]

Currency = Annotated[str, values.read_currency]
Amount = Annotated[Money, InCurrency(values.read_money)]
Owed = Annotated[tuple[int, Money], InCurrency(values.read_owed)]
Within = Annotated[Span, values.read_span]
Length = Annotated[Span, values.read_some_span]
Zone = Annotated[ZoneInfo, values.read_zone]
Windows = Annotated[list[Annotated[Window, values.read_window]], sorted]
Day = Annotated[date, values.read_day]
Kind = Literal["in_kind", "voucher", "discount", "refund"]
Family = Literal["product", "process", "people", "value"]


class LimitsTable(Table):
    """What one case may cost (rule B2), and how long a closing can be undone (B5)."""

    case_cap: Amount
    undo_seconds: int = key(30, least=0, most=300)


class BudgetTable(Table):
    """What each agent may spend in a period, and the branch's reserve (rules B2, B4)."""

    period: Literal["day", "week", "month"]
    amount: Amount
    reserve: Amount


class TimeTable(Table):
    """Standard time in seconds until the problem is known (C3), the windows of C8 and D3 in days, an area's margin."""

    default_standard: int = key(DEFAULT_STANDARD, least=10, most=3600)
    repeat_days: int = key(least=1, most=365)
    risk_days: int = key(least=1, most=365)
    area_margin: Within = Span(1, "h")


class FollowUpTable(Table):
    """When somebody calls back (C6), and when a parked case returns (C4)."""

    after: Length
    retry_after: Length
    retries: int = key(least=0, most=10)
    park_return: Length


class RetentionTable(Table):
    """Who calls a customer at risk, how soon and with what (rule D12)."""

    owner: Literal["agent", "supervision"]
    within: Length
    what: Line
    complaints: int = key(RISK_COMPLAINTS, least=1, most=MOST_COMPLAINTS)


class GoalsTable(Table):
    """What the branch means to reach, in per cent of its cases (rule D10); what is not written has no goal."""

    on_time: int | None = key(None, least=1, most=100)
    first_contact: int | None = key(None, least=1, most=100)
    verified: int | None = key(None, least=1, most=100)


class StatutoryTable(Table):
    """How what the law owes is called (rule B6); each problem says how much."""

    name: StatutoryName


class HoursTable(Table):
    """Opening windows (rule C3); a day that is not written is closed."""

    zone: Zone
    monday: Windows = key([])
    tuesday: Windows = key([])
    wednesday: Windows = key([])
    thursday: Windows = key([])
    friday: Windows = key([])
    saturday: Windows = key([])
    sunday: Windows = key([])
    holidays: list[Day] = key([])

    def week(self) -> tuple[tuple[Window, ...], ...]:
        """The windows of each day, Monday first."""
        return tuple(tuple(getattr(self, day)) for day in DAYS)


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class PhrasesTable(Table):
    """What is said at each step, whatever the problem (rule A1).

    The last three are needed only where something makes them be said: ``policy.cross`` asks for them.
    """

    apology: Phrase
    apology_repeat: Phrase
    apology_broken: Phrase
    ask: Phrase
    ask_other: Phrase
    no_compensation: Phrase
    own_amount: AmountPhrase
    promise: WhenPhrase
    follow_up: WhenPhrase
    ask_phone: AskPhrase
    closing: Phrase
    promise_due: Phrase
    follow_up_due: Phrase
    not_satisfied: Phrase
    late: WhenPhrase
    exception: Phrase
    area: AreaPhrase
    hand_over: PersonPhrase
    price: Phrase | None = None
    statutory: AmountPhrase | None = None
    retention: Phrase | None = None


class NeversTable(Table):
    """What is never done, one line for each of the six steps (rule A1)."""

    apologise: Never
    listen: Never
    solve: Never
    compensate: Never
    promise: Never
    follow_up: Never


class AreaTable(Table):
    """An internal area and its response time."""

    code: Code
    name: AreaName
    response: Length


class CompensationTable(Table):
    """A gesture that problems may name."""

    code: Code
    name: CompensationName
    done: Done
    kind: Kind
    amount: Amount
    within: Within
    phrase: GivenPhrase


class RemedyTable(Table):
    """What puts one problem right; without ``area`` the agent does it, without ``promise`` the general one is said."""

    code: Code
    name: RemedyName
    done: Done
    kind: Kind
    cost: Amount
    within: Within
    area: str = ""
    phrase: Phrase
    promise: WhenPhrase | None = None


class ProblemTable(Table):
    """A failure that is recognised as one (rule B1)."""

    code: Code
    name: ProblemName
    family: Family | None = None
    minimum: Minimum
    standard: int | None = key(None, least=10, most=7200)
    phrase: Phrase
    question: Question
    usual: Amount | None = None
    statutory: Owed | None = None
    compensations: list[str] = key([], longest=20)
    remedy: list[RemedyTable] = key([], fewest=1, longest=20)


class PolicyFile(Table):
    """The whole file."""

    title: Title
    language: Literal["es", "en"]
    currency: Currency
    news: list[Line] = key([], longest=6)
    conduct: list[Line] = key([], longest=8)
    limits: LimitsTable
    budget: BudgetTable
    time: TimeTable
    follow_up: FollowUpTable
    retention: RetentionTable | None = None
    statutory: StatutoryTable | None = None
    goals: GoalsTable | None = None
    hours: HoursTable
    phrases: PhrasesTable
    nevers: NeversTable
    area: list[AreaTable] = key([], longest=40)
    compensation: list[CompensationTable] = key([], longest=40)
    problem: list[ProblemTable] = key([], fewest=1, longest=40)


SECTIONS: dict[tuple[str, ...], type[Table]] = {
    (): PolicyFile,
    ("limits",): LimitsTable,
    ("budget",): BudgetTable,
    ("time",): TimeTable,
    ("follow_up",): FollowUpTable,
    ("retention",): RetentionTable,
    ("statutory",): StatutoryTable,
    ("goals",): GoalsTable,
    ("hours",): HoursTable,
    ("phrases",): PhrasesTable,
    ("nevers",): NeversTable,
    ("area",): AreaTable,
    ("compensation",): CompensationTable,
    ("problem",): ProblemTable,
    ("problem", "remedy"): RemedyTable,
}
"""Each table, by its place in the file."""

LISTS = ("area", "compensation", "problem", "remedy")
"""The tables that are written with double brackets."""
