"""Policy, journal and people from the command line: what is said, where, and with which exit code."""

from __future__ import annotations

import json
import re
import stat
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import Result

from mesa_recuperacion.demo.prepare import pins
from mesa_recuperacion.policy.defaults import customised, default_policy_text
from mesa_recuperacion.store import driver
from tests.unit.cli.conftest import Run

ANNA, _, CAROL, *_ = (f"{number} {pin}" for number, pin in pins("en"))
PINS_SET = "SELECT count(*) FROM journal WHERE kind = 'person.pin_set'"
NEW_PIN = "518273946051"
"""Twelve figures: by chance alone they stand in no file."""


def refused(result: Result, sentence: str) -> None:
    assert (result.exit_code, result.stdout) == (1, "")
    assert sentence in result.stderr


# ------------------------------------------------------------------------------------------------------------- policy


@pytest.fixture
def policy_file(tmp_path: Path) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(default_policy_text("en"), encoding="utf-8")
    return path


def test_a5_check_says_how_long_a_sound_policy_takes_to_say(run: Run, policy_file: Path) -> None:
    result = run("policy", "check", str(policy_file))
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.fullmatch(
        rf"{re.escape(str(policy_file))} is sound\. The longest call takes \d\d s to say\.\n"
        r"Where the law owes something, \d+ s more\.\n6 rules of conduct are acknowledged with it\.\n",
        result.stdout,
    )


def test_b6_d9_d12_check_says_what_a_policy_asks_for_besides(run: Run, policy_file: Path) -> None:
    text = policy_file.read_text(encoding="utf-8")
    text = re.sub(r'^statutory = "20%"\n', "", text, flags=re.MULTILINE)
    text = re.sub(r"^conduct = .*?^\]", 'conduct = ["Be kind."]', text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^\[retention\].*?^#", "#", text, flags=re.MULTILINE | re.DOTALL)
    policy_file.write_text(text.replace("news = []", 'news = ["a", "b"]'), encoding="utf-8")
    lines = run("policy", "check", str(policy_file)).stdout.splitlines()
    assert lines[1:] == [
        "2 lines say what changes.",
        "1 rule of conduct is acknowledged with it.",
        "Customers at risk are called by nobody: there is no [retention].",
    ]


def test_a5_check_says_what_is_over(run: Run, policy_file: Path) -> None:
    text = policy_file.read_text(encoding="utf-8")
    long = re.sub(r"^ask = .*$", f'ask = "{"Tell me " * 8}"', text, flags=re.MULTILINE)
    policy_file.write_text(long, encoding="utf-8")
    result = run("policy", "check", str(policy_file))
    assert result.exit_code == 0
    assert "[phrases] ask: 16 words as it is said, and 12 is the most: 4 over" in result.stdout


def test_check_says_every_fault_at_once_on_stderr(run: Run, policy_file: Path) -> None:
    text = policy_file.read_text(encoding="utf-8")
    wrong = text.replace("case_cap = 25", "case_cap = -25").replace("undo_seconds", "undo_secnods")
    policy_file.write_text(wrong, encoding="utf-8")
    result = run("policy", "check", str(policy_file))
    refused(result, "[limits] case_cap = -25: an amount cannot be less than 0")
    assert "did you mean «undo_seconds»?" in result.stderr


@pytest.mark.parametrize("command", ["check", "publish"])
def test_a_file_that_is_not_there_or_no_file_is_a_sentence(
    command: str, run: Run, database: Path, tmp_path: Path
) -> None:
    refused(run("policy", command, str(tmp_path / "none.toml")), f"There is no {tmp_path / 'none.toml'}.")
    refused(run("policy", command, str(tmp_path)), f"{tmp_path} is a folder, and a file is needed.")


def test_d7_show_tells_the_policy_in_force(run: Run, database: Path) -> None:
    result = run("policy", "show")
    assert result.exit_code == 0
    for told in ("version 2", "Cap of one case: $25", "Budget of each agent: $100 a week", "Monday      09:00–19:00",
                 "3. Missing product · 1:00", "Send what is missing today · $0 · 18 hours · North Warehouse",
                 "Voucher, next purchase · $15", "Owed by law: 20% of what was paid",
                 "An area is done 1 hour before the promise", "What is not accepted from anybody:",
                 "  · No insults, no sarcasm, no raised voice.",
                 "Customers at risk, from 2 complaints on: supervision calls within 2 working days",
                 "  Listen first. Ask what it would take, and answer that same day."):  # fmt: skip
        assert told in result.stdout
    assert "What changes in this version" in result.stdout


def test_b6_d7_d12_show_tells_news_amounts_and_that_nobody_calls(run: Run, database: Path, tmp_path: Path) -> None:
    text = default_policy_text("en").replace("news = []", 'news = ["Vouchers go to $20."]')
    text = re.sub(r"^\[retention\].*?^#", "#", text, flags=re.MULTILINE | re.DOTALL)
    again = tmp_path / "again.toml"
    again.write_text(text.replace('\nstatutory = "20%"', '\nstatutory = "7.50"'), encoding="utf-8")
    assert run("policy", "publish", str(again), typed=f"{CAROL}\n").exit_code == 0
    shown = run("policy", "show").stdout
    for told in ("What changes in this version:\n  · Vouchers go to $20.\n", "Customers at risk: no task is opened",
                 "   Owed by law: $7.50\n"):  # fmt: skip
        assert told in shown


def test_d7_the_source_that_is_shown_can_be_published_again(run: Run, database: Path, tmp_path: Path) -> None:
    source = run("policy", "show", "--source").stdout
    again = tmp_path / "again.toml"
    again.write_text(source.replace("undo_seconds = 30", "undo_seconds = 20"), encoding="utf-8")
    result = run("policy", "publish", str(again), typed=f"{CAROL}\n")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Version 3 is in force" in result.stdout
    assert "undo_seconds = 20" in run("policy", "show", "--source").stdout
    assert run("journal", "verify").exit_code == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (f"{ANNA}\n", "Only supervision can do that."),
        ("3 615836\n", "Number and PIN do not match. 4 attempts are left."),
        ("615837\n", "A number, a space and a PIN are needed, in one line."),
        ("", "A number, a space and a PIN are needed, in one line."),
    ],
)
def test_e2_nobody_publishes_but_a_supervisor(
    typed: str, sentence: str, run: Run, database: Path, policy_file: Path
) -> None:
    refused(run("policy", "publish", str(policy_file), typed=typed), sentence)
    assert "version 2" in run("policy", "show").stdout


def test_b7_a_policy_in_another_currency_is_refused(run: Run, database: Path, policy_file: Path) -> None:
    policy_file.write_text(customised(default_policy_text("en"), currency="EUR"), encoding="utf-8")
    refused(run("policy", "publish", str(policy_file), typed=f"{CAROL}\n"), "this branch works in USD")


def test_nobody_is_asked_to_sign_what_is_not_sound(run: Run, database: Path, policy_file: Path) -> None:
    policy_file.write_text("title = 3\n", encoding="utf-8")
    result = run("policy", "publish", str(policy_file), typed=f"{CAROL}\n")
    refused(result, "title = 3: has to be a text")
    assert rows(database, "SELECT count(*) FROM journal WHERE kind = 'person.signed_in' AND policy = 1 "
                "AND at_ms > 1773300000000") == [(0,)]  # fmt: skip


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with closing(driver.connect(database)) as connection:
        return list(connection.execute(query))


# ------------------------------------------------------------------------------------------------------------ journal


def touched(database: Path, statement: str) -> None:
    """What somebody does to the file who knows SQL, and covers it up."""
    with closing(driver.connect(database)) as connection:
        triggers = list(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, guard in triggers:
            connection.execute(guard)


def test_e1_verify_says_that_nothing_was_touched_and_the_head(run: Run, database: Path) -> None:
    result = run("journal", "verify")
    assert (result.exit_code, result.stderr) == (0, "")
    lines, head = result.stdout.splitlines()
    assert re.fullmatch(r"[0-9]+ lines, and nothing was touched\.", lines)
    assert head == run("journal", "head").stdout.strip()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE journal SET actor = 'somebody' WHERE seq = 40", "Line 40 of CEN-1 was changed."),
        ("DELETE FROM journal WHERE seq = 41", "Of CEN-1, this is missing: 41."),
        (
            "UPDATE private_text SET value = 'Nobody' WHERE field = 'name' AND seq = "
            "(SELECT min(seq) FROM private_text)",
            "The private text «name» of line",
        ),
        ("UPDATE budget SET spent = spent + 1", "This row does not say what the journal says: budget"),
    ],
)
def test_e1_verify_names_the_line_that_was_touched(statement: str, sentence: str, run: Run, database: Path) -> None:
    touched(database, statement)
    refused(run("journal", "verify"), sentence)


def test_e1_a_noted_head_shows_that_the_end_was_cut_off(run: Run, database: Path) -> None:
    noted = run("journal", "head").stdout.strip()
    assert run("journal", "verify", "--head", noted).exit_code == 0
    stream, seq, _ = noted.split()
    touched(database, f"DELETE FROM journal WHERE seq = {seq}")
    refused(run("journal", "verify", "--head", noted), f"The end of {stream} was cut off: {seq}–{seq}.")


def test_a_head_that_is_none_is_said(run: Run, database: Path) -> None:
    result = run("journal", "verify", "--head", "CEN-1 twelve")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "A head is a stream, a number and a hash" in result.stderr


def test_rebuild_makes_what_was_touched_again(run: Run, database: Path) -> None:
    touched(database, "UPDATE budget SET spent = spent + 1")
    result = run("journal", "rebuild")
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.fullmatch(r"Made again from [0-9]+ lines of the journal\.\n", result.stdout)
    assert run("journal", "verify").exit_code == 0


def test_rebuild_of_a_journal_that_cannot_be_read_changes_nothing(run: Run, database: Path) -> None:
    before = rows(database, "SELECT * FROM budget")
    touched(database, "UPDATE journal SET body = '{}' WHERE seq = 60")
    refused(run("journal", "rebuild"), "The journal has a line that cannot be read; mesa journal verify names it.")
    refused(run("journal", "verify"), "Line 60 of CEN-1 was changed.")
    assert rows(database, "SELECT * FROM budget") == before


def test_e3_export_leaves_personal_texts_out_unless_asked(run: Run, database: Path, tmp_path: Path) -> None:
    plain = run("journal", "export")
    assert (plain.exit_code, plain.stderr) == (0, "")
    lines = [json.loads(line) for line in plain.stdout.splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert "Rose Medina" not in plain.stdout
    whole = tmp_path / "journal.jsonl"
    result = run("journal", "export", str(whole), "--private")
    assert result.stdout == f"{len(lines)} lines written to {whole}.\n"
    assert "Rose Medina" in whole.read_text(encoding="utf-8")
    assert stat.S_IMODE(whole.stat().st_mode) == 0o600


def test_export_writes_over_no_file(run: Run, database: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    refused(run("journal", "export", str(tmp_path / "mine")), "There is already a file at")
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"
    refused(run("journal", "export", str(tmp_path / "no" / "where")), "Check how the name is written.")


# ------------------------------------------------------------------------------------------------------------- people


def test_e2_a_supervisor_adds_somebody_who_then_enters(run: Run, database: Path) -> None:
    typed = f"{CAROL}\n{NEW_PIN}\n{NEW_PIN}\n"
    result = run("person", "add", "  Delia   Mora ", "--supervisor", typed=typed)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "Delia Mora enters with number 6.\n", "")
    assert run("person", "list").stdout.splitlines() == [
        "  1  Anna Turner  agent",
        "  2  Brian Díaz  agent",
        "  3  Carol Vance  supervisor",
        "  4  Dana Price  agent",
        "  5  Edgar Holt  no longer works here",
        "  6  Delia Mora  supervisor",
    ]
    again = run("person", "add", "Ed Poe", typed=f"6 {NEW_PIN}\n739264518273\n739264518273\n")
    assert again.stdout == "Ed Poe enters with number 7.\n"
    assert run("journal", "verify").exit_code == 0


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("Delia Mora", f"{ANNA}\n{NEW_PIN}\n{NEW_PIN}\n", "Only supervision can do that."),
        ("Delia Mora", f"3 999999\n{NEW_PIN}\n{NEW_PIN}\n", "Number and PIN do not match."),
        ("Delia Mora", f"{CAROL}\n{NEW_PIN}\n{NEW_PIN}1\n", "The two PINs are not the same. Nobody was added."),
        ("Delia Mora", f"{CAROL}\n123456\n123456\n", "That PIN is too easy to guess"),
        ("Delia Mora", f"{CAROL}\n12a456\n12a456\n", "A PIN is made of figures only."),
        ("Delia Mora", f"{CAROL}\n", "A PIN"),
        (" \u200b ", f"{CAROL}\n{NEW_PIN}\n{NEW_PIN}\n", "the name of who works here"),
    ],
)
def test_e2_nobody_is_added_otherwise(name: str, typed: str, sentence: str, run: Run, database: Path) -> None:
    refused(run("person", "add", name, typed=typed), sentence)
    assert len(run("person", "list").stdout.splitlines()) == 5


def test_e2_a_forgotten_pin_is_set_anew(run: Run, database: Path) -> None:
    for _ in range(5):
        refused(run("person", "add", "X Y", typed="1 999999\n"), "")
    refused(run("person", "add", "X Y", typed=f"{ANNA}\n"), "Too many attempts.")
    result = run("person", "pin", "1", typed=f"{CAROL}\n{NEW_PIN}\n{NEW_PIN}\n")
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "Anna Turner enters with the new PIN from now on.\n",
        "",
    )
    refused(run("person", "add", "X Y", typed=f"{ANNA}\n"), "Number and PIN do not match.")
    refused(run("person", "add", "X Y", typed=f"1 {NEW_PIN}\n"), "Only supervision can do that.")  # the PIN is right
    assert rows(database, PINS_SET) == [(6,)]
    assert run("journal", "verify").exit_code == 0


@pytest.mark.parametrize(
    ("number", "typed", "sentence"),
    [
        ("1", f"{ANNA}\n{NEW_PIN}\n{NEW_PIN}\n", "Only supervision can do that."),
        ("1", f"{CAROL}\n{NEW_PIN}\n{NEW_PIN}1\n", "The two PINs are not the same. The old one still holds."),
        ("1", f"{CAROL}\n123456\n123456\n", "That PIN is too easy to guess"),
        ("9", f"{CAROL}\n{NEW_PIN}\n{NEW_PIN}\n", "Nobody has the number 9."),
    ],
)
def test_e2_no_pin_is_set_otherwise(number: str, typed: str, sentence: str, run: Run, database: Path) -> None:
    set_before = rows(database, PINS_SET)
    refused(run("person", "pin", number, typed=typed), sentence)
    assert rows(database, PINS_SET) == set_before


def test_e2_wrong_pins_lock_the_number_here_as_at_the_desk(run: Run, database: Path) -> None:
    for _ in range(4):
        refused(run("person", "add", "X Y", typed="3 999999\n"), "Number and PIN do not match.")
    refused(run("person", "add", "X Y", typed="3 999999\n"), "Too many attempts. You can try again at")
    refused(run("person", "add", "X Y", typed=f"{CAROL}\n"), "Too many attempts.")


def test_e2_a_pin_is_in_no_output_no_log_and_no_file(run: Run, database: Path, mesa_home: Path) -> None:
    said = run("person", "add", "Delia Mora", typed=f"{CAROL}\n{NEW_PIN}\n{NEW_PIN}\n").output
    said += run("person", "add", "Ed Poe", typed=f"6 {NEW_PIN}\n{NEW_PIN}\n{NEW_PIN}9\n").output
    said += run("journal", "export", "--private").output
    kept = b"".join(file.read_bytes() for file in mesa_home.rglob("*") if file.is_file())
    assert NEW_PIN not in said
    assert NEW_PIN.encode() not in kept
