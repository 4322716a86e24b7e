"""``mesa policy``: check a text, show what is in force, publish a new version (rules A5, D7)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import time
from pathlib import Path

from mesa_recuperacion.cli.ask import people_of, supervisor
from mesa_recuperacion.cli.branch import Branch, in_branch
from mesa_recuperacion.cli.failures import DONE, REFUSED, USAGE, disk_sentence
from mesa_recuperacion.cli.workstation import say, workstation
from mesa_recuperacion.domain.policy import Policy, Problem, Span
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.check import spoken_seconds, statutory_seconds, warnings_for
from mesa_recuperacion.policy.load import read_policy_bytes
from mesa_recuperacion.policy.syntax import MAX_BYTES
from mesa_recuperacion.service.policies import Policies, publish
from mesa_recuperacion.wiring.ids import fresh_id


def check(path: Path) -> int:
    """Every fault of a file; else how long it takes to say and what is worth a second look."""
    here = workstation(os.environ)
    if here is None:
        return USAGE
    policy, _ = _read(path, here.words)
    if policy is None:
        return REFUSED
    t, warnings = here.words.t, warnings_for(policy)
    print(t("{path} is sound. The longest call takes {seconds} s to say.", path=path, seconds=spoken_seconds(policy)))
    print("".join(f"{line}\n" for line in _besides(policy, here.words)), end="")
    if warnings:
        print(t("Worth a second look:"))
    for warning in warnings:
        print(f"  {warning.told(here.words)}")
    return DONE


def publish_file(path: Path) -> int:
    """The file as the next version, once a supervisor has signed; nobody is asked to sign what is not sound."""

    def work(branch: Branch) -> int:
        policy, text = _read(path, branch.words)
        if policy is None:
            return REFUSED
        by = supervisor(branch, people_of(branch))
        if isinstance(by, str):
            say(by)
            return REFUSED
        if isinstance(by, Refusal):
            return branch.refuse(by)
        number = publish(
            branch.store, text, by=by, source=str(path), words=branch.words, clock=branch.clock, new_id=fresh_id
        )  # fmt: skip
        if isinstance(number, Refusal):
            return branch.refuse(number)
        print(branch.words.t("Version {number} is in force from now on; open cases keep theirs.", number=number))
        return DONE

    return in_branch(work)


def show(source: bool) -> int:
    """The policy in force, to be read; with ``source``, the text as it was published, to be edited."""

    def work(branch: Branch) -> int:
        with branch.store.reading() as tx:
            if source:
                found = tx.policy_text()
                print(found[1] if found else "", end="")
                return DONE
            policy = Policies(branch.words).in_force(tx)
        shown = Shown(branch.setting.shown.locale, policy.hours.zone)
        print("\n".join(_pages(policy, shown)))
        return DONE

    return in_branch(work)


def _read(path: Path, words: Words) -> tuple[Policy | None, str]:
    """The policy of a file and its text; ``None`` after telling every fault."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        say(disk_sentence(words, error, path))
        return None, ""
    policy = read_policy_bytes(data, source=str(path), words=words)
    if isinstance(policy, Policy):
        return policy, data.decode("utf-8-sig")
    for fault in policy:
        say(str(fault))
    return None, ""


def _besides(policy: Policy, words: Words) -> Iterator[str]:
    """What a policy asks for beyond the standard call."""
    if seconds := statutory_seconds(policy):
        yield words.t("Where the law owes something, {seconds} s more.", seconds=seconds)
    if n := len(policy.news):
        yield words.tn("{n} line says what changes.", "{n} lines say what changes.", n)
    if n := len(policy.conduct):
        yield words.tn(
            "{n} rule of conduct is acknowledged with it.", "{n} rules of conduct are acknowledged with it.", n
        )
    if policy.retention is None:
        yield words.t("Customers at risk are called by nobody: there is no {table}.", table="[retention]")


def _pages(policy: Policy, shown: Shown) -> Iterator[str]:
    t, money = shown.words.t, shown.money
    period = {"day": t("a day"), "week": t("a week"), "month": t("a month")}[policy.period]
    yield t("{title}, version {n}", title=policy.title, n=policy.version)
    yield ""
    yield t("Cap of one case: {amount}", amount=money(policy.case_cap))
    yield t("Budget of each agent: {amount} {period}", amount=money(policy.budget), period=period)
    yield t("Reserve of the branch: {amount}", amount=money(policy.reserve))
    yield t("Time until the problem is known: {time}", time=shown.span(policy.default_standard))
    yield t("Follow-up: {span} after the promise", span=_span(policy.follow_up_after, shown.words))
    yield t("An area is done {span} before the promise", span=_span(policy.area_margin, shown.words))
    yield from _goals(policy, shown.words)
    yield from _retention(policy, shown.words)
    yield from _hours(policy, shown.words)
    yield from _list(t("What changes in this version"), policy.news)
    yield from _list(t("What is not accepted from anybody"), policy.conduct)
    for number, problem in enumerate(policy.problems, 1):
        yield ""
        yield from _problem(policy, number, problem, shown)


def _goals(policy: Policy, words: Words) -> Iterator[str]:
    t, goals = words.t, policy.goals
    named = (
        (goals.on_time, t("on time")), (goals.first_contact, t("at first contact")),
        (goals.verified, t("follow-ups with an answer")),
    )  # fmt: skip
    said = " · ".join(t("{percent}% {what}", percent=share, what=what) for share, what in named if share)
    yield t("Goals: {goals}", goals=said or t("none"))


def _retention(policy: Policy, words: Words) -> Iterator[str]:
    t, retention = words.t, policy.retention
    if retention is None:
        yield t("Customers at risk: no task is opened")
        return
    who = {"agent": t("the agent of the case"), "supervision": t("supervision")}[retention.owner]
    yield words.tn(
        "Customers at risk, from {n} complaint on: {who} calls within {span}",
        "Customers at risk, from {n} complaints on: {who} calls within {span}",
        retention.complaints, who=who, span=_span(retention.within, words),
    )  # fmt: skip
    yield f"  {retention.what}"


def _list(title: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  · {line}" for line in lines)


def _hours(policy: Policy, words: Words) -> Iterator[str]:
    t = words.t
    days = (t("Monday"), t("Tuesday"), t("Wednesday"), t("Thursday"), t("Friday"), t("Saturday"), t("Sunday"))
    yield t("Hours, in {zone}:", zone=policy.hours.zone)
    for day, windows in zip(days, policy.hours.windows, strict=True):
        hours = ", ".join(f"{opens:%H:%M}–{_closing(closes)}" for opens, closes in windows)
        yield f"  {day:<12}{hours or t('closed all day')}"


def _closing(closes: time) -> str:
    return "24:00" if closes > time(23, 59) else f"{closes:%H:%M}"


def _problem(policy: Policy, number: int, problem: Problem, shown: Shown) -> Iterator[str]:
    t, money, words = shown.words.t, shown.money, shown.words
    family = {
        "product": t("product"), "process": t("process"), "people": t("people"), "value": t("value"),
    }.get(problem.family, "")  # fmt: skip
    yield " · ".join(filter(None, (f"{number}. {problem.name}", shown.span(problem.standard), family)))
    yield f"   {problem.minimum}"
    yield f"   {t('Solutions')}:"
    for remedy in problem.remedies:
        area = policy.area(remedy.area)
        parts = (remedy.name, money(remedy.cost), _span(remedy.within, words), area.name if area else "")
        yield "     " + " · ".join(part for part in parts if part)
    yield f"   {t('Compensations')}:"
    for given in problem.compensations:
        yield f"     {given.name} · {money(given.amount)}"
    if owed := problem.statutory:
        share = t("{percent}% of what was paid", percent=owed.percent) if owed.by_price else money(owed.amount)
        yield f"   {owed.name}: {share}"


def _span(span: Span, words: Words) -> str:
    n, tn = span.count, words.tn
    match span.unit:
        case "s":
            return tn("{n} second", "{n} seconds", n)
        case "m":
            return words.t("at once") if n == 0 else tn("{n} minute", "{n} minutes", n)
        case "h":
            return tn("{n} hour", "{n} hours", n)
    return tn("{n} working day", "{n} working days", n)
