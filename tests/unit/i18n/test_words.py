"""Words: every text by its English self, in the language of who reads it (rule F5)."""

from __future__ import annotations

import gettext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.i18n.words import Words, choose_language, language_of, later, words


@pytest.mark.parametrize(
    ("language", "speaks"),
    [("es", "es"), ("en", "en"), ("es_MX", "es"), ("en-US", "en"), ("EN_gb.UTF-8", "en"), ("fr", "es"), ("", "es")],
)
def test_f5_an_unknown_language_speaks_spanish(language: str, speaks: str) -> None:
    assert words(language).language == speaks == language_of(language)


def test_f5_the_words_of_a_language_are_read_once() -> None:
    assert words("es") is words("es_MX")


def test_f5_a_message_is_said_in_each_language() -> None:
    assert words("es").t("today {time}", time="18:00") == "hoy 18:00"
    assert words("en").t("today {time}", time="18:00") == "today 18:00"


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("es", 1, "la 1 de la tarde"),
        ("es", 4, "las 4 de la tarde"),
        ("es", 0, "las 0 de la tarde"),
        ("en", 1, "1 de la tarde"),
        ("en", 4, "4 de la tarde"),
    ],
)
def test_f5_a_number_chooses_its_words(language: str, n: int, said: str) -> None:
    assert words(language).tn("1 {part}", "{n} {part}", n, part="de la tarde") == said


def test_f5_a_number_can_be_written_as_the_place_writes_it() -> None:
    assert words("en").tn("one case", "{n} cases", 1200, n="1,200") == "1,200 cases"


def test_f5_what_is_not_translated_is_said_in_english() -> None:
    assert words("es").t("never written {where}", where="anywhere") == "never written anywhere"
    assert words("es").tn("one nowhere", "{n} nowheres", 2) == "2 nowheres"


def test_f5_nothing_to_say_says_nothing() -> None:
    assert words("es").t("") == ""
    assert words("en").t("") == ""


def test_f5_a_message_written_down_for_later_is_itself() -> None:
    assert later("today {time}") == "today {time}"


@given(st.text())
def test_e5_a_value_comes_out_as_it_was_typed(value: str) -> None:
    for language in ("es", "en"):
        assert words(language).t("yesterday {time}", time=value).endswith(f" {value}")


@pytest.mark.parametrize("value", ["{time}", "{", "}", "{0}", "100 %", "%s", "%(time)s", "{time.__class__}"])
def test_e5_a_value_is_never_read_as_a_message(value: str) -> None:
    assert words("es").t("today {time}", time=value) == f"hoy {value}"


def test_a_value_may_have_any_name() -> None:
    assert words("en").t("{self} {message} {n}", self=1, message=2, n=3) == "1 2 3"


@pytest.mark.parametrize(
    ("environ", "configured", "chosen"),
    [
        ({}, None, "es"),
        ({}, "en", "en"),
        ({"LANG": "en_US.UTF-8"}, None, "en"),
        ({"LANG": "en_US.UTF-8"}, "es", "es"),
        ({"LANG": "en_US.UTF-8"}, "", "en"),
        ({"LANG": "en_US.UTF-8"}, "klingon", "en"),
        ({"LANG": "C.UTF-8"}, None, "es"),
        ({"LANG": "de_DE.UTF-8"}, None, "es"),
        ({"LANG": "en_US", "LC_ALL": "es_MX"}, None, "es"),
        ({"LANG": "es_MX", "LC_MESSAGES": "en_GB"}, None, "en"),
        ({"LANG": "es_MX", "LANGUAGE": "fr:en:es"}, None, "en"),
    ],
)
def test_f5_the_configured_language_comes_before_the_machine_s(
    environ: dict[str, str], configured: str | None, chosen: str
) -> None:
    assert choose_language(environ, configured) == chosen


def test_f5_spanish_is_read_from_the_package_and_not_from_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setattr(gettext, "_default_localedir", "/nowhere")
    assert Words("es").t("midnight") == "la medianoche"
