"""E3: ``mesa customer forget``: a supervisor signs, the folio is typed again, and what is left is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from mesa_recuperacion.store import handed
from tests.desk import opened
from tests.unit.cli.conftest import Run
from tests.unit.cli.test_commands import ANNA, CAROL, refused, rows


@pytest.fixture
def folio(database: Path) -> str:
    """A case whose customer has no case that is open."""
    query = (
        "SELECT folio FROM case_file AS one WHERE status = 'closed' AND NOT EXISTS (SELECT 1 FROM case_file "
        "WHERE customer = one.customer AND status <> 'closed') AND customer NOT IN (SELECT id FROM customer WHERE "
        "merged_into <> '') ORDER BY folio LIMIT 1"
    )
    return str(rows(database, query)[0][0])


def name(database: Path, folio: str) -> str:
    found = rows(database, f"SELECT name FROM customer, case_file WHERE id = customer AND folio = '{folio}'")
    return str(found[0][0])


def test_e3_a_folio_is_typed_twice_and_the_customer_is_gone(run: Run, database: Path, folio: str) -> None:
    known = name(database, folio)
    done = run("customer", "forget", folio.lower(), typed=f"{CAROL}\n{folio}\n")
    assert done.exit_code == 0, done.output
    assert known in done.stdout
    assert folio in done.stdout
    for said in ("Goes for good", "The cases stay", "go on counting" if "cases:" in done.stdout else "goes on counting",
                 "backups hold them until"):  # fmt: skip
        assert said in done.stdout
    assert name(database, folio) == ""
    verified = run("journal", "verify")
    assert verified.exit_code == 0
    assert "private texts were erased" in verified.stdout
    refused_again = run("customer", "forget", folio, typed=f"{CAROL}\n{folio}\n")
    assert (refused_again.exit_code, refused_again.stdout) == (1, "")
    assert "asked to be forgotten" in refused_again.stderr


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (f"{ANNA}\n", "Only supervision can do that."), ("3 000000\n", "Number and PIN do not match."),
        (f"{CAROL}\nCEN-9999\n", "That is not the same. Nothing was changed."), (f"{CAROL}\n", "not the same"),
    ],
)  # fmt: skip
def test_e3_without_the_signature_or_the_folio_nothing_happens(
    run: Run, database: Path, folio: str, typed: str, said: str
) -> None:
    known = name(database, folio)
    done = run("customer", "forget", folio, typed=typed)
    assert done.exit_code == 1
    assert said in done.stderr
    assert name(database, folio) == known
    assert rows(database, "SELECT 1 FROM journal WHERE kind = 'customer.forgotten'") == []


def test_e3_what_is_no_case_and_no_card_is_said(run: Run, database: Path) -> None:
    refused(run("customer", "forget", "CEN-9999", typed=f"{CAROL}\n"), "There is no case CEN-9999 here.")


def test_e3_an_open_case_is_named(run: Run, database: Path) -> None:
    folio = rows(database, "SELECT folio FROM case_file WHERE status IN ('open', 'parked') LIMIT 1")[0][0]
    done = run("customer", "forget", str(folio), typed=f"{CAROL}\n{folio}\n")
    assert done.exit_code == 1
    assert f"{folio} is open: close it first." in done.stderr


def test_e3_an_exported_journal_that_names_them_goes_too(
    run: Run, database: Path, folio: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    whole, moved, plain = (tmp_path / f"{name}.jsonl" for name in ("whole", "moved", "plain"))
    for target, private in ((whole, True), (moved, True), (plain, False)):
        done = run("journal", "export", target.name, *(["--private"] if private else []))
        assert done.exit_code == 0, done.output
    moved.rename(tmp_path / "elsewhere.jsonl")
    with opened(database) as store, store.reading() as tx:
        assert sorted(file.path for file in handed.listed(tx)) == [moved, whole]
    done = run("customer", "forget", folio, typed=f"{CAROL}\n{folio}\n")
    assert "Erased, since they named them:" in done.stdout
    assert str(whole) in done.stdout
    assert "No longer where they were written" in done.stdout
    assert str(moved) in done.stdout
    assert (whole.exists(), plain.exists()) == (False, True)
    with opened(database) as store, store.reading() as tx:
        assert handed.listed(tx) == ()


def test_e3_an_export_that_came_to_nothing_is_not_kept_in_mind(run: Run, database: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.jsonl"
    there.write_text("mine")
    assert run("journal", "export", str(there), "--private").exit_code == 1
    assert run("journal", "export", str(tmp_path / "no" / "x.jsonl"), "--private").exit_code == 1
    with opened(database) as store, store.reading() as tx:
        assert handed.listed(tx) == ()
    assert there.read_text() == "mine"
