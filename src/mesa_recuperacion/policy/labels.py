"""What each field of a policy is called when it is told that it changed."""

from __future__ import annotations

from mesa_recuperacion.domain.hours import Hours
from mesa_recuperacion.domain.policy import (
    Area,
    Compensation,
    Goals,
    Phrases,
    Policy,
    Problem,
    Remedy,
    Retention,
    Statutory,
)
from mesa_recuperacion.i18n.words import later

LABELS: dict[type, dict[str, str]] = {
    Policy: {
        "title": later("Title"), "language": later("Language of the phrases"), "currency": later("Currency"),
        "case_cap": later("Cap of one case"), "budget": later("Budget of each agent"),
        "period": later("The budget is filled"), "reserve": later("Reserve of the branch"),
        "default_standard": later("Time until the problem is known"),
        "follow_up_after": later("Follow-up, after the promise"),
        "park_return": later("A parked case comes back after"),
        "retry_after": later("Nobody answered: again after"), "retries": later("Calls again before supervision"),
        "undo_seconds": later("Seconds to undo a closing"), "repeat_days": later("Days in which a problem is a repeat"),
        "risk_days": later("Days whose complaints count as risk"),
        "area_margin": later("An area is done before the promise by"),
    },
    Hours: {"zone": later("Time zone"), "holidays": later("Holiday")},
    Retention: {
        "owner": later("Customers at risk are called by"), "within": later("Customers at risk are called within"),
        "what": later("Customers at risk: what is done"), "complaints": later("Complaints from which there is risk"),
    },
    Goals: {
        "on_time": later("Goal: on time"), "first_contact": later("Goal: at first contact"),
        "verified": later("Goal: follow-ups with an answer"),
    },
    Phrases: {
        "apology": later("Phrase: apology"), "apology_repeat": later("Phrase: apology to who complained before"),
        "apology_broken": later("Phrase: apology for a broken promise"), "ask": later("Phrase: asking what happened"),
        "ask_other": later("Phrase: asking about another problem"),
        "no_compensation": later("Phrase: nothing is given"), "own_amount": later("Phrase: another amount"),
        "promise": later("Phrase: promise"), "follow_up": later("Phrase: follow-up"),
        "ask_phone": later("Phrase: asking for the telephone"), "closing": later("Phrase: closing"),
        "promise_due": later("Phrase: calling about a promise"), "follow_up_due": later("Phrase: calling to verify"),
        "not_satisfied": later("Phrase: the customer is not satisfied"), "late": later("Phrase: out of time"),
        "exception": later("Phrase: while supervision is asked"), "area": later("Phrase: while an area is asked"),
        "hand_over": later("Phrase: handing over"), "price": later("Phrase: asking the price"),
        "statutory": later("Phrase: what the law owes"), "retention": later("Phrase: calling a customer at risk"),
    },
    Area: {"name": later("name"), "response": later("answers within")},
    Problem: {
        "name": later("name"), "minimum": later("minimum level of service"), "standard": later("standard time"),
        "phrase": later("phrase"), "question": later("question of the follow-up"), "usual": later("usual amount"),
        "family": later("family of causes"),
    },
    Remedy: {
        "name": later("name"), "done": later("name once chosen"), "kind": later("kind"), "cost": later("cost"),
        "within": later("kept within"), "area": later("area that fulfils it"), "phrase": later("phrase"),
        "promise": later("phrase of the promise"),
    },
    Compensation: {
        "name": later("name"), "done": later("name once chosen"), "kind": later("kind"), "amount": later("amount"),
        "within": later("kept within"), "phrase": later("phrase"),
    },
    Statutory: {"name": later("Name of what the law owes")},
}  # fmt: skip
"""The message of each field that is told by itself; lists, and what is told as one with its neighbour, are not here."""

NEVERS = {
    "apologise": later("Never, in step 1"), "listen": later("Never, in step 2"), "solve": later("Never, in step 3"),
    "compensate": later("Never, in step 4"), "promise": later("Never, in step 5"),
    "follow_up": later("Never, in step 6"),
}  # fmt: skip
