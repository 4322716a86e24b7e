"""Customers' cards: names, telephones, and two cards of one person (rule A3)."""

from __future__ import annotations

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.decide.context import Context, Decision
from mesa_recuperacion.domain.text import NAME_LENGTH, PHONE_LENGTH, call_name, clean, display_phone, proper_name
from mesa_recuperacion.domain.views import Card


def decide_card(command: c.CardCommand, ctx: Context) -> Decision:
    """What a command about a card leads to: facts, or why not."""
    card = ctx.branch.card(command.customer)
    if isinstance(command, c.NameCustomer | c.NotePhone):
        card = standing_card(command.customer, ctx)
    if card is None:
        return r.UnknownCustomer()
    if card.forgotten:
        return r.CustomerForgotten()
    match command:
        case c.NameCustomer():
            return _name(command, card)
        case c.NotePhone():
            phone = display_phone(clean(command.phone, PHONE_LENGTH))
            return () if phone == card.phone else (f.PhoneNoted(card.id, phone),)
        case c.MergeCards():
            return _merge(command, card, ctx)
        case c.UndoMerge():
            return _undo(command, card, ctx)
    raise TypeError(f"nobody decides {command!r}")


def standing_card(customer: str, ctx: Context) -> Card | None:
    """The card that a customer is read as: the one it was merged into, if it was."""
    card = ctx.branch.card(customer)
    return ctx.branch.card(card.merged_into) if card is not None and card.merged_into else card


def _name(command: c.NameCustomer, card: Card) -> Decision:
    name = proper_name(clean(command.name, NAME_LENGTH))
    if not name:
        return r.NameMissing()
    called = clean(command.call_name, NAME_LENGTH) or call_name(name)
    return () if (name, called) == (card.name, card.call_name) else (f.CustomerNamed(card.id, name, called),)


def _merge(command: c.MergeCards, card: Card, ctx: Context) -> Decision:
    """Only supervision, only two cards that both stand on their own; a card with others merged in moves with them."""
    if not ctx.supervisor:
        return r.SupervisorNeeded()
    other = ctx.branch.card(command.other)
    if other is None:
        return r.UnknownCustomer()
    if other.forgotten:
        return r.CustomerForgotten()
    if other.id == card.id or other.merged_into or card.merged_into:
        return r.SameCard()
    return (f.CustomersMerged(card.id, other.id),)


def _undo(command: c.UndoMerge, card: Card, ctx: Context) -> Decision:
    if not ctx.supervisor:
        return r.SupervisorNeeded()
    other = ctx.branch.card(command.other)
    if other is None or other.merged_into != card.id:
        return r.NotMerged()
    return (f.MergeUndone(card.id, other.id),)
