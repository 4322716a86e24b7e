"""``mesa report``: who may, of which days, in which form and where; each refusal one sentence, never half a file."""

from __future__ import annotations

import json
import re
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from mesa_recuperacion.cli.report import period_of
from mesa_recuperacion.demo.prepare import pins
from mesa_recuperacion.domain.period import Period, day_of, month_of, span, week_of
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.reports.monthly import Report
from mesa_recuperacion.store import driver
from tests.unit.cli.conftest import Run
from tests.unit.reports.boards import MARCH, NOW, board

ANNA, _, CAROL, *_ = (f"{number} {pin}" for number, pin in pins("en"))
MONTH = ("report", "--from", "2026-03-01", "--to", "2026-03-31")
EN = Words("en")


@pytest.fixture
def month(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Report:
    """A month with cases in it, whatever the branch has; files go to a folder of this test's own."""
    made = Report(board(), (), NOW)
    monkeypatch.setattr("mesa_recuperacion.cli.report.gather", lambda *_: made)
    monkeypatch.chdir(tmp_path)
    return made


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("mesa-report"))


# --------------------------------------------------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("first", "last", "meant"),
    [
        ("", "", month_of(date(2026, 2, 1))),
        ("2026-03-01", "2026-03-31", MARCH),
        ("2026-03-01", "", MARCH),
        ("", "2026-03-31", MARCH),
        ("2026-03-09", "2026-03-15", week_of(date(2026, 3, 9))),
        ("2026-03-09", "2026-03-09", day_of(date(2026, 3, 9))),
        ("2026-03-09", "2026-03-16", span(date(2026, 3, 9), date(2026, 3, 16))),
        ("", "2026-03-10", span(date(2026, 3, 1), date(2026, 3, 10))),
    ],
)
def test_the_days_that_are_meant(first: str, last: str, meant: Period) -> None:
    assert period_of(first, last, date(2026, 3, 11), EN) == meant


def test_january_reports_december() -> None:
    assert period_of("", "", date(2026, 1, 1), EN) == month_of(date(2025, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-03-31", "2026-03-01", "2026-03-31 is after 2026-03-01."),
        ("31/3/2026", "", "“31/3/2026” is no day."),
        ("2026-02-30", "2026-03-01", "“2026-02-30” is no day."),
        ("{x}", "", "“{x}” is no day."),
    ],
)
def test_days_that_cannot_be_meant_are_told(run: Run, database: Path, first: str, last: str, said: str) -> None:
    result = run("report", "--from", first, "--to", last, typed=f"{CAROL}\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(said)


def test_a_form_that_is_none_is_told(
    database: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from mesa_recuperacion.cli.app import run as run_line

    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert run_line(["report", "--format", "pdf"]) == 2
    assert "--format" in capsys.readouterr().err


# ---------------------------------------------------------------------------------------------------------------- who


@pytest.mark.parametrize(("typed", "said"), [(ANNA, "supervis"), ("", "A number, a space and a PIN")])
def test_e2_a_supervisor_signs(run: Run, database: Path, month: Report, tmp_path: Path, typed: str, said: str) -> None:
    result = run(*MONTH, typed=f"{typed}\n")
    assert (result.exit_code, result.stdout, files(tmp_path)) == (1, "", [])
    assert said in result.stderr


def test_without_a_branch_it_says_so(run: Run) -> None:
    result = run("report", typed=f"{CAROL}\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no branch" in result.stderr


# --------------------------------------------------------------------------------------------------------------- what


@pytest.mark.parametrize("form", ["html", "csv", "json"])
def test_f8_the_report_is_a_new_file_and_its_path_is_said(
    run: Run, database: Path, month: Report, tmp_path: Path, form: str
) -> None:
    first = run(*MONTH, "--format", form, typed=f"{CAROL}\n")
    assert (first.exit_code, first.stderr) == (0, "Supervisor's number and PIN: " if "PIN" in first.stderr else "")
    assert first.stdout == f"The report is in {tmp_path}/mesa-report-2026-03.{form}.\n"
    run(*MONTH, "--format", form, typed=f"{CAROL}\n")
    assert files(tmp_path) == [f"mesa-report-2026-03-2.{form}", f"mesa-report-2026-03.{form}"]
    one, two = (re.sub(r"CEN-1 \d+ [0-9a-f]{12}", "", (tmp_path / name).read_text()) for name in files(tmp_path))
    assert one == two


@pytest.mark.parametrize("form", ["html", "csv", "json"])
def test_e1_a_signed_report_has_the_mark_of_the_line_that_says_so(
    run: Run, database: Path, month: Report, tmp_path: Path, form: str
) -> None:
    run(*MONTH, "--format", form, typed=f"{CAROL}\n")
    found = re.search(r"CEN-1 \d+ [0-9a-f]{12}", (tmp_path / files(tmp_path)[0]).read_text())
    assert found is not None
    assert run("journal", "verify", "--head", found[0]).exit_code == 0
    stream, seq, digits = found[0].split()
    forged = run("journal", "verify", "--head", f"{stream} {seq} {'0' * 12}")
    assert forged.exit_code == 1
    assert f"Line {seq} of {stream} is not the one of the head that was noted" in forged.stderr
    assert len(digits) == 12


def test_f8_it_can_go_to_the_output_and_in_another_language(
    run: Run, database: Path, month: Report, tmp_path: Path
) -> None:
    to_output = (*MONTH, "--format", "json", "--out", "-")
    made = {
        language: json.loads(run(*to_output, "--language", language, typed=f"{CAROL}\n").stdout)
        for language in ("es", "en")
    }  # fmt: skip
    assert {language: told["language"] for language, told in made.items()} == {"es": "es", "en": "en"}
    assert made["es"]["tables"]["trend"][0]["period"] == "agosto de 2025"
    assert made["en"]["tables"]["trend"][0]["period"] == "August 2025"
    assert files(tmp_path) == []


def test_a_folder_that_is_not_there_is_told(run: Run, database: Path, month: Report, tmp_path: Path) -> None:
    result = run(*MONTH, "--out", str(tmp_path / "gone" / "r.html"), typed=f"{CAROL}\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"There is no folder {tmp_path}/gone: no file was made." in result.stderr


def test_a_folder_is_no_file(run: Run, database: Path, month: Report, tmp_path: Path) -> None:
    result = run(*MONTH, "--out", str(tmp_path), typed=f"{CAROL}\n")
    assert (result.exit_code, result.stdout, files(tmp_path)) == (1, "", [])


def test_a_month_without_cases_offers_one_that_has_some(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from mesa_recuperacion.domain.review.counts import Counts

    empty = Report(board(counts=Counts(), nearest=month_of(date(2026, 1, 1))), (), NOW)
    monkeypatch.setattr("mesa_recuperacion.cli.report.gather", lambda *_: empty)
    monkeypatch.chdir(tmp_path)
    result = run(*MONTH, typed=f"{CAROL}\n")
    assert (result.exit_code, result.stdout, files(tmp_path)) == (1, "", [])
    assert (
        "No case was closed in March 2026. The latest that has some is January 2026: --from 2026-01-01 --to 2026-01-31"
        in result.stderr
    )


def test_a_branch_without_cases_says_so(
    run: Run, database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Asked of the branch itself, of years in which it was not there."""
    monkeypatch.chdir(tmp_path)
    result = run("report", "--from", "1999-01-01", "--to", "1999-01-31", typed=f"{CAROL}\n")
    assert (result.exit_code, result.stdout, files(tmp_path)) == (1, "", [])
    assert "No case was closed in January 1999." in result.stderr or "There is nothing to report yet" in result.stderr


def test_e4_it_is_made_of_a_store_that_is_only_read(run: Run, database: Path, month: Report, tmp_path: Path) -> None:
    with closing(driver.connect(database)) as connection:
        connection.execute(f"PRAGMA user_version = {driver.USER_VERSION + 1}")
    before = database.read_bytes()
    result = run(*MONTH, "--format", "csv", typed=f"{CAROL}\n")
    assert result.exit_code == 0
    assert result.stderr.startswith("Reading only: A newer version of mesa made ")
    assert len(files(tmp_path)) == 1
    refused = run(*MONTH, typed="3 111111\n")
    assert refused.exit_code == 1
    assert len(files(tmp_path)) == 1
    assert database.read_bytes() == before
