"""What every store promises, whatever database is under it: a second one inherits this class."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.evolve import replay
from mesa_recuperacion.domain.lockout import Lock
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.text import words_of
from mesa_recuperacion.domain.views import DayCount, Draft, OpenItem, Person
from mesa_recuperacion.journal.chain import hash_of
from mesa_recuperacion.journal.record import GENESIS
from mesa_recuperacion.store.errors import BudgetGuard, CommandRepeated
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import FUNDED, MARCH, NOW, STATION, Branch, closing, decisions, mxn, tables

TODAY = date(2025, 3, 3)


class StoreContract:
    """Inherit, and give a fixture ``store``: an empty one."""

    @pytest.fixture
    def branch(self, store: Store) -> Branch:
        """The store, with a branch and one customer in it."""
        branch = Branch(store)
        branch.found()
        branch.customer("rosa", "Rosa Núñez Peña", "55 1234 0078")
        return branch

    # The journal

    def test_e1_a_stream_begins_with_its_station(self, store: Store) -> None:
        assert store.stream == ""
        branch = Branch(store)
        with pytest.raises(ValueError, match="begins with its station"):
            branch.append(("", f.PersonAdded("ana", 7, "Ana", "agent")))
        branch.found()
        assert store.stream == "CEN-1"
        with store.reading() as now:
            assert now.station() == STATION
            assert now.people() == (Person("eva", 1, "Eva", "supervisor"), Person("ana", 7, "Ana", "agent"))
            assert now.person_by_number(7) == Person("ana", 7, "Ana", "agent")
            assert now.person_by_number(8) is None
            assert now.policy_text() == now.policy_text(1) == (1, "version = 1\n")
            assert now.policy_text(2) is None

    def test_e1_an_empty_store_answers_nothing(self, store: Store) -> None:
        with store.reading() as now:
            assert now.station() is None
            assert now.people() == ()
            assert now.policy_text() is None
            assert now.budget("ana") is None
            assert now.case_file("CEN-1001") is None
            assert now.case_state("CEN-1001") is None
            assert now.customer("rosa", now=NOW, risk_days=90) is None
            assert now.usual("damaged") is None
            assert now.head() == ("", 0, GENESIS)
            assert now.next_number() == 1
            assert list(now.records()) == []
        assert verify(store).sound

    def test_e1_lines_are_dense_tied_and_read_back_as_written(self, branch: Branch) -> None:
        case = branch.open()
        written = branch.append((case, f.StepSaid("apologise")), (case, f.NoteAdded("llegó\nroto")))
        with branch.store.reading() as now:
            assert now.entries(case)[-2:] == written
            records = list(now.records(limit=500))
            assert [record.seq for record in records] == list(range(1, len(records) + 1))
            assert [record.prev for record in records] == [GENESIS, *(record.hash for record in records[:-1])]
            assert all(hash_of(record) == record.hash for record in records)
            assert now.head() == ("CEN-1", records[-1].seq, records[-1].hash)
            assert [record.seq for record in now.records(after_seq=3, limit=2)] == [4, 5]
        assert written[0].at == NOW
        assert (written[0].actor, written[0].policy, written[0].case) == ("ana", 1, case)

    def test_e1_texts_are_kept_in_one_form_whatever_was_given(self, branch: Branch) -> None:
        case = branch.open()
        (entry,) = branch.append((case, f.NoteAdded("nin\u0303o")), at=NOW + timedelta(microseconds=999))
        assert entry.fact == f.NoteAdded("niño")
        assert entry.at == NOW
        with branch.store.reading() as now:
            assert now.entries(case)[-1] == entry

    def test_e1_facts_of_one_command_are_all_written_or_none(self, branch: Branch) -> None:
        before = tables(branch.store)
        with pytest.raises(ValueError, match="begins by being opened"):
            branch.append(("CEN-1001", f.CaseOpened("rosa", NOW, 60, 0)), ("CEN-1002", f.StepSaid("apologise")))
        with pytest.raises(TypeError, match="not a fact of a case"):
            branch.append(("CEN-1001", f.CaseOpened("rosa", NOW, 60, 0)), ("CEN-1001", f.SignedIn("ana")))
        assert tables(branch.store) == before

    def test_b3_an_append_that_failed_cannot_be_committed_by_swallowing_its_error(self, branch: Branch) -> None:
        case = branch.open()
        before = tables(branch.store)
        too_much = (case, f.CompensationReserved("own", mxn(FUNDED + 1), "ana", "2025-03"))

        def swallow() -> None:
            with branch.store.writing() as writing, suppress(BudgetGuard):
                facts = [(case, f.NoteAdded("x")), too_much]
                writing.append(command="x", actor="ana", policy=1, at=NOW, facts=facts)

        with pytest.raises(BudgetGuard):
            swallow()
        assert tables(branch.store) == before

    def test_b3_a_repeated_command_changes_nothing(self, branch: Branch) -> None:
        case = branch.open()
        gift = (case, f.CompensationReserved("voucher", mxn(100_00), "ana", "2025-03"))
        first = branch.append(gift, command="enter")
        before = tables(branch.store)
        with branch.store.reading() as now:
            assert now.already("enter") == first
            assert now.already("never") == ()
        with pytest.raises(CommandRepeated):
            branch.append(gift, command="enter")
        assert tables(branch.store) == before

    def test_e1_a_command_has_a_name(self, branch: Branch) -> None:
        with pytest.raises(ValueError, match="command"), branch.store.writing() as writing:
            writing.append(command="", actor="ana", policy=1, at=NOW, facts=[("", f.SignedIn("ana"))])

    def test_b3_one_command_may_write_twice_in_one_transaction(self, branch: Branch) -> None:
        with branch.store.writing() as writing:
            for person in ("ana", "eva"):
                writing.append(command="both", actor="", policy=1, at=NOW, facts=[("", f.SignedIn(person))])
        with branch.store.reading() as now:
            assert [entry.fact for entry in now.already("both")] == [f.SignedIn("ana"), f.SignedIn("eva")]

    def test_e4_a_transaction_that_raises_leaves_no_trace(self, branch: Branch) -> None:
        before = tables(branch.store)

        def interrupted() -> None:
            with branch.store.writing() as writing:
                writing.append(command="x", actor="ana", policy=1, at=NOW, facts=[("", f.SignedIn("ana"))])
                writing.save_draft("ana", Draft("", "lookup", "ros", NOW, NOW))
                writing.set_credential("ana", "hash")
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert tables(branch.store) == before

    def test_b3_a_writing_reads_what_it_has_written(self, branch: Branch) -> None:
        with branch.store.writing() as writing:
            facts = [("CEN-1001", f.CaseOpened("rosa", NOW, 60, 0)), ("CEN-1001", f.StepSaid("apologise"))]
            writing.append(command="x", actor="ana", policy=1, at=NOW, facts=facts)
            state = writing.case_state("CEN-1001")
            assert state is not None
            assert state == replay(writing.entries("CEN-1001"))
            assert state.said == ("apologise",)
            assert writing.next_number() == 2
            assert [item.case for item in writing.open_cases("ana")] == ["CEN-1001"]

    # Personal data

    def test_e3_private_text_is_not_in_the_journal(self, branch: Branch) -> None:
        case = branch.open()
        branch.append((case, f.ProblemIdentified("other", 60, "canario-problema", repeat=False)))
        branch.append((case, f.NoteAdded("canario-nota")), (case, f.CompensationDeclined("canario-motivo")))
        with branch.store.reading() as now:
            bodies = "".join(record.body for record in now.records())
        for secret in ("canario", "Rosa", "Núñez", "55 1234 0078"):
            assert secret not in bodies

    def test_e3_the_texts_of_a_case_belong_to_its_customer(self, branch: Branch) -> None:
        case = branch.standard()
        kept = {(row[2], row[3]) for row in tables(branch.store)["private_text"]}
        assert case
        assert kept == {("name", "rosa"), ("call_name", "rosa"), ("phone", "rosa"), ("note", "rosa")}

    # Budgets

    def test_b3_a_budget_moves_with_its_facts(self, branch: Branch) -> None:
        case = branch.open()

        def budget() -> tuple[int, int, int]:
            with branch.store.reading() as now:
                known = now.budget("ana")
                assert known is not None
                view, ends = known
                assert (view.period, ends, view.funded) == ("2025-03", MARCH, mxn(FUNDED))
                return view.reserved.minor, view.spent.minor, view.left.minor

        for fact, expected in (
            (f.CompensationReserved("voucher", mxn(300_00), "ana", "2025-03"), (300_00, 0, 700_00)),
            (f.CompensationReleased(mxn(300_00), "ana", "2025-03"), (0, 0, 1_000_00)),
            (f.CompensationReserved("voucher", mxn(1_000_00), "ana", "2025-03"), (1_000_00, 0, 0)),
            (f.CompensationDelivered(mxn(1_000_00), "ana", "2025-03"), (0, 1_000_00, 0)),
            (f.CompensationReturned(mxn(1_000_00), "ana", "2025-03"), (1_000_00, 0, 0)),
        ):
            branch.append((case, fact))
            assert budget() == expected

    @pytest.mark.parametrize(
        "fact",
        [
            f.CompensationReserved("own", mxn(FUNDED + 1), "ana", "2025-03"),
            f.CompensationReserved("own", mxn(-1), "ana", "2025-03"),
            f.CompensationReserved("own", mxn(1), "ana", "2025-04"),
            f.CompensationReserved("own", mxn(1), "eva", "2025-03"),
            f.CompensationReserved("own", Money(1, "USD"), "ana", "2025-03"),
            f.CompensationReleased(mxn(1), "ana", "2025-03"),
            f.CompensationDelivered(mxn(1), "ana", "2025-03"),
            f.CompensationReturned(mxn(1), "ana", "2025-03"),
        ],
    )
    def test_b3_a_movement_without_room_is_refused_whole(self, branch: Branch, fact: f.Fact) -> None:
        case = branch.open()
        before = tables(branch.store)
        with pytest.raises(BudgetGuard, match="no room for"):
            branch.append((case, f.NoteAdded("antes")), (case, fact))
        assert tables(branch.store) == before

    def test_b3_a_period_is_funded_once_and_the_latest_counts(self, branch: Branch) -> None:
        with pytest.raises(BudgetGuard):
            branch.append(("", f.BudgetFunded("ana", "2025-03", mxn(5), MARCH)))
        april = datetime(2025, 5, 1, 6, 0, tzinfo=UTC)
        branch.append(("", f.BudgetFunded("ana", "2025-04", mxn(700), april)))
        with branch.store.reading() as now:
            known = now.budget("ana")
            assert known is not None
            assert (known[0].period, known[0].left, known[1]) == ("2025-04", mxn(700), april)

    def test_b2_the_usual_amount_is_the_median_of_what_was_delivered(self, branch: Branch) -> None:
        with branch.store.reading() as now:
            assert now.usual("damaged") is None
        for amount in (50_00, 120_00, 90_00, 120_00):
            branch.standard(gesture=amount)
        with branch.store.reading() as now:
            assert now.usual("damaged") == mxn(90_00)
            assert now.usual("billing") is None
        branch.standard(gesture=130_00)
        with branch.store.reading() as now:
            assert now.usual("damaged") == mxn(120_00)

    def test_b5_a_gesture_that_was_returned_is_not_usual(self, branch: Branch) -> None:
        case = branch.standard(gesture=120_00)
        branch.append((case, f.ClosingUndone()), (case, f.CompensationReturned(mxn(120_00), "ana", "2025-03")))
        with branch.store.reading() as now:
            assert now.usual("damaged") is None

    # Cases and counts

    def test_a3_a_case_file_tells_the_whole_story(self, branch: Branch) -> None:
        earlier = branch.standard(at=NOW - timedelta(days=10))
        case = branch.standard()
        with branch.store.reading() as now:
            found = now.case_file(case, now=NOW, risk_days=90)
            assert found is not None
            assert found.state == now.case_state(case) == replay(now.entries(case))
            assert found.notes == ("llegó roto",)
            assert found.owner_name == "Ana"
            assert found.usual == mxn(120_00)
            assert found.customer.name == "Rosa Núñez Peña"
            assert (found.customer.complaints, found.customer.recent) == (2, 2)
            assert [line.case for line in found.customer.history] == [earlier]

    def test_d1_the_day_is_the_branchs_own(self, branch: Branch) -> None:
        branch.standard()
        with branch.store.reading() as now:
            assert now.day_count("ana", TODAY) == DayCount(1, 1, 1)
            assert now.day_count("ana", NOW.date()) == DayCount(0, 0, 0)
            assert now.day_count("eva", TODAY) == DayCount(0, 0, 0)

    def test_d1_counts_follow_late_undone_and_reopened_cases(self, branch: Branch) -> None:
        def count() -> DayCount:
            with branch.store.reading() as now:
                return now.day_count("ana", TODAY)

        late = branch.open()
        for fact in decisions(late):
            branch.append((late, fact))
        branch.append(*((late, fact) for fact in closing(elapsed=91)))
        assert count() == DayCount(1, 0, 1)
        branch.append((late, f.ClosingUndone()), (late, f.CompensationReturned(mxn(120_00), "ana", "2025-03")))
        assert count() == DayCount(0, 0, 0)
        branch.append(*((late, fact) for fact in closing(elapsed=80)))
        assert count() == DayCount(1, 1, 1)
        branch.append((late, f.FollowUpAnswered(f"{late}-u", "not_satisfied", "no")), (late, f.CaseReopened()))
        assert count() == DayCount(1, 1, 0)

    def test_c4_the_agenda_holds_what_is_pending_and_due(self, branch: Branch) -> None:
        case = branch.standard()
        with branch.store.reading() as now:
            assert now.agenda("ana", NOW + timedelta(hours=1)) == ()
            (promise,) = now.agenda("ana", NOW + timedelta(hours=2))
            assert (promise.kind, promise.what, promise.customer) == ("promise", "replace", "Rosa Núñez Peña")
            both = now.agenda("ana", NOW + timedelta(days=1))
            assert [(item.kind, item.case, item.what, item.attempt) for item in both] == [
                ("promise", case, "replace", 0),
                ("verify", case, "damaged", 1),
            ]
            assert now.agenda("eva", NOW + timedelta(days=1)) == ()
        branch.append((case, f.PromiseMoved(f"{case}-p", NOW + timedelta(hours=20))))
        branch.append((case, f.FollowUpAnswered(f"{case}-u", "satisfied", "gracias")))
        with branch.store.reading() as now:
            assert now.agenda("ana", NOW + timedelta(hours=19)) == ()
            assert [item.id for item in now.agenda("ana", NOW + timedelta(hours=20))] == [f"{case}-p"]
        branch.append((case, f.PromiseKept(f"{case}-p", late=False)))
        with branch.store.reading() as now:
            assert now.agenda("ana", NOW + timedelta(days=9)) == ()

    def test_e4_what_is_open_or_parked_is_found_again(self, branch: Branch) -> None:
        parked, left, closed = branch.open(), branch.open(), branch.standard()
        later = NOW + timedelta(minutes=3)
        branch.append(
            (parked, f.CaseParked("listen")),
            (parked, f.FollowUpScheduled("back", "return", later + timedelta(minutes=30), "ana", 1)),
            at=later,
        )
        branch.append((left, f.StepSaid("apologise")))
        with branch.store.reading() as now:
            assert now.open_cases("ana") == (
                OpenItem(left, "Rosa Núñez Peña", "open", "listen", NOW, NOW),
                OpenItem(parked, "Rosa Núñez Peña", "parked", "listen", later, NOW),
            )
            assert now.open_cases("eva") == ()
            assert now.agenda("ana", later + timedelta(minutes=31)) == ()
            assert now.next_number() == 4
            assert closed == "CEN-1003"

    # Customers

    def test_d3_the_history_is_told_before_the_first_word(self, branch: Branch) -> None:
        cases = [branch.standard(at=NOW - timedelta(days=days), gesture=100 + days) for days in (200, 60, 9, 8, 7, 1)]
        with branch.store.reading() as now:
            rosa = now.customer("rosa", now=NOW, risk_days=90)
            assert rosa is not None
            assert (rosa.complaints, rosa.recent, rosa.last_at) == (6, 5, NOW - timedelta(days=1))
            assert [line.case for line in rosa.history] == cases[:0:-1]
            line = rosa.history[0]
            assert (line.problem, line.remedy, line.compensation) == ("damaged", "replace", mxn(101))
            assert (line.status, line.satisfied, line.at) == ("closed", True, NOW - timedelta(days=1))
            assert now.complaints("rosa", NOW - timedelta(days=9)) == 4
            assert now.complaints("rosa", NOW) == 0
            assert now.problems("rosa", NOW - timedelta(days=8)) == ("damaged",) * 3
            assert len(now.find_customers("rosa", now=NOW, risk_days=90)[0].history) == 2

    @pytest.mark.parametrize(
        "typed",
        [
            "r", "ROSA", "núñ", "nunez", "pena", "PEÑA ros", "nuñ peñ", "rosa nuñez pena", "5512340078", "55 1234 0078",
            "55 12", "12340078", "1234-00", "0078", "+52 55 1234 0078", "rosa 0078", "0078 nun",
        ],
    )  # fmt: skip
    def test_d3_a_customer_is_found_by_any_word_or_by_telephone(self, branch: Branch, typed: str) -> None:
        branch.customer("ivan", "Iván Soto", "33 9999 1111")
        with branch.store.reading() as now:
            assert [c.id for c in now.find_customers(typed, now=NOW, risk_days=90)] == ["rosa"]

    @pytest.mark.parametrize(
        "typed",
        [
            "", "  ", "osa", "rosa soto", "rosax", "%", "_", "'", "*", "[/x]", "78", "1234 0079", "\U0010ffff",
            "rosa \x00y",
        ],
    )  # fmt: skip
    def test_d3_nobody_is_found_by_less_than_the_beginning_of_each_word(self, branch: Branch, typed: str) -> None:
        with branch.store.reading() as now:
            assert now.find_customers(typed, now=NOW, risk_days=90) == ()

    def test_d3_whatever_is_typed_finds_exactly_who_has_each_of_its_words(self, branch: Branch) -> None:
        """Names of one another's words in all orders, against what the words themselves say."""
        dice, words = Random(3), ("ana", "anaya", "luz", "lúcia", "luzma", "de", "del", "soto", "55")
        named = {f"c{n}": " ".join(dice.choices(words, k=dice.randint(1, 4))) for n in range(60)}
        for who, name in named.items():
            branch.customer(who, name)
        for _ in range(150):
            typed = " ".join(word[: dice.randint(1, 5)] for word in dice.choices(words, k=dice.randint(1, 3)))
            begun = words_of(typed)
            right = {
                who for who, name in named.items()
                if all(any(word.startswith(one) for word in words_of(name)) for one in begun)
            }  # fmt: skip
            with branch.store.reading() as now:
                found = {c.id for c in now.find_customers(typed, now=NOW, risk_days=90, limit=99)}
            assert found - {"rosa"} == right, typed

    def test_d3_whoever_begins_so_comes_first_then_recent_complaints_then_names(self, branch: Branch) -> None:
        branch.customer("a", "Ana Rosales")
        branch.customer("b", "Rosario Zamora")
        branch.customer("c", "Rosalía Díaz")
        branch.customer("d", "Beto Rosas")
        branch.customer("e", "Rosaura Abad")
        branch.open("b", NOW - timedelta(days=5))
        branch.open("d", NOW - timedelta(days=5))
        branch.open("e", NOW - timedelta(days=500))
        with branch.store.reading() as now:
            found = now.find_customers("rosa", now=NOW, risk_days=90)
            assert [c.id for c in found] == ["b", "rosa", "c", "e", "d", "a"]
            assert now.find_customers("rosa", now=NOW, risk_days=90, limit=2) == found[:2]

    def test_d3_a_telephone_without_a_name_is_no_name(self, branch: Branch) -> None:
        branch.customer("a", "Zoe 77", "")
        branch.customer("b", "", "33 5555 7788")
        branch.open("b", NOW - timedelta(days=1))
        with branch.store.reading() as now:
            assert [c.id for c in now.find_customers("77", now=NOW, risk_days=90)] == ["b", "a"]

    def test_d3_whoever_called_lately_is_first_of_hundreds_of_namesakes(self, branch: Branch) -> None:
        for n in range(400):
            branch.customer(f"c{n}", f"Ana García {chr(0x61 + n // 20)}{chr(0x61 + n % 20)}")
        branch.open("c399", NOW - timedelta(days=1))
        withdrawn = branch.open("c390", NOW - timedelta(days=1))
        branch.append((withdrawn, f.CaseWithdrawn()))
        with branch.store.reading() as now:
            for typed, first in (("ana", "c399"), ("garcia", "c399"), ("ana g", "c0"), ("ana garcia t", "c399")):
                found = [c.id for c in now.find_customers(typed, now=NOW, risk_days=90)]
                assert found[0] == first, typed

    def test_d3_the_new_telephone_finds_and_the_old_one_does_not(self, branch: Branch) -> None:
        branch.append(("", f.PhoneNoted("rosa", "33 8765 4321")))
        with branch.store.reading() as now:
            assert [c.phone for c in now.find_customers("4321", now=NOW, risk_days=9)] == ["33 8765 4321"]
            assert now.find_customers("0078", now=NOW, risk_days=9) == ()

    def test_d3_a_family_with_one_telephone_is_all_found(self, branch: Branch) -> None:
        branch.customer("hugo", "Hugo Núñez", "55 1234 0078")
        with branch.store.reading() as now:
            assert {c.id for c in now.find_customers("0078", now=NOW, risk_days=9)} == {"rosa", "hugo"}

    # Credentials and drafts

    def test_e2_failures_are_counted_and_forgotten_with_a_new_pin(self, branch: Branch) -> None:
        lock = Lock(NOW + timedelta(minutes=1), 7250.125, "boot")
        with branch.store.writing() as writing:
            assert (writing.credential("ana"), writing.failures("ana")) == (None, (0, None))
            writing.note_failure("ana", 5, lock)
            assert writing.credential("ana") is None
        with branch.store.writing() as writing:
            assert writing.failures("ana") == (5, lock)
            writing.set_credential("ana", "$argon2id$a")
            assert (writing.credential("ana"), writing.failures("ana")) == ("$argon2id$a", (0, None))
            writing.note_failure("ana", 1, None)
            writing.clear_failures("ana")
        with branch.store.reading() as now:
            assert (now.credential("ana"), now.failures("ana")) == ("$argon2id$a", (0, None))
            assert now.failures("eva") == (0, None)

    def test_e4_half_a_line_is_kept_by_person_and_place(self, branch: Branch) -> None:
        first = Draft("", "lookup", "ros", NOW, NOW)
        second = Draft("CEN-1001", "listen", "lleg\x1b[31mó", None, NOW + timedelta(seconds=1))
        with branch.store.writing() as writing:
            for draft in (Draft("", "lookup", "r", NOW, NOW), first, second):
                writing.save_draft("ana", draft)
        with branch.store.reading() as now:
            assert now.drafts("ana") == (second, first)
            assert now.draft("ana", "") == first
            assert now.drafts("eva") == ()
        with branch.store.writing() as writing:
            writing.drop_draft("ana", "")
        with branch.store.reading() as now:
            assert now.drafts("ana") == (second,)
            assert now.draft("ana", "") is None

    # Projections

    def test_c1_a_clock_that_was_put_back_between_two_cases_changes_no_projection(self, branch: Branch) -> None:
        taken_back = branch.open(at=NOW + timedelta(days=1))
        branch.open(at=NOW + timedelta(days=2))
        branch.append((taken_back, f.CaseWithdrawn()), at=NOW + timedelta(days=2))
        branch.open(at=NOW)
        with branch.store.reading() as now:
            file = now.customer_file("rosa", now=NOW, risk_days=90)
        assert file is not None
        assert file.customer.last_at == NOW + timedelta(days=2)
        assert verify(branch.store).sound
        before = tables(branch.store)
        rebuild(branch.store)
        assert tables(branch.store) == before

    def test_e1_projections_are_the_same_when_they_are_made_again(self, branch: Branch) -> None:
        a_varied_month(branch)
        before = tables(branch.store)
        written = {str(row[3]) for row in before["journal"]}
        assert set(f.KINDS) - written == {
            "person.pin_set", "person.signed_in", "person.sign_in_failed", "person.unlocked", "station.keyed",
        }  # fmt: skip
        told: list[tuple[int, int]] = []
        lines = rebuild(branch.store, lambda done, total: told.append((done, total)))
        after = tables(branch.store)
        for name, rows in before.items():
            assert after[name] == rows, name
        assert told[-1] == (lines, lines)
        assert lines == len(before["journal"])
        assert verify(branch.store).sound


def an_analysis(branch: Branch, case: str) -> None:
    """Five whys that lead to an action that helped, and others that were given up."""
    begun = f.AnalysisBegun(
        "why", "month", "2025-03-01", "2025-03-31", "ana", "", "CEN", "late", ("damaged",), (), -1, "", (case,),
        ("damaged",), 1, 3, 1, 120_00,
    )  # fmt: skip
    told = (
        begun, f.WhyAnswered("why", 1, "nadie lo revisa"), f.WhyAnswered("why", 2, "no hay lista"),
        f.CauseNamed("why", "falta una lista"), f.FamilyChosen("why", "process"), f.ActionNamed("why", "una lista"),
        f.ActionOwned("why", "ana"), f.ActionDated("why", NOW + timedelta(days=9)),
        f.ActionAnswered("why", True, "hecho"), f.ActionReviewed("why", True, "bajaron"),
        replace(begun, analysis="another"), f.AnalysisDropped("another", "ya no"),
    )  # fmt: skip
    for fact in told:
        branch.append(("", fact), actor="eva")


def a_varied_month(branch: Branch) -> None:
    """Cases that take every turn that a case can take."""
    branch.customer("ivan", "Iván Soto")
    undone = branch.standard(at=NOW - timedelta(days=9))
    branch.append((undone, f.ClosingUndone()), (undone, f.CompensationReturned(mxn(120_00), "ana", "2025-03")))
    branch.append((undone, f.CompensationReleased(mxn(120_00), "ana", "2025-03")), (undone, f.StepUndone("compensate")))
    branch.append((undone, f.CompensationDeclined("no quiso")))
    reopened = branch.standard("ivan", at=NOW - timedelta(days=8))
    branch.append((reopened, f.FollowUpAnswered(f"{reopened}-u", "not_satisfied", "sigue roto")))
    branch.append((reopened, f.CaseReopened()), actor="eva")
    branch.append((reopened, f.ProblemIdentified("other", 60, "el tacón", repeat=True)), actor="eva")
    branch.append((reopened, f.CaseClosed(False, 99, 60, ("promise",))), actor="eva")
    parked = branch.open("ivan")
    branch.append((parked, f.FollowUpScheduled("back", "return", NOW, "ana", 1)), (parked, f.CaseParked("listen")))
    branch.append((parked, f.FollowUpCancelled("back")), (parked, f.CaseResumed()))
    broken = branch.standard()
    branch.append((broken, f.PromiseBroken(f"{broken}-p")))
    branch.append((undone, f.CaseRepeated(broken)), (undone, f.RepeatWithdrawn(broken)))
    branch.append((undone, f.CaseRepeated(broken)))
    branch.append(("", f.PhoneNoted("rosa", "33 8765 4321")))
    kept = branch.standard()
    branch.append((kept, f.PromiseMoved(f"{kept}-p", NOW + timedelta(hours=3))))
    branch.append((kept, f.PromiseKept(f"{kept}-p", late=True)))
    branch.append((branch.open("ivan"), f.CaseWithdrawn()))
    kept = branch.standard()
    branch.append((kept, f.PromiseMoved(f"{kept}-p", NOW + timedelta(hours=3))), (kept, f.ClockJumped(-60)))
    branch.append((kept, f.PromiseKept(f"{kept}-p", late=True)))
    branch.append((branch.open("ivan"), f.CaseWithdrawn()))
    above_a_limit(branch)
    with_others(branch)
    branch.customer("rosy", "Rosy Peña")
    branch.append(("", f.CustomersMerged("ivan", "rosy")), ("", f.CustomersMerged("rosa", "ivan")), actor="eva")
    branch.append(("", f.MergeUndone("rosa", "ivan")), ("", f.CustomerNamed("ivan", "Iván Soto Díaz", "")))
    branch.append(("", f.SuggestionMade("idea", "ana", "llamar antes")), ("", f.SuggestionMade("other", "ana", "más")))
    branch.append(("", f.SuggestionAnswered("idea", "try", "un mes")), actor="eva")
    branch.append(("", f.PraiseGiven("thanks", "ana", broken, "qué paciencia")), actor="eva")
    an_analysis(branch, broken)
    branch.append(("", f.NewsRead("ana", "idea")), ("", f.PolicyAcknowledged("ana", 1)))
    scheduled = f.PolicyPublished(2, "version = 2\n", NOW + timedelta(days=9))
    branch.append(("", scheduled), ("", f.SuggestionAdopted("idea", 2)), actor="eva")
    branch.append(("", f.NewsRead("ana", "adopted:idea")))
    supervised(branch)
    why_it_happens(branch)
    branch.customer("luz", "Luz Mora")
    branch.append((branch.standard("luz"), f.ContactForgotten()), ("", f.CustomerForgotten("luz")), actor="eva")


def supervised(branch: Branch) -> None:
    """Somebody came, was called otherwise, was a supervisor for a while, left and came back; a budget was changed; a
    shift was ended, and a month signed.
    """
    case = branch.standard()
    branch.append(("", f.PersonAdded("leo", 12, "Leo Gil", "agent")), ("", f.PersonRenamed("leo", "Leonor Gil")))
    branch.append(("", f.RoleChanged("leo", "supervisor")), ("", f.PersonRetired("ana")), actor="eva")
    branch.append((case, f.PassedToSupervision("ana")), actor="eva")
    branch.append(("", f.PersonReturned("ana")), actor="leo")
    more, back = mxn(50_00), mxn(-50_00)
    branch.append(("", f.BudgetAdjusted("more", "ana", "2025-03", more, "fin de mes")), actor="eva")
    branch.append(("", f.BudgetAdjusted("back", "ana", "2025-03", back, "fin de mes", "more")), actor="eva")
    branch.append(("", f.ShiftClosed("ana")))
    branch.append(("", f.ReviewSigned("2025-03-01", "2025-03-31")), actor="eva")


def why_it_happens(branch: Branch) -> None:
    """Two analyses: one that came to something, and one that was given up."""
    for which in ("concluded", "dropped"):
        begun = f.AnalysisBegun(
            which, "month", "2025-03-01", "2025-03-31", "", "", "", "cases", ("damaged",), (), -1, "", (), ("damaged",),
            3, 9, 1, 240_00,
        )  # fmt: skip
        branch.append(("", begun), ("", f.WhyAnswered(which, 1, "no se revisó")), actor="eva")
    branch.append(
        ("", f.WhyAnswered("concluded", 2, "no hay lista")), ("", f.AnalysisDropped("dropped", "era otra cosa"))
    )
    of = "concluded"
    branch.append(("", f.CauseNamed(of, "nadie cuenta")), ("", f.FamilyChosen(of, "process")), actor="eva")
    branch.append(("", f.ActionNamed(of, "contar dos veces")), ("", f.ActionOwned(of, "ana")), actor="eva")
    branch.append(("", f.ActionDated(of, NOW + timedelta(days=7))), actor="eva")
    branch.append(("", f.ActionAnswered(of, True, "hecho")))
    branch.append(("", f.ActionReviewed(of, True, "sirvió")), actor="eva")


def above_a_limit(branch: Branch) -> None:
    """What the law owes, an exception that was declined and another that the reserve paid."""
    branch.append(("", f.BudgetFunded(RESERVE, "2025-03", mxn(FUNDED), MARCH)))
    case = branch.open("rosa")
    branch.append((case, f.ProblemIdentified("damaged", 90, "", repeat=True)))
    branch.append((case, f.StatutoryRecorded(mxn(800_00), mxn(160_00))))
    for asked in ("first", "second"):
        promise = f.PromiseMade(f"{asked}-p", "answer", NOW + timedelta(hours=1), "ana", "")
        branch.append((case, promise), (case, f.ExceptionAsked(asked, "own", mxn(900_00), f"{asked}-p", "por favor")))
        if asked == "first":
            branch.append((case, f.ExceptionDeclined(asked, "no")), actor="eva")
            branch.append((case, f.AuthorisationFailed("eva", 1)))
    paid = f.CompensationReserved("own", mxn(900_00), RESERVE, "2025-03")
    branch.append((case, f.ExceptionAuthorised("eva", "own", mxn(900_00), "sí")), (case, paid), actor="eva")
    branch.append((case, f.OverrunExplained("complex")), (case, f.CaseClosed(False, 200, 90, ("promise",))))
    branch.append((case, f.CompensationDelivered(mxn(900_00), RESERVE, "2025-03")))
    branch.append((case, f.FollowUpScheduled("stay", "retain", NOW + timedelta(hours=2), "supervision", 1)))


def with_others(branch: Branch) -> None:
    """A case that two areas were asked about, and that changed hands."""
    case = branch.open("ivan")
    branch.append((case, f.StatutoryWaived("no aplica")))
    for request in ("answered", "withdrawn", "waiting"):
        branch.append((case, f.AreaAsked(request, "almacen", "¿hay otro?", NOW + timedelta(hours=1), "ana")))
    branch.append((case, f.AreaAnswered("answered", True, "sí")), (case, f.AreaWithdrawn("withdrawn")))
    branch.append((case, f.HandOverOffered("eva", "asked")), (case, f.HandOverWithdrawn()))
    branch.append((case, f.HandOverOffered("eva", "shift")), (case, f.CaseParked("solve")))
    branch.append((case, f.HandOverDeclined("ahora no")), actor="eva")
    branch.append((case, f.HandOverOffered("eva", "speciality")))
    branch.append((case, f.HandOverAccepted()), actor="eva")
    branch.append((case, f.HandOverOffered("ana", "permission")), actor="eva")
