"""What every store does when a customer is forgotten (rule E3): inherited by the contract of each."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.views import Draft
from mesa_recuperacion.store import handed
from mesa_recuperacion.store.forget import forget_again
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.sweep import listed
from mesa_recuperacion.store.traces import Held
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import NOW, Branch, mxn, tables

COUNTED = ("case_total", "spread_total", "choice_total", "area_total", "case_choice", "budget", "gesture_given",
           "gesture_count")  # fmt: skip
"""The tables of what was counted and spent."""


def forget(branch: Branch, *people: str) -> None:
    """The facts of forgetting the customers of those cards, whose cases are closed."""
    with branch.store.reading() as tx:
        cases = Held(tx).cases_of(people)
    branch.append(
        *((case, f.ContactForgotten()) for case in cases), *(("", f.CustomerForgotten(who)) for who in people),
        actor="eva",
    )  # fmt: skip


def texts(branch: Branch) -> set[object]:
    """Every personal text that is kept."""
    return {row[-1] for row in tables(branch.store)["private_text"]}


class ForgetContract:
    """The store has rosa, a customer, and nothing else."""

    def test_e3_her_texts_go_with_the_fact_and_everybody_elses_stay(self, branch: Branch) -> None:
        branch.customer("ivan", "Iván Soto", "33 1111 2222")
        for who in ("rosa", "ivan"):
            case = branch.standard(who)
            branch.append((case, f.AreaAsked(f"{case}-x", "stock", f"algo de {who}", NOW, "ana")))
        before = texts(branch)
        counted = {name: tables(branch.store)[name] for name in COUNTED}
        forget(branch, "rosa")
        gone = before - texts(branch)
        assert {"Rosa Núñez Peña", "Rosa", "55 1234 0078", "algo de rosa"} == gone
        assert {name: tables(branch.store)[name] for name in COUNTED} == counted
        assert verify(branch.store).sound

    def test_e3_nobody_finds_her_any_more_and_her_cases_stay(self, branch: Branch) -> None:
        case = branch.standard()
        forget(branch, "rosa")
        with branch.store.reading() as tx:
            for text in ("rosa", "nunez", "5512340078", "0078"):
                assert tx.find_customers(text, now=NOW, risk_days=90) == ()
            file = tx.customer_file("rosa", now=NOW, risk_days=90)
            assert file is not None
            assert (file.customer.name, file.customer.phone, file.customer.forgotten) == ("", "", True)
            assert [line.case for line in file.customer.history] == [case]
            whole = tx.case_file(case)
            assert whole is not None
            assert (whole.customer.name, whole.notes, whole.state.forgotten) == ("", (), True)
            assert tx.agenda("ana", NOW + timedelta(days=99)) == ()

    def test_e3_made_again_from_the_journal_everything_is_as_it_was(self, branch: Branch) -> None:
        first = branch.standard()
        branch.append((first, f.PromiseBroken(f"{first}-p")))
        forget(branch, "rosa")
        before = tables(branch.store)
        assert before["at_risk"] == []
        rebuild(branch.store)
        assert tables(branch.store) == before

    def test_e3_an_exception_that_nobody_answered_waits_no_more(self, branch: Branch) -> None:
        case = branch.standard()
        branch.append((case, f.ExceptionAsked("wish", "own", mxn(900_00), "", "es de años")))
        forget(branch, "rosa")
        (row,) = tables(branch.store)["exception_asked"]
        assert "forgotten" in row
        with branch.store.reading() as tx:
            assert tx.agenda("supervision", NOW + timedelta(days=99)) == ()
        assert verify(branch.store).sound

    def test_e3_half_typed_lines_go_in_her_cases_and_where_they_name_her(self, branch: Branch) -> None:
        case, other = branch.standard(), branch.open("rosa")
        branch.append((other, f.CaseWithdrawn()), (other, f.NoteAdded("se equivocó de clienta")))
        kept = [("ana", "CEN-1999", "otra cosa de Rosa"), ("bruno", "", "rosal")]
        gone = [("ana", case, "algo"), ("bruno", other, "nada"), ("bruno", "CEN-1998", "Rosa Núñez Peña"),
                ("ana", "", "5512340078")]  # fmt: skip
        with branch.store.writing() as tx:
            for person, slot, line in (*kept, *gone):
                tx.save_draft(person, Draft(slot, "note", line, None, NOW))
        forget(branch, "rosa")
        assert [row[:2] for row in tables(branch.store)["draft"]] == [row[:2] for row in kept]
        assert verify(branch.store).sound

    def test_e3_what_colleagues_wrote_and_names_her_goes_and_the_thanks_stay(self, branch: Branch) -> None:
        case = branch.standard()
        branch.append(
            ("", f.PraiseGiven("one", "ana", case, "qué bien con Rosa")), ("", f.PraiseGiven("two", "ana", "", "Rosa")),
            ("", f.PraiseGiven("three", "ana", case, "qué paciencia")),
            ("", f.SuggestionMade("idea", "ana", "más luz")),
            ("", f.SuggestionAnswered("idea", "try", "que llame a ROSA NUÑEZ PEÑA")),
            ("", f.BudgetAdjusted("more", "ana", "2025-03", mxn(1), "por lo del 5512340078")), actor="eva",
        )  # fmt: skip
        begun = f.AnalysisBegun(
            "why", "day", "2025-03-03", "2025-03-03", "", "", "", "", (), (), -1, "", (case,), ("damaged",), 1, 1, 0, 0
        )
        branch.append(("", begun), ("", f.WhyAnswered("why", 1, "Rosa Núñez Peña lo dijo")), actor="eva")
        branch.append(("", f.WhyAnswered("why", 2, "no hay lista")), ("", f.CauseNamed("why", "rosa nunez pena")))
        branch.append(("", f.CauseNamed("why", "falta una lista")))
        forget(branch, "rosa")
        every = tables(branch.store)
        assert {str(row[0]): row[4] for row in every["praise"]} == {"one": "", "two": "Rosa", "three": "qué paciencia"}
        assert {"más luz", "no hay lista", "falta una lista", "qué paciencia"} <= texts(branch)
        said = " ".join(map(repr, (every["suggestion"], every["adjustment"], every["analysis"]))).casefold()
        assert "rosa" not in said
        assert "5512340078" not in said
        assert "no hay lista" in said
        assert "falta una lista" in said
        assert verify(branch.store).sound
        rebuild(branch.store)
        assert tables(branch.store) == every

    def test_e3_forgotten_is_all_or_nothing(self, branch: Branch) -> None:
        before = tables(branch.store)

        def fails() -> None:
            with branch.store.writing() as tx:
                facts = [("", f.CustomerForgotten("rosa"))]
                tx.append(command="forget", actor="eva", policy=1, at=NOW, facts=facts)
                raise ValueError

        with pytest.raises(ValueError):  # noqa: PT011
            fails()
        assert tables(branch.store) == before
        assert listed(branch.store.path) == ()

    def test_e3_again_after_an_older_copy_took_its_place(self, branch: Branch) -> None:
        branch.customer("luz", "Luz Mora")
        closed, running = branch.standard(), branch.open()
        branch.append((running, f.CompensationReserved("voucher", mxn(50_00), "ana", "2025-03")))
        branch.append(("", f.CustomersMerged("luz", "rosa")), actor="eva")  # they were two people after all
        ids = count(1)
        more: dict[str, Any] = {"at": NOW + timedelta(days=3), "new_id": lambda: f"again-{next(ids)}"}
        counted = {name: tables(branch.store)[name] for name in COUNTED if name != "budget"}
        assert forget_again(branch.store, ("rosa", "nobody", "rosa"), **more) == 1
        after = tables(branch.store)
        assert {name: after[name] for name in COUNTED if name != "budget"} == counted
        assert forget_again(branch.store, ("rosa",), **more) == 0
        assert tables(branch.store) == after
        with branch.store.reading() as tx:
            luz, budget = tx.card("luz"), tx.budget("ana")
            states = [tx.case_state(folio) for folio in (closed, running)]
        assert luz is not None
        assert (luz.name, luz.forgotten) == ("Luz Mora", False)
        assert [state.status for state in states if state is not None and state.forgotten] == ["closed", "closed"]
        assert budget is not None
        assert budget[0].reserved.minor == 0
        assert listed(branch.store.path) == ("rosa",)
        assert verify(branch.store).sound

    def test_e3_files_that_were_handed_out_are_known_until_they_are_gone(self, branch: Branch) -> None:
        folder = branch.store.path.parent
        files = [handed.HandedOut(folder / name, "cases", NOW) for name in ("b.csv", "a.csv")]
        with branch.store.writing() as tx:
            for file in (*files, files[0]):
                handed.note(tx, file)
        with branch.store.reading() as tx:
            assert handed.listed(tx) == tuple(reversed(files))
        with branch.store.writing() as tx:
            handed.drop(tx, [files[0].path, folder / "never.csv"])
        with branch.store.reading() as tx:
            assert handed.listed(tx) == (files[1],)
