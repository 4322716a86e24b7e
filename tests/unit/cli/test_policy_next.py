"""D7: the next version of the policy from the command line: drafted, compared, published from a day on."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.service.drafts import draft_path
from tests.unit.cli.conftest import Run
from tests.unit.cli.test_commands import ANNA, CAROL, refused


@pytest.fixture
def cheaper(run: Run, database: Path, tmp_path: Path) -> Path:
    """The policy in force with a lower cap."""
    made = tmp_path / "next.toml"
    source = run("policy", "show", "--source").stdout
    assert "case_cap = 25" in source
    made.write_text(source.replace("case_cap = 25", "case_cap = 20"), encoding="utf-8")
    return made


def test_d7_the_difference_is_told_in_words(run: Run, cheaper: Path) -> None:
    result = run("policy", "diff", str(cheaper))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Cap of one case: $25 → $20\n" in result.stdout
    assert "Against version 2. Seconds to say: " in result.stdout
    first = run("policy", "diff", str(cheaper), "--against", "1")
    assert first.exit_code == 0
    assert "Against version 1." in first.stdout
    refused(run("policy", "diff", str(cheaper), "--against", "9"), "There is no version 9 of the policy.")


def test_d7_what_is_no_policy_is_not_compared(run: Run, database: Path, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("title = 3\n", encoding="utf-8")
    refused(run("policy", "diff", str(tmp_path / "x.toml")), "title = 3: has to be a text")
    refused(run("policy", "diff", str(tmp_path / "none.toml")), f"There is no {tmp_path / 'none.toml'}.")


def test_d7_a_draft_is_begun_once_and_never_written_over(run: Run, database: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.toml"
    result = run("policy", "draft", str(target))
    assert f"Version 2 is in {target}, to be edited." in result.stdout
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    target.write_text("# mine", encoding="utf-8")
    refused(run("policy", "draft", str(target)), "There is something at")
    assert target.read_text(encoding="utf-8") == "# mine"
    refused(run("policy", "draft", str(tmp_path / "no" / "folder.toml")), "")


def test_d7_the_branch_s_own_draft_is_the_one_that_the_review_shows(run: Run, database: Path) -> None:
    own = draft_path(database)
    assert str(own) in run("policy", "draft").stdout
    own.write_text("# mine", encoding="utf-8")
    again = run("policy", "draft")
    assert (again.exit_code, again.stdout) == (0, f"The draft is {own}. It was left as it is.\n")
    assert own.read_text(encoding="utf-8") == "# mine"


def test_d7_a_version_may_begin_later_and_until_then_the_other_holds(run: Run, cheaper: Path) -> None:
    result = run("policy", "publish", str(cheaper), "--from", "1/1/2031", typed=f"{CAROL}\n")
    refused(result, "more than a year away")
    result = run("policy", "publish", str(cheaper), "--from", "20d", typed=f"{CAROL}\n")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Version 3 is in force from " in result.stdout
    shown = run("policy", "show").stdout
    assert "version 2" in shown
    assert "Cap of one case: $25" in shown
    assert "Version 3, published by Carol" in shown
    assert "case_cap = 25" in run("policy", "show", "--source").stdout
    assert run("journal", "verify").exit_code == 0


def test_d7_a_start_that_has_passed_is_refused_before_anybody_signs(run: Run, cheaper: Path) -> None:
    refused(run("policy", "publish", str(cheaper), "--from", "yesterday", typed=f"{CAROL}\n"), "")
    refused(run("policy", "publish", str(cheaper), "--from", "2020", typed=f"{CAROL}\n"), "")
    assert "version 2" in run("policy", "show").stdout


def test_e2_d7_nobody_but_a_supervisor_publishes_from_a_day_on(run: Run, cheaper: Path) -> None:
    refused(run("policy", "publish", str(cheaper), "--from", "20d", typed=f"{ANNA}\n"), "Only supervision can do that.")
    assert "Version 3" not in run("policy", "show").stdout


def test_d10_show_tells_goals_and_families(run: Run, database: Path, tmp_path: Path) -> None:
    assert "Goals: 90% on time · 70% at first contact · 80% follow-ups with an answer" in run("policy", "show").stdout
    assert "3. Missing product · 1:00 · process" in run("policy", "show").stdout
    text = default_policy_text("en")
    start, end = text.index("[goals]"), text.index("[hours]")
    bare = tmp_path / "bare.toml"
    bare.write_text(text[:start] + text[end:], encoding="utf-8")
    assert run("policy", "publish", str(bare), typed=f"{CAROL}\n").exit_code == 0
    assert "Goals: none" in run("policy", "show").stdout
