"""Everything that is wrong with a file, at once, where a person finds it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.faults import Fault
from mesa_recuperacion.policy.load import read_policy, read_policy_bytes

Tell = Callable[..., list[str]]
Read = Callable[[str], Policy | tuple[Fault, ...]]

CAP = "case_cap = 150 "
TITLE = 'title = "Política de recuperación"'
MONDAY = 'monday = ["09:00-19:00"]'
LISTED = 'compensations = ["bill_discount", "voucher"]'
BILLING = "[[problem]] 1 «billing_error»"
MONEY = [
    ("-5", "= -5: an amount cannot be less than 0"),
    ('"-5"', '= "-5": an amount cannot be less than 0'),
    ("99.5", '= 99.5: money with decimals goes between quotes, so that no cent is lost: "99.50"'),
    ("150.0", "= 150.0: money with decimals goes between quotes"),
    ("1e3", "= 1000.0: money with decimals goes between quotes"),
    ("nan", "= nan: money with decimals goes between quotes"),
    ("inf", "= inf: money with decimals goes between quotes"),
    ("true", "= true: is not an amount"),
    ('"$150"', '= "$150": is not an amount'),
    ('"1,500.00"', '= "1,500.00": is not an amount'),
    ('"99.505"', '= "99.505": MXN has at most 2 decimals'),
    ("9999999999", "= 9999999999: an amount cannot be more than 999999999"),
    ('"99999999999"', '= "99999999999": an amount cannot be more than 999999999'),
    ("[150]", ": is not an amount"),
    ('""', '= "": is not an amount'),
]


def lines_of(answer: Policy | tuple[Fault, ...]) -> list[str]:
    assert isinstance(answer, tuple)
    return [str(fault) for fault in answer]


@pytest.mark.parametrize(("written", "told_as"), MONEY)
def test_b7_money_is_whole_units_or_a_text(told: Tell, written: str, told_as: str) -> None:
    (line,) = told((CAP, f"case_cap = {written} "))
    assert line.startswith("politica.toml: [limits] case_cap")
    assert told_as in line


def test_b7_a_currency_without_decimals_takes_none(told: Tell) -> None:
    (line,) = told(('currency = "MXN"', 'currency = "JPY"'), (CAP, 'case_cap = "150.5" '))
    assert line == 'politica.toml: [limits] case_cap = "150.5": JPY has at most 0 decimals'


ONE_FAULT = [
    ('language = "es"', 'language = "fr"', 'language = "fr": has to be one of these: "es", "en"'),
    ('currency = "MXN"', 'currency = "mxn"', 'currency = "mxn": is not the code of a currency'),
    ('currency = "MXN"', 'currency = "ZZZ"', 'currency = "ZZZ": is not the code of a currency'),
    ('title = "Política', 'titel = "x"\ntitle = "Política', "titel: this key is not known; did you mean «title»?"),
    ("undo_seconds = 30", "undo_seconds = true", "[limits] undo_seconds = true: has to be a whole number"),
    ("undo_seconds = 30", "undo_seconds = 3600", "[limits] undo_seconds = 3600: has to be 300 or less"),
    ("undo_seconds = 30", "undo_second = 30", "[limits] undo_second: this key is not known; did you mean «undo_s"),
    ('period = "week"', 'period = "year"', '[budget] period = "year": has to be one of these: "day", "week", "month"'),
    ("reserve = 2000", "zzz = 1\nreserve = 2000", "[budget] zzz: this key is not known"),
    ("reserve = 2000", "retries = 1\nreserve = 2000", "not known here; it belongs in [follow_up]"),
    ("repeat_days = 30", "repeat_days = 0", "[time] repeat_days = 0: has to be 1 or more"),
    ("repeat_days = 30", 'repeat_days = "30"', '[time] repeat_days = "30": has to be a whole number, without quotes'),
    ("repeat_days = 30", "repeat_days = 30.0", "[time] repeat_days = 30.0: has to be a whole number"),
    ('after = "1h"', "after = 60", '[follow_up] after = 60: is not a length of time; write "90s"'),
    ('after = "1h"', 'after = "-1h"', '[follow_up] after = "-1h": is not a length of time'),
    ('after = "1h"', 'after = "0m"', '[follow_up] after = "0m": cannot be nothing'),
    ('after = "1h"', 'after = "9000h"', '[follow_up] after = "9000h": is too long: at most 366 days'),
    ("retries = 2 ", "retries = -1 ", "[follow_up] retries = -1: has to be 0 or more"),
    ("America/Mexico_City", "America/Mexico", '[hours] zone = "America/Mexico": is not a time zone'),
    ("America/Mexico_City", "America", '[hours] zone = "America": is not a time zone'),
    ("America/Mexico_City", "../../../etc/passwd", '[hours] zone = "../../../etc/passwd": is not a time zone'),
    (MONDAY, "monday = 9", "[hours] monday = 9: has to be a list"),
    (MONDAY, 'monday = ["9-14"]', '[hours] monday 1 = "9-14": is not a window of hours'),
    (MONDAY, 'monday = ["09:60-19:00"]', '1 = "09:60-19:00": has an hour that does not exist'),
    (MONDAY, 'monday = ["24:00-24:00"]', '1 = "24:00-24:00": has an hour that does not exist'),
    (MONDAY, 'monday = ["09:00-09:00"]', "opens and closes at the same hour; a whole day is"),
    (MONDAY, 'monday = ["00:00-00:00"]', "opens and closes at the same hour; a whole day is"),
    (MONDAY, 'monday = ["24:00-06:00"]', '1 = "24:00-06:00": has an hour that does not exist'),
    (MONDAY, 'monday = ["22:00-09:01"]',
     '[hours] tuesday 1 = "09:00-19:00": overlaps the night of the day before, which closes at 09:01'),
    (MONDAY, 'sunday = ["20:00-10:00"]\nmonday = ["06:00-07:00", "10:00-12:00", "09:30-10:00"]',
     '[hours] monday 1 = "06:00-07:00": overlaps the night of the day before, which closes at 10:00'),
    (MONDAY, 'monday = ["22:00-02:00", "23:00-24:00"]',
     '[hours] monday 2 = "23:00-24:00": overlaps another window of that day'),
    (MONDAY, 'monday = ["09:00-20:00", "10:00-11:00", "19:30-21:00"]',
     '[hours] monday 3 = "19:30-21:00": overlaps another window of that day'),
    (MONDAY, 'monday = ["13:00-19:00", "09:00-14:00"]',
     '[hours] monday 1 = "13:00-19:00": overlaps another window of that day'),
    (MONDAY, 'mondya = ["09:00-19:00"]', "[hours] mondya: this key is not known; did you mean «monday»?"),
    ('holidays = ["2025-12-25"', 'holidays = ["2025-02-30"', '[hours] holidays 1 = "2025-02-30": is not a date'),
    ('holidays = ["2025-12-25"', 'holidays = ["20251225"', '[hours] holidays 1 = "20251225": is not a date'),
    ('holidays = ["2025-12-25"', "holidays = [2025-12-25T10:00:00", "holidays 1 = 2025-12-25 10:00:00: is not a date"),
    ('ask = "Cuéntem', 'ask = "{nombre}, cuéntem', "[phrases] ask = \"{nombre}, cuénteme, por favor, qué pasó.\": "
     "{nombre} is not known here; these are: {name}"),
    ('ask = "Cuéntem', 'ask = "{name.__class__} cuéntem', "{name.__class__} is not known here"),
    ('ask = "Cuéntem', 'ask = "{} cuéntem', "{} is not known here"),
    ('ask = "Cuéntem', 'ask = "{name cuéntem', 'ask = "{name cuénteme, por favor, qué pasó.": has a brace that'),
    ("un cupón de {amount}", "un cupón", "has to say {amount}: the program fills it in"),
    ("Queda listo {when}.", "Queda listo.", '[phrases] promise = "Queda listo.": has to say {when}'),
    ("Le llamo {when} para", "Le llamo para", '[phrases] follow_up = "Le llamo para confirmarlo.": has to say {when}'),
    ('closing = "', 'closing = "{when} ', "{when} is not known here; these are: {name}"),
    ("Gracias por avisarnos.", "Gracias " * 20, "letters and 110 fit: "),
    ('solve = "mentir: diga lo que sabe"', "", "[nevers] solve: is missing"),
    ('solve = "mentir', 'resolve = "x"\nsolve = "mentir', "[nevers] resolve: this key is not known; did you mean «so"),
    ('name = "Transporte"', 'name = "  \\u200b "', "[[area]] 2 «transport» name = \"\": has no text"),
    ('name = "Transporte"', 'name = "almacen NORTE"', "«almacen NORTE» is already that of [[area]] 1 «warehouse»"),
    ('response = "7h"', 'response = "0h"', '[[area]] 1 «warehouse» response = "0h": cannot be nothing'),
    ('code = "voucher"', 'code = "voucher"\nkinds = 1', "[[compensation]] 2 «voucher» kinds: this key is not known; "
     "did you mean «kind»?"),
    ('kind = "voucher"', 'kind = "cash"', '2 «voucher» kind = "cash": has to be one of these: "in_kind"'),
    ("amount = 80", "amount = 151", "[[compensation]] 2 «voucher» amount = 151: is more than the cap of a case "
     "([limits] case_cap = 150): it could never be given"),
    ('done = "Cupón"', 'done = "Cupón {amount}"', "nothing is filled in here: {amount} would be shown as it is"),
    ('done = "Cupón"', 'done = "Cupón generoso"', '[[compensation]] 2 «voucher» done = "Cupón generoso": '
     "with its amount it has 18 letters, and 16 fit"),
    ("usual = 40", "usual = 400", "[[problem]] 1 «billing_error» usual = 400: is more than the cap of a case"),
    ("standard = 120", "standar = 120", "[[problem]] 1 «billing_error» standar: this key is not known; "
     "did you mean «standard»?"),
    ("standard = 120", "standard = 5", "[[problem]] 1 «billing_error» standard = 5: has to be 10 or more"),
    ('name = "Error en la factura"', f'name = "{"x" * 33}"', "has 33 letters and 32 fit: 1 too many"),
    ('name = "Corregir la factura"', f'name = "{"店" * 18}"', "has 36 letters and 34 fit: 2 too many"),
    (LISTED, 'compensations = ["bill_discount", "vucher"]',
     BILLING + ' compensations 2 = "vucher": no [[compensation]] has that code; did you mean «voucher»?'),
    (LISTED, 'compensations = ["voucher", "voucher"]',
     '[[problem]] 1 «billing_error» compensations 2 = "voucher": is listed twice'),
    (LISTED, 'compensations = "voucher"',
     '[[problem]] 1 «billing_error» compensations = "voucher": has to be a list'),
    ('area = "billing"', 'area = "biling"', '[[problem]] 1 «billing_error» remedy 1 «correct_bill» area = "biling": '
     "no [[area]] has that code; did you mean «billing»?"),
    ("cost = 0", "cost = -5", BILLING + " remedy 1 «correct_bill» cost = -5: an amount cannot be less than 0"),
    ('code = "refund_overcharge"', 'code = "correct_bill"', "remedy 2 «correct_bill» code = \"correct_bill\": the code "
     "«correct_bill» is already that of [[problem]] 1 «billing_error» remedy 1 «correct_bill»"),
    ('code = "damaged_product"', 'code = "billing_error"', "the code «billing_error» is already that of [[problem]] 1"),
    ('code = "damaged_product"', 'code = "Dañado"', '[[problem]] 2 «Dañado» code = "Dañado": a code is small letters'),
    ('code = "other"', 'code = "another"', '[[problem]]: the last problem has to be "another problem"'),
    ('code = "product_return"', 'code = "other"\nquestions = "x"', "did you mean «question»?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), ONE_FAULT)
def test_each_fault_is_told_with_file_key_value_and_reason(told: Tell, old: str, new: str, expected: str) -> None:
    lines = told((old, new))
    assert any(line.startswith("politica.toml: ") and expected in line for line in lines), lines
    assert len(lines) <= 2, lines


def test_b1_another_problem_has_to_be_the_last_one(told: Tell) -> None:
    lines = told(('code = "other"', 'code = "zzz"'), ('code = "product_return"', 'code = "other"'))
    assert lines == ['politica.toml: [[problem]] 8 «other»: "another problem" (code "other") has to be the last one']


def test_c3_a_branch_that_never_opens_is_a_fault(read: Read, shipped: str) -> None:
    text = "".join(line for line in shipped.splitlines(keepends=True) if "day = [" not in line)
    assert lines_of(read(text)) == ["politica.toml: [hours]: no day has a window: the branch would never open"]


def test_a_problem_without_a_remedy_is_a_fault(read: Read, shipped: str) -> None:
    text = shipped[: shipped.rindex('[[problem.remedy]]\ncode = "solve_now"')]
    assert lines_of(read(text)) == ["politica.toml: [[problem]] 9 «other» remedy: needs at least one"]


def test_tables_with_the_wrong_brackets_are_explained(read: Read, shipped: str) -> None:
    head = shipped[: shipped.index("\n[[area]]")]
    lines = lines_of(read(f'{head}\n[problem]\ncode = "other"\n'))
    assert "politica.toml: [[problem]]: is written with double brackets, once for each: [[problem]]" in lines
    lines = lines_of(read("limits = 3\n"))
    assert "politica.toml: [limits] = 3: is a table: write [limits] on a line of its own, and its keys below" in lines


def test_every_fault_is_told_at_once_in_the_order_of_the_file(told: Tell) -> None:
    lines = told(
        ('currency = "MXN"', 'currency = "PESOS"'),
        ("case_cap = 150", "case_kap = 150"),
        ("reserve = 2000", "reserve = -1"),
        ('zone = "America/Mexico_City"', 'zone = "Mexico City"'),
        ('friday = ["09:00-19:00"]', 'friday = ["09:00-09:00"]'),
        ('ask = "', 'ask = "{what} '),
        ('area = "billing"', 'area = "facturas"'),
        ('compensations = ["voucher", "discount", "courtesy_product"]', 'compensations = ["gift"]'),
        ('code = "other"', 'code = "otro"'),
    )
    assert [line.removeprefix("politica.toml: ").split(":")[0].split(" =")[0] for line in lines] == [
        "currency",
        "[limits] case_kap",
        "[limits] case_cap",
        "[budget] reserve",
        "[hours] zone",
        "[hours] friday 1",
        "[phrases] ask",
        "[[problem]]",
        "[[problem]] 1 «billing_error» remedy 1 «correct_bill» area",
        "[[problem]] 2 «damaged_product» compensations 1",
    ]


SYNTAX = [
    (CAP, "case_cap = $150", "this is not a value"),
    (CAP, "case_cap = 99,50", "something is left over after the value; decimals are written"),
    (CAP, "case_cap 150", "after the key there has to be ="),
    (CAP, "case_cap = 150\ncase_cap = 150", "this key is written twice"),
    ("[budget]", "[limits]", "this table is written twice"),
    ("[budget]", "[budget", "a bracket is not closed: ]"),
    (TITLE, 'title = "Política', "a text is not closed with its quotes"),
    (TITLE, "title = “Política”", "this is not a value; texts go between straight"),
    (TITLE, 'title = "C:\\mesa"', "in a text between quotes, \\ is written twice"),
    (TITLE, "título = 3", "a key has no accents and no spaces"),
    (TITLE, "$título = 3", "this line is not TOML: a [table], or a key = value"),
    (MONDAY, 'monday = ["09:00-19:00"\ntuesday', "a list that began here or above is not closed"),
]


@pytest.mark.parametrize(("old", "new", "expected"), SYNTAX)
def test_what_is_not_toml_is_told_with_its_line(told: Tell, shipped: str, old: str, new: str, expected: str) -> None:
    (line,) = told((old, new))
    number = (shipped[: shipped.index(old)] + new).count("\n") + 1
    assert line.startswith(f"politica.toml: line {number}: ")
    assert expected in line


def test_several_lines_that_are_not_toml_are_told_with_the_other_faults(told: Tell, shipped: str) -> None:
    def at(text: str) -> str:
        return f"line {shipped[: shipped.index(text)].count(chr(10)) + 1}"

    lines = told(
        ("case_cap = 150 ", "case_cap = $150 "),
        ("reserve = 2000 ", "reserve = 2,000 "),
        ("retries = 2 ", "retries = -2 "),
        ('code = "warehouse"', 'code = "warehouse'),
    )
    assert [line.split(": ")[1] for line in lines] == [
        at(CAP),
        at("reserve = 2000 "),
        at('code = "warehouse"'),
        "[follow_up] retries = -2",
    ]


def test_an_unclosed_list_brings_no_false_faults_with_it(told: Tell) -> None:
    (line,) = told(('2027-12-25"]', '2027-12-25",'))
    assert "a list that began here or above is not closed, or lacks a comma" in line


def test_a_file_that_is_not_utf8_or_too_large_is_told(words: Words, shipped: str) -> None:
    def one(data: bytes) -> str:
        answer = read_policy_bytes(data, source="politica.toml", words=words)
        assert isinstance(answer, tuple)
        (fault,) = answer
        return str(fault)

    assert one(shipped.encode("cp1252", "replace")) == (
        "politica.toml: line 1: is not UTF-8 text: save the file as UTF-8"
    )
    assert one(b"#" * 1_000_000) == "politica.toml: is too large for a policy: at most 256 KB"
    assert one(b"\xff" * 1_000_000) == "politica.toml: is too large for a policy: at most 256 KB"
    assert one(b'x = "' + b"a" * 5000 + b'"') == "politica.toml: line 1: is too long: at most 1000 characters in a line"


def test_a_text_of_a_megabyte_is_refused(words: Words, shipped: str) -> None:
    answer = read_policy(shipped + "#\n" * 500_000, source="politica.toml", words=words)
    assert isinstance(answer, tuple)
    assert [str(fault) for fault in answer] == ["politica.toml: is too large for a policy: at most 256 KB"]


def test_a_file_of_another_kind_is_not_told_line_by_line(read: Read) -> None:
    lines = lines_of(read("\n".join(f"k{n} = {n}" for n in range(5000))))
    assert len(lines) == 501
    assert lines[0] == "politica.toml: k0: this key is not known"
    assert lines[-1] == "politica.toml: and 4511 more faults"


def test_an_empty_file_names_every_table(read: Read) -> None:
    answer = read("")
    assert isinstance(answer, tuple)
    assert {fault.key for fault in answer} >= {"title", "currency", "[limits]", "[hours]", "[phrases]", "[[problem]]"}
    assert all(fault.source == "politica.toml" for fault in answer)
