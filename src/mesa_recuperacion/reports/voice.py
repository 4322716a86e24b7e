"""How a table or a report speaks: names of codes, periods and filters in words, figures as the place writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from decimal import Decimal

from mesa_recuperacion.domain.decide.steps import OWN_AMOUNT
from mesa_recuperacion.domain.facts import Entry
from mesa_recuperacion.domain.money import Money, exponent
from mesa_recuperacion.domain.period import Period
from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.review.scope import Behind, Filter, Scope
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import Words, customer_named, later


def told(entry: Entry) -> str:
    """A line of the journal as it is written there: the kind of fact and its values."""
    values = ((name, getattr(entry.fact, name)) for name in type(entry.fact).__dataclass_fields__)
    said = ", ".join(f"{name}: {_plain(value)}" for name, value in values if value not in ("", None, ()))
    return clean(f"{entry.fact.kind} {said}", 2000)


def _plain(value: object) -> str:
    if isinstance(value, Money):
        return f"{Decimal(value.minor).scaleb(-value.exponent):f} {value.currency}"
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks to whom: the reader's words and figures, the branch, the policy that has the names, and who asked.

    ``people`` maps references to names; ``tell`` says what a line of a case's journal means.  ``mark`` is that of the
    line under which a supervisor signed (empty: nobody did).
    """

    words: Words
    shown: Shown
    business: str
    branch: str
    currency: str
    policy: Policy
    by: str
    people: Mapping[str, str] = field(default_factory=dict)
    tell: Callable[[Entry], str] = told
    mark: str = ""

    # ---------------------------------------------------------------------------------------------------- figures

    def money(self, minor: int, alike: Sequence[int] = ()) -> str:
        """``$385``: an amount as the place writes it; with decimals where one of those beside it has some."""
        unit = 10 ** exponent(self.currency)
        return self.shown.money(Money(minor, self.currency), exact=any(one % unit for one in alike))

    def major(self, minor: int) -> Decimal:
        """The amount in the currency's main unit, with all its decimals."""
        return Decimal(minor).scaleb(-exponent(self.currency))

    def number(self, value: int) -> str:
        """``12,345`` or ``12.345``: a count as the place writes it."""
        from babel.numbers import format_decimal

        return format_decimal(int(value), locale=self.locale)

    def percent(self, value: int) -> str:
        """``87 %`` or ``87%``."""
        from babel.numbers import format_percent

        return format_percent(Decimal(value) / 100, locale=self.locale)

    def instant(self, at: datetime) -> str:
        """``2026-03-11 10:42``, in the branch's zone: the same in every place."""
        return at.astimezone(self.shown.zone).strftime("%Y-%m-%d %H:%M")

    def moment(self, at: datetime) -> str:
        """``2 de abril de 2026, 10:42``."""
        from babel.dates import format_date

        local = at.astimezone(self.shown.zone)
        return f"{format_date(local.date(), 'long', locale=self.locale)}, {local:%H:%M}"

    @property
    def locale(self) -> str:
        """The locale that CLDR knows for this place: the language alone where it knows no such place."""
        from babel import Locale, UnknownLocaleError

        try:
            return str(Locale.parse(self.shown.locale))
        except (UnknownLocaleError, ValueError):
            return self.words.language

    # ------------------------------------------------------------------------------------------------------- names

    def problem(self, code: str) -> str:
        """A problem's name; its code where this version of the policy has none."""
        if not code:
            return self.words.t("not noted yet")
        found = self.policy.problem(code)
        return found.name if found else code

    def remedy(self, code: str, problem: str = "") -> str:
        """A remedy's name, as its problem has it; its code where this version of the policy has none."""
        for one in self.policy.problems:
            if problem in ("", one.code) and (found := one.remedy(code)):
                return found.name
        return code

    def gesture(self, code: str) -> str:
        """A compensation's name; its code where this version of the policy has none."""
        if code == OWN_AMOUNT:
            return self.words.t("an amount of the agent's own")
        return next((c.name for p in self.policy.problems if (c := p.compensation(code))), code)

    def area(self, code: str) -> str:
        """An area's name; its code where this version of the policy has none."""
        found = self.policy.area(code)
        return found.name if found else code

    def person(self, reference: str) -> str:
        """A person's name; ``supervision`` and the reserve have none of their own."""
        if reference == "supervision":
            return self.words.t("supervision")
        if reference == "reserve":
            return self.words.t("the reserve")
        return self.people.get(reference, reference)

    def customer(self, name: str) -> str:
        """A customer's name, or that they asked to be forgotten."""
        return customer_named(self.words, name)

    def owed(self, kind: str) -> str:
        """Something that can be owed, in words."""
        t = self.words.t
        known = {"promise": t("promise"), "verify": t("follow-up call"), "retain": t("call to a customer at risk"),
                 "area": t("answer of an area"), "exception": t("exception"),
                 "return": t("return to a parked case"), "action": t("corrective action")}  # fmt: skip
        return known.get(kind, kind)

    # ------------------------------------------------------------------------------------------- periods and filters

    def period(self, period: Period) -> str:
        """``marzo de 2026``, ``9–15 mar 2026``, ``11 de marzo de 2026``."""
        from babel.dates import format_date, format_interval, format_skeleton

        if period.grain == "month":
            return format_skeleton("yMMMM", period.first, locale=self.locale)
        if period.first == period.last:
            return format_date(period.first, "long", locale=self.locale)
        return format_interval(period.first, period.last, "yMMMd", locale=self.locale)

    def month(self, period: Period) -> str:
        """The period in a column of a table: ``mar 2026``."""
        from babel.dates import format_skeleton

        if period.grain == "month":
            return format_skeleton("yMMM", period.first, locale=self.locale)
        return self.period(period)

    def short_period(self, period: Period) -> str:
        """The period for the axis of a chart: ``mar``, ``9 mar``."""
        from babel.dates import format_skeleton

        skeleton = "MMM" if period.grain == "month" else "MMMd"
        return format_skeleton(skeleton, period.first, locale=self.locale)

    def filter(self, filter_: Filter) -> str:
        """Whom and what, in words."""
        t = self.words.t
        parts = []
        if filter_.branch:
            parts.append(t("branch {name}", name=filter_.branch))
        if filter_.person:
            parts.append(t("cases closed by {name}", name=self.person(filter_.person)))
        if filter_.problem:
            parts.append(t("problem “{name}”", name=self.problem(filter_.problem)))
        return " · ".join(parts) or t("everybody, everything")

    def behind(self, behind: Behind) -> str:
        """Which cases, in words."""
        t = self.words.t
        parts = [t(WHICH_WORDS.get(behind.which, behind.which))]
        if behind.problems:
            parts.append(" / ".join(self.problem(code) for code in behind.problems))
        if behind.choice[1]:
            kind, code = behind.choice
            parts.append(self.remedy(code) if kind == "remedy" else self.gesture(code))
        if behind.minor is not None:
            parts.append(t("{amount} given", amount=self.money(behind.minor)))
        if behind.standing:
            known = {"new": t("new customers"), "known": t("long-standing customers")}
            parts.append(known.get(behind.standing, behind.standing))
        if behind.folios:
            parts.append(", ".join(behind.folios))
        return " · ".join(parts)

    def scope(self, scope: Scope) -> str:
        """Period and filter, in words."""
        return f"{self.period(scope.period)} · {self.filter(scope.filter)}"


WHICH_WORDS = {
    "cases": later("all cases"), "on_time": later("on time"), "late": later("out of time"),
    "first_contact": later("resolved at first contact"), "not_first_contact": later("not resolved at first contact"),
    "cost": later("with a cost"), "exceptions": later("with an exception"),
    "statutory": later("with what the law owes"),
    "nothing": later("without a compensation, and why"),
    "over_information": later("out of time: information was missing"),
    "over_system": later("out of time: the system"), "over_complex": later("out of time: a complex case"),
    "over_unsaid": later("out of time, without a reason"), "passed_over": later("with a step passed over"),
    "hand_overs": later("handed over"), "reopened": later("opened again"),
    "repeats": later("about a problem that came back"), "kept": later("promise kept"),
    "late_promise": later("promise kept late"), "broken": later("promise broken"), "moved": later("promise moved"),
    "silences": later("with a silence past the next contact"), "idle": later("idle while open"),
    "satisfied": later("customer satisfied"), "not_satisfied": later("customer not satisfied"),
    "unreached": later("customer not reached"), "verified": later("the customer has answered"),
}  # fmt: skip
"""What each figure that opens is called."""
