"""Customers who may be lost, those with the latest sign of it first (rules D3, F4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, func, literal_column, select

from mesa_recuperacion.domain.clock import from_ms, to_ms
from mesa_recuperacion.domain.review.base import Cursor
from mesa_recuperacion.domain.review.board import RiskLine
from mesa_recuperacion.domain.review.risk import AT_MOST
from mesa_recuperacion.domain.risk import risk_of
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.domain.views import AgendaItem
from mesa_recuperacion.store import cards
from mesa_recuperacion.store.columns import literally
from mesa_recuperacion.store.list_tables import at_risk
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.review.due import items
from mesa_recuperacion.store.review.paging import Fetch, Page, Part, ordered, page, rows
from mesa_recuperacion.store.tables import agenda, case_file, customer

MOST = 100
"""Complaints of one customer are counted up to here."""

_r, _c, _a = at_risk.c, case_file.c, agenda.c
_TRUE: Any = literal_column("1")

_OF = (_c.customer == bindparam("card"), _c.opened_at_ms >= bindparam("since", type_=Integer))
_LATELY = select(_c.folio).where(*_OF).limit(MOST).subquery()
_LAST = select(_c.folio, _c.opened_at_ms).where(_c.customer == bindparam("card"))

COUNTED: Select[Any] = select(
    select(func.count()).select_from(_LATELY).scalar_subquery().label("complaints"),
    select(func.max(_c.opened_at_ms)).where(*_OF, _c.broken == _TRUE).scalar_subquery().label("broken"),
    select(func.max(_c.opened_at_ms)).where(*_OF, _c.unsatisfied == _TRUE).scalar_subquery().label("unsatisfied"),
)  # fmt: skip
"""What a card's cases since an instant say: how many, and when the latest with each sign was opened."""

LAST: Select[Any] = _LAST.order_by(_c.opened_at_ms.desc(), _c.folio.desc()).limit(1)
"""A card's last case."""

CALLS: Select[Any] = select(agenda).where(
    _a.customer.in_(bindparam("cards", expanding=True)), _a.kind == literally("retain"),
    _a.status == literally("pending"),
)  # fmt: skip
"""The calls that are pending so that the customers of those cards stay."""

CALLED: Select[Any] = select(_a.customer).where(
    _a.customer.in_(bindparam("cards", expanding=True)), _a.kind == literally("retain"),
    _a.status.in_((literally("satisfied"), literally("not_satisfied"))), _a.due_at_ms >= bindparam("since"),
)  # fmt: skip
"""The cards among those whose customers were called since an instant so that they stay, and answered."""


@dataclass(frozen=True, slots=True)
class Lately:
    """What counts as a risk: from how many complaints on, since when."""

    complaints: int
    since: datetime

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels of ``at_risk`` under which such customers stand: each under one of them."""
        return (self.complaints, *(-n for n in range(1, self.complaints)))


def level(number: int, since: datetime) -> Part:
    """The customers of a level with a sign since an instant."""
    return Part(select(_r.customer, _r.at_ms).where(_r.level == number), (_r.at_ms, _r.customer), low=to_ms(since))


def counted(tx: Reading, lately: Lately) -> int:
    """How many customers are at risk, at most ``AT_MOST``."""
    total = 0
    for number in lately.levels:
        some = ordered(level(number, lately.since), None, AT_MOST - total, down=True).subquery()
        total += tx.connection.core.execute(select(func.count()).select_from(some)).scalar_one()
    return total


def at_risk_page(tx: Reading, lately: Lately, cursor: Cursor | None) -> Page[RiskLine]:
    """A page of them."""
    found = page(_fetch(tx, lately), _place, cursor)
    return Page(_lines(tx, [row.customer for row in found.rows], lately), found.before, found.after)


def first(tx: Reading, lately: Lately, limit: int) -> tuple[RiskLine, ...]:
    """The first few of them."""
    return _lines(tx, [row.customer for row in _fetch(tx, lately)(None, limit)], lately)


def _fetch(tx: Reading, lately: Lately) -> Fetch[Row[Any]]:
    parts = [level(number, lately.since) for number in lately.levels]
    return rows(tx.connection, parts, _place, latest_first=True)


def _place(row: Row[Any]) -> tuple[int, str]:
    return row.at_ms, row.customer


def _lines(tx: Reading, roots: Sequence[str], lately: Lately) -> tuple[RiskLine, ...]:
    if not roots:
        return ()
    groups: dict[str, list[str]] = {root: [root] for root in roots}
    for row in cards.MERGED_INTO.of(len(roots)).rows(tx.connection, *roots):
        groups[row.merged_into].append(row.id)
    of = {card: root for root, group in groups.items() for card in group}
    found = tx.connection.core.execute(CALLS, {"cards": list(of)}).all()
    calls: dict[str, AgendaItem] = {}
    for row, item in zip(found, items(tx, tuple(found)), strict=True):
        known = calls.get(of[row.customer])
        calls[of[row.customer]] = item if known is None or item.due_at < known.due_at else known
    asked = {"cards": list(of), "since": to_ms(lately.since)}
    called = {of[card] for card in tx.connection.core.execute(CALLED, asked).scalars()}
    named = select(customer.c.id, customer.c.name).where(customer.c.id.in_(list(roots)))
    names = {row.id: row.name for row in tx.connection.core.execute(named)}
    lines = (_line(tx, root, group, names, calls.get(root), lately) for root, group in groups.items())
    return tuple(replace(line, called=line.customer in called) for line in lines)


def _line(
    tx: Reading, root: str, group: Sequence[str], names: dict[str, str], call: AgendaItem | None, lately: Lately
) -> RiskLine:  # fmt: skip
    complaints, broken, unsatisfied = 0, 0, 0
    last = (0, "")
    for card in group:
        row = tx.connection.core.execute(COUNTED, {"card": card, "since": to_ms(lately.since)}).one()
        complaints += row.complaints
        broken += row.broken is not None
        unsatisfied += row.unsatisfied is not None
        latest = tx.connection.core.execute(LAST, {"card": card}).first()
        last = max(last, (latest.opened_at_ms, latest.folio)) if latest is not None else last
    complaints = min(complaints, MOST)
    reasons = risk_of(
        complaints=complaints, broken=broken, unsatisfied=unsatisfied, threshold=lately.complaints
    )  # fmt: skip
    return RiskLine(
        root, names.get(root, ""), complaints, from_ms(last[0]), reasons, call is not None, last[1], call
    )  # fmt: skip
