"""What a customer is found by, row by row (rule A3)."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import to_ms
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from mesa_recuperacion.store.words import FIRST, OTHER, PHONE, found_by, has_name
from tests.contract.branch import NOW, Branch, tables


def test_a3_a_card_is_found_by_each_word_of_the_name_and_by_each_way_to_say_the_telephone() -> None:
    card = " rosa nunez pena  # 0078 12340078 5512340078"
    assert found_by("r", [("Rosa Núñez-Peña", "55 1234 0078")], 7) == [
        (FIRST, "rosa", "r", card, 7),
        (OTHER, "nunez", "r", card, 7),
        (OTHER, "pena", "r", card, 7),
        (PHONE, "0078", "r", card, 7),
        (PHONE, "12340078", "r", card, 7),
        (PHONE, "5512340078", "r", card, 7),
    ]
    assert found_by("r", [("", "")], None) == []


@pytest.mark.parametrize(
    ("typed", "begins"),
    [("ro", True), ("rosy", True), ("nunez", False), ("5512340078", False), ("osa", False), ("0078", False)],
)
def test_d3_a_card_begins_as_one_of_its_names_does(typed: str, begins: bool) -> None:
    rows = found_by("r", [("Rosa Núñez", "55 1234 0078"), ("Rosy", ""), ("", "33 1111 2222")], None)
    assert {has_name(row[3], typed) for row in rows} == {begins}


def test_d3_a_telephone_alone_is_no_name() -> None:
    ((*_, card, _), *_) = found_by("r", [("", "0078")], None)
    assert not has_name(card, "0078")


def words_and_times(branch: Branch) -> dict[object, set[tuple[object, object]]]:
    """By whom, each word that finds them, and when they are said to have complained last."""
    found: dict[object, set[tuple[object, object]]] = {}
    for _, word, who, _, last in tables(branch.store)["customer_word"]:
        found.setdefault(who, set()).add((word, last))
    return found


def test_a3_what_finds_a_customer_follows_all_that_happens_to_their_cards(tmp_path: Path) -> None:
    with closing(Store.create(tmp_path / "mesa.db")) as store:
        branch = Branch(store)
        branch.found()
        branch.customer("rosa", "Rosa")
        branch.customer("rosy", "Rosy")
        assert words_and_times(branch) == {"rosa": {("rosa", None)}, "rosy": {("rosy", None)}}
        earlier, later = to_ms(NOW - timedelta(days=2)), to_ms(NOW)
        case = branch.open("rosy", NOW)
        branch.open("rosa", NOW - timedelta(days=2))
        assert words_and_times(branch) == {"rosa": {("rosa", earlier)}, "rosy": {("rosy", later)}}
        branch.append(("", f.CustomersMerged("rosa", "rosy")))
        assert words_and_times(branch) == {"rosa": {("rosa", later), ("rosy", later)}}
        branch.append(("", f.CustomerNamed("rosy", "Rocío", "Rocío")))
        assert words_and_times(branch) == {"rosa": {("rosa", later), ("rocio", later)}}
        branch.append((case, f.CaseWithdrawn()))
        assert words_and_times(branch) == {"rosa": {("rosa", earlier), ("rocio", earlier)}}
        branch.append(("", f.MergeUndone("rosa", "rosy")))
        assert words_and_times(branch) == {"rosa": {("rosa", earlier)}, "rosy": {("rocio", None)}}
        branch.append(("", f.CustomerForgotten("rosa")))
        assert words_and_times(branch) == {"rosy": {("rocio", None)}}
        assert verify(store).sound
