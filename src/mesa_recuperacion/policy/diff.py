"""What one version of the policy changes in another, in the reader's words and money (rule D7).

Every field of the policy is told: what has neither a label nor a rule of its own is a ``KeyError``, and a test goes
through them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import date, datetime, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from mesa_recuperacion.domain.hours import Hours
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import Area, Compensation, Policy, Problem, Remedy, Span, Statutory
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.policy.labels import LABELS, NEVERS
from mesa_recuperacion.policy.told import CHOICES, WEEKDAYS, span_told, windows_told

_Coded = TypeVar("_Coded", Area, Problem, Remedy, Compensation)

_ALONE = ("version", "hours", "retention", "phrases", "nevers", "areas", "problems", "conduct", "news", "goals")
"""Fields of a policy that have a rule of their own here; the number is given by publishing."""

_CHOSEN = ("period", "owner", "kind", "family", "language")
_SECONDS = ("default_standard", "standard", "undo_seconds")
_SHARES = ("on_time", "first_contact", "verified")


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is not as it was; ``before`` is empty for what is new, ``after`` for what is gone."""

    what: str
    before: str
    after: str


def differences(old: Policy, new: Policy, shown: Shown) -> tuple[Change, ...]:
    """All that ``new`` changes in ``old``, in the order of the file, each once."""
    return tuple(dict.fromkeys(_Telling(old, new, shown).all()))


def told(change: Change, shown: Shown) -> str:
    """One line: ``Cap of one case: $150 → $120``."""
    t = shown.words.t
    if not change.before:
        return t("{what}: new: {after}", what=change.what, after=change.after)
    if not change.after:
        return t("{what}: no longer: {before}", what=change.what, before=change.before)
    return t("{what}: {before} → {after}", what=change.what, before=change.before, after=change.after)


class _Telling:
    """One comparison."""

    def __init__(self, old: Policy, new: Policy, shown: Shown) -> None:
        self._old, self._new, self._shown, self.t = old, new, shown, shown.words.t

    def all(self) -> Iterator[Change]:
        old, new, t = self._old, self._new, self.t
        yield from self._fields(old, new, but=_ALONE)
        yield from self._goals()
        yield from self._retention()
        yield from self._hours(old.hours, new.hours)
        yield from self._fields(old.phrases, new.phrases)
        for (step, before), (_, after) in zip(old.nevers, new.nevers, strict=True):
            yield from self._one(t(NEVERS[step]), before, after, quoted=True)
        yield from self._lines(t("What is told of this version"), old.news, new.news)
        yield from self._lines(t("Conduct that is not accepted"), old.conduct, new.conduct)
        yield from self._coded(t("Areas"), t("Area"), old.areas, new.areas)
        yield from self._problems()

    # ------------------------------------------------------------------------------------------------ values

    def _said(self, name: str, value: Any) -> str:
        """A value of a field as it is told; empty for what is not there."""
        t, shown = self.t, self._shown
        match value:
            case None | "":
                return ""
            case Money():
                return shown.money(value)
            case Span():
                return span_told(value, shown.words)
            case int() if name in _SECONDS:
                return shown.span(value)
            case int() if name in _SHARES:
                return t("{n}%", n=value) if value else ""
            case int():
                return str(value)
            case ZoneInfo():
                return str(value)
            case _ if name in _CHOSEN:
                return t(CHOICES[value])
            case _ if name in ("currency", "zone"):
                return str(value)
        return self._quoted(str(value))

    def _quoted(self, text: str) -> str:
        return self.t("“{text}”", text=text)

    def _one(
        self, what: str, before: object, after: object, *, name: str = "", quoted: bool = False
    ) -> Iterator[Change]:  # fmt: skip
        if before == after:
            return
        nothing = self.t("nothing")
        said = [self._quoted(str(x)) if quoted and x else self._said(name, x) for x in (before, after)]
        yield Change(what, said[0] or nothing, said[1] or nothing)

    def _fields(self, old: Any, new: Any, *, where: str = "", but: Sequence[str] = ()) -> Iterator[Change]:
        """The fields of a value that are told by themselves; ``where`` it stands."""
        labels = LABELS[type(old)]
        for field in fields(old):
            if field.name not in but:
                label = self.t(labels[field.name])
                what = self.t("{where}, {what}", where=where, what=label) if where else label
                yield from self._one(what, getattr(old, field.name), getattr(new, field.name), name=field.name)

    def _lines(self, what: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
        """Lines that came or went; if none did, that their order is another."""
        for line in old:
            if line not in new:
                yield Change(what, self._quoted(line), "")
        for line in new:
            if line not in old:
                yield Change(what, "", self._quoted(line))
        if set(old) == set(new) and tuple(old) != tuple(new):
            yield Change(self.t("{what}, order", what=what), " · ".join(old), " · ".join(new))

    # ------------------------------------------------------------------------------------------------ parts

    def _goals(self) -> Iterator[Change]:
        nothing = self.t("no goal")
        for change in self._fields(self._old.goals, self._new.goals):
            none = self.t("nothing")
            before, after = (nothing if x == none else x for x in (change.before, change.after))
            yield Change(change.what, before, after)

    def _retention(self) -> Iterator[Change]:
        old, new, t = self._old.retention, self._new.retention, self.t
        if old is not None and new is not None:
            yield from self._fields(old, new)
        elif old != new:
            known = old or new
            what = known.what if known else ""
            told = self._quoted(what)
            yield Change(t("Customers at risk: what is done"), told if old else "", told if new else "")

    def _hours(self, old: Hours, new: Hours) -> Iterator[Change]:
        t, words = self.t, self._shown.words
        yield from self._fields(old, new, but=("windows", "holidays"))
        for day, before, after in zip(WEEKDAYS, old.windows, new.windows, strict=True):
            if before != after:
                yield Change(t(day), windows_told(before, words), windows_told(after, words))
        label = t(LABELS[Hours]["holidays"])
        for gone in sorted(old.holidays - new.holidays):
            yield Change(label, self._day(gone), "")
        for added in sorted(new.holidays - old.holidays):
            yield Change(label, "", self._day(added))

    def _day(self, day: date) -> str:
        noon = datetime.combine(day, time(12), self._shown.zone)
        return self.t("{day} {year}", day=self._shown.day(noon), year=day.year)

    def _coded(
        self, title: str, kind: str, old: Sequence[_Coded], new: Sequence[_Coded], where: str = ""
    ) -> Iterator[Change]:  # fmt: skip
        """What came, went, changed place, or is not as it was, matched by their codes."""
        before, after = {x.code: x for x in old}, {x.code: x for x in new}
        yield from self._came_and_went(self._at(where, kind), self._at(where, title), before, after)
        for code, one in before.items():
            if code in after:
                named = self.t("{kind} “{name}”", kind=kind, name=one.name)
                yield from self._inside(self._at(where, named), one, after[code])

    def _came_and_went(
        self, kind: str, title: str, before: dict[str, _Coded], after: dict[str, _Coded]
    ) -> Iterator[Change]:  # fmt: skip
        for code, one in before.items():
            if code not in after:
                yield Change(kind, self._named(one), "")
        for code, one in after.items():
            if code not in before:
                yield Change(kind, "", self._named(one))
        kept_before, kept_after = [c for c in before if c in after], [c for c in after if c in before]
        if kept_before != kept_after:
            order = (" · ".join(after[c].name for c in codes) for codes in (kept_before, kept_after))
            yield Change(self.t("{what}, order", what=title), *order)

    def _named(self, one: Area | Problem | Remedy | Compensation) -> str:
        """A thing that came or went, with what it costs or how fast it is."""
        name, shown = self._quoted(one.name), self._shown
        match one:
            case Remedy():
                more = shown.money(one.cost)
            case Compensation():
                more = shown.money(one.amount)
            case Area():
                more = span_told(one.response, shown.words)
            case _:
                more = shown.span(one.standard)
        return f"{name}, {more}"

    def _at(self, where: str, what: str) -> str:
        return self.t("{where}, {what}", where=where, what=what) if where else what

    def _inside(self, where: str, old: Any, new: Any) -> Iterator[Change]:
        own = {Problem: ("remedies", "compensations", "statutory"), Remedy: ("area",)}.get(type(old), ())
        yield from self._fields(old, new, where=where, but=("code", *own))
        if isinstance(old, Remedy) and old.area != new.area:
            label = self.t(LABELS[Remedy]["area"])
            here = self.t("whoever attends")
            areas = self._area(self._old, old.area), self._area(self._new, new.area)
            before, after = (self._quoted(x) if x else here for x in areas)
            yield Change(self._at(where, label), before, after)

    def _area(self, policy: Policy, code: str) -> str:
        area = policy.area(code)
        return area.name if area else code

    def _problems(self) -> Iterator[Change]:
        t, old, new = self.t, self._old.problems, self._new.problems
        yield from self._coded(t("Problems"), t("Problem"), old, new)
        for after in new:
            before = self._old.problem(after.code)
            if before is None:
                yield from self._gifts(replace(after, remedies=(), compensations=()), after)
            else:
                yield from self._gifts(before, after)
                yield from self._statutory(after.name, before.statutory, after.statutory)

    def _gifts(self, old: Problem, new: Problem) -> Iterator[Change]:
        """What may be done and given for a problem; what a gesture is, is told once for all problems that have it."""
        t = self.t
        yield from self._coded(t("solutions"), t("solution"), old.remedies, new.remedies, new.name)
        before, after = ({c.code: c for c in p.compensations} for p in (old, new))
        kind, title = self._at(new.name, t("compensation")), self._at(new.name, t("compensations"))
        yield from self._came_and_went(kind, title, before, after)
        for code, one in before.items():
            if code in after:
                named = t("{kind} “{name}”", kind=t("Compensation"), name=one.name)
                yield from self._inside(named, one, after[code])

    def _statutory(self, where: str, old: Statutory | None, new: Statutory | None) -> Iterator[Change]:
        before, after = (self._owed(x) for x in (old, new))
        if before != after:
            yield Change(self._at(where, self.t("owed by law")), before, after)
        if old is not None and new is not None:
            yield from self._fields(old, new, but=("percent", "amount"))

    def _owed(self, owed: Statutory | None) -> str:
        if owed is None:
            return self.t("nothing")
        share = self.t("{percent}% of what was paid", percent=owed.percent) if owed.by_price else ""
        fixed = self._shown.money(owed.amount) if owed.amount.minor or not share else ""
        return " + ".join(filter(None, (share, fixed)))
