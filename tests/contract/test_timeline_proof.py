"""One case from its first line to its last: whoever touched a line is found in it, at the cost of that case (E1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.refusals import CaseTouched, Refusal
from mesa_recuperacion.domain.review.cases import Case, CaseOf, Proof
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.review.cases import case as case_of
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.review import timeline
from tests.contract.branch import NOW, Branch, founded
from tests.contract.test_journal_guards import COLUMNS, disarm, rehash
from tests.contract.test_review_lists import Known
from tests.contract.test_whole_desk_property import policy
from tests.statements import noted

STREAM = "CEN-1"


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    """Three cases whose lines are mixed: those of the second lie between those of the first."""
    with founded(tmp_path / "mesa.db", "Rosa Núñez", "55 1234 0078") as branch:
        first, second = branch.open(), branch.open(at=NOW + timedelta(seconds=3))
        for n in range(3):
            branch.append((first, f.NoteAdded(f"uno {n}")))
            branch.append((second, f.NoteAdded(f"dos {n}")))
        branch.append((first, f.StepSaid("apologise")))
        branch.append((second, f.NoteAdded("dos")))
        branch.standard(at=NOW + timedelta(hours=1))
        yield branch


@pytest.fixture
def intruder(branch: Branch) -> Iterator[Any]:
    connection = driver.connect(branch.store.path)
    disarm(connection)
    yield connection
    connection.close()


FIRST, SECOND, STANDARD = "CEN-1001", "CEN-1002", "CEN-1003"


def lines_of(intruder: Any, folio: str) -> list[int]:
    return [row[0] for row in intruder.execute("SELECT seq FROM journal WHERE case_id = ? ORDER BY seq", (folio,))]


def proof(branch: Branch, folio: str) -> Proof:
    with branch.store.reading() as tx:
        found = timeline.proof(tx, folio)
    assert found is not None
    return found


def looked(branch: Branch, folio: str) -> Case | Refusal:
    with branch.store.reading() as tx:
        return case_of(CaseOf(folio), Looking(tx, NOW, policy(), Person("eva", 1, "Eva", "supervisor"), Known()))


def test_e1_an_untouched_case_is_proved_and_says_which_lines_it_has(branch: Branch, intruder: Any) -> None:
    for folio in (FIRST, SECOND, STANDARD):
        seqs = lines_of(intruder, folio)
        assert proof(branch, folio) == Proof(STREAM, seqs[0], seqs[-1], len(seqs))
        assert proof(branch, folio).is_intact
        answer = looked(branch, folio)
        assert isinstance(answer, Case)
        assert [entry.seq for entry in answer.entries] == seqs
        assert dict(answer.people)["ana"] == "Ana"
    assert lines_of(intruder, FIRST)[1:] != list(range(lines_of(intruder, FIRST)[1], lines_of(intruder, FIRST)[1] + 3))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at_ms", 1), ("actor", "eva"), ("policy", 9), ("command", "otro"), ("body", '{"note":null}'),
        ("hash", b"\1" * 32), ("prev", b"\1" * 32), ("version", 2), ("kind", "case.resumed"),
    ],
)  # fmt: skip
def test_e1_a_touched_byte_is_found_in_its_line_and_only_in_its_case(
    branch: Branch, intruder: Any, column: str, value: Any
) -> None:
    touched = lines_of(intruder, STANDARD)[3]
    intruder.execute(f"UPDATE journal SET {column} = ? WHERE seq = ?", (value, touched))
    assert proof(branch, STANDARD).touched == touched
    assert not proof(branch, STANDARD).is_intact
    assert proof(branch, FIRST).is_intact


def test_e1_a_line_that_was_rewritten_with_its_hash_is_found(branch: Branch, intruder: Any) -> None:
    """The line after it is another case's, and still remembers what was there."""
    touched = lines_of(intruder, FIRST)[1]
    assert touched + 1 in lines_of(intruder, SECOND)
    rehash(intruder, touched, actor="eva")
    assert proof(branch, FIRST).touched == touched


@pytest.mark.parametrize("which", [0, 1, 4])
def test_e1_a_line_that_was_cut_out_is_named(branch: Branch, intruder: Any, which: int) -> None:
    """Beside another line of the case the gap is seen; else by what its lines lead to."""
    cut = lines_of(intruder, STANDARD)[which]
    intruder.execute("DELETE FROM journal WHERE seq = ?", (cut,))
    assert proof(branch, STANDARD).touched == cut


def test_e1_a_line_cut_out_between_lines_of_others_is_missed_by_what_is_left(branch: Branch, intruder: Any) -> None:
    alone = lines_of(intruder, FIRST)[2]
    assert {alone - 1, alone + 1} <= {*lines_of(intruder, SECOND)}
    intruder.execute("DELETE FROM journal WHERE seq = ?", (alone,))
    assert proof(branch, SECOND).touched == alone
    said = lines_of(intruder, FIRST)[-1]
    intruder.execute("DELETE FROM journal WHERE seq = ?", (said,))
    found = proof(branch, FIRST)
    assert (found.touched, found.whole, found.is_intact) == (0, False, False)


def test_e1_a_cut_tail_is_missed_by_what_the_desk_knows_of_the_case(branch: Branch, intruder: Any) -> None:
    last = lines_of(intruder, STANDARD)[-1]
    intruder.execute("DELETE FROM journal WHERE seq >= ?", (last - 1,))
    found = proof(branch, STANDARD)
    assert (found.touched, found.whole, found.is_intact) == (0, False, False)


def test_e1_lines_that_changed_places_are_found(branch: Branch, intruder: Any) -> None:
    one, two = lines_of(intruder, STANDARD)[2:4]
    for seq, to in ((one, 10**6), (two, one), (10**6, two)):
        intruder.execute("UPDATE journal SET seq = ? WHERE seq = ?", (to, seq))
    assert proof(branch, STANDARD).touched == one


def test_e1_a_line_of_another_stream_is_found(branch: Branch, intruder: Any) -> None:
    seq = lines_of(intruder, STANDARD)[-1]
    names = COLUMNS.replace("stream", "'ZZZ-1'").replace(" seq,", " 7,")
    intruder.execute(f"INSERT INTO journal SELECT {names} FROM journal WHERE seq = ?", (seq,))
    assert not proof(branch, STANDARD).is_intact


@pytest.mark.parametrize("change", ["value = 'otra cosa'", "salt = zeroblob(32)", "field = 'name'", "value = ''"])
def test_e1_a_changed_private_text_is_found_in_its_line(branch: Branch, intruder: Any, change: str) -> None:
    touched = lines_of(intruder, FIRST)[2]
    intruder.execute(f"UPDATE private_text SET {change} WHERE seq = ?", (touched,))
    assert proof(branch, FIRST).touched == touched


def test_e3_what_was_forgotten_is_missed_by_nobody(branch: Branch, intruder: Any) -> None:
    intruder.execute("DELETE FROM private_text WHERE customer = 'rosa'")
    answer = looked(branch, FIRST)
    assert isinstance(answer, Case)
    assert answer.proof.is_intact
    assert {entry.fact.note for entry in answer.entries if isinstance(entry.fact, f.NoteAdded)} == {""}


@pytest.mark.parametrize("body", ["{}", "[]", "no es JSON", '{"note":7}'])
def test_e1_a_case_that_can_no_longer_be_read_names_the_line(branch: Branch, intruder: Any, body: str) -> None:
    touched = lines_of(intruder, FIRST)[1]
    intruder.execute("UPDATE journal SET body = ? WHERE seq = ?", (body, touched))
    assert looked(branch, FIRST) == CaseTouched(FIRST, STREAM, touched)
    assert isinstance(looked(branch, SECOND), Case)


def test_e1_a_case_without_its_beginning_names_the_line(branch: Branch, intruder: Any) -> None:
    opened = lines_of(intruder, STANDARD)[0]
    intruder.execute("DELETE FROM journal WHERE seq = ?", (opened,))
    assert looked(branch, STANDARD) == CaseTouched(STANDARD, STREAM, opened)


def test_f4_a_proof_reads_the_lines_of_its_case_and_their_neighbours(branch: Branch) -> None:
    """However many lines the journal has: the same statements, none of which scans."""
    said: list[tuple[str, Any]] = []
    with noted(lambda *statement: said.append(statement)):
        proof(branch, FIRST)
    few = len(said)
    for _ in range(20):
        branch.standard(gesture=100)
    said.clear()
    with noted(lambda *statement: said.append(statement)):
        proof(branch, FIRST)
    assert len(said) == few > 5
    with branch.store.read_transaction() as connection:
        for statement, parameters in said:
            plan = [row[3] for row in connection.core.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            assert not any(line.startswith(("SCAN journal", "SCAN private")) for line in plan), plan
