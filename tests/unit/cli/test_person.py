"""E2: who works here, from the command line: a supervisor signs each decision, and each is a fact."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.conftest import Run
from tests.unit.cli.test_commands import ANNA, CAROL, NEW_PIN, refused, rows


def kinds(database: Path) -> list[str]:
    """What was decided about people, in order, after the one whom the invented branch itself has seen go."""
    told = "SELECT kind FROM journal WHERE kind LIKE 'person.%' AND kind NOT IN ('person.signed_in', 'person.added')"
    first, *others = (kind for (kind,) in rows(database, told + " AND kind <> 'person.pin_set' ORDER BY seq"))
    assert first == "person.retired"
    return others


def test_e2_people_are_renamed_and_given_another_role_where_a_supervisor_signs(run: Run, database: Path) -> None:
    done = run("person", "rename", "1", "  Anna   Tower Bell ", typed=f"{CAROL}\n")
    assert (done.exit_code, done.stdout.strip()) == (0, "Anna Tower Bell from now on.")
    assert "in supervision from now on" in run("person", "role", "1", "--supervisor", typed=f"{CAROL}\n").stdout
    assert run("person", "list").stdout.splitlines()[0].split() == ["1", "Anna", "Tower", "Bell", "supervisor"]
    assert "is an agent from now on" in run("person", "role", "1", "--agent", typed=f"{CAROL}\n").stdout
    refused(run("person", "role", "3", "--agent", typed=f"{CAROL}\n"), "only person in supervision")
    refused(run("person", "retire", "3", typed=f"{CAROL}\n"), "only person in supervision")
    refused(run("person", "rename", "1", " ", typed=f"{CAROL}\n"), "the name of who works here")
    refused(run("person", "rename", "9", "X Y", typed=f"{CAROL}\n"), "Nobody has the number 9.")
    refused(run("person", "rename", "1", "X Y", typed=f"{ANNA}\n"), "Only supervision can do that.")
    refused(run("person", "rename", "1", "X Y", typed="3 000000\n"), "Number and PIN do not match.")
    assert kinds(database) == ["person.renamed", "person.role_changed", "person.role_changed", "person.sign_in_failed"]


def test_e2_who_no_longer_works_here_keeps_name_and_number(run: Run, database: Path) -> None:
    run("person", "add", "Ed Poe", typed=f"{CAROL}\n{NEW_PIN}\n{NEW_PIN}\n")
    assert "Ed Poe no longer works here." in run("person", "retire", "6", typed=f"{CAROL}\n").stdout
    assert run("person", "list").stdout.splitlines()[-1].strip() == "6  Ed Poe  no longer works here"
    refused(run("person", "add", "X Y", typed=f"6 {NEW_PIN}\n"), "That number no longer enters")
    refused(run("person", "pin", "6", typed=f"{CAROL}\n"), "Nobody has the number 6.")
    added = run("person", "add", "Fay Roe", typed=f"{CAROL}\n{NEW_PIN}\n{NEW_PIN}\n")
    assert "enters with number 7" in added.stdout
    assert "Ed Poe works here again." in run("person", "return", "6", typed=f"{CAROL}\n").stdout
    assert kinds(database) == ["person.retired", "person.returned"]
    assert run("journal", "verify").exit_code == 0
