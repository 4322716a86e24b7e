"""``mesa report``: the report of a month, or of any days, as a page, as tables or as JSON (rules E2, F8)."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import date
from pathlib import Path

import typer

from mesa_recuperacion.cli.ask import signed
from mesa_recuperacion.cli.branch import Branch, in_branch
from mesa_recuperacion.cli.failures import DONE, REFUSED, USAGE
from mesa_recuperacion.cli.workstation import say, tell
from mesa_recuperacion.domain.commands import SignReview
from mesa_recuperacion.domain.period import Period, day_of, month_of, span, week_of
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.review.scope import Scope
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.reports.export import not_written
from mesa_recuperacion.reports.files import write_new
from mesa_recuperacion.reports.monthly import Report, as_csv, as_json, gather
from mesa_recuperacion.reports.shift import mark
from mesa_recuperacion.reports.voice import Voice
from mesa_recuperacion.service.desk import DeskService
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.review.review import ReviewService
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.outgoing import voice_of

OUTPUT = "-"
"""Instead of a file: the standard output."""


def report(first: str, last: str, form: str, out: str, language: str) -> int:
    """Make the report once a supervisor has signed; answers the exit code.

    ``first`` and ``last`` are days as ``2026-03-01``, or empty; ``form`` is ``html``, ``csv`` or ``json``; ``out`` a
    file, ``-``, or empty (a name of its own in this folder); ``language`` is one of ours, or empty.
    """

    def work(branch: Branch) -> int:
        with branch.store.reading() as tx:
            today = branch.now().astimezone(Policies(branch.words).in_force(tx, branch.now()).hours.zone).date()
        period = period_of(first, last, today, branch.words)
        if isinstance(period, str):
            say(period)
            return USAGE
        if (by := signed(branch)) is None:
            return REFUSED
        return _made(branch, period, by, form, out, language)

    return in_branch(work)


def period_of(first: str, last: str, today: date, words: Words) -> Period | str:
    """The days that are meant, or a sentence; without any the month before this one."""
    if not first and not last:
        return month_of(today).shifted(-1)
    days = []
    for text in (first or last, last or first):
        try:
            days.append(date.fromisoformat(text))
        except ValueError:
            return words.t("“{text}” is no day. A day is written as year, month and day: 2026-03-31.", text=text[:40])
    begin, end = days
    if not first:
        begin = month_of(end).first
    if not last:
        end = month_of(begin).last
    if end < begin:
        return words.t("{first} is after {last}. The first day goes with --from, the last with --to.",
                       first=begin.isoformat(), last=end.isoformat())  # fmt: skip
    known = (day_of(begin), week_of(begin), month_of(begin))
    return next((one for one in known if (one.first, one.last) == (begin, end)), span(begin, end))


def _made(branch: Branch, period: Period, by: Person, form: str, out: str, language: str) -> int:
    policies = Policies(branch.words)
    review = ReviewService(branch.store, policies, branch.clock, by)
    made = gather(Scope(period), review.look, branch.now())
    if isinstance(made, Refusal):
        return branch.refuse(made)
    voice = voice_of(branch.store, policies, by, _locale(branch.setting.shown.locale, language), branch.now())
    if made.is_empty:
        say(_nothing(made, voice, branch.words))
        return REFUSED
    signed = _signed(branch, policies, by, period)
    if isinstance(signed, Refusal):
        return branch.refuse(signed)
    text = written(made, replace(voice, mark=signed), form)
    if out == OUTPUT:
        typer.echo(text.encode(), nl=False)  # as it is: neither the encoding nor the line ends of this machine
        return DONE
    target = Path(out) if out else Path(f"mesa-report-{_named(period)}.{form}")
    return _file(branch, target.expanduser(), text.encode())


def _signed(branch: Branch, policies: Policies, by: Person, period: Period) -> str | Refusal:
    """The mark of the line that says who signed for these days: on paper it shows later that nothing was touched.

    Empty where nothing can be written: the report is made all the same.
    """
    if branch.store.sealed is not None:
        return ""
    with branch.store.reading() as tx:
        policy = policies.in_force(tx, branch.now())
    desk = DeskService(branch.store, policies, branch.clock, fresh_id, by, policy)
    done = desk.execute(SignReview(period.first.isoformat(), period.last.isoformat()), fresh_id())
    if isinstance(done, Refusal):
        return done
    with branch.store.reading() as tx:
        return mark(tx.head())


def written(made: Report, voice: Voice, form: str) -> str:
    """The report in one of its forms."""
    match form:
        case "csv":
            return as_csv(made, voice)
        case "json":
            return as_json(made, voice)
    from mesa_recuperacion.reports.html import as_html

    return as_html(made, voice)


def _file(branch: Branch, target: Path, data: bytes) -> int:
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder", str(target))
        made = write_new(target, lambda out: out.write(data))
    except OSError as error:
        return branch.refuse(not_written(error, target.parent.absolute()))
    tell(branch.words.t("The report is in {path}.", path=made.absolute()))
    return DONE


def _locale(here: str, language: str) -> str:
    """The place of the branch in the language that was asked for."""
    return f"{language}_{here.partition('_')[2]}".rstrip("_") if language else here


def _named(period: Period) -> str:
    """``2026-03``, ``2026-03-09``, ``2026-03-09_2026-03-15``."""
    if period.grain == "month":
        return period.first.isoformat()[:7]
    days = dict.fromkeys((period.first.isoformat(), period.last.isoformat()))
    return "_".join(days)


def _nothing(made: Report, voice: Voice, words: Words) -> str:
    """That nothing was counted, and which period has something."""
    here, near = made.board.scope.period, made.board.nearest
    if near is None:
        return words.t("There is nothing to report yet: no case was closed. No file was made.")
    return words.t("No case was closed in {period}. The latest that has some is {near}: --from {first} --to {last}",
                   period=voice.period(here), near=voice.period(near), first=near.first.isoformat(),
                   last=near.last.isoformat())  # fmt: skip
