"""Step 4: the gesture, with its cost, what is left, the cap and the usual amount in sight (rules B2, B8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.grammar.amount import read_amount
from mesa_recuperacion.dialogue.scenes import exception
from mesa_recuperacion.dialogue.scenes.base import (
    Scene,
    Shape,
    ask,
    file_of,
    go,
    policy_of,
    problem_of,
    refuse,
    spoken,
    stage_after,
    state_of,
)  # fmt: skip
from mesa_recuperacion.dialogue.sentences import amount_problem, sentence
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Choice, Gap, Option, Phrase, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.decide.steps import OWN_AMOUNT, delivered
from mesa_recuperacion.domain.money import Money, exponent, zero
from mesa_recuperacion.domain.policy import Compensation
from mesa_recuperacion.domain.refusals import BudgetTooLight, OverCap, Refusal

NOTHING = "0"

_ABOVE = "above:"
"""How the doubt about a gesture above a limit begins; its code, and an own amount, follow."""


def offered(talk: Talk) -> tuple[Compensation, ...]:
    """The compensations authorised for the case's problem."""
    problem = problem_of(talk)
    return problem.compensations if problem else ()


def room(talk: Talk) -> Money:
    """What the case may still get under the cap (rule B2)."""
    policy = policy_of(talk)
    left = policy.case_cap - delivered(state_of(talk), policy.currency)
    return left if left.minor > 0 else zero(policy.currency)


def purse(talk: Talk) -> Money:
    """What the agent may spend on this case: what is left, and what this case holds of it already."""
    gesture, person = state_of(talk).gesture, talk.person.id if talk.person else ""
    if talk.day is None:
        return zero(policy_of(talk).currency)
    budget = talk.day.budget
    held = gesture is not None and not gesture.delivered and (gesture.person, gesture.period) == (person, budget.period)
    return budget.left + gesture.amount if gesture and held else budget.left


class Compensate(Scene):
    """The authorised gestures, an own amount, or nothing and why."""

    step = "compensate"
    back = "solve"

    def rows(self, talk: Talk, text: str, now: datetime) -> tuple[Option, ...]:
        """Each gesture with its cost and what would be left; what does not fit is quiet."""
        t, money = talk.setting.words.t, talk.setting.shown.money
        left, cap = purse(talk), room(talk)
        rows = []
        for n, x in enumerate(offered(talk), 1):
            fits = left.covers(x.amount) and cap.covers(x.amount)
            after = money(left - x.amount) if left.covers(x.amount) else t("not enough")
            rows.append(Option(str(n), x.name, (money(x.amount), after), quiet=not fits))
        upto = min(cap, left, key=lambda m: m.minor)
        own = Option(str(len(rows) + 1), t("Another amount…"), (t("up to {amount}", amount=money(upto)), ""))
        nothing = Option(NOTHING, t("Nothing, and note why"), (money(zero(left.currency)), money(left)), quiet=True)
        return (*rows, own, nothing)

    def default(self, talk: Talk, rows: tuple[Option, ...]) -> int | None:
        """What was just asked for, the gesture already chosen, else the first that fits both limits."""
        gesture, codes = state_of(talk).gesture, [x.code for x in offered(talk)]
        doubted = talk.doubt.removeprefix(_ABOVE)
        if doubted in codes:
            return codes.index(doubted)
        if gesture and gesture.code in codes:
            return codes.index(gesture.code)
        return next((i for i, row in enumerate(rows) if not row.quiet), 0)

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The phrase of the selected gesture, and both limits under the list."""
        t, money, rows = talk.setting.words.t, talk.setting.shown.money, self.rows(talk, text, now)
        options = offered(talk)
        if not options:
            return Shape(t("Compensation"), t("Enter goes to the problem"), (Text(t("First note the problem.")),))
        selected = self.selected(talk, text, rows)
        listed = options[selected] if selected is not None and selected < len(options) else None
        phrases = policy_of(talk).phrases
        phrase = spoken(talk, phrases.no_compensation)
        if listed is not None:
            phrase = spoken(talk, listed.phrase, amount=money(listed.amount))
        usual, cap = file_of(talk).usual, money(room(talk))
        limits = t("Cap of this case {cap}", cap=cap)
        if usual is not None:
            limits = t("Cap of this case {cap} · usual here {usual}", cap=cap, usual=money(usual))
        titles = (t("Compensation"), t("costs"), t("you keep"))
        blocks: list[Block] = [Phrase(t("Say"), phrase), Gap(), Choice(titles, rows, selected), Gap()]
        blocks.append(Text(limits, "dim"))
        if not any(purse(talk).covers(x.amount) for x in options):
            blocks.append(Text(t("▲ The budget does not reach: choose what is right; Enter asks supervision."), "warn"))
        legal = state_of(talk).legal
        if legal is not None and legal.amount is not None:
            blocks.append(Text(t("Apart, by law: {amount}", amount=money(legal.amount)), "dim"))
        ghost = f"{rows[selected].name} {rows[selected].cells[0]}" if selected is not None and text.strip() else ""
        return Shape(t("Compensation"), t("number · Enter grants"), tuple(blocks), ghost=ghost)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Reserves the gesture; the money is delivered only at closing (rule B5)."""
        options, state = offered(talk), state_of(talk)
        if not options:
            return go(talk, "problem")
        index = self.choice(talk, text, self.rows(talk, text, now))
        if isinstance(index, Step):
            return index
        if index > len(options):
            return go(talk, "nothing_why")
        if index == len(options):
            return go(talk, "own_amount")
        code = options[index].code
        if talk.doubt == _ABOVE + code:
            return exception.begin(talk, code, None)
        command, asked = c.GrantCompensation(state.folio, code), replace(talk, doubt=_ABOVE + code)
        return ask(asked, Do(command), then=stage_after("compensate", state), text=text)

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """Above a limit the call goes on: the same Enter again asks supervision (rule B4)."""
        return above(talk, refusal, now)


def above(talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
    """What a limit says, with the way above it; ``None`` for any other refusal."""
    if not isinstance(refusal, OverCap | BudgetTooLight):
        return None
    return refuse(talk, sentence(talk.setting, refusal, now), talk.sent)


class OwnAmount(Scene):
    """Step 4: an amount of the agent's own, echoed in words before Enter."""

    step = "compensate"
    back = "compensate"

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The amount as it will be said."""
        t, shown, policy = talk.setting.words.t, talk.setting.shown, policy_of(talk)
        read = read_amount(text, policy.currency, cap=policy.case_cap) if text.strip() else None
        amount = read if isinstance(read, Money) else None
        left, cap = purse(talk), room(talk)
        over = amount is not None and not min(cap, left, key=lambda m: m.minor).covers(amount)
        said = spoken(talk, policy.phrases.own_amount, amount=shown.money(amount) if amount is not None else "…")
        if over:  # nothing is said of an amount that nobody has authorised
            said = spoken(talk, policy.phrases.exception)
        figures = t("Figures only: 120 or 99.50. Esc goes to the list.") if exponent(policy.currency) else \
            t("Figures only: 1200. Esc goes to the list.")  # fmt: skip
        keep = shown.money(left) if amount is None or over else shown.money(left - amount)
        return Shape(
            prompt=t("Amount"), hint=t("figures · Enter grants"),
            ghost=shown.amount_in_words(amount) if amount is not None else "",
            main=(
                Phrase(t("Say"), said), Gap(),
                Text(t("Cap of this case {cap} · you keep {left}", cap=shown.money(cap), left=keep), "dim"), Gap(),
                Text(figures, "dim"),
            ),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Reserves the amount if it can be read; both limits are decided with the command (rule B3)."""
        policy, state = policy_of(talk), state_of(talk)
        again = _again(talk, text)
        read = again if again is not None else read_amount(text, policy.currency, cap=policy.case_cap)
        if not isinstance(read, Money):
            return refuse(talk, amount_problem(talk.setting, read), text)
        doubt = f"{_ABOVE}{OWN_AMOUNT}:{read.minor}"
        if talk.doubt == doubt:
            return exception.begin(talk, OWN_AMOUNT, read)
        command = c.GrantCompensation(state.folio, OWN_AMOUNT, read)
        return ask(replace(talk, doubt=doubt), Do(command), then=stage_after("compensate", state), text=text)

    def refused(self, talk: Talk, refusal: Refusal, now: datetime) -> Step | None:
        """Above a limit the call goes on: the same Enter again asks supervision (rule B4)."""
        return above(talk, refusal, now)


def _again(talk: Talk, text: str) -> Money | None:
    """The amount that was above a limit, for an Enter that was typed before the line had it back."""
    code, _, minor = talk.doubt.removeprefix(_ABOVE).partition(":")
    if text.strip() or not talk.said or code != OWN_AMOUNT or not minor:
        return None
    return Money(int(minor), policy_of(talk).currency)


class NothingWhy(Scene):
    """Step 4: nothing, and why (rule B8)."""

    step = "compensate"
    back = "compensate"

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """Thanks, and a word of reason."""
        t = talk.setting.words.t
        return Shape(
            prompt=t("Why nothing"), hint=t("one word is enough · Enter"),
            main=(
                Phrase(t("Say"), spoken(talk, policy_of(talk).phrases.no_compensation)), Gap(),
                Text(t("Nothing is a legitimate answer. The reason helps to change the policy, not to judge."), "dim"),
            ),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Records the reason."""
        state = state_of(talk)
        command = c.DeclineCompensation(state.folio, text)
        return ask(talk, Do(command), then=stage_after("compensate", state), text=text)
