"""``mesa policy``: draft, check and compare a text, show what is in force, publish a version (rules A5, D7)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from mesa_recuperacion.cli.ask import signed
from mesa_recuperacion.cli.branch import Branch, in_branch
from mesa_recuperacion.cli.failures import DONE, REFUSED, USAGE, disk_sentence
from mesa_recuperacion.cli.workstation import say, tell, workstation
from mesa_recuperacion.dialogue.grammar.start import read_start
from mesa_recuperacion.dialogue.sentences import when_problem
from mesa_recuperacion.domain.policy import Policy, Problem
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.review.policy import Version
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.check import spoken_seconds, statutory_seconds, warnings_for
from mesa_recuperacion.policy.diff import differences, told
from mesa_recuperacion.policy.load import read_policy_bytes
from mesa_recuperacion.policy.syntax import MAX_BYTES
from mesa_recuperacion.policy.told import CHOICES, WEEKDAYS, span_told, windows_told
from mesa_recuperacion.service.drafts import begin_draft, draft_path
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.publishing import Terms, publish
from mesa_recuperacion.wiring.ids import fresh_id

NEWER = 20
"""Versions after the one in force that are told: they wait for their start."""


def check(path: Path) -> int:
    """Every fault of a file; else how long it takes to say and what is worth a second look."""
    here = workstation(os.environ)
    if here is None:
        return USAGE
    policy, _ = _read(path, here.words)
    if policy is None:
        return REFUSED
    t, warnings = here.words.t, warnings_for(policy)
    tell(t("{path} is sound. The longest call takes {seconds} s to say.", path=path, seconds=spoken_seconds(policy)))
    for line in _besides(policy, here.words):
        tell(line)
    if warnings:
        tell(t("Worth a second look:"))
    for warning in warnings:
        tell(f"  {warning.told(here.words)}")
    return DONE


def diff(path: Path, against: int | None) -> int:
    """What a file changes in the newest version, or in the one of a number, in words."""

    def work(branch: Branch) -> int:
        new, _ = _read(path, branch.words)
        if new is None:
            return REFUSED
        t, policies = branch.words.t, Policies(branch.words)
        with branch.store.reading() as tx:
            found = tx.policy_text(against)
            if found is None:
                say(t("There is no version {n} of the policy. Nothing was compared.", n=against or 0))
                return REFUSED
            old = policies.version(tx, found[0])
        shown = Shown(branch.setting.shown.locale, old.hours.zone)
        for change in differences(old, new, shown):
            tell(told(change, shown))
        before, after = spoken_seconds(old), spoken_seconds(new)
        tell(t("Against version {n}. Seconds to say: {before} → {after}.", n=old.version, before=before, after=after))
        return DONE

    return in_branch(work)


def draft(path: Path | None) -> int:
    """A file to edit: the newest version's text, where there is nothing; the branch's own draft if none is named."""

    def work(branch: Branch) -> int:
        target, t = draft_path(branch.store.path) if path is None else path, branch.words.t
        with branch.store.reading() as tx:
            latest = tx.policy_text()
        number, text = latest or (0, "")
        try:
            begun = begin_draft(target, text)
        except OSError as error:
            say(disk_sentence(branch.words, error, target))
            return REFUSED
        if begun:
            tell(t("Version {n} is in {path}, to be edited.", n=number, path=target))
        elif path is None:
            tell(t("The draft is {path}. It was left as it is.", path=target))
        else:
            say(t("There is something at {path} already. It was left as it is.", path=target))
            return REFUSED
        return DONE

    return in_branch(work)


def publish_file(path: Path, start: str) -> int:
    """The file as the next version, once a supervisor has signed; nobody is asked to sign what is not sound.

    ``start`` is a moment in the short grammar; empty: at once.
    """

    def work(branch: Branch) -> int:
        policy, text = _read(path, branch.words)
        if policy is None:
            return REFUSED
        begins = _start(branch, start)
        if isinstance(begins, str):
            say(begins)
            return REFUSED
        if (by := signed(branch)) is None:
            return REFUSED
        number = publish(
            branch.store, text, by=by, source=str(path), words=branch.words, clock=branch.clock, new_id=fresh_id,
            terms=Terms(begins),
        )  # fmt: skip
        if isinstance(number, Refusal):
            return branch.refuse(number)
        if begins is None:
            tell(branch.words.t("Version {number} is in force from now on; open cases keep theirs.", number=number))
            return DONE
        when = branch.setting.shown.day_time(begins)
        tell(branch.words.t("Version {number} is in force from {when}; open cases keep theirs.",
                             number=number, when=when))  # fmt: skip
        return DONE

    return in_branch(work)


def _start(branch: Branch, typed: str) -> datetime | str | None:
    """The start that was typed, ``None`` for at once, or a sentence that says why it is none."""
    if not typed:
        return None
    now = branch.now()
    with branch.store.reading() as tx:
        hours = Policies(branch.words).in_force(tx, now).hours
    read = read_start(typed, now, hours)
    return read if isinstance(read, datetime) else when_problem(branch.setting, read, now)


def show(source: bool) -> int:
    """The policy in force, to be read; with ``source``, the text as it was published, to be edited."""

    def work(branch: Branch) -> int:
        with branch.store.reading() as tx:
            if source:
                found = tx.policy_at(branch.now())
                _written_out(found[1] if found else "")
                return DONE
            policy = Policies(branch.words).in_force(tx, branch.now())
            newer = tuple(v for v in tx.published.versions(NEWER) if v.number > policy.version)
        shown = Shown(branch.setting.shown.locale, policy.hours.zone)
        for line in (*_pages(policy, shown), *_coming(newer, shown)):
            tell(line)
        return DONE

    return in_branch(work)


def _written_out(text: str) -> None:
    """A text letter by letter into a file or another program; to a terminal only what does nothing there."""
    if not sys.stdout.isatty():
        sys.stdout.write(text)
        return
    for line in text.splitlines():
        tell(line.expandtabs())


def _coming(newer: tuple[Version, ...], shown: Shown) -> Iterator[str]:
    """The versions that wait for their start."""
    for version in reversed(newer):
        when = shown.day_time(version.starts_at)
        yield shown.words.t("Version {n}, published by {name}, holds from {when}.",
                            n=version.number, name=version.by, when=when)  # fmt: skip


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
    yield t("Follow-up: {span} after the promise", span=span_told(policy.follow_up_after, shown.words))
    yield t("An area is done {span} before the promise", span=span_told(policy.area_margin, shown.words))
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
        retention.complaints, who=who, span=span_told(retention.within, words),
    )  # fmt: skip
    yield f"  {retention.what}"


def _list(title: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  · {line}" for line in lines)


def _hours(policy: Policy, words: Words) -> Iterator[str]:
    yield words.t("Hours, in {zone}:", zone=policy.hours.zone)
    for day, windows in zip(WEEKDAYS, policy.hours.windows, strict=True):
        yield f"  {words.t(day):<12}{windows_told(windows, words)}"


def _problem(policy: Policy, number: int, problem: Problem, shown: Shown) -> Iterator[str]:
    t, money, words = shown.words.t, shown.money, shown.words
    family = t(CHOICES[problem.family]) if problem.family else ""
    yield " · ".join(filter(None, (f"{number}. {problem.name}", shown.span(problem.standard), family)))
    yield f"   {problem.minimum}"
    yield f"   {t('Solutions')}:"
    for remedy in problem.remedies:
        area = policy.area(remedy.area)
        parts = (remedy.name, money(remedy.cost), span_told(remedy.within, words), area.name if area else "")
        yield "     " + " · ".join(part for part in parts if part)
    yield f"   {t('Compensations')}:"
    for given in problem.compensations:
        yield f"     {given.name} · {money(given.amount)}"
    if owed := problem.statutory:
        share = t("{percent}% of what was paid", percent=owed.percent) if owed.by_price else money(owed.amount)
        yield f"   {owed.name}: {share}"
