"""D7, B7: the policy is published whole, by supervision, and every case keeps the version it was decided under."""

from __future__ import annotations

import pytest

from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.service.policies import Policies, PolicyMissing
from mesa_recuperacion.service.publishing import publish
from tests.unit.service.conftest import Site

TEXT = default_policy_text("es")
CHEAPER = TEXT.replace("case_cap = 150", "case_cap = 140")


def published(site: Site, text: str, number: int = 3) -> int | Refusal:
    return publish(
        site.store, text, by=site.person(number), source="p.toml", words=words("en"), clock=site.clock,
        new_id=site.new_id,
    )  # fmt: skip


def test_d7_only_supervision_publishes(site: Site) -> None:
    assert published(site, CHEAPER, number=1) == r.SupervisorNeeded()
    assert published(site, CHEAPER) == 2
    with site.store.reading() as tx:
        policy = site.policies.in_force(tx, site.clock.now())
    assert (policy.version, policy.case_cap.minor) == (2, 14_000)


def test_d7_an_unsound_text_is_refused_with_every_fault(site: Site) -> None:
    answer = published(site, TEXT.replace("case_cap = 150", "case_cap = -1").replace("undo_seconds", "undo_second"))
    assert isinstance(answer, r.PolicyUnfit)
    assert len(answer.faults) >= 2
    with site.store.reading() as tx:
        assert site.policies.in_force(tx, site.clock.now()).version == 1


def test_d7_a_version_of_before_the_newer_phrases_is_still_read(site: Site) -> None:
    old = "".join(line for line in TEXT.splitlines(keepends=True) if not line.startswith("apology_broken"))
    assert isinstance(published(site, old), r.PolicyUnfit)
    with site.store.writing() as tx:
        fact = f.PolicyPublished(2, old)
        tx.append(command=site.new_id(), actor=site.person(3).id, policy=2, at=site.clock.now(), facts=[("", fact)])
    with site.store.reading() as tx:
        policy = site.policies.in_force(tx, site.clock.now())
    assert (policy.version, "{name}" in policy.phrases.apology_broken) == (2, True)


def test_b7_the_currency_of_a_branch_does_not_change(site: Site) -> None:
    answer = published(site, TEXT.replace('currency = "MXN"', 'currency = "EUR"'))
    assert isinstance(answer, r.PolicyUnfit)
    assert "MXN" in answer.faults[0]
    assert "EUR" in answer.faults[0]


def test_d7_a_case_keeps_the_version_it_was_opened_under(site: Site) -> None:
    desk = site.desk()
    case = site.open(desk)
    published(site, CHEAPER)
    later = site.desk()
    done = site.do(later, c.IdentifyProblem(case, "missing_product"))
    assert done.file.policy is not None
    assert (done.file.policy.version, done.file.policy.case_cap.minor) == (1, 15_000)
    fresh = site.do(later, c.OpenCase(site.clock.now(), name="Otra Persona"))
    assert fresh.file.policy is not None
    assert fresh.file.policy.version == 2


def test_d7_a_version_that_was_never_published_is_missing(site: Site) -> None:
    with site.store.reading() as tx, pytest.raises(PolicyMissing):
        Policies(words("en")).version(tx, 9)
