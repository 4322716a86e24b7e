"""``mesa customer``: forgetting a customer at their wish (rule E3)."""

from __future__ import annotations

import sys
from datetime import datetime, time

from mesa_recuperacion.cli.ask import LONGEST, signed
from mesa_recuperacion.cli.branch import Branch, in_branch
from mesa_recuperacion.cli.failures import DONE, REFUSED
from mesa_recuperacion.cli.workstation import say, tell
from mesa_recuperacion.dialogue import talk as d
from mesa_recuperacion.domain.refusals import CustomerForgotten, UnknownCase
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.i18n.words import customer_named
from mesa_recuperacion.service.desk import DeskService
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.store.traces import Held
from mesa_recuperacion.wiring.forgetting import forget as forget_all
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.results import done


def forget(named: str) -> int:
    """Forget the customer of a case (its folio) or of a card (its reference), once a supervisor has signed."""

    def work(branch: Branch) -> int:
        asked = clean(named, 80)
        customer = _customer(branch, asked)
        if customer is None:
            return branch.refuse(UnknownCase(asked))
        if not _shown(branch, customer):
            return branch.refuse(CustomerForgotten())
        if (by := signed(branch)) is None:
            return REFUSED
        return _forgotten(branch, by, customer, asked)

    return in_branch(work)


def _customer(branch: Branch, named: str) -> str | None:
    """The card that is meant."""
    with branch.store.reading() as tx:
        state = tx.case_state(named.upper())
        if state is not None:
            return state.customer
        card = tx.card(named)
        return None if card is None else card.id


def _shown(branch: Branch, customer: str) -> bool:
    """Say whom and what it is about; whether there is anything of them."""
    t, tn = branch.words.t, branch.words.tn
    with branch.store.reading() as tx:
        cards = Held(tx).read_as_one(customer)
        cases = Held(tx).cases_of([card.id for card in cards])
    if all(card.forgotten for card in cards):
        return False
    names = ", ".join(dict.fromkeys(customer_named(branch.words, card.name) for card in cards))
    phones = ", ".join(dict.fromkeys(card.phone for card in cards if card.phone)) or t("no telephone yet")
    tell(f"{names} · {phones}")
    tell(tn("{n} case: {folios}", "{n} cases: {folios}", len(cases), folios=", ".join(cases)))
    tell(t("Goes for good: name, telephone, notes, reasons and whatever else was typed about them."))
    tell(t("The cases stay, with their amounts, times and promises; no figure changes."))
    return True


def _forgotten(branch: Branch, by: Person, customer: str, named: str) -> int:
    """The name once more, so that a slip of the finger forgets nobody; then all of it."""
    t = branch.words.t
    sys.stderr.write(t("It cannot be undone. Type {named} again to go on: ", named=named))
    sys.stderr.flush()
    if clean(sys.stdin.readline(LONGEST), 80).upper() != named.upper():
        say(t("That is not the same. Nothing was changed."))
        return REFUSED
    policies = Policies(branch.words)
    with branch.store.reading() as tx:
        policy = policies.in_force(tx, branch.now())
    desk = DeskService(branch.store, policies, branch.clock, fresh_id, by, policy)
    with branch.run:
        came = forget_all(
            desk, customer, lambda: done(desk.forget(customer, fresh_id())), branch.here.config.backup.keep_days
        )
    if isinstance(came, d.Refused):
        return branch.refuse(came.refusal)
    if isinstance(came, d.Forgotten):
        _say_all(branch, came)
    return branch.run.status if branch.run.asked else DONE


def _say_all(branch: Branch, came: d.Forgotten) -> None:
    t, tn = branch.words.t, branch.words.tn
    tell(tn("Forgotten. {n} case goes on counting.", "Forgotten. {n} cases go on counting.", came.cases))
    for told, files in (
        (t("Erased, since they named them:"), came.removed),
        (t("No longer where they were written, so somebody may have moved them: look for them."), came.missing),
        (t("Could not be read or erased: do it by hand."), came.stuck),
    ):
        if files:
            for line in (told, *(f"  {path}" for path in files)):
                tell(line)
    until = datetime.combine(came.until, time(), branch.setting.shown.zone)
    tell(t("The program's backups hold them until {day}; those that somebody made by hand, until they are erased.",
            day=branch.setting.shown.day(until)))  # fmt: skip
    if not came.swept:
        tell(t("Remains are in the branch's file until it is next opened or closed. Nothing has to be done."))
