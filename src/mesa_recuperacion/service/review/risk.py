"""Customers who may be lost, as the policy in force says it (rules D3, D12)."""

from __future__ import annotations

from datetime import timedelta

from mesa_recuperacion.domain.review.board import RiskLine
from mesa_recuperacion.domain.review.risk import Risk, RiskOf
from mesa_recuperacion.domain.risk import RISK_COMPLAINTS
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.review import risk as pages


def risk(query: RiskOf, looking: Looking) -> Risk:
    """A page of the customers at risk, those with the latest sign of it first."""
    lately = lately_of(looking)
    found = pages.at_risk_page(looking.tx, lately, query.cursor)
    return Risk(found.rows, found.before, found.after, pages.counted(looking.tx, lately))


def first_at_risk(looking: Looking, limit: int) -> tuple[tuple[RiskLine, ...], int]:
    """The first few of that list, and how many they are in all (at most ``domain.review.risk.AT_MOST``)."""
    lately = lately_of(looking)
    return pages.first(looking.tx, lately, limit), pages.counted(looking.tx, lately)


def lately_of(looking: Looking) -> pages.Lately:
    """From how many complaints on, and since when, the policy counts a customer as at risk."""
    plan = looking.policy.retention
    since = looking.now - timedelta(days=looking.policy.risk_days)
    return pages.Lately(plan.complaints if plan is not None else RISK_COMPLAINTS, since)
