"""Between steps 3 and 4, where the policy says so: what the law owes, apart from the gesture (rule B6)."""

from __future__ import annotations

import re
from datetime import datetime

from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.grammar.amount import read_amount
from mesa_recuperacion.dialogue.scenes.base import (
    Scene,
    Shape,
    ask,
    go,
    policy_of,
    problem_of,
    refuse,
    spoken,
    stage_after,
    state_of,
)  # fmt: skip
from mesa_recuperacion.dialogue.sentences import amount_problem
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Gap, Pairs, Phrase, Text
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain.money import Money, zero
from mesa_recuperacion.domain.policy import Statutory as Owed
from mesa_recuperacion.domain.text import clean

_WAIVED = re.compile(r"\s*0(?:\s+(.*))?", re.DOTALL)


def owed_of(talk: Talk) -> Owed | None:
    """What the law owes for the case's problem."""
    problem = problem_of(talk)
    return problem.statutory if problem else None


class Statutory(Scene):
    """Asks for the price where a share of it is owed, and says the amount; or 0 and why it does not apply."""

    step = "solve"
    back = "solve"

    def amount(self, talk: Talk, text: str) -> Money | None:
        """What would be recorded for what is typed."""
        owed, currency = owed_of(talk), policy_of(talk).currency
        if owed is None or _WAIVED.fullmatch(text):
            return None
        if not owed.by_price:
            return owed.owed(zero(currency))
        price = read_amount(text, currency, cap=None) if text.strip() else None
        return owed.owed(price) if isinstance(price, Money) else None

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The question, the amount that follows, and that nobody's budget pays it."""
        t, money, owed, phrases = talk.setting.words.t, talk.setting.shown.money, owed_of(talk), policy_of(talk).phrases
        if owed is None:
            return Shape(t("Legal minimum"), t("Enter goes on"), (Text(t("The law owes nothing more here.")),))
        amount = self.amount(talk, text)
        said = spoken(talk, phrases.price) if owed.by_price and amount is None else \
            spoken(talk, phrases.statutory, amount=money(amount) if amount is not None else "…")  # fmt: skip
        basis = t("{percent} % of the price paid", percent=owed.percent) if owed.by_price else money(owed.amount)
        legal = state_of(talk).legal
        rows = [
            (t("By law"), f"{owed.name} · {basis}", ""),
            (t("Paid by"), t("the company: apart from your budget and from the cap"), ""),
        ]
        if legal is not None:
            noted = t("does not apply") if legal.amount is None else money(legal.amount)
            rows.append((t("Noted"), noted, ""))
        blocks: list[Block] = [Phrase(t("Say"), said), Gap(), Pairs(tuple(rows)), Gap()]
        blocks.append(Text(t("0 and why, if it does not apply. Enter alone leaves it for later."), "dim"))
        prompt = t("Price paid") if owed.by_price else owed.name
        ghost = f"{owed.name} {money(amount)}" if amount is not None else ""
        return Shape(prompt, t("figures · Enter notes it"), tuple(blocks), ghost=ghost)

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Notes it, notes why not, or leaves it pending."""
        t, owed, state = talk.setting.words.t, owed_of(talk), state_of(talk)
        then = stage_after("solve", state)
        if owed is None or (owed.by_price and not text.strip()):
            return go(talk, then)
        waived = _WAIVED.fullmatch(text)
        if waived:
            if not clean(waived[1] or ""):
                return refuse(talk, t("Why does it not apply? 0, a space and a few words."), "0 ")
            return ask(talk, Do(c.WaiveStatutory(state.folio, waived[1])), then=then, text=text)
        if not owed.by_price:
            return ask(talk, Do(c.RecordStatutory(state.folio)), then=then, text=text)
        price = read_amount(text, policy_of(talk).currency, cap=None)
        if not isinstance(price, Money):
            return refuse(talk, amount_problem(talk.setting, price), text)
        return ask(talk, Do(c.RecordStatutory(state.folio, price)), then=then, text=text)
