"""The journal cannot be edited by accident, and what is edited on purpose is found, line by line (rules E1, E3)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.journal.chain import hash_of
from mesa_recuperacion.journal.record import Record
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.export import export
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.verify import Fault, Verdict, verify
from tests.contract.branch import NOW, Branch, founded, mxn, tables
from tests.contract.suite import a_varied_month


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Branch]:
    with founded(tmp_path / "mesa.db", "Rosa Núñez Peña", "55 1234 0078") as branch:
        branch.standard()
        yield branch


@pytest.fixture
def intruder(branch: Branch) -> Iterator[Any]:
    """Somebody else's connection to the file, with none of our settings."""
    connection = driver.connect(branch.store.path)
    yield connection
    connection.close()


REST = "at_ms, kind, version, actor, policy, command, case_id, body, prev, hash"
COLUMNS = f"stream, seq, {REST}"


REFUSED = [
    "UPDATE journal SET actor = 'eva' WHERE seq = 9",
    "UPDATE journal SET seq = 900 WHERE seq = 9",
    "UPDATE OR REPLACE journal SET seq = 8 WHERE seq = 9",
    "UPDATE OR IGNORE journal SET body = '{}' WHERE seq = 9",
    "DELETE FROM journal WHERE seq = 9",
    "DELETE FROM journal",
    f"REPLACE INTO journal SELECT {COLUMNS} FROM journal WHERE seq = 9",
    f"INSERT OR REPLACE INTO journal SELECT {COLUMNS} FROM journal WHERE seq = 9",
    f"INSERT OR IGNORE INTO journal SELECT {COLUMNS} FROM journal WHERE seq = 9",
    f"INSERT INTO journal SELECT {COLUMNS} FROM journal WHERE seq = 9 ON CONFLICT DO UPDATE SET actor = 'eva'",
    f"INSERT INTO journal SELECT stream, 99, {REST} FROM journal WHERE seq = 9",
    f"INSERT INTO journal SELECT stream, (SELECT max(seq) FROM journal) + 1, {REST} FROM journal WHERE seq = 9",
    f"INSERT INTO journal SELECT 'CEN-2', 1, {REST} FROM journal WHERE seq = 9",
    f"INSERT INTO journal SELECT 'CEN-2', 0, {REST} FROM journal WHERE seq = 1",
    "UPDATE private_text SET value = 'otra'",
    "REPLACE INTO private_text SELECT stream, seq, field, customer, salt, 'otra' FROM private_text",
    "UPDATE budget SET spent = -1",
    "UPDATE budget SET reserved = -1",
    "UPDATE budget SET funded = spent - 1",
    "UPDATE budget SET reserved = funded - spent + 1",
    "UPDATE budget SET spent = 'mucho'",
]
"""What the database itself refuses, whoever asks."""


@pytest.mark.parametrize("statement", REFUSED)
def test_e1_the_database_itself_refuses(branch: Branch, intruder: Any, statement: str) -> None:
    before = tables(branch.store)
    with pytest.raises(driver.sqlite.IntegrityError):
        intruder.execute(statement)
    assert tables(branch.store) == before


def test_e1_an_untouched_journal_is_sound(branch: Branch) -> None:
    a_varied_month(branch)
    with branch.store.reading() as now:
        head = now.head()
    verdict = verify(branch.store, head=head)
    assert verdict == Verdict(head[1], 0, 3, *head, ())  # of the one who asked to be forgotten
    assert verdict.sound


def disarm(intruder: Any) -> None:
    """What somebody who may write the file can always do first."""
    for (name,) in intruder.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        intruder.execute(f"DROP TRIGGER {name}")


def touched(branch: Branch) -> list[tuple[str, int]]:
    """The faults of the chain, without what they lead to in the projections."""
    return [(fault.what, fault.seq) for fault in verify(branch.store).faults if fault.what != "projection"]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at_ms", 1), ("actor", "eva"), ("policy", 9), ("command", "otro"), ("case_id", "CEN-1009"),
        ("body", '{"step":"listen"}'), ("hash", b"\1" * 32), ("prev", b"\1" * 32), ("version", 2),
        ("kind", "case.resumed"),
    ],
)  # fmt: skip
def test_e1_a_touched_column_is_found_in_its_line(branch: Branch, intruder: Any, column: str, value: Any) -> None:
    assert intruder.execute("SELECT kind FROM journal WHERE seq = 8").fetchone() == ("step.said",)
    disarm(intruder)
    intruder.execute(f"UPDATE journal SET {column} = ? WHERE seq = 8", (value,))
    found = touched(branch)
    assert found[0] == ("hash", 8)
    assert {seq for what, seq in found if what != "fold"} == {8}


def rehash(intruder: Any, seq: int, **changes: Any) -> None:
    """Change a line and give it the hash that goes with the change."""
    row = list(intruder.execute(f"SELECT {COLUMNS} FROM journal WHERE seq = ?", (seq,)).fetchone())
    names = COLUMNS.split(", ")
    for name, value in changes.items():
        row[names.index(name)] = value
    row[-1] = hash_of(Record(*row))
    intruder.execute("DELETE FROM journal WHERE seq = ?", (seq,))
    intruder.execute(f"INSERT INTO journal VALUES ({', '.join('?' * len(row))})", row)


def test_e1_a_line_that_was_rewritten_with_its_hash_is_found(branch: Branch, intruder: Any) -> None:
    disarm(intruder)
    rehash(intruder, 8, actor="eva")
    assert touched(branch) == [("rewritten", 8)]


def test_e1_a_chain_rewritten_to_its_end_is_only_found_by_a_head_noted_elsewhere(
    branch: Branch, intruder: Any
) -> None:  # fmt: skip
    with branch.store.reading() as now:
        head = now.head()
    disarm(intruder)
    prev = None
    for seq in range(8, head[1] + 1):
        rehash(intruder, seq, **({"actor": "eva"} if prev is None else {"prev": prev}))
        prev = intruder.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()[0]
    rebuild(branch.store)
    assert verify(branch.store).sound
    assert verify(branch.store, head=head).faults == (Fault("head", "CEN-1", head[1]),)


def test_e1_a_missing_line_is_found(branch: Branch, intruder: Any) -> None:
    disarm(intruder)
    intruder.execute("DELETE FROM journal WHERE seq IN (8, 9, 12)")
    found = [fault for fault in verify(branch.store).faults if fault.what == "gap"]
    assert found == [Fault("gap", "CEN-1", 8, "8–9"), Fault("gap", "CEN-1", 12, "12")]


def test_e1_the_first_line_is_tied_to_nothing(branch: Branch, intruder: Any) -> None:
    disarm(intruder)
    rehash(intruder, 1, prev=b"\1" * 32)
    assert ("rewritten", 1) in touched(branch)


def test_e1_a_cut_tail_is_found_by_a_head_noted_elsewhere(branch: Branch, intruder: Any) -> None:
    with branch.store.reading() as now:
        head = now.head()
    disarm(intruder)
    intruder.execute("DELETE FROM journal WHERE seq > ?", (head[1] - 3,))
    rebuild(branch.store)
    assert verify(branch.store).sound
    (fault,) = verify(branch.store, head=head).faults
    assert (fault.what, fault.seq) == ("tail", head[1] - 2)


def test_e1_a_fact_that_cannot_have_happened_is_found(branch: Branch, intruder: Any) -> None:
    """A forger who keeps the chain whole still has to obey the rules of the budget."""
    disarm(intruder)
    seq = intruder.execute("SELECT seq FROM journal WHERE kind = 'compensation.reserved'").fetchone()[0]
    body = '{"amount":{"c":"MXN","m":99999999},"compensation":"voucher","period":"2025-03","person":"ana"}'
    rehash(intruder, seq, body=body)
    assert ("fold", seq) in touched(branch)


@pytest.mark.parametrize("change", ["value = 'otra cosa'", "salt = zeroblob(32)", "field = 'name'", "value = ''"])
def test_e3_a_private_text_that_was_changed_is_found(branch: Branch, intruder: Any, change: str) -> None:
    disarm(intruder)
    seq = intruder.execute("SELECT seq FROM private_text WHERE field = 'note'").fetchone()[0]
    intruder.execute(f"UPDATE private_text SET {change} WHERE field = 'note'")
    assert touched(branch) == [("seal", seq)]


def test_e3_a_customer_can_be_forgotten_and_the_chain_still_holds(branch: Branch, intruder: Any) -> None:
    before = {name: rows for name, rows in tables(branch.store).items() if name in ("journal", "budget", "case_total")}
    intruder.execute("DELETE FROM private_text WHERE customer = 'rosa'")
    rebuild(branch.store)
    after = tables(branch.store)
    assert {name: after[name] for name in before} == before
    verdict = verify(branch.store)
    assert verdict.sound
    assert verdict.erased == 4
    with branch.store.reading() as now:
        assert now.find_customers("rosa", now=NOW, risk_days=9) == ()
        rosa = now.customer("rosa", now=NOW, risk_days=9)
        assert rosa is not None
        assert (rosa.name, rosa.call_name, rosa.phone, rosa.complaints) == ("", "", "", 1)
        found = now.case_file("CEN-1001")
        assert found is not None
        assert found.notes == ()


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE budget SET spent = 0", "budget ana 2025-03"),
        ("UPDATE customer SET name = 'Rosa'", "customer rosa"),
        ("DELETE FROM customer_word WHERE word = 'rosa'", "customer_word 0 rosa rosa"),
        ("UPDATE case_file SET satisfied = 0", "case_file CEN-1001"),
        ("DELETE FROM agenda WHERE kind = 'verify'", "agenda CEN-1001-u"),
        ("UPDATE case_total SET on_time = 0 WHERE grain = 'd'", "case_total d 2025-03-03 ana damaged CEN"),
        ("INSERT INTO gesture_count VALUES ('zz', 'MXN', 1, 1)", "gesture_count zz MXN 1"),
        ("UPDATE person SET role = 'supervisor' WHERE id = 'ana'", "person ana"),
        ("UPDATE policy_version SET text = 'version = 2'", "policy_version 1"),
        ("UPDATE station SET cases = 7", "station CEN-1"),
        ("UPDATE customer SET merged_into = 'ana' WHERE id = 'rosa'", "customer rosa"),
        ("UPDATE case_file SET offered_to = 'eva'", "case_file CEN-1001"),
        ("UPDATE case_file SET unsatisfied = 1", "case_file CEN-1001"),
        ("UPDATE case_total SET statutory = 1 WHERE grain = 'm'", "case_total m 2025-03 ana damaged CEN"),
        ("UPDATE spread_total SET n = 2 WHERE grain = 'd'", "spread_total d 2025-03-03 ana damaged CEN new 12000"),
        (
            "DELETE FROM choice_total WHERE grain = 'd' AND kind = 'remedy'",
            "choice_total d 2025-03-03 ana damaged CEN remedy replace",
        ),
        (
            "INSERT INTO area_total VALUES ('d', '2025-03-03', 'ana', '', 'CEN', 'bodega', 1, 0, 0, 0)",
            "area_total d 2025-03-03 ana  CEN bodega",
        ),
        (
            "UPDATE case_choice SET person = 'eva' WHERE kind = 'remedy'",
            "case_choice remedy replace 2025-03-03 1741051850000 CEN-1001",
        ),
        ("UPDATE case_file SET marks = 1", "case_file CEN-1001"),
        ("UPDATE case_file SET counted_day = '2025-03-04'", "case_file CEN-1001"),
        ("INSERT INTO praise VALUES ('p', 'ana', 'eva', '', 'bien', 1, NULL)", "praise p"),
        ("INSERT INTO suggestion VALUES ('s', 'ana', 'x', 1, '', '', '', NULL, NULL)", "suggestion s"),
        ("INSERT INTO acknowledgement VALUES ('ana', 9)", "acknowledgement ana"),
    ],
)
def test_e1_a_touched_projection_is_found_by_its_key(
    branch: Branch, intruder: Any, statement: str, where: str
) -> None:  # fmt: skip
    intruder.execute(statement)
    assert verify(branch.store).faults == (Fault("projection", detail=where),)
    rebuild(branch.store)
    assert verify(branch.store).sound


def test_e1_an_export_holds_every_line_and_private_texts_only_if_asked(branch: Branch) -> None:
    plain, full = StringIO(), StringIO()
    with branch.store.reading() as now:
        records = list(now.records())
    assert export(branch.store, plain) == export(branch.store, full, private=True) == len(records)
    lines = [json.loads(line) for line in plain.getvalue().splitlines()]
    assert [(line["seq"], line["body"], line["hash"]) for line in lines] == [
        (record.seq, record.body, record.hash.hex()) for record in records
    ]
    assert "Rosa" not in plain.getvalue()
    kept = [json.loads(line).get("private") for line in full.getvalue().splitlines()]
    assert {"name": "Rosa Núñez Peña", "call_name": "Rosa", "phone": "55 1234 0078"} in kept
    assert {"note": "llegó roto"} in kept


def test_e1_a_line_of_a_later_version_is_named_and_the_rest_is_verified(branch: Branch, intruder: Any) -> None:
    with branch.store.reading() as now:
        _, seq, prev = now.head()
    line = Record("CEN-1", seq + 1, 1, "case.praised", 1, "eva", 1, "c", "", "{}", prev, b"")
    values = list(line[:-1])
    intruder.execute(f"INSERT INTO journal VALUES ({', '.join('?' * 12)})", [*values, hash_of(line)])
    assert touched(branch) == [("body", seq + 1)]
    branch.append(("", f.BudgetFunded("eva", "2025-03", mxn(1), NOW)))
    assert touched(branch) == [("body", seq + 1)]
