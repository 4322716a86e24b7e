"""Why not: refusals are values, turned into sentences where they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mesa_recuperacion.domain.money import Money


@dataclass(frozen=True, slots=True)
class Refusal:
    """Base of every refusal: nothing was written."""


@dataclass(frozen=True, slots=True)
class NameMissing(Refusal):
    """A customer has no name."""


@dataclass(frozen=True, slots=True)
class UnknownCustomer(Refusal):
    """No customer of that reference."""


@dataclass(frozen=True, slots=True)
class UnknownCase(Refusal):
    """No case of that folio."""

    case: str


@dataclass(frozen=True, slots=True)
class NotYours(Refusal):
    """The case belongs to somebody else."""

    owner: str


@dataclass(frozen=True, slots=True)
class CaseNotOpen(Refusal):
    """The case is closed: nothing more can be decided in it."""

    case: str


@dataclass(frozen=True, slots=True)
class NotAuthorised(Refusal):
    """The policy does not authorise that choice for this problem."""

    choice: str


@dataclass(frozen=True, slots=True)
class ProblemFirst(Refusal):
    """That step needs to know the problem."""


@dataclass(frozen=True, slots=True)
class TextMissing(Refusal):
    """That answer needs a few words.

    ``what`` is ``problem``, ``reason``, ``note``, ``area``, ``suggestion``, ``praise``, ``name`` (of somebody who works
    here) or ``change`` (of a budget); of an analysis ``why``, ``cause``, ``action``, ``outcome`` or ``dropped``.
    """

    what: str


@dataclass(frozen=True, slots=True)
class AmountMissing(Refusal):
    """An own amount must be more than nothing."""


@dataclass(frozen=True, slots=True)
class OverCap(Refusal):
    """More than one customer may get for one case; ``room`` is what is still allowed."""

    asked: Money
    cap: Money
    room: Money


@dataclass(frozen=True, slots=True)
class BudgetTooLight(Refusal):
    """More than the person may still spend."""

    asked: Money
    left: Money


@dataclass(frozen=True, slots=True)
class AlreadyPast(Refusal):
    """A promise for an hour that has passed."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class NoSuchPending(Refusal):
    """That promise or follow-up is not waiting for an answer (any more)."""


@dataclass(frozen=True, slots=True)
class NothingToUndo(Refusal):
    """There is no decision to take back."""


@dataclass(frozen=True, slots=True)
class WentOn(Refusal):
    """Something else was done in the case meanwhile: what was to be taken back is no longer the last."""


@dataclass(frozen=True, slots=True)
class UndoTooLate(Refusal):
    """The closing can be taken back only for so many seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class WrongPin(Refusal):
    """Number and PIN do not match; so many attempts are left before a wait."""

    left: int


@dataclass(frozen=True, slots=True)
class LockedOut(Refusal):
    """Too many wrong PINs: wait until that instant."""

    until: datetime


@dataclass(frozen=True, slots=True)
class SupervisorNeeded(Refusal):
    """Only a supervisor may do that."""


@dataclass(frozen=True, slots=True)
class PinUnfit(Refusal):
    """A PIN that is too easy or malformed: ``why`` is ``digits``, ``short``, ``long`` or ``easy``."""

    why: str


@dataclass(frozen=True, slots=True)
class PolicyUnfit(Refusal):
    """A policy that cannot be published: each fault is a sentence."""

    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyStrands(Refusal):
    """A policy without an area that cases still wait for: the name of each area with those cases, as far as told."""

    waiting: tuple[tuple[str, tuple[str, ...]], ...]
    more: bool


@dataclass(frozen=True, slots=True)
class StartPast(Refusal):
    """A version of the policy cannot begin in the past."""

    starts_at: datetime


@dataclass(frozen=True, slots=True)
class StartTooEarly(Refusal):
    """A version of the policy cannot begin before the one that is in force did."""

    number: int
    began_at: datetime


@dataclass(frozen=True, slots=True)
class DraftMissing(Refusal):
    """There is no draft of the policy at that path, or none that can be read."""

    path: str


@dataclass(frozen=True, slots=True)
class DraftChanged(Refusal):
    """The draft of the policy is no longer the text that was looked at."""


@dataclass(frozen=True, slots=True)
class DraftUnwritten(Refusal):
    """The draft of the policy could not be written at that path."""

    path: str


@dataclass(frozen=True, slots=True)
class EditorMissing(Refusal):
    """No editor is named, or it cannot be started; ``path`` is the file that it was to open."""

    editor: str
    path: str


@dataclass(frozen=True, slots=True)
class EditorFailed(Refusal):
    """The editor ended badly; ``path`` is the file that was open in it, which is as it was left."""

    editor: str
    path: str


@dataclass(frozen=True, slots=True)
class AuthorisationNeeded(Refusal):
    """No supervisor has authorised just that, or it was too long ago."""


@dataclass(frozen=True, slots=True)
class NotYourOwn(Refusal):
    """Nobody authorises an exception of their own."""


@dataclass(frozen=True, slots=True)
class ReserveTooLight(Refusal):
    """More than the branch's reserve still has."""

    asked: Money
    left: Money


@dataclass(frozen=True, slots=True)
class WithinLimits(Refusal):
    """That needs no exception: it is within the cap and the budget."""


@dataclass(frozen=True, slots=True)
class AskedAlready(Refusal):
    """Supervision was asked for an exception in this case, and has not answered yet."""


@dataclass(frozen=True, slots=True)
class PriceNeeded(Refusal):
    """What the law owes is a share of the price, and the price is not known."""


@dataclass(frozen=True, slots=True)
class AreaLater(Refusal):
    """The area answers later than that promise (rule C5): ``ready_at`` is its time, ``honest`` what can be promised."""

    area: str
    ready_at: datetime
    honest: datetime


@dataclass(frozen=True, slots=True)
class NobodyThere(Refusal):
    """Nobody of that reference works here, or it is oneself."""


@dataclass(frozen=True, slots=True)
class NotOffered(Refusal):
    """The case was not offered, or no longer is."""


@dataclass(frozen=True, slots=True)
class SameCard(Refusal):
    """A card cannot be merged with itself, nor with one that was merged already."""


@dataclass(frozen=True, slots=True)
class NotMerged(Refusal):
    """Those two cards are not merged."""


@dataclass(frozen=True, slots=True)
class NoSuchItem(Refusal):
    """No such suggestion, praise or version waits to be answered or read."""


@dataclass(frozen=True, slots=True)
class CaseTouched(Refusal):
    """Somebody changed the journal behind the program's back: ``line`` of ``stream`` is not as it was written (E1)."""

    case: str
    stream: str
    line: int


@dataclass(frozen=True, slots=True)
class NothingBehind(Refusal):
    """There is no case in what was to be analysed."""


@dataclass(frozen=True, slots=True)
class UnknownAnalysis(Refusal):
    """No root cause analysis of that reference."""


@dataclass(frozen=True, slots=True)
class AnalysisOver(Refusal):
    """The analysis was concluded or given up."""


@dataclass(frozen=True, slots=True)
class AskedFirst(Refusal):
    """In an analysis, another question comes first: one of ``analysis.QUESTIONS``."""

    question: str


@dataclass(frozen=True, slots=True)
class NotYetDue(Refusal):
    """An action is reviewed from its date on, or once its owner has answered."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class NotAChoice(Refusal):
    """There is no such choice."""


@dataclass(frozen=True, slots=True)
class NoLongerHere(Refusal):
    """Whoever is signed in was retired meanwhile, in another window."""


@dataclass(frozen=True, slots=True)
class NotSupervisorNow(Refusal):
    """Whoever is signed in was a supervisor when they came in, and no longer is."""


@dataclass(frozen=True, slots=True)
class NumberRetired(Refusal):
    """That number is of somebody who no longer works here: nobody enters or signs with it."""


@dataclass(frozen=True, slots=True)
class NotYourself(Refusal):
    """Nobody retires themselves, takes their own role away or adds to their own budget."""


@dataclass(frozen=True, slots=True)
class LastSupervisor(Refusal):
    """The only supervisor neither retires nor becomes an agent: nobody could put it right."""


@dataclass(frozen=True, slots=True)
class HasOpenCases(Refusal):
    """Who is to retire still has cases that are not closed: ``cases`` are their folios, in order."""

    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoOpenCases(Refusal):
    """There is no case of theirs to take over."""

    name: str


@dataclass(frozen=True, slots=True)
class BudgetInUse(Refusal):
    """So much cannot be taken from a budget: ``left`` is what is neither spent nor reserved."""

    asked: Money
    left: Money


@dataclass(frozen=True, slots=True)
class BudgetTooLarge(Refusal):
    """More than a budget can hold."""


@dataclass(frozen=True, slots=True)
class OtherCurrency(Refusal):
    """A budget is kept in one currency."""

    currency: str


@dataclass(frozen=True, slots=True)
class AdjustmentGone(Refusal):
    """That change of a budget was taken back already, or its period is over."""


@dataclass(frozen=True, slots=True)
class NotWritten(Refusal):
    """A file to be taken out could not be made; there is none.

    ``why`` is ``full`` (the disk), ``folder`` (there is no such folder) or ``rights``.
    """

    place: str
    why: str


@dataclass(frozen=True, slots=True)
class NothingToWrite(Refusal):
    """What is on the screen cannot be taken out."""
