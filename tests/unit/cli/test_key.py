"""E2: the keys of the desk from the command line: a copy for the safe, its return, and what is left if it is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mesa_recuperacion.demo.prepare import pins
from mesa_recuperacion.service.hashing import FLOOR, Strength
from mesa_recuperacion.wiring.keys import read_keys
from tests.unit.cli.conftest import Run
from tests.unit.cli.test_commands import ANNA, CAROL, NEW_PIN, refused, rows

OTHERS = [f"{number} {pin}" for number, pin in pins("en")][1]
MISSING = "The keys of this desk are missing"
RENEWED = f"CEN\n3\n{NEW_PIN}\n{NEW_PIN}\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this machine can do, it is not measured here."""
    monkeypatch.setattr("mesa_recuperacion.cli.key.calibrated", lambda: FLOOR)


@pytest.fixture
def keys(run: Run, database: Path) -> Path:
    """The keys of a branch in which the supervisor has been in."""
    refused(run("person", "rename", "9", "X", typed=f"{CAROL}\n"), "Nobody has the number 9.")
    run("person", "rename", "3", "Carol Young", typed=f"{CAROL}\n")
    assert [mark for (mark,) in rows(database, "SELECT substr(hash, 1, 3) FROM credential WHERE hash <> ''")].count(
        "p1."
    ) == 1
    return database.with_name("keys.json")


def test_e2_a_copy_for_the_safe_is_for_its_owner_alone_and_over_nothing(run: Run, keys: Path, tmp_path: Path) -> None:
    safe = tmp_path / "safe.json"
    refused(run("key", "export", str(safe), typed=f"{ANNA}\n"), "Only supervision can do that.")
    refused(run("key", "export", str(safe), typed="3 000000\n"), "Number and PIN do not match.")
    assert not safe.exists()
    done = run("key", "export", str(safe), typed=f"{CAROL}\n")
    assert (done.exit_code, done.stderr) == (0, "")
    assert read_keys(safe) == read_keys(keys)
    assert safe.stat().st_mode & 0o777 == 0o600
    before = safe.read_bytes()
    refused(run("key", "export", str(safe), typed=f"{CAROL}\n"), "There is already a file")
    assert safe.read_bytes() == before
    assert json.loads(before)["pepper"] not in done.output


def test_e2_without_the_keys_nobody_enters_until_the_copy_is_back(run: Run, keys: Path, tmp_path: Path) -> None:
    safe = tmp_path / "safe.json"
    run("key", "export", str(safe), typed=f"{CAROL}\n")
    keys.unlink()
    for _ in range(7):
        refused(run("person", "add", "X Y", typed=f"{CAROL}\n"), MISSING)
    assert not keys.exists(), "no others are put in their place"
    assert run("key", "import", str(safe)).exit_code == 0
    assert "already" in run("key", "import", str(safe)).stdout
    assert run("person", "rename", "3", "Carol Y", typed=f"{CAROL}\n").exit_code == 0


def test_e2_what_is_no_copy_of_these_keys_is_not_brought_in(run: Run, keys: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"pepper": "00" * 32, "chain": []}))
    junk = tmp_path / "junk.json"
    junk.write_text("[1]")
    kept = keys.read_bytes()
    refused(run("key", "import", str(other)), "not the keys")
    refused(run("key", "import", str(junk)), "holds no keys")
    refused(run("key", "import", str(tmp_path / "none.json")), "There is no")
    keys.write_text("half a fi")
    refused(run("person", "add", "X Y", typed=f"{CAROL}\n"), MISSING)
    safe = tmp_path / "safe.json"
    safe.write_bytes(kept)
    refused(run("key", "import", str(safe)), "There are other keys")
    assert keys.read_text() == "half a fi"


def test_e2_where_the_keys_are_lost_every_pin_is_set_anew(run: Run, keys: Path, database: Path) -> None:
    keys.unlink()
    done = run("key", "renew", typed=RENEWED)
    assert done.exit_code == 0, done.stderr
    assert "Carol Young enters with the new PIN from now on." in done.stdout
    fresh = read_keys(keys)
    assert fresh is not None
    assert fresh.strength == FLOOR
    refused(run("person", "add", "X Y", typed=f"{CAROL}\n"), "Number and PIN do not match.")
    set_anew = run("person", "pin", "1", typed=f"3 {NEW_PIN}\n518273946052\n518273946052\n")
    assert set_anew.exit_code == 0, set_anew.stderr
    told = rows(database, "SELECT actor, body FROM journal WHERE kind = 'person.pin_set' ORDER BY seq DESC LIMIT 2")
    (carol,) = {actor for actor, _ in told}
    assert any(carol in body for _, body in told)
    assert run("journal", "verify").exit_code == 0


def test_e2_keys_that_cannot_be_read_are_kept_aside(run: Run, keys: Path) -> None:
    keys.write_text("half a fi")
    assert run("key", "renew", typed=RENEWED).exit_code == 0
    assert keys.with_name("keys.unreadable.json").read_text() == "half a fi"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Nothing was changed."), ("yes\n3\n", "Nothing was changed."), ("CEN\n1\n", "Only supervision"),
        ("CEN\n\n", "Only supervision"), (f"CEN\n3\n{NEW_PIN}\n{NEW_PIN}1\n", "not the same"),
        ("CEN\n3\n111111\n111111\n", "too easy"),
    ],
)  # fmt: skip
def test_e2_nothing_is_made_anew_by_a_slip(run: Run, keys: Path, database: Path, typed: str, said: str) -> None:
    keys.unlink()
    before = rows(database, "SELECT person, hash FROM credential ORDER BY person")
    done = run("key", "renew", typed=typed)
    assert done.exit_code == 1
    assert said in done.stderr
    assert not keys.exists()
    assert rows(database, "SELECT person, hash FROM credential ORDER BY person") == before


def test_e2_keys_that_fit_are_not_made_anew(run: Run, keys: Path) -> None:
    before = keys.read_bytes()
    refused(run("key", "renew", typed=RENEWED), "nothing to renew")
    assert keys.read_bytes() == before


def test_e2_a_supervisor_opens_a_number_that_is_closed(run: Run, database: Path) -> None:
    for _ in range(5):
        run("person", "add", "X Y", typed="1 999999\n")
    refused(run("person", "add", "X Y", typed=f"{ANNA}\n"), "Too many attempts.")
    refused(run("person", "unlock", "1", typed=f"{OTHERS}\n"), "Only supervision can do that.")
    done = run("person", "unlock", "1", typed=f"{CAROL}\n")
    assert done.stdout == "Anna Turner can try their PIN again.\n"
    refused(run("person", "add", "X Y", typed=f"{ANNA}\n"), "Only supervision can do that.")  # the PIN is right
    refused(run("person", "unlock", "1", typed=f"{CAROL}\n"), "there is nothing to open")
    assert rows(database, "SELECT count(*) FROM journal WHERE kind = 'person.unlocked'") == [(1,)]


def test_e2_what_a_look_at_a_pin_costs_is_kept_with_the_keys(keys: Path) -> None:
    said = json.loads(keys.read_text())
    keys.write_text(json.dumps(said | {"argon2": {"memory_kib": 65536, "passes": 5}}))
    found = read_keys(keys)
    assert found is not None
    assert found.strength == Strength(65536, 5)
    assert "m=65536,t=5,p=1" in found.hasher().hash("482190")
