"""D5, D6, D7, D9: what is new is read first thing, one thing at a time, and no customer waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mesa_recuperacion.dialogue import conversation
from mesa_recuperacion.dialogue.scenes.news import pages
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.clock import FixedClock
from mesa_recuperacion.domain.views import News
from mesa_recuperacion.i18n.words import words
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.service.publishing import publish
from mesa_recuperacion.tui import page
from mesa_recuperacion.tui.glyphs import WGL4
from mesa_recuperacion.tui.rows import columns
from tests.desk import ANA, CARLA, NOW, Desk, facts, hasher, ids, opened
from tests.fits import assert_fits, read
from tests.unit.dialogue.test_conversation_views import assert_sound

Desks = Callable[..., Desk]

THANKS = "Qué bien cuidó a la señora Medina"
IDEA = "Que el almacén conteste los sábados"
HOSTILE = "[red]{name} 100 %\x1b[2J\u202edrow[/red] https://example.org \u2588"
SIX = tuple(f"Novedad {n}: " + "lo que cambia dicho despacio " * 2 for n in range(6))
EIGHT = tuple(f"Regla {n}: " + "lo que no se acepta de nadie " * 2 for n in range(8))


def told(path: Path, *given: f.Fact, by: int = 3) -> None:
    """Facts that others caused meanwhile."""
    fresh = ids(f"told-{len(facts(path))}")
    with opened(path) as store, store.writing() as tx:
        actor = next(p.id for p in tx.people() if p.number == by)
        tx.append(command=next(fresh), actor=actor, policy=1, at=NOW, facts=[("", fact) for fact in given])


def ana(path: Path) -> str:
    with opened(path) as store, store.reading() as tx:
        return tx.people()[0].id


def praised(path: Path, text: str = THANKS, about: str = "") -> None:
    told(path, f.PraiseGiven(f"praise-{len(facts(path))}", ana(path), about, text))


def answered(path: Path, answer: str, said: str, text: str = IDEA) -> None:
    told(path, f.SuggestionMade("idea", ana(path), text), by=1)
    told(path, f.SuggestionAnswered("idea", answer, said))


def listed(lines: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{line[:72].strip()}"' for line in lines) + "]"


def renewed(path: Path, news: tuple[str, ...] = (), conduct: tuple[str, ...] | None = None) -> None:
    """Carla publishes the next version."""
    text = default_policy_text("es").replace("news = []", f"news = {listed(news)}")
    if conduct is not None:
        begin = text.index("conduct = [")
        end = text.index("\n]\n", begin) + 3
        text = f"{text[:begin]}conduct = {listed(conduct)}\n{text[end:]}"
    fresh = ids(f"renewed-{len(facts(path))}")
    with opened(path) as store:
        with store.reading() as tx:
            carla = tx.people()[2]
        done = publish(store, text, by=carla, source="p", words=words("en"), clock=FixedClock(NOW),
                       new_id=lambda: next(fresh))  # fmt: skip
    assert isinstance(done, int), done


def comes_in(desks: Desks, number: int = 1, pin: str = ANA, **options: object) -> Desk:
    """Somebody enters, wherever that leads."""
    return desks(**options).say(f"{number} {pin}")


def test_d6_praise_is_the_first_thing_and_enter_has_read_it(path: Path, desks: Desks) -> None:
    praised(path, about="CEN-1042")
    desk = comes_in(desks)
    assert desk.stage == "news"
    assert "♦ Carla Vega thanks you" in desk.screen()
    assert f"“{THANKS}”" in desk.screen()
    assert "CEN-1042" in desk.screen()
    desk.enter()
    assert desk.stage == "idle"
    assert [x.person for x in facts(path, f.NewsRead)] == [ana(path)]  # type: ignore[attr-defined]
    assert desk.press("f3").say(f"1 {ANA}").stage == "idle"


def test_d6_the_praise_of_the_day_stays_on_the_desk_cut_to_the_width(path: Path, desks: Desks) -> None:
    praised(path, THANKS * 9)
    desk = comes_in(desks).enter()
    row = read(page.top(desk.look(), 80, WGL4)[3])
    assert row.lstrip().startswith("♦ Carla Vega thanks you: “Qué bien")
    assert row.rstrip().endswith("…")
    assert columns(page.top(desk.look(), 80, WGL4)[3]) <= 80
    desk.open_case()
    assert "thanks you" not in desk.screen()
    assert "thanks you" not in comes_in(desks, 3, CARLA).screen()


def test_d6_after_a_day_the_praise_makes_room(path: Path, desks: Desks) -> None:
    praised(path)
    desk = comes_in(desks).enter()
    desk.wait(86_401).press("f3").say(f"1 {ANA}")
    assert desk.stage == "idle"
    assert "thanks you" not in desk.screen()


@pytest.mark.parametrize(
    ("answer", "title"),
    [
        ("accept", "Carla Vega accepts your suggestion"),
        ("try", "Carla Vega wants to try your suggestion"),
        ("decline", "Carla Vega does not take up your suggestion"),
    ],
)
def test_d5_the_author_reads_the_answer_with_their_own_words(
    path: Path, desks: Desks, answer: str, title: str
) -> None:  # fmt: skip
    answered(path, answer, "Desde el lunes")
    desk = comes_in(desks)
    for text in (title, "“Desde el lunes”", f"“{IDEA}”"):
        assert text in desk.screen()
    desk.enter()
    assert desk.stage == "idle"
    assert comes_in(desks, 2, "715304").stage == "idle"


def test_d5_an_answer_may_have_no_words(path: Path, desks: Desks) -> None:
    answered(path, "accept", "")
    desk = comes_in(desks)
    assert "“”" not in desk.screen()
    assert IDEA in desk.screen()


def test_d7_a_new_version_is_read_and_agreed_with_its_conduct(path: Path, desks: Desks) -> None:
    renewed(path, news=("Los cupones valen ahora seis meses.",))
    desk = comes_in(desks)
    assert desk.stage == "news"
    for text in ("version 2", "· Los cupones valen ahora seis meses.", "· No se insulta, no se ironiza"):
        assert text in desk.screen()
    assert "read and agreed" in desk.look().hint
    desk.enter()
    assert desk.stage == "idle"
    agreed = [x for x in facts(path, f.PolicyAcknowledged) if x.number == 2]  # type: ignore[attr-defined]
    assert f.PolicyAcknowledged(ana(path), 2) in agreed
    assert desk.press("f3").say(f"1 {ANA}").stage == "idle"


def test_d7_whoever_published_it_has_read_it(path: Path, desks: Desks) -> None:
    renewed(path)
    assert comes_in(desks, 3, CARLA).stage == "review"
    assert comes_in(desks).stage == "news"


def test_d7_whoever_is_new_reads_the_policy_first(path: Path, desks: Desks) -> None:
    told(path, f.PersonAdded("delia", 4, "Delia Mora", "agent"), f.PinSet("delia"))
    with opened(path) as store, store.writing() as tx:
        tx.set_credential("delia", hasher().hash("592837"))
    desk = comes_in(desks, 4, "592837")
    assert desk.stage == "news"
    assert "version 1" in desk.screen()
    assert desk.enter().stage == "idle"


def test_d9_the_longest_policy_fits_the_smallest_window_page_by_page(path: Path, desks: Desks) -> None:
    renewed(path, SIX, EIGHT)
    desk = comes_in(desks)
    seen = ""
    for last in (False, True):
        assert_sound(desk)
        shown = "\n".join(read(row) for row in page.body(desk.look(), 80, 15, WGL4))
        seen += shown
        assert "▼" not in shown
        assert ("read and agreed" in desk.look().hint) is last
        assert facts(path, f.PolicyAcknowledged)[-1].person != ana(path)  # type: ignore[attr-defined]
        desk.enter()
    for line in (*SIX, *EIGHT):
        assert line[:72].strip() in seen
    assert desk.stage == "idle"
    assert facts(path, f.PolicyAcknowledged)[-1] == f.PolicyAcknowledged(ana(path), 2)


def test_d9_the_arrows_and_page_keys_turn_the_pages_and_back(path: Path, desks: Desks) -> None:
    renewed(path, SIX, EIGHT)
    desk = comes_in(desks)
    first = desk.screen()
    for there, back in (("down", "up"), ("pagedown", "pageup")):
        assert "Regla 7" in desk.press(there).screen()
        assert "Regla 7" in desk.press(there).screen()
        assert desk.press(back).screen() == first


@pytest.mark.parametrize(
    ("news", "conduct", "count"), [((), (), 1), (SIX[:2], EIGHT[:6], 1), (SIX[:3], EIGHT[:6], 2), ((), EIGHT, 1)]
)
def test_d9_there_are_no_more_pages_than_are_needed(
    path: Path, desks: Desks, news: tuple[str, ...], conduct: tuple[str, ...], count: int
) -> None:  # fmt: skip
    renewed(path, news, conduct)
    desk = comes_in(desks)
    assert len(pages(desk.talk)) == count
    for n in range(count):
        assert_fits(desk.look())
        if n + 1 < count:
            desk.enter()
    assert desk.enter().stage == "idle"


def test_d7_the_policy_comes_before_praise_and_each_has_its_enter(path: Path, desks: Desks) -> None:
    praised(path)
    answered(path, "try", "Vamos a ver")
    renewed(path)
    desk = comes_in(desks)
    seen = []
    while desk.stage == "news":
        seen.append(desk.screen())
        assert_sound(desk)
        desk.enter()
    held = [("version 2" in s, THANKS in s, IDEA in s) for s in seen]
    assert held[0] == (True, False, False)
    assert sorted(held[1:]) == [(False, False, True), (False, True, False)]
    assert "3 things to read" in seen[0]
    assert "1 thing to read" in seen[2]


def test_d7_no_customer_waits_for_it_and_it_comes_again(path: Path, desks: Desks) -> None:
    renewed(path)
    praised(path)
    desk = comes_in(desks)
    desk.write("Rosa Medina")
    assert desk.stage == "lookup"
    desk.enter()
    assert desk.stage == "apologise"
    assert facts(path, f.PolicyAcknowledged)[-1].person != ana(path)  # type: ignore[attr-defined]
    desk.press("f3")
    assert desk.stage == "idle"
    assert "To read" in desk.screen()
    assert desk.press("f3").say(f"1 {ANA}").stage == "news"


def test_d7_a_name_in_one_packet_opens_the_case_too(path: Path, desks: Desks) -> None:
    renewed(path)
    desk = comes_in(desks)
    desk.line = "Rosa Medina"
    assert desk.enter().stage == "apologise"


def test_d7_esc_leaves_it_for_later_as_a_row_of_the_desk(path: Path, desks: Desks) -> None:
    renewed(path)
    praised(path)
    desk = comes_in(desks).press("escape")
    assert desk.stage == "idle"
    assert_sound(desk)
    row = next(row for row in desk.options() if "policy" in row)
    assert "version 2" in row
    assert "and 1 more" in row
    desk.say("1")
    assert desk.stage == "news"
    assert_sound(desk)
    desk.enter().press("escape")
    assert "Carla Vega" in next(iter(desk.options()))
    desk.say("1", "")
    assert desk.stage == "idle"
    assert not desk.options()


def test_d7_anything_else_that_is_typed_is_told_what_to_do(path: Path, desks: Desks) -> None:
    renewed(path)
    desk = comes_in(desks).say("7")
    assert (desk.stage, desk.talk.then) == ("news", "")
    assert "Enter alone has read it" in desk.said


def test_d6_what_was_read_at_another_desk_is_not_read_twice(path: Path, desks: Desks) -> None:
    praised(path)
    one, other = comes_in(desks), comes_in(desks)
    one.enter()
    assert other.enter().stage == "idle"
    assert len(facts(path, f.NewsRead)) == 1


def test_f9_practice_has_nothing_to_read_and_coming_back_does_not_ask_again(path: Path, desks: Desks) -> None:
    renewed(path)
    desk = comes_in(desks).press("f9")
    assert (desk.stage, desk.talk.practice) == ("idle", True)
    assert "To read" not in desk.screen()
    desk.press("f3")
    assert (desk.stage, desk.talk.practice) == ("idle", False)
    assert "To read" in desk.screen()


@pytest.mark.parametrize("language", ["es", "en"])
def test_e5_hostile_text_is_only_text(path: Path, desks: Desks, language: str) -> None:
    praised(path, HOSTILE * 8, about="CEN-1")
    desk = comes_in(desks, language=language)
    assert_sound(desk)
    for _ in range(2):  # to be read, and on the idle desk
        view = desk.look()
        shown = "".join(read(row) for row in (*page.top(view, 80, WGL4), *page.body(view, 80, 15, WGL4)))
        assert "[red]{name} 100 %" in shown
        assert not {"\x1b", "\u202e"} & set(shown)
        desk.enter()
        assert_sound(desk)


@pytest.mark.parametrize(
    ("text", "about"),
    [("palabra " * 50, "otra " * 80), ("語" * 400, "字" * 400), ("x" * 400, "y" * 400), ("語 " * 200, "")],
    ids=["words", "wide", "one word", "wide words"],
)
def test_f6_the_longest_praise_and_answers_fit_the_smallest_window(
    desk: Desk, text: str, about: str
) -> None:  # fmt: skip
    assert desk.talk.day is not None
    name = "M" * 40 + " " + "M" * 39
    items = (News("1", "answer", name, text.strip(), NOW, about.strip(), "decline"),
             News("2", "praise", name, text.strip(), NOW, "CEN-1042"))  # fmt: skip
    for item in items:
        talk = replace(desk.talk, stage="news", day=replace(desk.talk.day, news=(item,)))
        shown = ""
        for at in range(len(pages(talk))):
            view = conversation.show(replace(talk, pick=at), "", NOW)
            assert_fits(view)
            shown += "".join(read(row) for row in page.body(view, 80, 15, WGL4))
        for letter in set(item.text) - {" "}:
            assert shown.count(letter) >= item.text.count(letter)
        assert "▼" not in shown
