"""Files that nobody meant well: never an exception, never an escape on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.policy.faults import Fault
from mesa_recuperacion.policy.load import read_policy, read_policy_bytes

WORDS = Words("en")
LINES = default_policy_text("es").split("\n")
KEYS = [number for number, line in enumerate(LINES) if re.match(r"[a-z_]+ = ", line)]
OPTIONAL = {
    *(
        "news",
        "conduct",
        "area_margin",
        "on_time",
        "first_contact",
        "verified",
        "family",
        "complaints",
        "statutory",
        "undo_seconds",
        "default_standard",
        "standard",
        "usual",
        "compensations",
        "area",
        "holidays",
    ),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
}


def answer(text: str) -> Policy | tuple[Fault, ...]:
    found = read_policy(text, source="politica.toml", words=WORDS)
    if not isinstance(found, Policy):
        assert found
        for fault in found:
            line = str(fault)
            assert clean(line, len(line)) == line
            assert fault.message
    return found


def key_at(number: int) -> str:
    return LINES[number].split(" ")[0]


def without(number: int) -> str:
    """The policy without the key of a line; a list may go on below it."""
    end = number + 1
    while LINES[end].startswith((" ", "]")):
        end += 1
    return "\n".join([*LINES[:number], *LINES[end:]])


def table_of(number: int) -> str:
    return next((line.split(" ")[0] for line in reversed(LINES[:number]) if line.startswith("[")), "")


def test_any_key_left_out_is_a_fault_of_that_key_or_allowed() -> None:
    for number in KEYS:
        key, table = key_at(number), table_of(number)
        found = answer(without(number))
        if (key in OPTIONAL and table != "[phrases]") or (key, table) == ("promise", "[[problem.remedy]]"):
            assert isinstance(found, Policy), (number, key)
        else:
            assert isinstance(found, tuple)
            assert any(fault.key.endswith(key) and fault.message.startswith("is missing") for fault in found), (
                number,
                key,
            )


JUNK = st.one_of(
    st.sampled_from(
        ["true", "nan", "-inf", "-1", "0", "1e400", "[]", "{}", "[[]]", "{code = 1}", "2026-01-01", "12:00:00", '""',
         "''",
         "[1, 'x', {}]", "[[1]]", '"{}"', '"{name!r}"', "'''", '"""', "[", "]", "=", "#", "", '"\\u001b[2J"', "9" * 400,
         "0x7fffffffffffffffffff", '"\\ud800"', "[" * 500 + "]" * 500, "{a.b.c.d = 1}"]
    ),
    st.integers().map(str),
    st.floats().map(repr),
    st.text(max_size=60),
    st.text(max_size=200).map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'),
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(KEYS), JUNK)
def test_any_value_replaced_by_junk_never_raises(number: int, junk: str) -> None:
    answer("\n".join([*LINES[:number], f"{key_at(number)} = {junk}", *LINES[number + 1 :]]))


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(KEYS), st.text(max_size=40))
def test_any_line_replaced_by_anything_never_raises(number: int, line: str) -> None:
    answer("\n".join([*LINES[:number], line, *LINES[number + 1 :]]))


@settings(deadline=None, max_examples=150)
@given(st.text())
def test_any_text_never_raises(text: str) -> None:
    assert isinstance(answer(text), tuple)


@settings(deadline=None, max_examples=150)
@given(st.binary())
def test_any_bytes_never_raise(data: bytes) -> None:
    assert isinstance(read_policy_bytes(data, source="x", words=WORDS), tuple)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 900,
        "a = " + "{a=" * 240 + "1" + "}" * 240,
        "a." * 480 + "a = 1",
        "[" + "a." * 480 + "a]",
        "title = " + "9" * 900,
        "\n".join(f"k{n} = {n}" for n in range(5000)),
        "\n".join(["[[problem]]"] * 5000),
        "\n".join(["[[area]]\ncode = 'a'"] * 2000),
        "problem = [1, 2, 3]",
        'problem = [[{code = "other"}]]',
        '"" = 1',
        '"\\u001b[31m" = 1',
        '[hours]\nmonday = [["09:00-10:00"], 3, {}]',
        "x = 1\x00",
        "title = '''\n\n'''\n'''",
    ],
    ids=lambda text: text[:20].encode("unicode_escape").decode(),
)
def test_shapes_that_break_readers_are_only_faults(text: str) -> None:
    assert isinstance(answer(text), tuple)


def test_e5_escapes_and_markup_in_texts_are_only_text(edited: Callable[..., str]) -> None:
    text = edited(
        ('title = "Política de recuperación"', 'title = "[b]Pol\\u001b[31mítica[/b]\\u202e\\u0007 %s $x"'),
        ('ask = "Cuéntem', 'ask = "\\u001b]0;x\\u0007[red]Cuéntem'),
        ("news = []", 'news = ["[link=x]\\u009b2JNuevo\\u0000[/link]"]'),
        ("conduct = [", 'conduct = ["[@click=app.quit]No\\u202e[/] se grita\\u0007", '),
        ('what = "Escuche primero. ', 'what = "\\u001b[5m[blink]'),
        ('name = "Bonificación', 'name = "[u]\\u200bBonificación'),
        ('exception = "', 'exception = "\\u001b]8;;http://x\\u0007[link]'),
        ('apology_broken = "', 'apology_broken = "[on red]\\u2066'),
        ('name = "Transporte"', 'name = "[/x]\\tTrans\\u200bporte"'),
    )
    policy = answer(text)
    assert isinstance(policy, Policy)
    assert policy.title == "[b]Política[/b] %s $x"
    assert policy.phrases.ask == "[red]Cuénteme, por favor, qué pasó."
    assert policy.areas[1].name == "[/x] Transporte"
    assert policy.news == ("[link=x]Nuevo[/link]",)
    assert policy.conduct[0] == "[@click=app.quit]No[/] se grita"
    assert policy.retention is not None
    assert policy.retention.what.startswith("[blink]Pregunte")
    assert policy.phrases.exception.startswith("[link]{name}, quiero")
    assert policy.phrases.apology_broken.startswith("[on red]{name}, lamento")
    owed = policy.problems[1].statutory
    assert owed is not None
    assert owed.name == "[u]Bonificación de ley"


def test_e5_a_fault_shows_no_escape_of_the_file_or_its_name(edited: Callable[..., str]) -> None:
    text = edited(
        ('language = "es"', 'language = "\\u001b[31mes\\u001b]0;x\\u0007"'), ("[budget]", '"\\u001b[2Jk" = 1\n[budget]')
    )
    found = read_policy(text, source="\x1b[31mpol\nitica.toml", words=WORDS)
    assert isinstance(found, tuple)
    assert [str(fault) for fault in found] == [
        'pol itica.toml: language = "es": has to be one of these: "es", "en"',
        "pol itica.toml: [limits] k: this key is not known",
    ]
