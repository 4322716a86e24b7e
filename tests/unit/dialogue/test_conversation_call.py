"""A1 to A6, B5, C1, C2: one call from the first letter to the closed case, on real data."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.script import STEPS
from tests.desk import Desk, facts

NAME, NOTE, PHONE = "Marta Ruiz Soto", "faltó la lámpara; era un regalo", "5512340078"


def kinds(desk: Desk) -> list[str]:
    """The kinds of the facts about cases, in order."""
    return [fact.kind for fact in facts(desk.path, f.CaseFact)]


def test_a6_the_standard_call_takes_at_most_eighteen_control_keys(desk: Desk) -> None:
    desk.control = desk.written = 0
    desk.write(NAME).enter()
    desk.enter()
    desk.choose("fal").enter()
    desk.write(NOTE).enter()
    desk.enter()
    desk.choose("2").enter()
    desk.choose("m 10").enter()
    desk.write(PHONE).enter()
    desk.choose("s").enter()
    assert (desk.stage, desk.talk.file) == ("idle", None)
    assert desk.control <= 18
    assert desk.written == len(NAME + NOTE + PHONE)
    assert kinds(desk) == [
        "case.opened", "follow_up.scheduled", "step.said", "problem.identified", "note.added", "remedy.chosen",
        "compensation.reserved", "promise.made", "follow_up.scheduled", "follow_up.cancelled", "compensation.delivered",
        "case.closed",
    ]  # fmt: skip
    closed = facts(desk.path, f.CaseClosed)[0]
    assert isinstance(closed, f.CaseClosed)
    assert (closed.pending, closed.satisfied) == ((), True)
    assert (desk.budget.spent.minor, desk.budget.reserved.minor) == (8_000, 0)


def test_a6_with_digits_and_defaults_eleven_are_enough(desk: Desk) -> None:
    desk.control = 0
    desk.write(NAME).enter().enter().choose("3").enter().write(NOTE).enter()
    desk.enter().enter().enter().write(PHONE).enter().choose("s").enter()
    assert desk.control <= 11
    assert kinds(desk)[-1] == "case.closed"
    assert len(facts(desk.path, f.CompensationDelivered)) == 1


def test_a6_a_known_customer_with_a_telephone_needs_no_more(desk: Desk) -> None:
    desk.standard_call().say("s")
    desk.control = 0
    desk.write("marta r").enter()
    assert desk.stage == "apologise"
    desk.enter().choose("3").enter().enter().enter().enter().enter().enter().choose("s").enter()
    assert desk.control <= 11
    assert kinds(desk).count("case.closed") == 2


def test_c1_the_clock_starts_with_the_first_letter_and_is_always_seen(desk: Desk) -> None:
    assert desk.look().clock is None
    desk.write("M").wait(5).write("arta Ruiz")
    clock = desk.look().clock
    assert clock is not None
    assert clock.time == "0:55"
    desk.wait(2).enter()
    for answer in ("", "3", "", "", "", "", "", ""):
        assert desk.look().clock is not None
        desk.wait(3).say(answer)
    assert desk.talk.file is not None
    assert desk.talk.file.state.countdown.elapsed(desk.now) == 7 + 8 * 3


def test_c1_words_bar_and_mark_never_colour_alone(desk: Desk) -> None:
    desk.open_case()
    seen = []
    for _ in range(3):
        clock = desk.look().clock
        assert clock is not None
        assert clock.word
        assert clock.state
        seen.append((clock.mark, clock.share))
        desk.wait(45)
    assert [mark for mark, _ in seen] == ["good", "warn", "bad"]
    assert [share for _, share in seen] == [1.0, 0.25, 0.0]


def test_c2_after_the_standard_it_counts_what_is_over_and_nothing_blocks(desk: Desk) -> None:
    desk.open_case().wait(75)
    clock = desk.look().clock
    assert clock is not None
    assert (clock.word, clock.time, clock.mark) == ("over by", "0:15", "bad")
    desk.say("", "3", "", "", "", "", PHONE, "s c")
    closed = facts(desk.path, f.CaseClosed)[0]
    assert isinstance(closed, f.CaseClosed)
    assert (closed.elapsed, closed.standard) == (75, 60)


def test_a1_each_step_shows_its_phrase_with_the_name_and_its_never(desk: Desk) -> None:
    desk.open_case()
    assert desk.talk.policy is not None
    phrases, nevers = desk.talk.policy.phrases, dict(desk.talk.policy.nevers)
    assert phrases.apology.replace("{name}", "Marta") in desk.phrase()
    answers = {
        "apologise": [""],
        "listen": ["3", ""],
        "solve": [""],
        "compensate": ["2"],
        "promise": [""],
        "follow_up": [PHONE],
    }
    for number, step in enumerate(STEPS, 1):
        view = desk.look()
        assert [s.number for s in view.rail if s.state == "now"] == [number]
        assert nevers[step] in "".join(run.text for run in view.never)
        assert "{" not in desk.phrase()
        assert (desk.phrase()[0], desk.phrase()[-1]) == ("“", "”")
        desk.say(*answers[step])
    assert desk.stage == "close"
    assert "Marta" in desk.phrase()


def test_a1_the_problem_is_recognised_by_name(desk: Desk) -> None:
    desk.open_case().say("", "3")
    problem = desk.talk.policy.problems[2] if desk.talk.policy else None
    assert problem is not None
    assert desk.phrase()[1:-1] == problem.phrase.replace("{name}", "Marta")
    assert problem.minimum in desk.screen()


def test_a5_the_phrases_say_what_is_promised_and_what_it_costs(desk: Desk) -> None:
    desk.open_case().say("", "3", "", "")
    desk.choose("2")
    assert "$80" in desk.phrase()
    desk.enter()
    desk.choose("vie 16:30")
    assert "4:30" in desk.phrase()
    assert "Friday" in desk.phrase()
    desk.enter().say(PHONE)
    assert "Fri Mar 13 16:30" in desk.screen()


def test_a2_the_problem_typed_at_step_one_leaves_the_apology_pending(desk: Desk) -> None:
    desk.open_case().say("fal")
    assert desk.stage == "note"
    assert desk.look().rail[0].state == "passed"
    assert desk.look().rail[0].detail
    desk.say("", "", "2", "", PHONE)
    assert desk.stage == "close"
    assert "1 Apologise" in desk.screen()
    desk.say("s")
    closed = facts(desk.path, f.CaseClosed)[0]
    assert isinstance(closed, f.CaseClosed)
    assert closed.pending == ("apologise",)
    assert facts(desk.path, f.StepSaid) == []


def test_a2_tab_at_the_closing_goes_to_what_is_pending_and_can_still_say_it(desk: Desk) -> None:
    desk.open_case().say("fal", "", "", "2", "", PHONE).press("tab")
    assert desk.stage == "apologise"
    desk.enter()
    assert desk.stage == "close"
    assert "Still to be said" not in desk.screen()


def test_a2_tab_walks_the_steps_without_ticking_them(desk: Desk) -> None:
    desk.open_case()
    stages = []
    for _ in range(8):
        desk.press("tab")
        stages.append(desk.stage)
    assert stages[:6] == ["problem", "solve", "compensate", "promise", "follow_up", "close"]
    assert kinds(desk) == ["case.opened", "follow_up.scheduled"]
    for _ in range(8):
        desk.press("shift+tab")
    assert desk.stage == "apologise"


def test_a2_f9_from_the_first_step_lists_everything_as_pending(desk: Desk) -> None:
    desk.open_case().press("f9").say("s")
    closed = facts(desk.path, f.CaseClosed)[0]
    assert isinstance(closed, f.CaseClosed)
    assert closed.pending == STEPS


def test_a4_a_repeat_complaint_changes_the_apology(desk: Desk) -> None:
    desk.standard_call().say("s").say("marta ruiz")
    assert desk.talk.policy is not None
    assert desk.phrase()[1:-1] == desk.talk.policy.phrases.apology_repeat.replace("{name}", "Marta")
    assert "complaint no. 2 in 30 days" in desk.screen()


def test_a3_the_story_is_read_again_and_nobody_asks_for_it(desk: Desk) -> None:
    desk.standard_call().say("s").write("ruiz")
    assert "Missing product" in desk.screen() or "Producto faltante" in desk.screen()
    desk.enter().press("f2")
    desk.press("escape")
    assert "Producto faltante" in "\n".join(str(block) for block in desk.look().side)


def test_b5_the_gesture_is_delivered_only_at_closing(desk: Desk) -> None:
    desk.standard_call()
    assert facts(desk.path, f.CompensationDelivered) == []
    assert (desk.budget.reserved.minor, desk.budget.spent.minor) == (8_000, 0)


def test_b5_n_at_closing_does_not_close_and_asks_for_another_promise(desk: Desk) -> None:
    desk.standard_call().say("n")
    assert desk.stage == "promise"
    assert desk.said
    assert facts(desk.path, f.CaseClosed) == []
    desk.say("vie 10")
    assert desk.stage == "close"
    desk.say("s")
    assert len(facts(desk.path, f.CaseClosed)) == 1


@pytest.mark.parametrize("answer", ["", " ", "x", "5", "ss", "tal vez"])
def test_b5_only_a_clear_yes_closes(desk: Desk, answer: str) -> None:
    desk.standard_call().say(answer)
    assert desk.stage == "close"
    assert desk.said
    assert desk.line == answer.strip() or desk.line == answer
    assert facts(desk.path, f.CaseClosed) == []


@pytest.mark.parametrize("answer", ["s", "S", "sí", "si", "y", "yes", " s "])
def test_f5_yes_in_either_language_closes(desk: Desk, answer: str) -> None:
    desk.standard_call().say(answer)
    assert len(facts(desk.path, f.CaseClosed)) == 1


def test_b5_within_thirty_seconds_the_closing_is_undone(desk: Desk) -> None:
    desk.standard_call().say("s").wait(30).press("ctrl+z")
    assert desk.stage == "close"
    assert desk.talk.file is not None
    assert desk.talk.file.state.status == "open"
    assert (desk.budget.reserved.minor, desk.budget.spent.minor) == (8_000, 0)
    desk.say("s")
    assert len(facts(desk.path, f.CompensationDelivered)) == 2
    assert desk.budget.spent.minor == 8_000


def test_b5_after_thirty_seconds_it_stays_closed_and_says_so(desk: Desk) -> None:
    desk.standard_call().say("s").wait(31).press("ctrl+z")
    assert desk.stage == "idle"
    assert "30 seconds" in desk.said
    assert facts(desk.path, f.ClosingUndone) == []


def test_b5_what_another_window_closed_is_not_undone_here(desk: Desk, desks: Callable[..., Desk]) -> None:
    desk.standard_call()
    other = desks().sign_in()
    other.press("ctrl+z")
    assert facts(desk.path, f.StepUndone) == []


def test_b5_a_refused_closing_leaves_nothing_to_undo_at_the_idle_desk(desk: Desk, desks: Callable[..., Desk]) -> None:
    desk.standard_call()
    other = desks().sign_in().say("1")
    other.press("f9").say("s")
    desk.say("s")
    assert "closed" in desk.said
    assert desk.talk.closed == ""


def test_b5_undo_goes_back_step_by_step(desk: Desk) -> None:
    desk.standard_call()
    stages = []
    for _ in range(6):
        desk.press("ctrl+z")
        stages.append(desk.stage)
    assert stages == ["follow_up", "promise", "compensate", "solve", "problem", "apologise"]
    assert desk.budget.left.minor == 50_000


def test_b1_another_problem_is_the_last_choice_and_asks_for_words(desk: Desk) -> None:
    desk.open_case().say("")
    assert desk.options()[-1].startswith("0  ")
    desk.say("0")
    assert desk.stage == "other"
    desk.say("")
    assert desk.stage == "other"
    assert desk.said
    desk.say("la tienda olía a humo")
    assert desk.stage == "note"
    found = facts(desk.path, f.ProblemIdentified)[0]
    assert isinstance(found, f.ProblemIdentified)
    assert (found.problem, found.text) == ("other", "la tienda olía a humo")


@pytest.mark.parametrize(
    ("typed", "code"), [("3", "missing_product"), ("fal", "missing_product"), ("FACT", "billing_error")]
)
def test_b1_the_problem_is_chosen_by_number_or_letters(desk: Desk, typed: str, code: str) -> None:
    desk.open_case().say("", typed)
    found = facts(desk.path, f.ProblemIdentified)[0]
    assert isinstance(found, f.ProblemIdentified)
    assert found.problem == code


def test_b1_enter_alone_takes_no_problem(desk: Desk) -> None:
    desk.open_case().say("", "")
    assert desk.stage == "problem"
    assert desk.said
    desk.press("down").press("down").enter()
    assert desk.stage == "note"


@pytest.mark.parametrize("text", ["77", "zzz", "ni idea", "x" * 60])
def test_b1_what_is_not_on_the_list_is_said_kindly_and_stays_in_the_line(desk: Desk, text: str) -> None:
    desk.open_case().say("", text)
    assert desk.stage == "problem"
    assert desk.said
    assert desk.line == text


def test_c6_a_telephone_with_a_digit_missing_is_asked_about_once(desk: Desk) -> None:
    desk.open_case().say("", "3", "", "", "", "", "551234007")
    assert desk.stage == "follow_up"
    assert "9" in desk.said
    assert desk.line == "551234007"
    desk.enter()
    assert desk.stage == "close"
    desk.press("f7")


def test_c6_what_is_no_telephone_is_refused(desk: Desk) -> None:
    desk.open_case().say("", "3", "", "", "", "", "el de siempre")
    assert desk.stage == "follow_up"
    assert desk.line == "el de siempre"


@pytest.mark.parametrize("text", ["31/2", "25:00", "ayer", "13/45", "dom 10", "¿cuándo?", "x" * 300])
def test_c5_an_hour_that_cannot_be_kept_is_refused_with_one_that_can(desk: Desk, text: str) -> None:
    desk.open_case().say("", "3", "", "", "2", text)
    assert desk.stage == "promise"
    assert desk.said
    assert desk.line == text[:400]
    assert facts(desk.path, f.PromiseMade) == []
