"""Facts of the branch: its station, people, policy, money and customers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from mesa_recuperacion.domain.facts.base import Fact
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class StationOpened(Fact):
    """The first fact of a stream: which branch and station it is, and in what currency, zone and language it works."""

    kind: ClassVar[str] = "station.opened"
    branch: str
    branch_name: str
    business: str
    number: int
    currency: str
    zone: str
    language: str


@dataclass(frozen=True, slots=True)
class StationKeyed(Fact):
    """From this very line on the stream's chain is tied with the secret key that is called ``key`` (rule E1)."""

    kind: ClassVar[str] = "station.keyed"
    key: str


@dataclass(frozen=True, slots=True)
class PersonAdded(Fact):
    """Somebody may work here; ``role`` is ``agent`` or ``supervisor``, ``number`` what they type to enter."""

    kind: ClassVar[str] = "person.added"
    person: str
    number: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class PersonRenamed(Fact):
    """A person is called otherwise from now on, everywhere."""

    kind: ClassVar[str] = "person.renamed"
    person: str
    name: str


@dataclass(frozen=True, slots=True)
class RoleChanged(Fact):
    """A person is an ``agent`` or a ``supervisor`` from now on."""

    kind: ClassVar[str] = "person.role_changed"
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class PersonRetired(Fact):
    """A person no longer works here; their name, number and history stay theirs."""

    kind: ClassVar[str] = "person.retired"
    person: str


@dataclass(frozen=True, slots=True)
class PersonReturned(Fact):
    """Somebody who no longer worked here does again."""

    kind: ClassVar[str] = "person.returned"
    person: str


@dataclass(frozen=True, slots=True)
class PinSet(Fact):
    """A person has a new PIN (its hash is kept elsewhere; the PIN, nowhere)."""

    kind: ClassVar[str] = "person.pin_set"
    person: str


@dataclass(frozen=True, slots=True)
class PersonUnlocked(Fact):
    """A supervisor opened the number of somebody after wrong PINs: it may be tried again."""

    kind: ClassVar[str] = "person.unlocked"
    person: str


@dataclass(frozen=True, slots=True)
class SignedIn(Fact):
    """A person entered with number and PIN."""

    kind: ClassVar[str] = "person.signed_in"
    person: str


@dataclass(frozen=True, slots=True)
class SignInFailed(Fact):
    """A PIN did not match; ``failures`` is how many in a row.

    ``person`` is ``nobody`` for a number that nobody has; the number itself is not kept: it may be half a PIN.
    """

    kind: ClassVar[str] = "person.sign_in_failed"
    person: str
    failures: int


AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
"""The start of a version that does not wait: any instant that is not later than its own line means the same."""


@dataclass(frozen=True, slots=True)
class PolicyPublished(Fact):
    """A version of the policy was published, in force from ``starts_at``; ``text`` is its whole TOML (rule D7)."""

    kind: ClassVar[str] = "policy.published"
    version: ClassVar[int] = 2
    number: int
    text: str
    starts_at: datetime = AT_ONCE


@dataclass(frozen=True, slots=True)
class BudgetFunded(Fact):
    """A person's budget for a period that ends at ``ends_at``; a period is funded once."""

    kind: ClassVar[str] = "budget.funded"
    person: str
    period: str
    amount: Money
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class BudgetAdjusted(Fact):
    """A supervisor added ``amount`` to somebody's budget of a period (or the reserve's), or took it away if negative.

    ``undoes`` is the adjustment that it takes back, empty for one of its own.
    """

    kind: ClassVar[str] = "budget.adjusted"
    private: ClassVar[tuple[str, ...]] = ("reason",)
    adjustment: str
    person: str
    period: str
    amount: Money
    reason: str
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class CustomerRegistered(Fact):
    """A customer card; ``call_name`` is how to call them."""

    kind: ClassVar[str] = "customer.registered"
    private: ClassVar[tuple[str, ...]] = ("name", "call_name", "phone")
    customer: str
    name: str
    call_name: str
    phone: str


@dataclass(frozen=True, slots=True)
class PhoneNoted(Fact):
    """A customer's telephone."""

    kind: ClassVar[str] = "customer.phone_noted"
    private: ClassVar[tuple[str, ...]] = ("phone",)
    customer: str
    phone: str


@dataclass(frozen=True, slots=True)
class CustomerNamed(Fact):
    """A customer's name, or how to call them, was put right."""

    kind: ClassVar[str] = "customer.named"
    private: ClassVar[tuple[str, ...]] = ("name", "call_name")
    customer: str
    name: str
    call_name: str


@dataclass(frozen=True, slots=True)
class CustomersMerged(Fact):
    """Two cards of one person: ``merged`` is read as ``customer`` from now on."""

    kind: ClassVar[str] = "customer.merged"
    customer: str
    merged: str


@dataclass(frozen=True, slots=True)
class MergeUndone(Fact):
    """They were two people after all: each card stands on its own again."""

    kind: ClassVar[str] = "customer.merge_undone"
    customer: str
    merged: str


@dataclass(frozen=True, slots=True)
class CustomerForgotten(Fact):
    """The customer of this card asked to be forgotten: every personal text of theirs is erased with it (rule E3)."""

    kind: ClassVar[str] = "customer.forgotten"
    customer: str
