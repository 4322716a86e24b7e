"""The policies that we ship: complete, without a fault or a warning, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import get_args

import pytest

from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.policy import KINDS, OTHER_PROBLEM, OWNERS, PERIODS, Policy, Retention, Span, Statutory
from mesa_recuperacion.domain.script import STEPS
from mesa_recuperacion.i18n.words import LANGUAGES, Words
from mesa_recuperacion.policy.check import flow_words, spoken_seconds, spoken_words, warnings_for
from mesa_recuperacion.policy.defaults import customised, default_policy_text, empty_policy_text
from mesa_recuperacion.policy.load import read_policy, read_policy_bytes, with_version
from mesa_recuperacion.policy.reading import keys_of
from mesa_recuperacion.policy.schema import BudgetTable, Kind, PhrasesTable, PolicyFile, RetentionTable

CODES = [
    *("billing_error", "damaged_product", "missing_product", "wrong_delivery"),
    *("service_not_provided", "service_cancelled", "wrong_service", "product_return", "other"),
]
TEXTS = [default_policy_text, empty_policy_text]


def policy_of(text: str) -> Policy:
    policy = read_policy(text, source="shipped.toml", words=Words("en"))
    assert isinstance(policy, Policy), [str(fault) for fault in policy]
    return policy


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text_of", TEXTS)
def test_a5_shipped_texts_have_no_fault_and_no_warning(language: str, text_of: Callable[[str], str]) -> None:
    policy = policy_of(text_of(language))
    assert warnings_for(policy) == ()
    assert spoken_seconds(policy) <= 30
    assert all(flow_words(policy, problem) <= 75 for problem in policy.problems)
    assert policy.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_b1_the_eight_problems_and_another_one_last(language: str) -> None:
    policy = policy_of(default_policy_text(language))
    assert [problem.code for problem in policy.problems] == CODES
    for problem in policy.problems:
        assert problem.minimum
        assert problem.question
        assert problem.remedies
        assert problem.compensations


@pytest.mark.parametrize("language", LANGUAGES)
def test_b1_the_empty_start_has_another_problem_alone(language: str) -> None:
    policy = policy_of(empty_policy_text(language))
    (problem,) = policy.problems
    assert problem.code == OTHER_PROBLEM
    assert (len(problem.remedies), len(problem.compensations), policy.areas) == (1, 1, ())
    assert policy.phrases == policy_of(default_policy_text(language)).phrases


@pytest.mark.parametrize("language", LANGUAGES)
def test_b1_the_example_of_the_empty_start_works_once_its_marks_are_taken_out(language: str) -> None:
    text = re.sub(r"^# (?=\[\[|[a-z]+ = )", "", empty_policy_text(language), flags=re.MULTILINE)
    policy = policy_of(text)
    assert [problem.code for problem in policy.problems] == ["missing_product", "other"]
    assert warnings_for(policy) == ()


def test_both_languages_say_the_same_policy() -> None:
    es, en = (policy_of(default_policy_text(language)) for language in LANGUAGES)
    for one, other in zip(es.problems, en.problems, strict=True):
        assert (one.code, one.standard) == (other.code, other.standard)
        assert (one.statutory is None) == (other.statutory is None)
        assert [(r.code, r.kind, r.within, r.area) for r in one.remedies] == [
            (r.code, r.kind, r.within, r.area) for r in other.remedies
        ]
        assert [c.code for c in one.compensations] == [c.code for c in other.compensations]
    assert [(a.code, a.response) for a in es.areas] == [(a.code, a.response) for a in en.areas]
    assert es.retention is not None
    assert en.retention is not None
    assert replace(es.retention, what="") == replace(en.retention, what="")
    assert (es.area_margin, len(es.conduct), es.news) == (en.area_margin, len(en.conduct), en.news)


@pytest.mark.parametrize("language", LANGUAGES)
def test_b6_the_law_owes_a_share_where_something_was_bad_or_not_done(language: str) -> None:
    policy = policy_of(default_policy_text(language))
    owed = {problem.code: problem.statutory for problem in policy.problems if problem.statutory}
    assert list(owed) == ["damaged_product", "service_not_provided", "service_cancelled", "wrong_service"]
    for statutory in owed.values():
        assert (statutory.percent, statutory.amount) == (20, Money(0, policy.currency))
        assert statutory.by_price


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text_of", TEXTS)
def test_d9_d12_conduct_and_retention_come_with_every_start(language: str, text_of: Callable[[str], str]) -> None:
    policy = policy_of(text_of(language))
    assert 4 <= len(policy.conduct) <= 6
    assert policy.news == ()
    assert policy.retention is not None
    assert replace(policy.retention, what="") == Retention("supervision", Span(2, "d"), "", 2)
    assert policy.retention.what
    assert policy.area_margin == Span(1, "h")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a5_what_is_said_besides_is_true_and_as_short_as_it_can_be(language: str) -> None:
    phrases = policy_of(default_policy_text(language)).phrases
    for text in (phrases.apology_broken, phrases.price, phrases.statutory):
        assert 0 < spoken_words(text, language) <= 12
    for text in (phrases.exception, phrases.area, phrases.hand_over, phrases.retention):
        assert "{name}" in text
        assert "{when}" not in text  # no hour is promised where nobody knows it
    assert "{person}" in phrases.hand_over
    assert "{area}" in phrases.area


def test_the_missing_product_of_the_design() -> None:
    policy = policy_of(default_policy_text("es"))
    problem = policy.problem("missing_product")
    assert problem is not None
    assert [(r.name, r.cost.minor, r.within) for r in problem.remedies] == [
        ("Enviar hoy lo faltante", 0, Span(18, "h")),
        ("Recoger y reenviar todo", 4500, Span(2, "d")),
        ("Devolver lo que faltó", 0, Span(3, "d")),
        ("Cancelar y devolver todo", 6000, Span(3, "d")),
    ]
    assert [(c.name, c.amount.minor) for c in problem.compensations] == [
        ("Envío gratis, otro pedido", 4500),
        ("Cupón, próxima compra", 8000),
        ("Descuento en este pedido", 6000),
    ]
    assert (problem.usual, policy.case_cap) == (Money(6000, "MXN"), Money(15000, "MXN"))
    assert (policy.budget, policy.period, policy.reserve) == (Money(50000, "MXN"), "week", Money(200000, "MXN"))
    assert policy.never("compensate") == "regatear el gesto"


def test_every_key_of_the_domain_can_be_written_and_the_choices_agree() -> None:
    assert set(get_args(Kind)) == set(KINDS)
    assert set(get_args(keys_of(BudgetTable)["period"].hint)) == set(PERIODS)
    assert set(get_args(keys_of(RetentionTable)["owner"].hint)) == set(OWNERS)
    assert set(get_args(keys_of(PolicyFile)["language"].hint)) == set(LANGUAGES)
    phrases = policy_of(default_policy_text("es")).phrases
    assert set(phrases.__slots__) == set(keys_of(PhrasesTable))


def test_a1_there_is_a_never_for_each_step() -> None:
    policy = policy_of(default_policy_text("es"))
    assert [step for step, _ in policy.nevers] == list(STEPS)
    assert all(policy.never(step) for step in STEPS)


def test_d7_a_file_has_no_version_until_it_is_published() -> None:
    policy = policy_of(default_policy_text("es"))
    assert policy.version == 0
    assert with_version(policy, 7).version == 7
    assert with_version(with_version(policy, 7), 0) == policy


@pytest.mark.parametrize("language", ["", "fr", "../es", "empty_es"])
def test_other_languages_are_not_shipped(language: str) -> None:
    with pytest.raises(ValueError, match="language"):
        default_policy_text(language)


# What the first run changes


@pytest.mark.parametrize("currency", ["MXN", "EUR", "JPY", "KWD", "CLF", "USD"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text_of", TEXTS)
def test_b7_another_currency_keeps_it_valid(currency: str, language: str, text_of: Callable[[str], str]) -> None:
    policy = policy_of(customised(text_of(language), currency=currency, zone="Europe/Madrid"))
    assert policy.currency == policy.case_cap.currency == currency
    assert policy.hours.zone.key == "Europe/Madrid"
    assert warnings_for(policy) == ()


@pytest.mark.parametrize(
    ("cap", "voucher"),
    [
        (Money(30000, "MXN"), 8000),
        (Money(7000, "MXN"), 7000),
        (Money(5999, "MXN"), 5900),
        (Money(99, "MXN"), 0),
        (Money(0, "MXN"), 0),
        (Money(59_999, "KWD"), 59_000),
        (Money(70, "JPY"), 70),
    ],
)
def test_b2_a_lower_cap_brings_the_gestures_down_to_it(cap: Money, voucher: int) -> None:
    policy = policy_of(customised(default_policy_text("es"), currency=cap.currency, case_cap=cap))
    assert policy.case_cap == cap
    other = policy.problem("other")
    assert other is not None
    assert next(c.amount.minor for c in other.compensations if c.code == "voucher") == voucher
    for problem in policy.problems:
        assert all(cap.covers(c.amount) for c in problem.compensations)
        assert problem.usual is None or cap.covers(problem.usual)


def test_budget_reserve_and_title_of_the_first_run() -> None:
    text = customised(
        default_policy_text("es"),
        title='Ferretería "La Ñ" \\ hermanos\x1b[31m',
        budget=Money(99950, "MXN"),
        reserve=Money(500000, "MXN"),
    )
    policy = policy_of(text)
    assert policy.title == 'Ferretería "La Ñ" \\ hermanos'
    assert (policy.budget.minor, policy.reserve.minor) == (99950, 500000)
    assert text.count("#") == default_policy_text("es").count("#")


def test_a_title_of_any_length_fits() -> None:
    for title in ("x" * 10_000, "店" * 100):
        assert policy_of(customised(default_policy_text("es"), title=title)).title


@pytest.mark.parametrize(
    "wrong",
    [
        {"currency": "XXZ"},
        {"currency": "mxn"},
        {"zone": "Mexico"},
        {"zone": "../../etc/passwd"},
        {"case_cap": Money(100, "USD")},
        {"budget": Money(-1, "MXN")},
        {"title": "\x1b[2J"},
    ],
)
def test_answers_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"not a|no text"):
        customised(default_policy_text("es"), **wrong)  # type: ignore[arg-type]


def test_a_text_without_the_key_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\[hours\] zone"):
        customised('currency = "MXN"\n', zone="Europe/Madrid")


# What a person may write


def test_money_is_read_from_whole_numbers_and_texts(edited: Callable[..., str]) -> None:
    policy = policy_of(edited(("case_cap = 150 ", 'case_cap = "150.50" '), ("amount = 500", 'amount = "999,5"')))
    assert (policy.case_cap.minor, policy.budget.minor) == (15050, 99950)


@pytest.mark.parametrize(
    ("written", "percent", "minor"),
    [('"20%"', 20, 0), ('" 5 %"', 5, 0), ('"100%"', 100, 0), ("50", 0, 5000), ('"99.50"', 0, 9950), ("900", 0, 90000)],
)
def test_b6_what_the_law_owes_is_a_share_or_an_amount_whatever_the_cap(
    edited: Callable[..., str], written: str, percent: int, minor: int
) -> None:
    policy = policy_of(edited(('\nstatutory = "20%"', f"\nstatutory = {written}")))
    owed = policy.problems[1].statutory
    assert owed == Statutory("Bonificación de ley", percent, Money(minor, "MXN"))


def test_d7_d9_news_and_conduct_are_kept_in_their_order(edited: Callable[..., str]) -> None:
    policy = policy_of(edited(("news = []", 'news = ["Cupones de $90.", "Área nueva: Taller."]')))
    assert policy.news == ("Cupones de $90.", "Área nueva: Taller.")
    assert policy.conduct[0] == "No se insulta, no se ironiza y no se levanta la voz."


def test_c3_split_shifts_whole_days_and_both_kinds_of_date(edited: Callable[..., str]) -> None:
    policy = policy_of(
        edited(
            ('monday = ["09:00-19:00"]', 'monday = ["16:00 - 19:30", "9:00–14:00"]'),
            ('tuesday = ["09:00-19:00"]', 'tuesday = ["00:00-24:00"]'),
            ('holidays = ["2025-12-25"', 'sunday = []\nholidays = [2024-02-29, "2025-12-25"'),
        )
    )
    assert policy.hours.windows[0] == ((time(9), time(14)), (time(16), time(19, 30)))
    assert policy.hours.windows[1] == ((time(0), time.max),)
    assert policy.hours.windows[6] == ()
    assert {(d.year, d.month, d.day) for d in policy.hours.holidays} >= {(2024, 2, 29), (2025, 12, 25)}


def test_c3_windows_across_midnight_and_windows_that_touch(edited: Callable[..., str]) -> None:
    policy = policy_of(
        edited(
            ('monday = ["09:00-19:00"]', 'monday = ["22:00-06:00", "06:00-14:00"]'),
            ('tuesday = ["09:00-19:00"]', 'tuesday = ["6:00-14:00", "23:30–00:00"]'),
            ('wednesday = ["09:00-19:00"]', 'wednesday = ["00:00-01:00"]'),
            ("holidays = [", 'sunday = ["22:00-06:00"]\nholidays = ['),
        )
    )
    assert policy.hours.windows[0] == ((time(6), time(14)), (time(22), time(6)))
    assert policy.hours.windows[1] == ((time(6), time(14)), (time(23, 30), time.max))
    assert policy.hours.windows[2] == ((time(0), time(1)),)
    assert policy.hours.windows[6] == ((time(22), time(6)),)


def test_what_may_be_left_out_has_a_sensible_meaning(edited: Callable[..., str]) -> None:
    text = edited(
        ("undo_seconds = 30", "#"),
        ("default_standard = 60", "default_standard = 75"),
        ("standard = 120", "#"),
        ("usual = 40", "#"),
        ('promise = "Le llega corregida {when}."', "#"),
        ('area = "billing"', "#"),
        ('area_margin = "1h"', "#"),
        ("complaints = 2 ", "# "),
        ("news = []", "#"),
        ('compensations = ["bill_discount", "voucher"]', "#"),
    )
    policy = policy_of(text)
    problem = policy.problem("billing_error")
    assert problem is not None
    assert (policy.undo_seconds, problem.standard, problem.usual, problem.compensations) == (30, 75, None, ())
    assert (policy.area_margin, policy.retention and policy.retention.complaints, policy.news) == (Span(1, "h"), 2, ())
    assert (problem.remedies[0].area, problem.remedies[0].promise) == ("", policy.phrases.promise)


def test_what_windows_editors_leave_behind_is_read(shipped: str, words: Words) -> None:
    policy = policy_of(shipped)
    assert policy_of("\ufeff" + shipped.replace("\n", "\r\n")) == policy
    assert read_policy_bytes(b"\xef\xbb\xbf" + shipped.encode(), source="x", words=words) == policy
