"""D5, D7, B7: a version is published from a start on, strands nobody, and never changes what was decided before."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.review.policy import Adopted, Reader
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.service.desk import DeskService
from mesa_recuperacion.service.policies import Policies
from mesa_recuperacion.service.publishing import TOLD, Terms, publish
from mesa_recuperacion.store.rebuild import rebuild
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.verify import verify
from tests.desk import NOW, branch, facts, journal
from tests.statements import plan
from tests.unit.service.conftest import Site

TEXT = default_policy_text("es")
DAY = timedelta(days=1)


def with_cap(cap: int) -> str:
    """The shipped policy with another cap, which tells one version from another."""
    return TEXT.replace("case_cap = 150", f"case_cap = {cap}")


def without_area(code: str) -> str:
    """The shipped policy without one of its areas, and whatever names it done by whoever attends."""
    text = re.sub(rf'\[\[area\]\]\ncode = "{code}"\n(?:\w+ = .*\n)+', "", TEXT)
    assert text != TEXT
    return text.replace(f'area = "{code}"\n', "")


def published(
    site: Site, text: str, starts_at: datetime | None = None, *, adopts: tuple[str, ...] = (), number: int = 3,
    command: str = "",
) -> int | Refusal:  # fmt: skip
    return publish(
        site.store, text, by=site.person(number), source="p.toml", words=words("en"), clock=site.clock,
        new_id=site.new_id, terms=Terms(starts_at, adopts), command=command,
    )  # fmt: skip


def in_force(site: Site, at: datetime | None = None) -> int:
    with site.store.reading() as tx:
        return site.policies.in_force(tx, at or site.clock.now()).version


def lines(site: Site) -> int:
    with site.store.reading() as tx:
        return len(journal(tx))


# ------------------------------------------------------------------------------------------------------------- starts


def test_d7_a_version_is_in_force_from_its_start_and_not_before(site: Site) -> None:
    start = NOW + DAY
    assert published(site, with_cap(140), start) == 2
    assert in_force(site) == 1
    assert in_force(site, start - timedelta(milliseconds=1)) == 1
    assert in_force(site, start) == 2
    fact = facts(site.path, f.PolicyPublished)[-1]
    assert fact == f.PolicyPublished(2, with_cap(140), start)


def test_d7_what_is_published_before_a_start_is_written_under_the_version_in_force(site: Site) -> None:
    published(site, with_cap(140), NOW + DAY)
    published(site, with_cap(130))
    with site.store.reading() as tx:
        entries = [entry for entry in journal(tx) if isinstance(entry.fact, f.PolicyPublished)]
    assert [entry.policy for entry in entries] == [1, 1, 3]


@pytest.mark.parametrize("ago", [timedelta(0), timedelta(milliseconds=1), DAY])
def test_d7_a_start_in_the_past_is_refused_and_nothing_is_written(site: Site, ago: timedelta) -> None:
    before = lines(site)
    assert published(site, with_cap(140), NOW - ago) == r.StartPast(NOW - ago)
    assert lines(site) == before


def test_d7_no_version_begins_before_the_one_in_force_even_if_the_clock_was_put_back(site: Site) -> None:
    site.clock.advance(3600)
    began = site.clock.now()
    assert published(site, with_cap(140)) == 2
    site.clock.jump(-3000)
    assert in_force(site) == 2
    start = site.clock.now() + timedelta(minutes=10)
    assert published(site, with_cap(130), start) == r.StartTooEarly(2, began)
    assert published(site, with_cap(130), began + DAY) == 3
    assert published(site, with_cap(120)) == 4
    assert in_force(site) == 4


def test_d7_a_later_version_with_an_earlier_start_takes_the_place_of_the_one_that_waits(site: Site) -> None:
    assert published(site, with_cap(140), NOW + 10 * DAY) == 2
    assert published(site, with_cap(130), NOW + 5 * DAY) == 3
    assert [in_force(site, NOW + n * DAY) for n in (0, 4, 5, 9, 10, 99)] == [1, 1, 3, 3, 3, 3]


def test_d7_versions_that_wait_begin_one_after_the_other(site: Site) -> None:
    published(site, with_cap(140), NOW + 5 * DAY)
    published(site, with_cap(130), NOW + 10 * DAY)
    assert [in_force(site, NOW + n * DAY) for n in (4, 5, 9, 10)] == [1, 2, 2, 3]


def test_d7_a_desk_that_is_open_across_the_start_opens_new_cases_under_the_new_version(site: Site) -> None:
    desk = site.desk()
    old = site.open(desk)
    published(site, with_cap(140), NOW + timedelta(hours=1))
    assert site.do(desk, c.OpenCase(NOW, name="Antes")).file.state.policy == 1
    site.clock.advance(3600)
    day = desk.day()
    assert day.policy is not None
    assert (day.policy.version, day.policy.case_cap.minor) == (2, 14_000)
    fresh = site.do(desk, c.OpenCase(site.clock.now(), name="Después"))
    assert fresh.file.state.policy == 2
    assert fresh.file.policy is not None
    assert fresh.file.policy.case_cap.minor == 14_000
    kept = site.do(desk, c.IdentifyProblem(old, "missing_product"))
    assert kept.file.policy is not None
    assert (kept.file.state.policy, kept.file.policy.case_cap.minor) == (1, 15_000)
    assert site.do(desk, c.AcknowledgePolicy(2)).day.acknowledged == 2


def test_d7_a_version_that_waits_is_not_acknowledged_before_its_start(site: Site) -> None:
    desk = site.desk()
    published(site, with_cap(140), NOW + DAY)
    assert desk.execute(c.AcknowledgePolicy(2), "early") == r.NoSuchItem()
    site.clock.advance(86_400)
    assert site.do(desk, c.AcknowledgePolicy(2)).day.acknowledged == 2


def test_b3_the_same_command_publishes_once(site: Site) -> None:
    assert published(site, with_cap(140), command="once") == 2
    before = lines(site)
    assert published(site, with_cap(140), command="once") == 2
    assert lines(site) == before


# ---------------------------------------------------------------------------------------------------------- stranding


def test_d7_an_area_that_cases_wait_for_cannot_vanish_and_the_cases_are_told(site: Site) -> None:
    desk = site.desk()
    asked, promised, free = site.open(desk), site.open(desk, "Bruno Paz"), site.open(desk, "Cleo Ruiz")
    for case in (asked, promised, free):
        site.do(desk, c.IdentifyProblem(case, "missing_product"))
    site.do(desk, c.AskArea(asked, "warehouse", "¿hay?"))
    site.do(desk, c.ChooseRemedy(promised, "send_missing"))
    site.do(desk, c.MakePromise(promised, NOW + 5 * DAY))
    before = lines(site)
    refused = published(site, without_area("warehouse"))
    assert refused == r.PolicyStrands((("Almacén Norte", (asked, promised)),), more=False)
    assert lines(site) == before
    assert published(site, without_area("billing")) == 2


def test_d7_once_the_area_has_answered_it_may_go(site: Site) -> None:
    desk = site.desk()
    case = site.open(desk)
    site.do(desk, c.IdentifyProblem(case, "missing_product"))
    done = site.do(desk, c.AskArea(case, "warehouse", "¿hay?"))
    assert isinstance(published(site, without_area("warehouse")), r.PolicyStrands)
    (request,) = done.file.state.requests
    site.do(desk, c.AnswerArea(case, request.id, "sí"))
    assert published(site, without_area("warehouse")) == 2


def test_d7_a_problem_or_a_remedy_may_go_and_its_cases_go_on(site: Site) -> None:
    """Cases keep their version: what is gone from the next one is still there for them."""
    desk = site.desk()
    case = site.open(desk)
    site.do(desk, c.IdentifyProblem(case, "missing_product"))
    start = TEXT.index('[[problem]]\ncode = "missing_product"')
    end = TEXT.index("[[problem]]\n", start + 5)
    assert published(site, TEXT[:start] + TEXT[end:]) == 2
    done = site.do(desk, c.ChooseRemedy(case, "send_missing"), c.GrantCompensation(case, "voucher"))
    assert done.file.state.remedy is not None


def test_d7_a_refusal_tells_at_most_so_many_cases_and_that_there_are_more(site: Site) -> None:
    desk = site.desk()
    for n in range(TOLD + 2):
        case = site.open(desk, f"Cliente {n}")
        site.do(desk, c.AskArea(case, "warehouse", "¿hay?"))
    refused = published(site, without_area("warehouse"))
    assert isinstance(refused, r.PolicyStrands)
    assert refused.more
    assert sum(len(cases) for _, cases in refused.waiting) == TOLD


# ----------------------------------------------------------------------------------------------------------- adopting


def suggested(site: Site, answer: str = "accept") -> str:
    site.do(site.desk(), c.Suggest("Cupones de 90"))
    made = facts(site.path, f.SuggestionMade)[-1]
    assert isinstance(made, f.SuggestionMade)
    site.do(site.desk(3), c.AnswerSuggestion(made.suggestion, answer, "va"))
    return made.suggestion


def test_d5_an_adopted_suggestion_is_credited_and_its_author_reads_it(site: Site) -> None:
    idea = suggested(site)
    site.do(site.desk(), c.ReadNews(idea))
    with site.store.reading() as tx:
        assert tx.published.adoptable(9) == (Adopted(idea, "Ana Torres", "Cupones de 90", 0),)
    assert published(site, with_cap(140), NOW + DAY, adopts=(idea, idea)) == 2
    with site.store.reading() as tx:
        assert tx.published.adoptable(9) == ()
        assert tx.published.versions(9)[0].adopted == (Adopted(idea, "Ana Torres", "Cupones de 90", 2),)
        (news,) = tx.news(site.person(1).id)
    assert (news.kind, news.number, news.by, news.about) == ("adopted", 2, "Carla Vega", "Cupones de 90")
    assert news.starts_at == NOW + DAY
    for number in (2, 1, 1):  # nobody else can read it away
        site.do(site.desk(number), c.ReadNews(news.id))
    assert [x for x in facts(site.path, f.NewsRead) if x.item == news.id] == [f.NewsRead(site.person(1).id, news.id)]  # type: ignore[attr-defined]
    with site.store.reading() as tx:
        assert tx.news(site.person(1).id) == ()
    assert verify(site.store).sound
    rebuild(site.store)
    assert verify(site.store).sound


@pytest.mark.parametrize("answer", ["try", "decline"])
def test_d5_only_what_was_accepted_is_adopted_and_only_once(site: Site, answer: str) -> None:
    idea = suggested(site, answer)
    assert published(site, with_cap(140), adopts=(idea,)) == r.NoSuchItem()
    assert published(site, with_cap(140), adopts=("unknown",)) == r.NoSuchItem()
    accepted = suggested(site)
    assert published(site, with_cap(140), adopts=(accepted,)) == 2
    assert published(site, with_cap(130), adopts=(accepted,)) == r.NoSuchItem()
    assert in_force(site) == 2


def test_d7_who_has_read_which_version_is_known(site: Site) -> None:
    published(site, with_cap(140))
    with site.store.reading() as tx:
        assert tx.published.readers() == (
            Reader("Ana Torres", "agent", 1), Reader("Bruno Díaz", "agent", 1), Reader("Carla Vega", "supervisor", 2),
        )  # fmt: skip
    site.do(site.desk(2), c.AcknowledgePolicy(2))
    with site.store.reading() as tx:
        assert [x.number for x in tx.published.readers()] == [1, 2, 2]


def test_d7_the_versions_are_told_the_newest_first_by_pages(site: Site) -> None:
    for n in range(5):
        published(site, with_cap(140 - n), NOW + n * DAY if n else None)
    with site.store.reading() as tx:
        assert [v.number for v in tx.published.versions(3)] == [6, 5, 4]
        assert [v.number for v in tx.published.versions(9, below=4)] == [3, 2, 1]
        assert tx.published.versions(1)[0].by == "Carla Vega"
        assert tx.published.versions(1)[0].starts_at == NOW + 4 * DAY


# ----------------------------------------------------------------------------------------------- whatever is published


Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(["publish", "later", "open", "grant", "wait", "back"]), st.integers(0, 9)),
    min_size=4, max_size=14,
)  # fmt: skip


class Told:
    """What has been decided so far: whatever comes later, it reads the same."""

    def __init__(self, site: Site, desk: DeskService) -> None:
        self.site, self.desk = site, desk
        self.cases: dict[str, int] = {}
        self.starts: dict[int, datetime] = {1: NOW}
        self.texts: dict[int, str] = {1: TEXT}

    def take(self, step: Step) -> None:
        kind, n = step
        now = self.site.clock.now()
        match kind:
            case "publish":
                self._published(with_cap(130 + n), None)
            case "later":
                self._published(with_cap(150 + n), now + timedelta(hours=n * n - 5))
            case "open":
                file = self.site.do(self.desk, c.OpenCase(now, name=f"Cliente {len(self.cases)}")).file
                self.cases[file.state.folio] = file.state.policy
            case "grant":
                for case in list(self.cases)[:n]:
                    self.desk.execute(c.IdentifyProblem(case, "missing_product"), self.site.new_id())
                    self.desk.execute(c.GrantCompensation(case, "voucher"), self.site.new_id())
            case "wait":
                self.site.clock.advance(n * 3600)
            case _:
                self.site.clock.jump(-n * 600)

    def _published(self, text: str, starts_at: datetime | None) -> None:
        now, before = self.site.clock.now(), in_force(self.site)
        answer = published(self.site, text, starts_at)
        if starts_at is not None and starts_at <= now:
            assert answer == r.StartPast(starts_at)
            return
        if isinstance(answer, Refusal):
            assert answer == r.StartTooEarly(before, self.starts[before])
            assert starts_at is not None
            assert starts_at < self.starts[before]
            return
        assert answer == max(self.starts) + 1
        self.starts[answer], self.texts[answer] = starts_at or now, text
        assert in_force(self.site) == (answer if starts_at is None else before)

    def held(self) -> list[tuple[object, ...]]:
        """Every line so far, whole."""
        with self.site.store.reading() as tx:
            return [(x.seq, x.at, x.policy, x.case, x.fact) for x in journal(tx)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_d7_whatever_is_published_nothing_that_was_decided_changes(
    steps: list[Step], tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = Site(branch(tmp_path_factory.mktemp("publishing") / "branch"))
    told = Told(site, site.desk())
    try:
        for step in steps:
            lines_before = told.held()
            states = _states(site, told.cases)
            told.take(step)
            assert told.held()[: len(lines_before)] == lines_before
            if step[0] in ("publish", "later"):
                assert _states(site, told.cases) == states
        _each_fact_names_its_version(site, told)
        assert verify(site.store).sound
        rebuild(site.store)
        assert [in_force(site, start) for start in told.starts.values()] == [
            max(n for n, x in told.starts.items() if x <= start or _at_once(site, n)) for start in told.starts.values()
        ]
    finally:
        site.store.close()


def _at_once(site: Site, number: int) -> bool:
    with site.store.reading() as tx:
        version = next(v for v in tx.published.versions(50) if v.number == number)
    return version.starts_at == version.published_at


def _states(site: Site, cases: dict[str, int]) -> list[object]:
    with site.store.reading() as tx:
        return [(tx.case_state(case), site.policies.version(tx, number)) for case, number in cases.items()]


def _each_fact_names_its_version(site: Site, told: Told) -> None:
    """Every fact of a case is under the version it was opened under, which says what it said then."""
    with site.store.reading() as tx:
        for case, number in told.cases.items():
            under = {x.policy for x in tx.entries(case) if not isinstance(x.fact, f.ClockJumped)}
            assert under == {number}
        for number, text in told.texts.items():
            assert tx.policy_text(number) == (number, text)
            policy = Policies(words("en")).version(tx, number)
            assert replace(policy, version=0) == replace(site.policies.version(tx, number), version=0)


def test_d7_the_version_in_force_is_read_without_reading_the_others(site: Site) -> None:
    from mesa_recuperacion.store.versions import IN_FORCE, WAITS

    with site.store.read_transaction() as connection:
        for query, index in (
            (IN_FORCE, "INTEGER PRIMARY KEY|policy_version"),
            (WAITS.of(1), "agenda_waits"),
        ):
            found = " ".join(plan(connection, query))
            assert re.search(index, found), found


def test_d7_a_store_keeps_its_versions_when_it_is_opened_again(site: Site) -> None:
    published(site, with_cap(140), NOW + DAY)
    site.restart()
    again = Store.open(site.path)
    try:
        with again.reading() as tx:
            assert Policies(words("en")).in_force(tx, NOW + DAY).case_cap.minor == 14_000
            assert Policies(words("en")).in_force(tx, NOW).case_cap.minor == 15_000
    finally:
        again.close()
