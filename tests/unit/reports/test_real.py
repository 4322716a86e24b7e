"""F8 on a branch with months of history: each question's whole answer is written, and the report is made of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mesa_recuperacion.demo.prepare import prepare
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.period import span
from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.domain.review.board import BoardOf
from mesa_recuperacion.domain.review.budgets import BudgetsOf, ChangesOf
from mesa_recuperacion.domain.review.cases import CaseOf, CasesOf
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.exceptions import ExceptionsOf, SpendingOf
from mesa_recuperacion.domain.review.own import PersonOf
from mesa_recuperacion.domain.review.risk import RiskOf
from mesa_recuperacion.domain.review.scope import WHICH, Behind, Filter, Scope
from mesa_recuperacion.domain.review.staff import StaffOf, StaffPersonOf
from mesa_recuperacion.domain.review.suggestions import SuggestionsOf
from mesa_recuperacion.domain.review.totals import AreasOf, EquityOf, RemediesOf
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.reports.export import Written, export
from mesa_recuperacion.reports.html import as_html
from mesa_recuperacion.reports.monthly import Report, as_csv, as_json, gather
from mesa_recuperacion.service.hashing import Argon2
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.review.review import ReviewService
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.wiring.outgoing import voice_of

NOW = datetime(2026, 3, 11, 16, 42, tzinfo=UTC)
ALL = Scope(span(datetime(2025, 1, 1).date(), NOW.date()))


class House:
    """A branch with history, and a supervisor who looks at it."""

    def __init__(self, store: Store) -> None:
        self.store, policies = store, Policies(words("es"))
        with store.reading() as tx:
            self.people = tx.people()
        carla = next(p for p in self.people if p.role == "supervisor")
        self.review = ReviewService(store, policies, FixedClock(NOW), carla)
        self.voice = voice_of(store, policies, carla, "es_MX", NOW)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    path = tmp_path_factory.mktemp("house") / "mesa.db"
    prepare(path, now=NOW, cases=130, language="es", hasher=Argon2(memory_kib=64))
    store = Store.open(path)
    yield House(store)
    store.close()


def rows(house: House, query: Query, folder: Path) -> tuple[int, list[list[str]]]:
    made = export(query, house.review.look, house.voice, folder, NOW)
    assert isinstance(made, Written), made
    read = list(csv.reader(io.StringIO(made.path.read_text(encoding="utf-8-sig"), newline=""), strict=True))
    assert len({len(row) for row in read}) == 1
    return made.rows, read


@pytest.mark.parametrize("which", WHICH)
def test_f8_the_file_has_each_case_behind_a_figure_once(house: House, tmp_path: Path, which: str) -> None:
    """As many as the figure says, where it counts cases."""
    written, read = rows(house, CasesOf(Behind(ALL, which)), tmp_path)
    folios = [row[0] for row in read[-written:]] if written else []
    assert len(folios) == len(set(folios)) == written
    board = house.review.look(BoardOf(ALL))
    if which in ("cases", "on_time", "first_contact", "nothing", "passed_over", "satisfied"):
        assert written == getattr(board.counts, which)  # type: ignore[union-attr]
    if which == "cases":
        assert written > 100  # several pages


@pytest.mark.parametrize(
    "query",
    [
        BoardOf(ALL), AreasOf(ALL), EquityOf(ALL), RemediesOf(ALL), ExceptionsOf(ALL), DueOf(), RiskOf(),
        SuggestionsOf(), BudgetsOf(), ChangesOf(), StaffOf(),
    ],
    ids=lambda query: type(query).__name__,
)  # fmt: skip
def test_f8_each_question_is_written(house: House, tmp_path: Path, query: Query) -> None:
    written, read = rows(house, query, tmp_path)
    assert len(read) >= written + 7
    if type(query) not in (ChangesOf, ExceptionsOf, SuggestionsOf, RiskOf):
        assert written > 0


def test_f8_one_case_and_one_person_are_written(house: House, tmp_path: Path) -> None:
    _, read = rows(house, CasesOf(Behind(ALL)), tmp_path)
    folio = read[-1][0]
    written, read = rows(house, CaseOf(folio), tmp_path)
    assert written > 3
    assert any(folio in field for row in read for field in row)
    ana = house.people[0]
    for query in (PersonOf(Scope(ALL.period, Filter(ana.id))), StaffPersonOf(ana.id), SpendingOf(ana.id)):
        _, read = rows(house, query, tmp_path)
        assert any(ana.name in field for row in read for field in row), query


def test_f8_the_report_of_it_is_made_in_every_form(house: House) -> None:
    made = gather(ALL, house.review.look, NOW)
    assert isinstance(made, Report)
    assert not made.is_empty
    for write in (as_json, as_csv, as_html):
        text = write(made, house.voice)
        assert "Ana Torres" in text
        assert str(made.board.counts.cases) in text
