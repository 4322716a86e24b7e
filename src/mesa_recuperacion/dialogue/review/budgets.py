"""The money of the period: who has how much, and a supervisor's changes (rules B2, B3, B4).

A change is a line of its own and undone by another one; what is left afterwards is seen while it is typed, so nobody
is asked whether they are sure.
"""

from __future__ import annotations

import re
from datetime import datetime

from mesa_recuperacion.dialogue.grammar.amount import AmountProblem, NothingAsked
from mesa_recuperacion.dialogue.grammar.change import Change, read_change
from mesa_recuperacion.dialogue.review.base import Page, answer_of, decided, look, told
from mesa_recuperacion.dialogue.review.listed import scope_here
from mesa_recuperacion.dialogue.review.said import budget_period_said
from mesa_recuperacion.dialogue.scenes.base import Shape, name_of, quoted, refuse
from mesa_recuperacion.dialogue.sentences import amount_problem
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.review.budgets import BudgetLine, Budgets, Changes, ChangesOf
from mesa_recuperacion.domain.review.exceptions import ExceptionsOf, SpendingOf
from mesa_recuperacion.domain.text import fold

KEY_OF_RESERVE = "r"

_UNSIGNED = re.compile(r"\s*(?:[0-9]{1,4}|r)\s+\S*[0-9]", re.IGNORECASE)


def whose(talk: Talk, person: str, name: str) -> str:
    """A budget by the name of its person, or the reserve."""
    return talk.setting.words.t("The branch's reserve") if person == RESERVE else name


def signed(talk: Talk, amount: Money) -> str:
    """An amount with its sign: ``+$300``, ``-$500``."""
    size = talk.setting.shown.money(Money(abs(amount.minor), amount.currency))
    return f"-{size}" if amount.minor < 0 else f"+{size}"


class BudgetsPage(Page):
    """Everybody's budget of the period, and the reserve."""

    def letters(self, talk: Talk) -> tuple[tuple[str, str], ...]:
        """What else there is to see."""
        t = talk.setting.words.t
        return (("x", t("exceptions")), ("h", t("changes of the period")))

    def lines(self, talk: Talk) -> tuple[BudgetLine, ...]:
        """The rows, the reserve last."""
        seen = answer_of(talk, Budgets)
        return (*seen.lines, seen.reserve)

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """A row for each budget."""
        period = answer_of(talk, Budgets).period
        return tuple(_row(talk, line, period) for line in self.lines(talk))

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """None by default."""
        return None

    def selected(self, talk: Talk, text: str, rows: tuple[Option, ...]) -> int | None:
        """The row of a change that is being typed, else of what is chosen."""
        change = self._change(talk, text)
        return super().selected(talk, change.key if isinstance(change, Change) else text, rows)

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The budgets, how long they last, and what a change that is being typed would leave."""
        t, shown, seen = talk.setting.words.t, talk.setting.shown, answer_of(talk, Budgets)
        rows = self.rows(talk, text, now)
        titles = (t("Budget"), t("funded"), t("changed"), t("reserved"), t("spent"), t("left"))
        title = {
            "day": t("The budgets of today"), "week": t("The budgets of this week"),
            "month": t("The budgets of this month"),
        }[seen.kind]  # fmt: skip
        under = t("until {end} · at most {cap} a case", end=shown.day_time(seen.ends_at), cap=shown.money(seen.cap))
        more = t("and {n} more: a number takes them too", n="{n}")
        blocks: tuple[Block, ...] = (
            Choice(titles, rows, self.selected(talk, text, rows), more=more), Gap(),
            Text(t("Changed here for this period only: 2 +300 and why; r -500 and why. Ctrl+Z takes it back."), "dim"),
            Text(t("What everybody gets each period, and the cap, are the policy's: o on the first page."), "dim"),
        )  # fmt: skip
        return Shape(t("Budget"), t("number opens · number, + or -, why"), blocks, title=title, under=under,
                     status=self._echo(talk, text))  # fmt: skip

    def _echo(self, talk: Talk, text: str) -> str:
        """What the budget would be, in figures and words, before it is kept."""
        t, shown, change = talk.setting.words.t, talk.setting.shown, self._change(talk, text)
        line = self._line(talk, change)
        if not isinstance(change, Change) or line is None:
            return ""
        funded, left = line.budget.funded, line.budget.left
        if left.minor + change.amount.minor < 0:
            return t("{name}: only {left} is left to take.", name=whose(talk, line.person, line.name),
                     left=shown.money(left))  # fmt: skip
        words = shown.amount_in_words(Money(abs(change.amount.minor), change.amount.currency))
        more = t("{words} less", words=words) if change.amount.minor < 0 else t("{words} more", words=words)
        return t("{before} → {after}, {left} left: {more}, {name}", before=shown.money(funded),
                 after=shown.money(funded + change.amount), left=shown.money(left + change.amount), more=more,
                 name=whose(talk, line.person, line.name))  # fmt: skip

    def _change(self, talk: Talk, text: str) -> Change | AmountProblem | None:
        return read_change(text, answer_of(talk, Budgets).cap.currency)

    def _line(self, talk: Talk, change: Change | AmountProblem | None) -> BudgetLine | None:
        key = change.key if isinstance(change, Change) else ""
        return next((line for line in self.lines(talk) if _key(line) == key), None)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Opens what a budget paid, another page, or changes a budget."""
        t, typed = talk.setting.words.t, fold(text).strip()
        if typed == "x":
            return look(talk, "review_exceptions", ExceptionsOf(scope_here(talk)))
        if typed == "h":
            return look(talk, "review_budgets_changes", ChangesOf())
        change = self._change(talk, text)
        if change is None:
            return self._opened(talk, text, now)
        if isinstance(change, NothingAsked):
            return refuse(talk, t("An amount above zero after the sign: 2 +300 and why."), text)
        if not isinstance(change, Change):
            return refuse(talk, amount_problem(talk.setting, change), text)
        line = self._line(talk, change)
        if line is None:
            return refuse(talk, t("There is no budget {key} on the list.", key=change.key), text)
        if not change.reason:
            return refuse(talk, t("Why? A few words after the amount; they are kept with the change."),
                          text.rstrip() + " ")  # fmt: skip
        said = t("{amount} for {name}. {key} takes it back.", amount=signed(talk, change.amount),
                 name=whose(talk, line.person, line.name), key=talk.setting.key("Ctrl+Z"))  # fmt: skip
        return decided(talk, c.AdjustBudget(line.person, change.amount, change.reason), said, text=text)

    def _opened(self, talk: Talk, text: str, now: datetime) -> Step:
        t = talk.setting.words.t
        if not text.strip() and talk.pick is None:
            return refuse(talk, t("A number opens a budget; a number, + or -, an amount and why changes it."))
        if _UNSIGNED.match(text):
            return refuse(talk, t("With its sign, and why: 2 +300 adds, 2 -300 takes away."), text)
        index = self.choice(talk, text, self.rows(talk, text, now))
        if isinstance(index, Step):
            return index
        line = self.lines(talk)[index]
        return look(talk, "review_spending", SpendingOf(line.person, line.budget.period), text=text)

    def undone(self, talk: Talk) -> Step:
        """Takes back one's own latest change of the period."""
        t, last = talk.setting.words.t, answer_of(talk, Budgets).last
        if last is None:
            return refuse(talk, t("There is no change of yours to take back in this period."))
        name = whose(talk, last.person, name_of(talk, last.person))
        said = t("Taken back: {amount} for {name}.", amount=signed(talk, last.amount), name=name)
        return decided(talk, c.UndoAdjustment(last.person, last.id), said)

    def done(self, talk: Talk, now: datetime) -> Talk:
        """The same page, as things are now."""
        return told(talk)


def _key(line: BudgetLine) -> str:
    return KEY_OF_RESERVE if line.person == RESERVE else str(line.number)


def _row(talk: Talk, line: BudgetLine, period: str) -> Option:
    """What nobody has touched in the period yet is only what they will have: a dash where nothing has begun."""
    t, money, view = talk.setting.words.t, talk.setting.shown.money, line.budget
    name = whose(talk, line.person, line.name)
    if line.retired:
        name = t("{name}, no longer works here", name=name)
    elif view.period != period:
        name = f"{name} ({budget_period_said(talk, view.period)})"
    used = (money(view.reserved), money(view.spent)) if line.begun else ("-", "-")
    changed = signed(talk, line.added) if line.added.minor else ""
    low = line.begun and view.left.minor == 0
    cells = (money(view.funded), changed, *used, money(view.left))
    return Option(_key(line), name, cells, "warn" if low else "", quiet=not line.begun)


class ChangesPage(Page):
    """What supervision added to the budgets that run, and took from them: who, when and why."""

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """The changes, the latest first."""
        t, shown = talk.setting.words.t, talk.setting.shown
        made = []
        for n, change in enumerate(answer_of(talk, Changes).lines, 1):
            name = whose(talk, change.person, name_of(talk, change.person))
            by = name_of(talk, change.by)
            if change.undoes:
                by = t("taken back by {name}", name=by)
            cells = (signed(talk, change.amount), shown.day_time(change.at), by)
            made.append(Option(str(n), name, cells, quiet=change.undone or bool(change.undoes)))
        return tuple(made)

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The list and why the marked change was made, or that there is none."""
        t, rows = talk.setting.words.t, self.rows(talk, text, now)
        main: tuple[Block, ...] = (Text(t("Nobody has changed a budget of this period."), "dim"),)
        if rows:
            at, titles = self.selected(talk, text, rows), (t("Budget"), t("change"), t("when"), t("by"))
            main = (Choice(titles, rows, at, left=(1, 2), more=t("and {n} more: the arrows lead there", n="{n}")),)
            why = answer_of(talk, Changes).lines[at].reason if at is not None else ""
            main += (Gap(), Text(quoted(talk, why))) if why else ()
        return Shape(t("See"), t("Esc goes back"), main, title=t("Changes of the budgets that run"),
                     under=t("Each is a line of the journal; what was taken back stays in it."))  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """There is nothing to open."""
        return refuse(talk, talk.setting.words.t("These lines are only read; Esc goes back."))
