"""D2: what a set of cases comes to is what its cases come to, one by one, whether a counter tells it or not."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from mesa_recuperacion.domain.analysis import Measured
from mesa_recuperacion.domain.period import month_of, week_of
from mesa_recuperacion.domain.review.cases import CaseLine
from mesa_recuperacion.domain.review.scope import WHICH, Behind, Filter, Scope
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.review import measures
from mesa_recuperacion.store.review.cases import cases
from mesa_recuperacion.store.store import Store
from tests.contract.branch import NOW
from tests.contract.test_whole_desk_property import ACTS, CASE, Desk, opening

MONTH = month_of(NOW.date())
SCOPES = (
    Scope(MONTH), Scope(week_of(NOW.date())), Scope(MONTH, Filter(person="ana")),
    Scope(MONTH, Filter(problem="missing_product")), Scope(MONTH, Filter(branch="CEN")), Scope(MONTH.shifted(-1)),
)  # fmt: skip


def listed(tx: Reading, behind: Behind) -> list[CaseLine]:
    """Every case behind a figure, page by page."""
    found, page = [], cases(tx, behind, None)
    while True:
        found += page.rows
        if page.after is None:
            return found
        page = cases(tx, behind, page.after)


def recounted(lines: list[CaseLine], of: int) -> tuple[int, int, int, int]:
    late = sum(line.elapsed > line.standard for line in lines)
    return len(lines), of, late, sum(line.remedy_cost + line.given for line in lines)


def figures(measured: Measured) -> tuple[int, int, int, int]:
    return measured.cases, measured.of, measured.late, measured.cost


@pytest.mark.parametrize("seed", [3, 4])
def test_d2_a_set_comes_to_what_its_cases_come_to(tmp_path: Path, seed: int) -> None:
    store = Store.create(tmp_path / "mesa.db")
    desk, dice = Desk(store), Random(seed)
    for what, a, b, d in opening:
        desk.turn(what, a, b, d)
    for _ in range(500):
        what = dice.choice(("open", "identify", "remedy", "grant", "close", *ACTS, *CASE))
        desk.turn(what, dice.randrange(60), dice.randrange(60), dice.randrange(60))
    narrow = 0
    with store.reading() as tx:
        for scope in SCOPES:
            of = len(listed(tx, Behind(Scope(scope.period))))
            sets = [Behind(scope, which) for which in WHICH]
            sets += [Behind(scope, problems=("missing_product", "late_delivery")), Behind(scope, minor=0)]
            sets += [Behind(scope, standing=standing) for standing in ("new", "known")]
            sets += [Behind(scope, choice=("remedy", line.remedy)) for line in listed(tx, Behind(scope))[:3]]
            for behind in sets:
                lines = listed(tx, behind)
                assert figures(measures.measured(tx, behind)) == recounted(lines, of), behind
                narrow += 0 < len(lines) < of
            latest = [line.folio for line in listed(tx, Behind(scope, problems=("missing_product",)))]
            assert list(measures.latest(tx, Behind(scope, problems=("missing_product",)), 9)) == latest[:9]
            some = listed(tx, Behind(scope))[::2]
            picked = Behind(scope, folios=tuple(line.folio for line in some))
            if some:
                assert figures(measures.measured(tx, picked)) == recounted(some, of)
                assert measures.measured(tx, picked).problems == tuple(sorted({line.problem for line in some}))
    assert narrow > 20
    store.close()
