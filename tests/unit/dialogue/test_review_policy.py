"""D5, D7, D9: supervision drafts, checks, compares and publishes the policy, and sees who has read it."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue.asks import EditText, Look
from mesa_recuperacion.dialogue.review.base import look
from mesa_recuperacion.dialogue.review.policy import opening
from mesa_recuperacion.dialogue.talk import Edited, Outcome, Refused
from mesa_recuperacion.domain import commands as c
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.refusals import EditorFailed
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.service.branch import NewPerson
from mesa_recuperacion.service.drafts import draft_path
from mesa_recuperacion.service.publishing import Terms, publish
from tests.desk import ANA, CARLA, NOW, Desk, branch, facts
from tests.fits import assert_fits_in_both

Desks = Callable[..., Desk]
TEXT = default_policy_text("es")
CHEAPER = TEXT.replace("case_cap = 150", "case_cap = 120")


def at_policy(desks: Desks, **options: object) -> Desk:
    """Carla is at the page of the policy."""
    desk = desks(**options).say(f"3 {CARLA}")
    assert desk.stage == "review", desk.said
    opened = desk._run(look(desk.talk, "review_policy", opening(desk.talk)))
    assert opened.stage == "review_policy", opened.said
    assert_fits_in_both(opened)
    return opened


def drafted(desks: Desks, path: Path, text: str) -> Desk:
    """The same, with a draft."""
    draft_path(path).write_text(text, encoding="utf-8")
    return at_policy(desks)


def writes(text: str, *, well: bool = True) -> Callable[[EditText], Outcome]:
    """An editor that saves a text."""

    def edit(ask: EditText) -> Outcome:
        Path(ask.path).write_text(text, encoding="utf-8")
        return Edited() if well else Refused(EditorFailed("vi", ask.path))

    return edit


def published(path: Path) -> list[f.PolicyPublished]:
    return [x for x in facts(path, f.PolicyPublished) if isinstance(x, f.PolicyPublished)]


# ------------------------------------------------------------------------------------------------------------ the page


def test_d7_the_page_says_what_holds_since_when_by_whom_and_who_has_not_read_it(desks: Desks) -> None:
    desk = at_policy(desks)
    screen = desk.screen()
    for text in ("version 1", "Wed Mar 11 10:42", "Carla Vega", "in force", "Everybody has read version 1.",
                 "There is no draft. e begins one, from version 1.", "mesa-policy-draft.toml"):  # fmt: skip
        assert text in screen, text
    letters = dict(desk.look().letters)
    assert set(letters) == {"e", "r", "l"}
    for letter in "cdp":
        assert "no draft yet" in desk.say(letter).said
    assert desk.say("").said
    assert desk.say("zzz").said
    desk.press("escape")
    assert "takes up no suggestion" in desk.say("1").said


def test_d7_an_agent_is_refused(desks: Desks) -> None:
    desk = desks().say(f"1 {ANA}")
    asked = desk.port.carry_out(Look(opening(desk.talk)))
    assert isinstance(asked, Refused)


def test_d7_the_page_names_those_who_have_not_read_the_version_in_force(desks: Desks, path: Path) -> None:
    desk = drafted(desks, path, CHEAPER)
    desk.say("p", "", "p")
    assert desk.stage == "review_policy", desk.said
    assert "Have not read version 2: Ana Torres, Bruno Díaz" in desk.screen()
    desk.say("l")
    assert desk.stage == "review_policy_read"
    assert_fits_in_both(desk)
    assert desk.options() == [
        "1  Ana Torres  agent  has read version 1", "2  Bruno Díaz  agent  has read version 1",
        "3  Carla Vega  supervisor  has read it",
    ]  # fmt: skip
    assert "2 people have not read version 2" in desk.screen()
    assert "at the login" in desk.say("1").said
    assert desk.press("escape").stage == "review_policy"


# ----------------------------------------------------------------------------------------------------------- the draft


def test_d7_e_begins_a_private_draft_of_the_newest_version_and_opens_it(desks: Desks, path: Path) -> None:
    desk = at_policy(desks, editor=writes(CHEAPER))
    desk.say("e")
    assert (desk.stage, desk.said) == ("review_policy", "")
    assert isinstance(next(a for a in desk.asked if isinstance(a, EditText)), EditText)
    file = draft_path(path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text(encoding="utf-8") == CHEAPER
    assert "Draft of version 2: 1 change · takes" in desk.screen()
    assert f"Any editor can open it: {file}" in desk.screen()
    assert_fits_in_both(desk)


def test_d7_without_an_editor_the_file_is_there_all_the_same(desks: Desks, path: Path) -> None:
    desk = at_policy(desks)
    desk.say("e")
    assert desk.stage == "review_policy"
    assert desk.said == "No editor is named ($VISUAL). Edit that file in any way; r reads it again."
    assert str(draft_path(path)) in desk.screen()
    assert draft_path(path).read_text(encoding="utf-8") == TEXT
    assert "0 changes" in desk.screen()
    draft_path(path).write_text(CHEAPER, encoding="utf-8")
    assert "1 change" in desk.say("r").screen()


def test_d7_what_a_failing_editor_saved_is_kept(desks: Desks, path: Path) -> None:
    desk = at_policy(desks, editor=writes(CHEAPER, well=False)).say("e")
    assert "did not end well" in desk.said
    assert draft_path(path).read_text(encoding="utf-8") == CHEAPER
    assert "1 change" in desk.screen()


def test_d7_a_draft_is_never_written_over(desks: Desks, path: Path) -> None:
    desk = drafted(desks, path, "# mi borrador, a medias")
    desk.editor = lambda ask: Edited()
    desk.say("e")
    assert draft_path(path).read_text(encoding="utf-8") == "# mi borrador, a medias"


def test_d7_another_kind_of_file_in_its_place_is_told(desks: Desks, path: Path) -> None:
    draft_path(path).mkdir()
    desk = at_policy(desks)
    assert "cannot be read" in desk.screen()
    assert "cannot be read" in desk.say("p").said
    assert "no draft that can be read" in desk.say("c").said


def test_d7_a_folder_that_cannot_be_written_is_a_sentence(
    desks: Desks, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    desk = at_policy(desks)
    monkeypatch.setattr("mesa_recuperacion.service.publishing.begin_draft", full)
    assert desk.say("e").said == "The draft cannot be written. Nothing was changed; check the folder and the disk."
    assert desk.stage == "review_policy"


# --------------------------------------------------------------------------------------------------- check, difference


def test_d7_the_check_says_every_fault_with_its_line(desks: Desks, path: Path) -> None:
    text = TEXT.replace("case_cap = 150", "case_cap = -1").replace(
        'done = "Cupón"\nkind = "voucher"', 'done = "Cupón"\nkind = "bono"'
    )
    desk = drafted(desks, path, text)
    assert "2 faults, c tells them" in desk.screen()
    assert "It has faults: c tells them." in desk.say("p").said
    desk.say("c")
    assert desk.stage == "review_policy_check"
    at = [n for n, line in enumerate(text.split("\n"), 1) if "case_cap = -1" in line or 'kind = "bono"' in line]
    screen = desk.screen()
    assert "2 faults keep it from being published" in screen
    assert f"line {at[0]}: [limits] case_cap = -1: an amount cannot be less than 0" in screen
    assert f'line {at[1]}: [[compensation]] 2 «voucher» kind = "bono": has to be one of these' in screen
    assert_fits_in_both(desk)
    assert "cannot be compared" in desk.press("escape").say("d").screen()


def test_d7_many_faults_are_turned_page_by_page(desks: Desks, path: Path) -> None:
    desk = drafted(desks, path, "title = 3\nnews = 4\n").say("c")
    assert "page 1 of " in desk.screen()
    first = desk.screen()
    assert_fits_in_both(desk)
    assert "page 2 of" in desk.press("f8").screen()
    assert desk.press("f7").screen() == first
    desk.press("f7")
    assert "page 1 of" in desk.screen()
    pages = int(first.split("page 1 of ")[1].split()[0])
    for _ in range(pages):
        assert_fits_in_both(desk)
        desk.enter()
    assert desk.screen() == first
    assert "Enter turns the page" in desk.say("x").said


def test_a5_the_check_says_the_seconds_and_what_deserves_a_second_look(desks: Desks, path: Path) -> None:
    long = TEXT.replace("Cuénteme, por favor, qué pasó.", "Cuénteme, " + "por favor, " * 8 + "qué pasó.")
    desk = drafted(desks, path, long).say("c")
    assert "It is sound, and takes" in desk.screen()
    assert "before" in desk.screen()
    assert "[phrases] ask: " in desk.screen()
    assert_fits_in_both(desk)
    assert "as before" in drafted(desks, path, TEXT).say("c").screen()


def test_d7_the_difference_is_told_in_words_and_money(desks: Desks, path: Path) -> None:
    desk = drafted(desks, path, CHEAPER).say("d")
    assert desk.stage == "review_policy_diff"
    assert "Cap of one case: MX$150 → MX$120" in desk.screen()
    assert "1 change · takes" in desk.screen()
    assert_fits_in_both(desk)
    assert "It changes nothing." in drafted(desks, path, TEXT).say("d").screen()


def test_d7_a_long_difference_fits_and_turns(desks: Desks, path: Path) -> None:
    other = default_policy_text("en").replace('currency = "USD"', 'currency = "MXN"')
    desk = drafted(desks, path, other).say("d")
    pages = int(desk.screen().split("page 1 of ")[1].split()[0])
    assert pages > 5
    for _ in range(pages):
        assert_fits_in_both(desk)
        desk.press("f8")


def test_e5_what_a_draft_says_is_only_text(desks: Desks, path: Path) -> None:
    hostile = TEXT.replace('title = "Política de recuperación"', 'title = "[red]{n}\\u001b[31m100 %"')
    desk = drafted(desks, path, hostile).say("d")
    assert "[red]{n}" in desk.screen()
    assert "\x1b" not in desk.screen()
    draft_path(path).write_bytes(b"\xff\xfe\x00" * 90)
    assert "fault" in desk.press("escape").say("r").screen()
    assert "UTF-8" in desk.say("c").screen()


# ---------------------------------------------------------------------------------------------------------- publishing


def test_d7_publishing_at_once_asks_from_when_and_once_more(desks: Desks, path: Path) -> None:
    desk = drafted(desks, path, CHEAPER).say("p")
    assert desk.stage == "review_policy_start"
    assert_fits_in_both(desk)
    assert desk.options()[1] == "2  At the next opening  tomorrow Thu 09:00"
    desk.enter()
    assert desk.stage == "review_policy_publish"
    assert_fits_in_both(desk)
    assert "Version 2 holds from: at once" in desk.screen()
    assert "p publishes it" in desk.say("").said
    assert len(published(path)) == 1
    desk.say("p")
    assert desk.stage == "review_policy"
    assert desk.said == "Published. It holds from now on; open cases keep their version."
    assert published(path)[1] == f.PolicyPublished(2, CHEAPER, desk.now)
    assert not draft_path(path).exists()
    assert "2  version 2" in "\n".join(desk.options())


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ("2", NOW + timedelta(hours=22, minutes=18)), ("lun", NOW + timedelta(days=4, hours=22, minutes=18)),
        ("1/4", NOW + timedelta(days=20, hours=22, minutes=18)), ("mañana 6am", NOW + timedelta(hours=19, minutes=18)),
        ("dom", NOW + timedelta(days=3, hours=13, minutes=18)),
    ],
)  # fmt: skip
def test_d7_a_start_is_typed_in_the_short_grammar(desks: Desks, path: Path, typed: str, when: object) -> None:
    desk = drafted(desks, path, CHEAPER).say("p", typed)
    assert desk.stage == "review_policy_publish", desk.said
    desk.say("s")
    assert published(path)[1].starts_at == when
    assert "Published. It holds from" in desk.said
    assert "to come" in desk.screen()
    assert "in force" in desk.screen()


@pytest.mark.parametrize("typed", ["ayer", "hoy 8", "hoy", "x", "9/99", "2031"])
def test_d7_a_start_that_cannot_be_is_a_sentence_and_stays(desks: Desks, path: Path, typed: str) -> None:
    desk = drafted(desks, path, CHEAPER).say("p", typed)
    assert desk.stage == "review_policy_start"
    assert desk.said
    assert desk.line == typed
    assert len(published(path)) == 1


def test_d7_a_version_that_waits_is_passed_over_by_a_later_one_that_begins_before(desks: Desks, path: Path) -> None:
    desk = drafted(desks, path, CHEAPER).say("p", "1/4", "p")
    draft_path(path).write_text(TEXT.replace("case_cap = 150", "case_cap = 130"), encoding="utf-8")
    desk.say("r", "p", "lun")
    assert "It takes the place of version 2, which had not begun." in desk.screen()
    assert_fits_in_both(desk)
    desk.say("p")
    assert "passed over" in desk.screen()
    assert_fits_in_both(desk)


def test_d7_a_version_that_strands_a_case_is_refused_with_the_case(desks: Desks, path: Path) -> None:
    ana = desks().sign_in().open_case()
    folio = ana.folio
    ana.say("", "3", "faltó la lámpara")
    ana.press("f5").say("1", "¿hay lámpara?", "")
    text = TEXT[: TEXT.index("[[area]]")] + TEXT[TEXT.index("# Compensaciones") :].replace('area = "', '# area = "')
    desk = drafted(desks, path, text).say("p", "", "p")
    assert desk.stage == "review_policy_publish"
    assert desk.said == "It was not published, and the draft is kept."
    assert folio in desk.screen()
    assert "Almacén Norte" in desk.screen()
    assert_fits_in_both(desk)
    assert draft_path(path).exists()
    assert len(published(path)) == 1
    assert desk.press("escape").stage == "review_policy_start"


def test_d7_a_draft_that_was_changed_after_it_was_looked_at_is_not_published(desks: Desks, path: Path) -> None:
    desk = drafted(desks, path, CHEAPER).say("p", "")
    draft_path(path).write_text(TEXT.replace("case_cap = 150", "case_cap = 9000"), encoding="utf-8")
    desk.say("p")
    assert "The draft was changed meanwhile" in desk.screen()
    draft_path(path).unlink()
    desk.say("p")
    assert "no draft that can be read" in desk.screen()
    assert len(published(path)) == 1


def test_d7_a_draft_that_changes_nothing_is_not_published(desks: Desks, path: Path) -> None:
    assert "changes nothing" in drafted(desks, path, TEXT).say("p").said


def test_b7_another_currency_is_refused(desks: Desks, path: Path) -> None:
    desk = drafted(desks, path, TEXT.replace('currency = "MXN"', 'currency = "EUR"')).say("p", "", "p")
    assert "this branch works in MXN" in desk.screen()
    assert len(published(path)) == 1


# ------------------------------------------------------------------------------------------------------------ adopting


def suggested(desks: Desks, words: str) -> None:
    """Bruno suggests something, and Carla accepts it."""
    bruno = desks().say("2 715304")
    while bruno.stage == "news":
        bruno.enter()
    bruno.press("f2").say(words)
    bruno.press("f3")
    carla = desks().sign_in(3, CARLA)
    (waiting,) = carla.talk.day.suggestions  # type: ignore[union-attr]
    carla.port._desk.execute(c.AnswerSuggestion(waiting.id, "accept"), f"accept {words}")  # type: ignore[union-attr]


def test_d5_an_accepted_suggestion_is_taken_up_credited_and_read_by_its_author(desks: Desks, path: Path) -> None:
    suggested(desks, "Cupones de 90 pesos")
    suggested(desks, "[b]Abrir[/b] el sábado {name} " + "x" * 200)
    desk = drafted(desks, path, CHEAPER).say("p", "")
    assert desk.stage == "review_policy_adopt"
    assert_fits_in_both(desk)
    for wrong in ("3", "0", "1 9", "x", "1.2", "-1", "1" * 80):
        assert "Numbers of the list" in desk.say(wrong).said
        assert desk.stage == "review_policy_adopt"
        desk.press("escape")
    desk.say("2 1")
    assert "It takes up what Bruno Díaz suggested." in desk.screen()
    desk.say("p")
    assert desk.stage == "review_policy", desk.screen()
    assert [x.number for x in facts(path, f.SuggestionAdopted)] == [2, 2]  # type: ignore[attr-defined]
    assert "♦" in "".join(desk.options())
    assert "It takes up what" in desk.say("2").said or "Bruno" in desk.said
    bruno = desks().say("2 715304")
    assert bruno.stage == "news"
    seen = ""
    while bruno.stage == "news":
        assert_fits_in_both(bruno)
        seen += bruno.screen()
        bruno.enter()
    assert "♦ Your suggestion is in version 2 of the policy" in seen
    assert "Cupones de 90 pesos" in seen
    assert desks().say("2 715304").stage == "idle"


def test_d5_nothing_has_to_be_taken_up(desks: Desks, path: Path) -> None:
    suggested(desks, "Cupones de 90 pesos")
    desk = drafted(desks, path, CHEAPER).say("p", "", "", "p")
    assert desk.stage == "review_policy"
    assert facts(path, f.SuggestionAdopted) == []


def test_d7_a_desk_left_open_across_the_start_has_the_new_version_to_read(desks: Desks, path: Path) -> None:
    ana = desks().sign_in()
    drafted(desks, path, CHEAPER).say("p", "2", "p")
    assert ana.talk.policy is not None
    assert ana.talk.policy.version == 1
    ana.wait(23 * 3600)
    ana.open_case()
    assert ana.talk.policy.version == 2
    assert ana.talk.file is not None
    assert ana.talk.file.state.policy == 2


# ----------------------------------------------------------------------------------------------------------- overflows


def test_f6_many_versions_fit_and_are_turned_by_pages(desks: Desks) -> None:
    desk = at_policy(desks)
    for n in range(60):
        done = publish(
            desk.port._opened().store, TEXT.replace("case_cap = 150", f"case_cap = {200 + n}"), by=desk.person,
            source="x", words=desk.talk.setting.words, clock=desk.clock, new_id=lambda n=n: f"many-{n}", terms=Terms(),
        )  # fmt: skip
        assert done == n + 2
    desk.say("r")
    assert_fits_in_both(desk)
    assert len(desk.options()) == 50
    assert desk.press("f8").options()[0].startswith("11  version 11")
    assert desk.press("f8").options()[0].startswith("11  version 11")
    assert desk.press("f7").options()[0].startswith("61  version 61")
    assert desk.look().letters


def test_f6_a_branch_with_long_names_fits(tmp_path: Path) -> None:
    people = tuple(
        NewPerson(f"{'Maximiliano ' * 5}{n}"[:78], "supervisor" if n == 2 else "agent", pin)
        for n, pin in enumerate((ANA, "715304", CARLA))
    )
    made = branch(tmp_path / "long", people=people)
    desk = Desk(made)
    draft_path(made).write_text(CHEAPER, encoding="utf-8")
    desk.say(f"3 {CARLA}")
    desk._run(look(desk.talk, "review_policy", opening(desk.talk)))
    desk.say("p", "", "p")
    assert desk.stage == "review_policy", desk.said
    assert_fits_in_both(desk)
    assert_fits_in_both(desk.say("l"))
    desk.close()
