"""What every store promises of the whole desk: areas, offers, wishes, merged cards, suggestions, praise, what was read.

A store's own class inherits this one beside ``StoreContract``, which gives the fixture ``branch``.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.decide.context import Branch as Known
from mesa_recuperacion.domain.parts import SUPERVISION
from mesa_recuperacion.domain.views import AgendaItem, Card, News, OfferItem, OpenItem, Person, SuggestionItem
from mesa_recuperacion.store.errors import BudgetGuard
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.contract.branch import MARCH, NOW, Branch, closing, decisions, mxn, tables

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ROSA = "Rosa Núñez Peña"


def same_when_made_again(store: Store) -> None:
    """The projections are those that the journal leads to."""
    before = tables(store)
    assert verify(store).sound
    rebuild(store)
    assert tables(store) == before


def merge(branch: Branch, into: str, merged: str) -> None:
    branch.append(("", f.CustomersMerged(into, merged)), actor="eva")


def part(branch: Branch, into: str, merged: str) -> None:
    branch.append(("", f.MergeUndone(into, merged)), actor="eva")


def read_as(branch: Branch) -> dict[str, str]:
    """Which card each one that was merged is read as."""
    with branch.store.reading() as now:
        cards = [now.card(row[0]) for row in tables(branch.store)["customer"]]  # type: ignore[arg-type]
    return {card.id: card.merged_into for card in cards if card is not None and card.merged_into}


def costs(branch: Branch) -> list[tuple[int, int, int]]:
    """Remedies, compensations and what the law owed, of each day that is counted."""
    with branch.store.read_transaction() as connection:
        costs = "SELECT remedy_cost, compensation, statutory FROM case_total WHERE grain = 'd' ORDER BY day"
        return [(row[0], row[1], row[2]) for row in connection.core.exec_driver_sql(costs)]


class DeskContract:
    """Inherit, and give a fixture ``branch``: Ana 7, Eva 1 the supervisor, and Rosa, who has a telephone."""

    def test_e1_a_reading_is_what_the_decisions_are_made_on(self, branch: Branch) -> None:
        with branch.store.reading() as now:
            known: Known = now
            assert known.person("eva") == Person("eva", 1, "Eva", "supervisor")
            assert known.person("nobody") is None
            assert known.card("rosa") == Card("rosa", ROSA, "Rosa", "55 1234 0078")
            assert known.card("nobody") is None
            assert known.complaints("nobody", NOW) == 0
            assert known.problems("nobody", NOW) == ()
            assert known.alike("nobody", "damaged", NOW, 9) == ()
            assert known.signs("nobody", NOW) == (0, 0)
            assert known.suggestion("none") is None
            assert (known.retaining("nobody"), known.unread("ana", "none"), known.acknowledged("ana")) == (
                False,
                False,
                0,
            )
            assert now.customer_file("nobody", now=NOW, risk_days=9) is None
            assert now.customer("nobody", now=NOW, risk_days=9) is None

    def test_e1_a_case_is_written_by_its_own_station_alone(self, branch: Branch) -> None:
        case = branch.standard()
        with branch.store.read_transaction() as connection:
            here, elsewhere = Reading(connection, "CEN-1"), Reading(connection, "CEN-2")
            assert here.alike("rosa", "damaged", NOW, 8) == (case,)
            assert elsewhere.alike("rosa", "damaged", NOW, 8) == ()
            assert elsewhere.problems("rosa", NOW) == ("damaged",)

    def test_b3_a_command_of_no_case_is_told_again_too(self, branch: Branch) -> None:
        written = branch.append(("", f.CustomerNamed("rosa", "Rosa Peña", "Rosi")), command="put right")
        with branch.store.reading() as now:
            assert now.already("put right") == written
            assert written[0].case == ""

    # Areas, wishes, offers

    def test_c3_an_area_stands_on_its_owners_agenda_until_it_answers(self, branch: Branch) -> None:
        case = branch.open()
        branch.append((case, f.AreaAsked("x", "almacen", "¿hay otro par?", NOW + HOUR, "ana")))
        item = AgendaItem("x", "area", case, ROSA, "almacen", "almacen", NOW + HOUR, 0)
        with branch.store.reading() as now:
            assert now.agenda("ana", NOW + HOUR) == (item,)
            assert now.agenda("ana", NOW) == now.agenda("eva", NOW + DAY) == ()
        branch.append((case, f.AreaAnswered("x", False, "sí")))
        with branch.store.reading() as now:
            assert now.agenda("ana", NOW + DAY) == ()

    def test_c3_a_late_area_is_told_whoever_asked_it(self, branch: Branch) -> None:
        case = branch.open()
        branch.append(
            (case, f.AreaAsked("later", "taller", "", NOW + 2 * HOUR, "ana")),
            (case, f.AreaAsked("first", "almacen", "", NOW + HOUR, "eva")),
            (case, f.AreaAsked("withdrawn", "taller", "", NOW + HOUR, "eva")),
            (case, f.AreaWithdrawn("withdrawn")),
        )
        with branch.store.reading() as now:
            assert now.late_areas(NOW + HOUR) == ()
            (first,) = now.late_areas(NOW + HOUR + timedelta(milliseconds=1))
            assert (first.id, first.kind, first.owner, first.customer) == ("first", "area", "Eva", ROSA)
            assert [(item.id, item.owner) for item in now.late_areas(NOW + DAY)] == [("first", "Eva"), ("later", "Ana")]
        branch.append((case, f.AreaAnswered("first", True, "no")))
        with branch.store.reading() as now:
            assert [item.id for item in now.late_areas(NOW + DAY)] == ["later"]

    def test_b4_what_was_asked_of_supervision_waits_until_the_hour_of_its_answer(self, branch: Branch) -> None:
        case = branch.open()
        branch.append(
            (case, f.PromiseMade("p", "answer", NOW + HOUR, "ana", "")),
            (case, f.ExceptionAsked("w", "own", mxn(900_00), "p", "es clienta de siempre")),
        )
        with branch.store.reading() as now:
            (item,) = now.agenda(SUPERVISION, NOW + HOUR)
            assert item == AgendaItem("w", "exception", case, ROSA, "90000", "", NOW + HOUR, 0)
            assert [(mine.kind, mine.what) for mine in now.agenda("ana", NOW + HOUR)] == [("promise", "answer")]
        branch.append((case, f.PromiseMoved("p", NOW + 2 * HOUR)))
        with branch.store.reading() as now:
            assert now.agenda(SUPERVISION, NOW + HOUR) == ()
            assert [item.due_at for item in now.agenda(SUPERVISION, NOW + DAY)] == [NOW + 2 * HOUR]
        branch.append((case, f.ExceptionDeclined("w", "no esta vez")), actor="eva")
        with branch.store.reading() as now:
            assert now.agenda(SUPERVISION, NOW + DAY) == ()

    def test_b4_a_second_wish_leaves_the_first_as_it_was_answered(self, branch: Branch) -> None:
        """Also when both are folded at once, as a rebuild does."""
        case = branch.open()
        branch.append(
            (case, f.PromiseMade("p", "answer", NOW + HOUR, "ana", "")),
            (case, f.ExceptionAsked("first", "own", mxn(900_00), "p", "a")),
        )
        branch.append((case, f.ExceptionDeclined("first", "no")), actor="eva")
        branch.append((case, f.ExceptionAsked("second", "own", mxn(800_00), "p", "b")))
        with branch.store.reading() as now:
            assert [(item.id, item.what) for item in now.agenda(SUPERVISION, NOW + DAY)] == [("second", "80000")]
        branch.append((case, f.ExceptionAuthorised("eva", "own", mxn(800_00), "b")), actor="eva")
        with branch.store.reading() as now:
            assert now.agenda(SUPERVISION, NOW + DAY) == ()
        rows = {row[0]: row[-1] for row in tables(branch.store)["agenda"]}
        assert rows == {"p": "pending", "first": "declined", "second": "granted"}
        same_when_made_again(branch.store)

    def test_b4_a_wish_without_an_answer_promised_is_due_at_once(self, branch: Branch) -> None:
        case = branch.open()
        branch.append((case, f.ExceptionAsked("w", "own", mxn(900_00), "", "a")), at=NOW + HOUR)
        with branch.store.reading() as now:
            assert [item.id for item in now.agenda(SUPERVISION, NOW + HOUR)] == ["w"]

    def test_b4_the_reserve_is_a_budget_that_nobody_can_overspend(self, branch: Branch) -> None:
        branch.append(("", f.BudgetFunded(RESERVE, "2025-03", mxn(500_00), MARCH)))
        case = branch.open()
        branch.append((case, f.ExceptionAuthorised("eva", "own", mxn(400_00), "se lo debemos")))
        branch.append((case, f.CompensationReserved("own", mxn(400_00), RESERVE, "2025-03")))
        before = tables(branch.store)
        with pytest.raises(BudgetGuard):
            branch.append((case, f.CompensationReserved("own", mxn(100_01), RESERVE, "2025-03")))
        assert tables(branch.store) == before
        branch.append(*((case, fact) for fact in closing(0)[:1]))
        branch.append((case, f.CompensationDelivered(mxn(400_00), RESERVE, "2025-03")))
        with branch.store.reading() as now:
            reserve, own = now.budget(RESERVE), now.budget("ana")
            assert reserve is not None
            assert own is not None
            assert (reserve[0].spent, reserve[0].left, own[0].spent) == (mxn(400_00), mxn(100_00), mxn(0))
            assert [person.id for person in now.people()] == ["eva", "ana"]

    def test_c7_an_offered_case_stays_and_travels_whole_when_it_is_accepted(self, branch: Branch) -> None:
        case = branch.open()
        branch.append(*((case, fact) for fact in decisions(case)))
        branch.append((case, f.AreaAsked("x", "almacen", "", NOW + HOUR, "ana")))
        branch.append((case, f.HandOverOffered("eva", "shift")), (case, f.CaseParked("close")), at=NOW + HOUR)
        with branch.store.reading() as now:
            assert now.offers("eva") == (OfferItem(case, ROSA, "Ana", "shift", NOW + HOUR),)
            assert now.offers("ana") == ()
            left = OpenItem(case, ROSA, "parked", "close", NOW + HOUR, NOW, "Eva", mxn(120_00))
            assert now.open_cases("ana") == (left,)
            assert now.open_cases("eva") == ()
        branch.append((case, f.HandOverAccepted()), actor="eva")
        with branch.store.reading() as now:
            assert (now.offers("eva"), now.open_cases("ana"), now.agenda("ana", NOW + 9 * DAY)) == ((), (), ())
            assert [(item.case, item.offered_to) for item in now.open_cases("eva")] == [(case, "")]
            assert {item.kind for item in now.agenda("eva", NOW + 9 * DAY)} == {"promise", "verify", "area"}
        same_when_made_again(branch.store)

    @pytest.mark.parametrize("end", [f.HandOverDeclined("no puedo"), f.HandOverWithdrawn(), closing(0)[0]])
    def test_c7_an_offer_ends_when_it_is_declined_or_no_longer_meant(self, branch: Branch, end: f.Fact) -> None:
        case = branch.open()
        branch.append((case, f.HandOverOffered("eva", "asked")))
        branch.append((case, end))
        with branch.store.reading() as now:
            assert now.offers("eva") == ()
            assert [item.offered_to for item in now.open_cases("ana")] in ([""], [])
        branch.append((case, f.HandOverOffered("eva", "asked")))
        with branch.store.reading() as now:
            assert [item.case for item in now.offers("eva")] == [case]

    # Risk

    def test_d3_signs_count_cases_with_a_broken_promise_and_with_not_satisfied(self, branch: Branch) -> None:
        def signs(days: int = 9) -> tuple[int, int]:
            with branch.store.reading() as now:
                told = now.signs("rosa", NOW - days * DAY)
                (found,) = now.find_customers("rosa", now=NOW, risk_days=days)
                card = now.customer("rosa", now=NOW, risk_days=days)
                assert card is not None
                assert (found.broken, found.unsatisfied) == (card.broken, card.unsatisfied) == told
            return told

        old, first, second = (branch.standard(at=NOW - days * DAY) for days in (20, 8, 7))
        assert signs() == (0, 0)
        branch.append((first, f.PromiseKept(f"{first}-p", True)))
        assert signs() == (0, 0)
        branch.append((second, f.PromiseBroken(f"{second}-p")))
        branch.append((old, f.PromiseBroken(f"{old}-p")))
        assert (signs(), signs(30)) == ((1, 0), (2, 0))
        branch.append((second, f.FollowUpAnswered(f"{second}-u", "not_satisfied", "no")), (second, f.CaseReopened()))
        assert signs() == (1, 1)
        branch.append((second, f.CaseClosed(True, 10, 60, ())))
        assert signs() == (1, 1)
        unhappy = branch.open(at=NOW - DAY)
        branch.append((unhappy, f.CaseClosed(False, 10, 60, ())))
        assert signs() == (1, 2)
        branch.append((unhappy, f.ClosingUndone()))
        assert signs() == (1, 1)

    def test_d12_somebody_is_to_call_until_it_is_answered(self, branch: Branch) -> None:
        case = branch.standard()
        branch.append((case, f.FollowUpScheduled("stay", "retain", NOW + HOUR, SUPERVISION, 1)))
        with branch.store.reading() as now:
            assert now.retaining("rosa")
            assert [(item.kind, item.what) for item in now.agenda(SUPERVISION, NOW + HOUR)] == [("retain", "damaged")]
        branch.append((case, f.FollowUpAnswered("stay", "satisfied", "gracias")))
        with branch.store.reading() as now:
            assert not now.retaining("rosa")
            assert now.agenda(SUPERVISION, NOW + DAY) == ()

    def test_b6_what_the_law_owes_is_summed_apart(self, branch: Branch) -> None:
        case = branch.open()
        branch.append(*((case, fact) for fact in decisions(case)))
        branch.append((case, f.StatutoryRecorded(mxn(1_000_00), mxn(200_00))))
        branch.append(*((case, fact) for fact in closing()))
        assert costs(branch) == [(50_00, 120_00, 200_00)]
        branch.append((case, f.ClosingUndone()), (case, f.CompensationReturned(mxn(120_00), "ana", "2025-03")))
        assert costs(branch) == []
        branch.append((case, f.StatutoryWaived("no aplica")))
        branch.append(*((case, fact) for fact in closing()))
        assert costs(branch) == [(50_00, 120_00, 0)]
        same_when_made_again(branch.store)

    # Cards

    def test_a3_a_name_that_was_put_right_is_found_and_the_old_one_is_not(self, branch: Branch) -> None:
        branch.append(("", f.CustomerNamed("rosa", "Rocío Ibarra", "Chío")))
        with branch.store.reading() as now:
            assert now.card("rosa") == Card("rosa", "Rocío Ibarra", "Chío", "55 1234 0078")
            for typed in ("rocio", "ibarra", "0078", "roc 5512"):
                assert [c.id for c in now.find_customers(typed, now=NOW, risk_days=9)] == ["rosa"]
            for typed in ("rosa", "nunez", "pena"):
                assert now.find_customers(typed, now=NOW, risk_days=9) == ()
        same_when_made_again(branch.store)

    def test_a3_two_cards_of_one_person_are_one_customer(self, branch: Branch) -> None:
        branch.customer("rosy", "Rosy Peña", "33 8765 4321")
        old = branch.standard("rosy", at=NOW - 3 * DAY)
        mine = branch.standard("rosa", at=NOW - 5 * DAY)
        branch.append((old, f.PromiseBroken(f"{old}-p")))
        branch.append((old, f.FollowUpScheduled("stay", "retain", NOW, SUPERVISION, 1)))
        merge(branch, "rosa", "rosy")
        with branch.store.reading() as now:
            for typed in ("rosa", "rosy", "pena", "4321", "0078", "ros"):
                (found,) = now.find_customers(typed, now=NOW, risk_days=90)
                assert (found.id, found.name, found.complaints, found.recent) == ("rosa", ROSA, 2, 2)
                assert (found.last_at, found.broken) == (NOW - 3 * DAY, 1)
                assert [line.case for line in found.history] == [old, mine]
            for who in ("rosa", "rosy"):
                customer = now.customer(who, now=NOW, risk_days=90)
                assert customer is not None
                assert (customer.id, customer.complaints) == ("rosa", 2)
                assert now.complaints(who, NOW - 4 * DAY) == 1
                assert now.problems(who, NOW - 9 * DAY) == ("damaged", "damaged")
                assert now.alike(who, "damaged", NOW - 9 * DAY, 8) == (old, mine)
                assert now.alike(who, "damaged", NOW - 9 * DAY, 1) == (old,)
                assert now.alike(who, "damaged", NOW - 4 * DAY, 8) == (old,)
                assert now.alike(who, "billing_error", NOW - 9 * DAY, 8) == ()
                assert now.signs(who, NOW - 9 * DAY) == (1, 0)
                assert now.retaining(who)
            file = now.case_file(old, now=NOW, risk_days=90)
            assert file is not None
            assert (file.state.customer, file.customer.id) == ("rosy", "rosa")
            assert [line.case for line in file.customer.history] == [mine]
            assert {item.customer for item in now.agenda("ana", NOW + DAY)} == {ROSA}
            assert now.card("rosy") == Card("rosy", "Rosy Peña", "Rosy", "33 8765 4321", "rosa")
        same_when_made_again(branch.store)
        part(branch, "rosa", "rosy")
        with branch.store.reading() as now:
            assert [c.id for c in now.find_customers("ros", now=NOW, risk_days=9)] == ["rosa", "rosy"]
            assert (now.complaints("rosa", NOW - 9 * DAY), now.complaints("rosy", NOW - 9 * DAY)) == (1, 1)
            assert (now.retaining("rosa"), now.retaining("rosy")) == (False, True)
        same_when_made_again(branch.store)

    def test_a3_open_cases_and_offers_name_the_card_that_it_is_read_as(self, branch: Branch) -> None:
        branch.customer("rosy", "Rosy Peña")
        case = branch.open("rosy")
        branch.append((case, f.HandOverOffered("eva", "asked")))
        merge(branch, "rosa", "rosy")
        with branch.store.reading() as now:
            assert [item.customer for item in now.open_cases("ana")] == [ROSA]
            assert [item.customer for item in now.offers("eva")] == [ROSA]

    def test_a3_what_was_merged_before_follows_and_comes_back(self, branch: Branch) -> None:
        for card in "abc":
            branch.customer(card, f"{card} Soto")
        merge(branch, "b", "a")
        merge(branch, "c", "b")
        assert read_as(branch) == {"a": "c", "b": "c"}
        part(branch, "c", "b")
        assert read_as(branch) == {"a": "b"}
        merge(branch, "c", "b")
        part(branch, "c", "a")
        assert read_as(branch) == {"b": "c"}
        part(branch, "c", "b")
        assert read_as(branch) == {}
        same_when_made_again(branch.store)

    @pytest.mark.parametrize(
        "fact",
        [
            f.CustomersMerged("rosa", "rosa"), f.CustomersMerged("rosa", "nobody"), f.CustomersMerged("nobody", "rosa"),
            f.CustomersMerged("rosa", "a"), f.CustomersMerged("a", "rosa"), f.MergeUndone("a", "b"),
            f.MergeUndone("rosa", "a"), f.MergeUndone("rosa", "nobody"),
        ],
    )  # fmt: skip
    def test_a3_a_merge_that_cannot_have_happened_is_not_written(self, branch: Branch, fact: f.Fact) -> None:
        branch.customer("a", "Ana Soto")
        branch.customer("b", "Beto Soto")
        merge(branch, "b", "a")
        before = tables(branch.store)
        with pytest.raises(ValueError, match=r"cannot be merged into|is not read as"):
            branch.append(("", fact))
        assert tables(branch.store) == before

    def test_d3_whoever_begins_so_comes_first_whichever_card_says_it(self, branch: Branch) -> None:
        branch.customer("lupe", "Guadalupe Soto")
        branch.customer("lu", "Lupe S")
        branch.customer("other", "Ana Lupeyro")
        merge(branch, "lupe", "lu")
        with branch.store.reading() as now:
            assert [c.id for c in now.find_customers("lupe", now=NOW, risk_days=9)] == ["lupe", "other"]

    def test_a3_the_whole_file_tells_fifty_cases_the_telephone_and_what_was_merged(self, branch: Branch) -> None:
        for card, name, phone in (
            ("hugo", "Hugo Núñez", "5512340078"), ("abel", "Abel Núñez", "55 1234 0078"),
            ("old", "Rosa N", "55 12340078"), ("far", "Iván Soto", "99 5512340078"), ("end", "Eva Soto", "12340078"),
            ("none", "Nadie", ""),
        ):  # fmt: skip
            branch.customer(card, name, phone)
        merge(branch, "rosa", "old")
        cases = [branch.open("old" if n % 2 else "rosa", NOW - timedelta(days=n)) for n in range(52)]
        with branch.store.reading() as now:
            file = now.customer_file("old", now=NOW, risk_days=9)
            assert file is not None
            assert (file.customer.id, file.customer.complaints, file.customer.recent) == ("rosa", 52, 10)
            assert [line.case for line in file.customer.history] == cases[:50]
            assert [card.id for card in file.same_phone] == ["abel", "hugo"]
            assert file.merged == (Card("old", "Rosa N", "Rosa", "55 12340078", "rosa"),)
            silent = now.customer_file("none", now=NOW, risk_days=9)
            assert silent is not None
            assert (silent.same_phone, silent.merged, silent.customer.history) == ((), (), ())

    # The people who work here

    def test_d5_a_suggestion_waits_for_its_answer_and_the_answer_to_be_read(self, branch: Branch) -> None:
        branch.append(("", f.SuggestionMade("s2", "ana", "cupones de 200")), at=NOW + HOUR)
        branch.append(("", f.SuggestionMade("s1", "ana", "llamar antes")))
        first = SuggestionItem("s1", "ana", "Ana", "llamar antes", NOW)
        with branch.store.reading() as now:
            assert now.suggestions() == (first, SuggestionItem("s2", "ana", "Ana", "cupones de 200", NOW + HOUR))
            assert now.suggestion("s1") == first
            assert now.news("ana") == ()
            assert not now.unread("ana", "s1")
        branch.append(("", f.SuggestionAnswered("s1", "try", "un mes")), actor="eva", at=NOW + DAY)
        with branch.store.reading() as now:
            assert [item.id for item in now.suggestions()] == ["s2"]
            assert now.suggestion("s1") is None
            assert now.news("ana") == (News("s1", "answer", "Eva", "un mes", NOW + DAY, "llamar antes", "try"),)
            assert now.news("eva") == ()
            assert (now.unread("ana", "s1"), now.unread("eva", "s1")) == (True, False)
        branch.append(("", f.NewsRead("ana", "s1")), ("", f.NewsRead("ana", "s2")))
        branch.append(("", f.SuggestionAnswered("s2", "decline", "no hay")), actor="eva", at=NOW + 2 * DAY)
        with branch.store.reading() as now:
            assert not now.unread("ana", "s1")
        with pytest.raises(ValueError, match="no suggestion that waits"):
            branch.append(("", f.SuggestionAnswered("s1", "accept", "")), actor="eva")
        same_when_made_again(branch.store)

    def test_d5_nothing_is_read_before_it_was_answered(self, branch: Branch) -> None:
        branch.append(("", f.SuggestionMade("s", "ana", "llamar antes")), ("", f.NewsRead("ana", "s")))
        branch.append(("", f.SuggestionAnswered("s", "accept", "")), actor="eva")
        with branch.store.reading() as now:
            assert [item.id for item in now.news("ana")] == ["s"]

    def test_d6_praise_is_told_until_it_is_read_and_the_latest_stays(self, branch: Branch) -> None:
        case = branch.standard()
        branch.append(("", f.PraiseGiven("p2", "ana", case, "qué paciencia")), actor="eva", at=NOW + HOUR)
        branch.append(("", f.PraiseGiven("p1", "ana", "", "gracias")), actor="eva")
        latest = News("p2", "praise", "Eva", "qué paciencia", NOW + HOUR, case)
        with branch.store.reading() as now:
            assert now.news("ana") == (News("p1", "praise", "Eva", "gracias", NOW), latest)
            assert now.news("eva") == ()
            assert now.praise("ana", NOW + HOUR) == now.praise("ana", NOW - DAY) == latest
            assert now.praise("ana", NOW + 2 * HOUR) is None
            assert now.praise("eva", NOW) is None
            assert now.unread("ana", "p2")
            assert not now.unread("eva", "p2")
        branch.append(("", f.NewsRead("eva", "p2")), actor="eva")
        branch.append(("", f.NewsRead("ana", "p2")))
        with branch.store.reading() as now:
            assert [item.id for item in now.news("ana")] == ["p1"]
            assert not now.unread("ana", "p2")
            assert now.praise("ana", NOW) == latest
        same_when_made_again(branch.store)

    def test_d7_the_latest_version_that_was_acknowledged_counts(self, branch: Branch) -> None:
        for number in (1, 3, 2):
            branch.append(("", f.PolicyAcknowledged("ana", number)))
        with branch.store.reading() as now:
            assert (now.acknowledged("ana"), now.acknowledged("eva")) == (3, 0)
        same_when_made_again(branch.store)

    def test_e3_what_anybody_wrote_is_not_in_the_journal_and_can_be_erased(self, branch: Branch) -> None:
        case = branch.open()
        branch.append(
            ("", f.SuggestionMade("s", "ana", "canario-idea")),
            ("", f.PraiseGiven("p", "ana", "", "canario-gracias")),
            (case, f.AreaAsked("x", "almacen", "canario-pregunta", NOW, "ana")),
            (case, f.AreaAnswered("x", False, "canario-respuesta")),
            (case, f.HandOverOffered("eva", "asked")),
            (case, f.HandOverDeclined("canario-no")),
            (case, f.ExceptionAsked("w", "own", mxn(1), "", "canario-por")),
            (case, f.StatutoryWaived("canario-ley")),
            ("", f.CustomerNamed("rosa", "Canario Pérez", "Canario")),
        )
        branch.append(("", f.SuggestionAnswered("s", "try", "canario-va")), actor="eva")
        with branch.store.reading() as now:
            assert "anario" not in "".join(record.body for record in now.records())
        with branch.store.write_transaction() as connection:
            connection.core.exec_driver_sql("DELETE FROM private_text")
        rebuild(branch.store)
        assert verify(branch.store).sound
        with branch.store.reading() as now:
            assert [(item.text, item.about) for item in now.news("ana")] == [("", ""), ("", "")]
            assert now.card("rosa") == Card("rosa", "", "", "")
            assert now.find_customers("canario", now=NOW, risk_days=9) == ()
