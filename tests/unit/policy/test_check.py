"""Rule A5: how long the script takes to say, and what else is worth a second look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.check import (
    Warning_,
    flow_words,
    seconds_for,
    spoken_seconds,
    spoken_words,
    statutory_seconds,
    warnings_for,
)
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.policy.load import read_policy

Edited = Callable[..., str]


def policy_of(text: str) -> Policy:
    policy = read_policy(text, source="x.toml", words=Words("en"))
    assert isinstance(policy, Policy), [str(fault) for fault in policy]
    return policy


@pytest.mark.parametrize(
    ("phrase", "count"),
    [
        ("{name}, lamento los inconvenientes que ha tenido. Yo me hago cargo.", 11),
        ("Cuénteme, por favor, qué pasó.", 5),
        ("Entiendo, {name}: contaba con su pedido completo. Tiene razón.", 9),
        ("Lo que falta sale hoy mismo, sin costo para usted.", 10),
        ("Por el mal rato, le ofrezco un cupón de {amount}.", 11),
        ("Por el mal rato, le ofrezco un cupón de $80.", 11),
        ("Le llega {when}.", 11),
        ("Le llamo {when} para confirmarlo. ¿A qué número?", 16),
        ("{name}, ¿quedó conforme? Gracias por avisarnos.", 6),
        ("", 0),
        ("… «» ¿?", 0),
    ],
)
def test_a5_words_are_counted_as_the_design_counts_them(phrase: str, count: int) -> None:
    assert spoken_words(phrase, "es") == count


def test_a5_the_follow_up_leans_on_the_day_just_promised() -> None:
    assert spoken_words("Le llamo {when} para confirmarlo. ¿A qué número?", "es", calling=True) == 12
    assert spoken_words("I'll call you {when}.", "en", calling=True) == 7


def test_a5_english_contractions_are_one_word() -> None:
    assert spoken_words("{name}, I'm sorry. We’ll pay {amount}.", "en") == 7


def test_a5_seconds_at_150_words_a_minute() -> None:
    assert [seconds_for(n) for n in (0, 1, 5, 75, 76)] == [0, 1, 2, 30, 31]


def test_a5_a_long_phrase_says_by_how_much(edited: Edited) -> None:
    policy = policy_of(edited(("Cuénteme, por favor, qué pasó.", "Cuénteme, por favor, " + "bien " * 12)))
    assert Warning_("[phrases] ask", "phrase_words", 15, 12) in warnings_for(policy)
    assert warnings_for(policy)[0].over == 3
    told = warnings_for(policy)[0].told(Words("en"))
    assert told == "[phrases] ask: 15 words as it is said, and 12 is the most: 3 over"


def test_a5_a_phrase_of_one_problem_is_found_in_it(edited: Edited) -> None:
    long = " ".join(["uno"] * 13)
    policy = policy_of(
        edited(
            ("Corregimos su factura y le mandamos la nueva.", long),
            ("Le llega corregida {when}.", "Le llega ya bien corregida {when}."),
            ("Por el mal rato, su próximo envío es gratis.", long),
        )
    )
    assert [w.key for w in warnings_for(policy) if w.kind == "phrase_words"] == [
        "[[problem]] 1 «billing_error» remedy 1 «correct_bill» phrase",
        "[[problem]] 1 «billing_error» remedy 1 «correct_bill» promise",
        "[[compensation]] «free_shipping» phrase",
    ]


def test_a5_the_whole_call_is_counted_by_its_longest_choices(edited: Edited) -> None:
    before = policy_of(edited())
    one = policy_of(
        edited(
            (
                "Le devolvemos completo lo que se cobró de más.",
                "Le devolvemos completo todo lo que se cobró ahí de más.",
            )
        )
    )
    assert flow_words(one, one.problems[0]) == flow_words(before, before.problems[0]) + 2 == 77
    assert warnings_for(one) == (Warning_("[[problem]] 1 «billing_error»", "flow_words", 77, 75),)
    assert spoken_seconds(one) == 31
    shorter = policy_of(edited(("Corregimos su factura y le mandamos la nueva.", "La corregimos.")))
    assert flow_words(shorter, shorter.problems[0]) == 75


def test_a5_another_problem_also_asks_for_its_name(edited: Edited) -> None:
    before, after = policy_of(edited()), policy_of(edited(("¿Cómo lo diría en pocas palabras?", "¿Cómo?")))
    assert flow_words(before, before.problems[-1]) - flow_words(after, after.problems[-1]) == 5
    assert flow_words(before, before.problems[0]) == flow_words(after, after.problems[0])


def test_a5_the_apology_for_a_broken_promise_is_one_of_the_apologies(edited: Edited) -> None:
    long = ("lamento no haberle cumplido lo prometido", "lamento " + "mucho " * 8 + "haberle fallado")
    before, after = policy_of(edited()), policy_of(edited(long))
    assert Warning_("[phrases] apology_broken", "phrase_words", 16, 12) in warnings_for(after)
    assert flow_words(after, after.problems[0]) == flow_words(before, before.problems[0]) + 5  # said instead of 11


BESIDES = (
    "promise_due", "follow_up_due", "not_satisfied", "late", "exception", "area", "hand_over", "price", "statutory",
    "retention",
)  # fmt: skip


@pytest.mark.parametrize("key", BESIDES)
def test_a5_what_is_said_besides_the_standard_flow_may_be_long_but_not_untrue(key: str) -> None:
    policy = policy_of(default_policy_text("es"))
    long, untrue = (
        replace(policy, phrases=replace(policy.phrases, **{key: text}))
        for text in ("bien " * 20, "Esto NUNCA volverá a pasar.")
    )
    assert warnings_for(long) == ()
    assert spoken_seconds(long) == spoken_seconds(policy)
    assert [(w.key, w.kind) for w in warnings_for(untrue)] == [(f"[phrases] {key}", "untrue")]


def test_a5_b6_what_the_law_owes_is_counted_apart(shipped: str) -> None:
    policy = policy_of(shipped)
    assert statutory_seconds(policy) == 9  # 9 words that ask for the price and 12 that give the amount
    fixed = policy_of(shipped.replace('statutory = "20%"\nco', "statutory = 50\nco"))
    assert statutory_seconds(fixed) == 5
    none = policy_of(shipped.replace('statutory = "20%"\nco', "co"))
    assert (statutory_seconds(none), spoken_seconds(none)) == (0, spoken_seconds(policy))


@pytest.mark.parametrize(
    ("within", "response", "margin", "kind"),
    [
        ("8h", "7h", "1h", ""),
        ("8h", "7h", "2h", "no_margin"),
        ("450m", "7h", "1h", "no_margin"),
        ("7h", "7h", "0m", ""),
        ("6h", "7h", "0m", "too_soon"),
        ("1d", "7h", "1h", ""),
        ("1d", "1d", "1h", "no_margin"),
        ("1d", "1d", "0m", ""),
        ("2d", "1d", "1h", ""),
        ("2d", "1d", "2d", "no_margin"),
        ("1d", "2d", "1h", "too_soon"),
    ],
)
def test_c5_a_promise_leaves_its_area_the_margin(
    edited: Edited, within: str, response: str, margin: str, kind: str
) -> None:
    policy = policy_of(
        edited(
            ('response = "7h"', f'response = "{response}"'),
            ('within = "18h"', f'within = "{within}"'),
            ('area_margin = "1h"', f'area_margin = "{margin}"'),
        )
    )
    key = "[[problem]] 3 «missing_product» remedy 1 «send_missing» within"
    assert [w.kind for w in warnings_for(policy) if w.key == key] == ([kind] if kind else [])


@pytest.mark.parametrize(
    "phrase",
    [
        "No volverá a pasar, {name}.",
        "Soy el responsable de todo.",
        "Le Entiendo PERFECTAMENTE.",
    ],
)
def test_a5_claims_that_nobody_can_know_are_named(edited: Edited, phrase: str) -> None:
    policy = policy_of(edited(("Cuénteme, por favor, qué pasó.", phrase)))
    assert [(w.key, w.kind) for w in warnings_for(policy)] == [("[phrases] ask", "untrue")]


def test_lists_longer_than_the_digits_are_named(shipped: str) -> None:
    start = shipped.index('[[problem]]\ncode = "product_return"')
    end = shipped.index("# Siempre al final")
    extra = "".join(
        shipped[start:end].replace("product_return", f"return_{n}").replace("Devolución de producto", f"Devolución {n}")
        for n in range(2)
    )
    policy = policy_of(shipped[:end] + extra + shipped[end:])
    assert Warning_("[[problem]]", "no_digit", 11, 9) in warnings_for(policy)


def test_an_area_that_nobody_uses_a_short_budget_and_a_promise_too_soon(edited: Edited) -> None:
    policy = policy_of(
        edited(
            ("[[compensation]]", '[[area]]\ncode = "legal"\nname = "Legal"\nresponse = "1d"\n\n[[compensation]]'),
            ("amount = 500", 'amount = "149.99"'),
            ('within = "18h"', 'within = "6h"'),
        )
    )
    assert [(w.key, w.kind) for w in warnings_for(policy)] == [
        ("[[area]] «legal»", "unused"),
        ("[budget] amount", "budget_short"),
        ("[[problem]] 3 «missing_product» remedy 1 «send_missing» within", "too_soon"),
    ]


def test_c3_a_night_longer_than_any_shift_is_named(edited: Edited) -> None:
    monday, tuesday, thursday = (f'{day} = ["09:00-19:00"]' for day in ("monday", "tuesday", "thursday"))
    policy = policy_of(
        edited(
            (monday, 'monday = ["19:00-09:00"]'),
            (tuesday, 'tuesday = ["20:00-08:00"]'),
            (thursday, 'thursday = ["19:30-24:00"]'),
        )
    )
    assert warnings_for(policy) == (Warning_("[hours] monday", "night_long", 14, 12, "19:00-09:00"),)
    assert "19:00-09:00" in warnings_for(policy)[0].told(Words("en"))


def test_every_warning_has_a_sentence_in_the_catalogue_language() -> None:
    kinds = (
        *("phrase_words", "flow_words", "untrue", "no_digit", "unused", "budget_short"),
        *("too_soon", "no_margin", "night_long"),
    )
    for kind in kinds:
        told = Warning_("key", kind, 3, 2, "area").told(Words("en"))
        assert told.startswith("key: ")
        assert not told.endswith(kind)


def test_a_policy_without_problems_takes_no_time() -> None:
    policy = policy_of(default_policy_text("en"))
    assert spoken_seconds(replace(policy, problems=())) == 0
