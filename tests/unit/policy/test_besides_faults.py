"""What the law owes, retention, news, conduct and the phrases that they make be said: each fault, where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.policy.faults import Fault

Tell = Callable[..., list[str]]
Read = Callable[[str], Policy | tuple[Fault, ...]]

ONE_FAULT = [
    ('\nstatutory = "20%"', '\nstatutory = "0%"', "[[problem]] 2 «damaged_product» statutory = \"0%\": "
     'a share of the price is a whole number from 1% to 100%: "20%"'),
    ('\nstatutory = "20%"', '\nstatutory = "101%"', "a whole number from 1% to 100%"),
    ('\nstatutory = "20%"', '\nstatutory = "12.5%"', "a whole number from 1% to 100%"),
    ('\nstatutory = "20%"', '\nstatutory = "-20%"', "a whole number from 1% to 100%"),
    ('\nstatutory = "20%"', '\nstatutory = "20%%"', "a whole number from 1% to 100%"),
    ('\nstatutory = "20%"', "\nstatutory = 0.2", '= 0.2: write a share of the price paid as "20%", or an amount as 50'),
    ('\nstatutory = "20%"', "\nstatutory = -50", "statutory = -50: an amount cannot be less than 0"),
    ('\nstatutory = "20%"', "\nstatutory = 0", "statutory = 0: nothing is owed: leave this key out"),
    ('\nstatutory = "20%"', '\nstatutory = "0.00"', "nothing is owed: leave this key out"),
    ('\nstatutory = "20%"', '\nstatutory = "veinte"', 'statutory = "veinte": write a share of the price paid as'),
    ('\nstatutory = "20%"', '\nstatutory = "9.999"', "MXN has at most 2 decimals"),
    ('\nstatutory = "20%"', "\nstatutory = []", "«damaged_product» statutory: write a share of the price paid as"),
    ('name = "Bonificación de ley"', "", "[statutory] name: is missing"),
    ('name = "Bonificación de ley"', f'name = "{"x" * 29}"', "has 29 letters and 28 fit: 1 too many"),
    ('price = "', '# price = "',
     "[phrases] price: is missing: a problem owes a share of the price, which is asked for with it"),
    ('statutory = "{name}', '# statutory = "{name}',
     "[phrases] statutory: is missing: what the law owes for a problem is given with it"),
    ('retention = "', '# retention = "',
     "[phrases] retention: is missing: the call that [retention] asks for begins with it"),
    ("corresponden {amount}", "corresponde algo", "has to say {amount}: the program fills it in"),
    ("atender {person}", "atender alguien", "has to say {person}: the program fills it in"),
    ("ahora mismo a {area}", "ahora mismo a {person}", "{person} is not known here; these are: {area}, {name}"),
    ('exception = "{name}', 'exception = "{amount}', "{amount} is not known here; these are: {name}"),
    ('price = "{name}', 'price = "{amount}', "{amount} is not known here; these are: {name}"),
    ('retention = "{name}', 'retention = "{when}', "{when} is not known here; these are: {name}"),
    ("apology_broken", "apology_brokn", "apology_brokn: this key is not known; did you mean «apology_broken»"),
    ('owner = "supervision"', 'owner = "manager"',
     '[retention] owner = "manager": has to be one of these: "agent", "supervision"'),
    ('within = "2d"', 'within = "0d"', '[retention] within = "0d": cannot be nothing'),
    ("complaints = 2 ", "complaints = 0 ", "[retention] complaints = 0: has to be 1 or more"),
    ('what = "Escuche', f'what = "{"x" * 60}Escuche', "letters and 72 fit"),
    ('what = "Escuche', 'that = "Escuche', "[retention] what: is missing"),
    ('area_margin = "1h"', 'area_margin = "soon"', '[time] area_margin = "soon": is not a length of time'),
    ("news = []", 'news = "Cupones de $90"', 'news = "Cupones de $90": has to be a list, between brackets'),
    ("news = []", "news = [1]", "news 1 = 1: has to be a text, between quotes"),
    ("news = []", f"news = {['x'] * 7}", "news: has 7; at most 6 fit"),
    ("news = []", f'news = ["{"x" * 73}"]', "has 73 letters and 72 fit: 1 too many"),
    ("conduct = [", 'conduct = ["x", "x", "x", ', "conduct: has 9; at most 8 fit"),
    ("conduct = [", 'conduct = [" ", ', 'conduct 1 = "": has no text'),
    ("[limits]", "[limits]\nnews = []", "this key goes at the top of the file, above the first [table]"),
    ("[limits]", '[limits]\ntitle = "x"', "[limits] title: this key goes at the top of the file, above the first"),
    ("[statutory]", "[[statutory]]", "[statutory]: is a table: write [statutory] on a line of its own"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), ONE_FAULT)
def test_each_fault_is_told_with_file_key_value_and_reason(told: Tell, old: str, new: str, expected: str) -> None:
    lines = told((old, new))
    assert any(line.startswith("politica.toml: ") and expected in line for line in lines), lines
    assert len(lines) <= 2, lines


def test_b6_what_the_law_owes_needs_a_name_told_once(told: Tell) -> None:
    lines = told(('[statutory]\nname = "Bonificación de ley"\n', ""))
    assert lines == [
        'politica.toml: [[problem]] 2 «damaged_product» statutory = "20%": needs a name, one for all problems: '
        'write [statutory] on a line of its own, and name = "…" below it'
    ]


def test_b6_a_fixed_amount_asks_for_no_price(read: Read, shipped: str) -> None:
    text = shipped.replace('statutory = "20%"\nco', "statutory = 50\nco").replace('\nprice = "', '\n# price = "')
    assert isinstance(read(text), Policy)
    answer = read(text.replace('\nstatutory = "{name}', '\n# statutory = "{name}'))
    assert isinstance(answer, tuple)
    (line,) = map(str, answer)
    assert line.startswith("politica.toml: [phrases] statutory: is missing")


def test_b6_without_anything_owed_nothing_of_it_has_to_be_written(read: Read, shipped: str) -> None:
    text = shipped.replace('statutory = "20%"\nco', "co").replace('[statutory]\nname = "Bonificación de ley"\n', "")
    for phrase in ("price", "statutory"):
        text = text.replace(f'\n{phrase} = "', f'\n# {phrase} = "')
    policy = read(text)
    assert isinstance(policy, Policy)
    assert [problem.statutory for problem in policy.problems] == [None] * 9
    assert (policy.phrases.price, policy.phrases.statutory) == ("", "")


def test_d12_without_retention_its_phrase_may_be_left_out(read: Read, shipped: str) -> None:
    table = shipped[shipped.index("[retention]") : shipped.index("# Lo que la ley")]
    policy = read(shipped.replace(table, "").replace('\nretention = "', '\n# retention = "'))
    assert isinstance(policy, Policy)
    assert (policy.retention, policy.phrases.retention) == (None, "")


def test_all_that_other_tables_make_be_said_is_told_at_once(told: Tell) -> None:
    keys = ("area", "price", "statutory", "retention")
    lines = told(*((f'\n{key} = "{{name}}', f'\n# {key} = "') for key in keys))
    assert [line.split(": ")[1:3] for line in lines] == [[f"[phrases] {key}", "is missing"] for key in keys]
