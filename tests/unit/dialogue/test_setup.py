"""The first run: six questions, each with a default that Enter takes (rules E2, E5, F5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mesa_recuperacion.dialogue import keymap, setup
from mesa_recuperacion.dialogue.asks import Quit
from mesa_recuperacion.dialogue.keytest import tried
from mesa_recuperacion.dialogue.setup import derive
from mesa_recuperacion.dialogue.setup.look import LOOKS
from mesa_recuperacion.dialogue.setup.state import Defaults, FoundBranch, Founded, LookAround, Looked, Setup, Step
from mesa_recuperacion.dialogue.talk import Broken, Refused, Setting, Talk
from mesa_recuperacion.dialogue.view import Choice, Pairs, Text, View
from mesa_recuperacion.domain.refusals import NameMissing
from mesa_recuperacion.i18n.shown import Shown
from mesa_recuperacion.i18n.words import words

NOW = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)
PIN = "482915"
AROUND = Defaults(
    zone="America/Monterrey", currency="MXN", shelf="~/mesa",
    zones=("America/Mexico_City", "America/Monterrey", "Asia/Tokyo", "Europe/Madrid", "Mexico/General"),
    currencies=(("EUR", "euro euro"), ("JPY", "yen japonés Japanese Yen"), ("KWD", "dinar kuwaití Kuwaiti Dinar"),
                ("MXN", "peso mexicano Mexican Peso"), ("USD", "dólar estadounidense US Dollar")),
    limits=(("es", 150, 500), ("en", 25, 100)),
)  # fmt: skip
ENTERS = ["", "", "", "", "", "", PIN, PIN, ""]
"""Every answer up to the summary: Enter, and a PIN twice, which has no default."""


def begun(language: str = "en", around: Defaults = AROUND) -> Setup:
    setting = Setting(words(language), Shown({"es": "es_MX", "en": "en_US"}[language], UTC))
    step = setup.begin(setting)
    assert step.asks == (LookAround(),)
    return setup.after(step.talk, Looked(around), NOW).talk


def said(talk: Setup, *answers: str) -> Setup:
    """The talk after answers that ask for nothing."""
    for text in answers:
        step = setup.answer(talk, text, NOW)
        assert step.asks == ()
        talk = step.talk
    return talk


def pressed(talk: Setup, *keys: str, text: str = "") -> Setup:
    for key in keys:
        step = setup.press(talk, key, text, NOW)
        assert step.asks == ()
        talk = step.talk
    return talk


def at(stage: str, language: str = "en") -> Setup:
    """A first run that has come to a question by Enter alone."""
    talk = begun(language)
    for text in ENTERS:
        if talk.stage == stage:
            return talk
        talk = said(talk, text)
    assert talk.stage == stage
    return talk


def plan(talk: Setup) -> FoundBranch:
    (ask,) = setup.answer(talk, "", NOW).asks
    assert isinstance(ask, FoundBranch)
    return ask


def seen(talk: Setup, text: str = "") -> View:
    return setup.show(talk, text, NOW)


def texts(view: View) -> str:
    """All that is on the page, as one text."""
    parts = (*view.head, view.band[0][0], view.band[1][0], view.status)
    found = [run.text for part in parts for run in part] + [view.prompt, view.ghost, view.hint]
    for block in view.main:
        if isinstance(block, Text):
            found.append(block.text)
        elif isinstance(block, Pairs):
            found += [text for row in block.rows for text in row]
        elif isinstance(block, Choice):
            found += [text for row in block.options for text in (row.key, row.name, *row.cells)]
    return "\n".join(found + [text for key in view.keys for text in key])


# ---------------------------------------------------------------------------------------------- from end to end


def test_the_first_run_by_enter_alone_describes_a_whole_branch() -> None:
    talk = said(begun(), *ENTERS)
    assert plan(talk) == FoundBranch(
        language="en", business="My business", branch="My business", code="BUS", currency="MXN",
        zone="America/Monterrey", supervisor="Supervision", examples=True, theme="noche", glyphs="", pin=PIN,
    )  # fmt: skip


def test_the_six_questions_come_in_their_order_and_say_where_one_is() -> None:
    talk, heads, stages = begun(), [], []
    for text in [*ENTERS, None]:
        heads.append(seen(talk).head[1][0].text)
        stages.append(talk.stage)
        talk = said(talk, text) if text is not None else talk
    assert stages == ["language", "business", "currency", "keys", "look", "supervisor", "pin", "pin_again", "problems",
                      "summary"]  # fmt: skip
    assert [head[-6:] for head in heads[:-1]] == [f"{n} of 6" for n in (1, 2, 2, 3, 4, 5, 5, 5, 6)]
    assert heads[-1] == "First run · ready"


def test_once_the_branch_is_there_the_first_run_ends() -> None:
    talk = at("summary")
    step = setup.answer(talk, "", NOW)
    ended = setup.after(step.talk, Founded(), NOW)
    assert ended.asks == (Quit(),)
    assert setup.answer(ended.talk, "", NOW).asks == (Quit(),)  # an Enter typed ahead founds nothing twice


def test_only_the_last_enter_waits_for_what_is_on_the_screen() -> None:
    talk = begun()
    for text in ENTERS:
        assert not setup.barrier(talk)
        assert setup.draft(talk, text, NOW) is None
        talk = said(talk, text)
    assert setup.barrier(talk)


def test_the_machine_that_knows_nothing_leaves_the_places_of_the_language() -> None:
    for language, currency, zone in (("es", "MXN", "America/Mexico_City"), ("en", "USD", "America/New_York")):
        asked = plan(said(begun(language, Defaults()), *ENTERS))
        assert (asked.currency, asked.zone, asked.language) == (currency, zone, language)


def test_the_name_of_the_account_is_the_default_of_the_supervisor() -> None:
    talk = said(begun("en", Defaults(person="Carla Vega")), *ENTERS)
    assert plan(talk).supervisor == "Carla Vega"


# ------------------------------------------------------------------------------------------------------ 1 language


@pytest.mark.parametrize("answer", ["2", "en", "Eng"])
def test_f5_everything_after_the_first_answer_is_in_that_language(answer: str) -> None:
    t = words("es").t
    talk = begun("es")
    answer = words("en").t("English")[: len(answer)] if answer != "2" else answer
    talk = said(talk, answer)
    assert talk.setting.words.language == "en"
    assert "What is the business called?" in texts(seen(talk))
    assert plan(said(talk, *ENTERS[1:])).language == "en"
    back = said(pressed(talk, "escape"), "1")
    assert back.setting.words.language == "es"
    assert t("What is the business called?") in texts(seen(back))


# ------------------------------------------------------------------------------------- 2 the business and its money


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ferretería La Esquina", "FER"), ("La Esquina", "ESQ"), ("Mi negocio", "NEG"), ("El Sol", "SOL"),
        ("Go", "GO"), ("Ñandú", "NAN"), ("7-Eleven", "ELE"), ("7", "SUC"), ("東京", "SUC"), ("los", "LOS"),
        ("X 1", "SUC"),
    ],
)  # fmt: skip
def test_the_code_of_a_branch_follows_from_its_name(name: str, code: str) -> None:
    assert derive.code_of(name) == code
    assert derive.is_code(code)
    talk = at("business")
    assert f"{code}-1042" in texts(seen(talk, name))  # it is seen while the name is typed
    assert plan(said(talk, name, *ENTERS[2:])).code == code


def test_e5_a_name_is_kept_as_text_without_escapes() -> None:
    talk = said(at("business"), "\x1b[31m{name} [bold]Señor Ñu[/bold]\x07")
    assert talk.business == "{name} [bold]Señor Ñu[/bold]"
    assert "{name} [bold]Señor Ñu[/bold]" in texts(seen(talk))


@pytest.mark.parametrize("stage", ["business", "supervisor"])
@pytest.mark.parametrize("name", ["\u200b\u200b", "\x00\x1b[31m", "x" * 81, "y" * 10_000])
def test_a_name_that_cannot_be_used_is_refused_in_a_sentence(stage: str, name: str) -> None:
    talk = said(at(stage), name)
    assert (talk.stage, talk.said_style, talk.said.count(". ") <= 1) == (stage, "warn", True)
    assert talk.said
    assert len(talk.line) <= 2000
    assert said(talk, "Marta").stage != stage


@pytest.mark.parametrize(
    ("typed", "near"), [("PESO", "MXN"), ("pesos mx", "MXN"), ("MXM", "MXN"), ("dolar", "USD"), ("euro", "EUR"),
                        ("EURO", "EUR"), ("$", "MXN"), ("zzz", "MXN"), ("-5", "MXN"), ("yen", "JPY")],
)  # fmt: skip
def test_a_currency_that_there_is_not_is_refused_with_the_nearest(typed: str, near: str) -> None:
    talk = said(at("currency"), typed)
    assert talk.stage == "currency"
    assert f"“{typed.upper()[:16]}”" in talk.said.upper()
    assert f"{near}?" in talk.said
    assert talk.line == typed


@pytest.mark.parametrize(("typed", "kept"), [("jpy", "JPY"), (" KWD ", "KWD"), ("", "MXN")])
def test_any_currency_that_there_is_can_be_worked_in(typed: str, kept: str) -> None:
    assert plan(said(at("currency"), typed, *ENTERS[3:])).currency == kept


def test_b7_the_limits_are_shown_in_the_currency_that_is_typed() -> None:
    talk = at("currency")
    assert "$25\n" in texts(seen(talk))
    assert "¥25" in texts(seen(talk, "jpy"))
    assert "KWD 100 a week" in texts(seen(talk, "kwd"))


# ------------------------------------------------------------------------------------------------------ 3 the keys


def test_each_key_that_arrives_is_marked_in_any_order() -> None:
    talk = pressed(at("keys"), "f9", "f1", "f12", "f3", "f1")
    assert talk.heard == {"f9", "f1", "f12", "f3"}
    (rows,) = (block.options for block in seen(talk).main if isinstance(block, Choice))
    assert [row.name for row in rows if row.cells[-1] == "√"] == ["F1", "F3", "F9", "F12"]
    assert said(pressed(talk, *tried(talk.setting)), "").stage == "look"


def test_a_key_that_did_not_arrive_stands_beside_its_twin() -> None:
    talk = at("keys")
    (rows,) = (block.options for block in seen(talk).main if isinstance(block, Choice))
    twins = {row.name: row.cells[1] for row in rows}
    desk = Talk(talk.setting)
    known = {a.key: a.letter for stage in ("login", "idle", "note") for a in keymap.actions(desk, stage)}
    assert twins == {"F12": "Esc", **{k: f"Ctrl+G {v}" for k, v in known.items() if k not in ("", "Ctrl+Z")}}


def test_a_moved_key_is_tried_where_it_is_and_means_the_same_everywhere_else() -> None:
    talk = at("keys")
    talk = replace(talk, setting=replace(talk.setting, keys=(("f3", "ctrl+e"),)))
    assert pressed(talk, "ctrl+e", "f3").heard == {"ctrl+e"}
    talk = said(talk, "")
    assert ("Ctrl+E", "leave") in seen(talk).keys
    assert setup.press(pressed(talk, "ctrl+e"), "ctrl+e", "", NOW).asks == (Quit(),)
    assert not pressed(talk, "f3").leaving


def test_letters_in_the_key_test_are_given_back() -> None:
    talk = said(at("keys"), "marta")
    assert (talk.stage, talk.line) == ("keys", "marta")
    assert talk.said


def test_in_the_key_test_escape_still_goes_back_and_the_twins_still_work() -> None:
    talk = at("keys")
    assert pressed(talk, "escape").stage == "currency"
    assert pressed(talk, "ctrl+g h").aside
    assert setup.press(pressed(talk, "ctrl+g e"), "ctrl+g e", "", NOW).asks == (Quit(),)


# --------------------------------------------------------------------------------------------- 4 colours and signs


def test_the_colours_change_while_one_looks_at_the_samples() -> None:
    talk = at("look")
    assert seen(talk).theme == "noche"
    assert seen(pressed(talk, "down")).theme == "dia"
    assert setup.typing(talk, "4", NOW).talk.theme == "dia"
    assert setup.typing(setup.typing(talk, "4", NOW).talk, "", NOW).talk.theme == "noche"
    assert pressed(pressed(talk, "down"), "escape").theme == "noche"  # only looked at
    assert said(pressed(talk, "down"), "").theme == "dia"


def test_a_desk_that_began_by_day_stays_so_by_default() -> None:
    talk = said(replace(begun(), theme="dia"), *ENTERS)
    assert plan(talk).theme == "dia"
    assert all(seen(step).theme == "dia" for step in (talk, pressed(talk, "escape"), pressed(talk, "f1")))


@pytest.mark.parametrize(("answer", "look"), [("1", 0), ("2", 1), ("3", 2), ("4", 3), ("day", 1), ("plain day", 3)])
def test_the_line_that_reads_best_is_kept(answer: str, look: int) -> None:
    asked = plan(said(at("look"), answer, *ENTERS[5:]))
    assert (asked.theme, asked.glyphs) == (LOOKS[look].theme, LOOKS[look].glyphs)


@pytest.mark.parametrize("stage", ["language", "look", "problems"])
@pytest.mark.parametrize("answer", ["9", "0", "zzz", "-1", "1e9", "x" * 500, "{first}"])
def test_a_line_that_is_not_on_the_list_is_refused_and_given_back(stage: str, answer: str) -> None:
    talk = said(at(stage), answer)
    assert (talk.stage, talk.line, talk.said_style) == (stage, answer, "warn")
    assert talk.said


# --------------------------------------------------------------------------------------------------------- 5 the PIN


@pytest.mark.parametrize(
    ("pin", "sentence"),
    [
        ("", "It needs a PIN: 6 to 12 figures."), ("48291", "A PIN has 6 to 12 figures."),
        ("4829154829154", "A PIN has 6 to 12 figures."), ("48a915", "A PIN is made of figures only."),
        ("٤٨٢٩١٥", "A PIN is made of figures only."), ("123456", "That PIN is too easy"),
        ("777777", "That PIN is too easy"), ("481481481", "That PIN is too easy"), ("120388", "That PIN is too easy"),
    ],
)  # fmt: skip
def test_e2_a_pin_that_is_not_fit_is_refused_and_not_given_back(pin: str, sentence: str) -> None:
    before = at("pin")
    talk = said(before, pin)
    assert (talk.stage, talk.line, talk.line_serial) == ("pin", before.line, before.line_serial)
    assert talk.said.startswith(sentence)


def test_e2_two_pins_that_differ_begin_over_and_the_name_stays() -> None:
    talk = said(at("supervisor"), "Carla Vega", PIN, "482916")
    assert (talk.stage, talk.supervisor, talk.pin, talk.first_pin) == ("pin", "Carla Vega", "", "")
    assert talk.said.startswith("The two PINs were not the same")
    assert plan(said(talk, PIN, PIN, "")).pin == PIN


def test_e2_what_is_typed_of_a_pin_is_hidden_whatever_is_in_front_of_it() -> None:
    for talk in (at("pin"), at("pin_again")):
        assert seen(talk, PIN).mask == "all"
        helped = pressed(talk, "f1", text=PIN)
        assert seen(helped, PIN).mask == "all"
        assert said(helped, PIN).line == ""  # back from help, it is not put into the line again
    assert seen(at("problems")).mask == seen(at("supervisor")).mask == ""


def test_e2_no_text_ever_holds_the_pin() -> None:
    talk, found = begun(), []
    for text in [*ENTERS[:6], "48291", PIN, "111222", PIN, PIN, ""]:
        helped = setup.press(setup.typing(talk, text, NOW).talk, "f1", text, NOW)
        found += [repr(helped), repr(setup.answer(helped.talk, text, NOW))]
        step = setup.answer(talk, text, NOW)
        found += [repr(step), str(step.talk), f"{step.talk}", texts(seen(step.talk, ""))]
        talk = step.talk
    found.append(repr(setup.answer(at("problems"), PIN, NOW)))  # typed once too often
    last = setup.answer(talk, "", NOW)
    assert plan(talk).pin == PIN
    found += [repr(last), repr(last.asks), texts(seen(pressed(talk, "f1")))]
    assert not [text for text in found if PIN in text or "48291" in text or "111222" in text]


def test_going_back_over_the_pin_keeps_it() -> None:
    talk = pressed(at("problems"), "escape")
    assert talk.stage == "pin"
    assert "There is a PIN already" in texts(seen(talk))
    assert plan(said(talk, "", "")).pin == PIN
    assert plan(said(talk, "593716", "593716", "")).pin == "593716"


# -------------------------------------------------------------------------------------------- back, forth and aside


def test_back_and_forth_keeps_every_answer() -> None:
    talk = said(begun(), "2", "Café Ñandú", "EUR", "", "4", "Carla Vega", PIN, PIN, "2")
    first = plan(talk)
    for _ in range(12):
        talk = pressed(talk, "escape")
    assert talk.stage == "language"
    assert plan(said(talk, "", "", "", "", "", "", "", "")) == first
    assert (first.business, first.currency, first.theme, first.glyphs) == ("Café Ñandú", "EUR", "dia", "ascii")
    assert (first.supervisor, first.examples, first.pin) == ("Carla Vega", False, PIN)


def test_an_answer_given_before_is_what_enter_takes_and_shows() -> None:
    talk = pressed(said(at("business"), "Café Ñandú"), "esc")
    assert seen(talk).ghost == "Café Ñandú"
    assert seen(talk, "B").ghost == ""


def test_help_tells_what_the_question_is_for_and_gives_the_line_back() -> None:
    for stage in ("language", "business", "currency", "look", "supervisor", "problems", "summary"):
        talk = at(stage)
        helped = pressed(talk, "f1", text="half")
        assert seen(helped).prompt == "Help"
        back = said(helped, "half")
        assert (back.stage, back.aside, back.line) == (stage, False, "half")
        assert pressed(helped, "escape").aside is False
        assert pressed(pressed(talk, "ctrl+g"), "ctrl+g").aside is False


def test_leaving_is_asked_twice_since_nothing_is_kept() -> None:
    talk = pressed(at("supervisor"), "f3")
    assert "Nothing is created yet" in talk.said
    assert setup.press(talk, "f3", "", NOW).asks == (Quit(),)
    assert pressed(said(talk, "Carla"), "f3").leaving
    assert setup.press(setup.typing(talk, "C", NOW).talk, "f3", "C", NOW).asks == ()


def test_keys_without_a_meaning_change_nothing() -> None:
    talk = at("business")
    assert pressed(talk, "tab", "f2", "f9", "ctrl+z", "up", "ctrl+g c") == talk


# ------------------------------------------------------------------------------------------------------ the summary


@pytest.mark.parametrize(
    ("row", "answers", "changes"),
    [
        ("2", ["Taller Sol"], {"business": "Taller Sol", "branch": "Taller Sol", "code": "TAL"}),
        ("3", ["Centro", ""], {"branch": "Centro", "code": "CEN"}),
        ("3", ["Centro", "ctr"], {"branch": "Centro", "code": "CTR"}),
        ("4", ["kwd"], {"currency": "KWD"}),
        ("5", ["madrid"], {"zone": "Europe/Madrid"}),
        ("5", ["mexico"], {"zone": "America/Mexico_City"}),
        ("6", ["3"], {"glyphs": "ascii"}),
        ("7", ["Carla Vega", ""], {"supervisor": "Carla Vega"}),
        ("7", ["", "593716", "593716"], {"pin": "593716"}),
        ("8", ["2"], {"examples": False}),
        ("bus", ["Taller Sol"], {"business": "Taller Sol", "branch": "Taller Sol", "code": "TAL"}),
    ],
)  # fmt: skip
def test_a_row_of_the_summary_is_changed_and_comes_back_to_it(
    row: str, answers: list[str], changes: dict[str, object]
) -> None:
    talk = at("summary")
    before = plan(talk)
    talk = said(talk, row)
    assert talk.stage != "summary"
    talk = said(talk, *answers)
    assert talk.stage == "summary"
    assert plan(talk) == replace(before, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("row", "12345678")
def test_escape_from_a_row_of_the_summary_changes_nothing(row: str) -> None:
    talk = at("summary")
    assert plan(pressed(said(talk, row), "escape")) == plan(talk)
    picked = talk
    for _ in range(int(row)):
        picked = pressed(picked, "down")
    assert said(picked, "").stage == said(talk, row).stage  # the arrows lead to the same question


def test_the_language_changed_on_the_summary_speaks_at_once() -> None:
    talk = said(at("summary", "es"), "1", "2")
    assert "All set. Enter creates the branch." in texts(seen(talk))


@pytest.mark.parametrize("code", ["C", "CENTRO", "C3N", "12", "C N"])
def test_a_code_that_no_folio_can_have_is_refused(code: str) -> None:
    talk = said(at("summary"), "3", "Centro", code)
    assert (talk.stage, talk.line) == ("code", code)
    assert "2 to 4 letters" in talk.said


def test_a_place_that_nobody_knows_is_refused() -> None:
    talk = said(at("summary"), "5", "Macondo")
    assert (talk.stage, talk.line) == ("zone", "Macondo")
    assert "I do not know that place" in talk.said


def test_the_arrows_choose_among_the_places() -> None:
    talk = pressed(said(at("summary"), "5"), "down", text="mex")
    assert said(talk, "mex").zone == "Mexico/General"


def test_the_summary_shows_what_was_derived_and_how_to_go_on() -> None:
    page = texts(seen(at("summary")))
    for text in ("My business · BUS", "America/Monterrey", "$25", "number 1", "mesa person add", "~/mesa"):
        assert text in page


def test_a_configuration_that_is_there_already_is_told() -> None:
    talk = said(begun("en", Defaults(configured=True)), *ENTERS)
    assert "config.toml already" in texts(seen(talk))


# ------------------------------------------------------------------------------------------------- what comes back


@pytest.mark.parametrize("what", ["StoreExists", "StoreReadOnly", "StoreMissing", "StoreFull", "KeyError"])
def test_a_branch_that_could_not_be_created_is_told_in_a_sentence(what: str) -> None:
    step: Step = setup.after(at("summary"), Broken(what, "ab12cd"), NOW)
    assert step.asks == ()
    assert (step.talk.stage, step.talk.said_style) == ("summary", "bad")
    assert "nothing was created" in step.talk.said
    assert "ab12cd" in step.talk.said
    assert what not in step.talk.said


def test_a_refusal_is_told_in_a_sentence() -> None:
    talk = setup.after(at("summary"), Refused(NameMissing()), NOW).talk
    assert talk.said.startswith("A name is missing")


@pytest.mark.parametrize("language", ["es", "en"])
def test_f5_every_page_is_said_in_the_language(language: str) -> None:
    t = words(language).t
    titles = {
        "business": t("What is the business called?"), "look": t("Choose the line that reads best."),
        "supervisor": t("Who supervises?"), "problems": t("Which problems does the desk begin with?"),
        "summary": t("All set. Enter creates the branch."),
    }  # fmt: skip
    for stage, title in titles.items():
        assert title in texts(seen(at(stage, language)))
