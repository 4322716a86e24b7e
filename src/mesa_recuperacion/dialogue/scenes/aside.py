"""Interjections: help, a note, and the menu of all actions.  Each returns to where it was called from."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.aims import REVIEWING
from mesa_recuperacion.dialogue.asks import Do
from mesa_recuperacion.dialogue.keymap import actions
from mesa_recuperacion.dialogue.registry import scene_of
from mesa_recuperacion.dialogue.review.base import Page
from mesa_recuperacion.dialogue.review.purposes import purposes as review_purposes
from mesa_recuperacion.dialogue.scenes.base import (
    Scene,
    Shape,
    ask,
    file_of,
    quoted,
    rail_names,
    returned,
    root,
    state_of,
)  # fmt: skip
from mesa_recuperacion.dialogue.scenes.reading import purposes
from mesa_recuperacion.dialogue.talk import Step, Talk
from mesa_recuperacion.dialogue.view import Block, Gap, Pairs, Text
from mesa_recuperacion.domain import commands as c


class Help(Scene):
    """What this step is for, and what every key does."""

    saves_line = False

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """One page: the step in a sentence, then the keys."""
        t = talk.setting.words.t
        title, purpose = purpose_of(talk)
        editing = (
            (t("Enter"), t("said, accept, next"), ""), (t("Esc"), t("clears; empty: a step back"), ""),
            (t("↑ ↓"), t("move the selection"), ""), (t("1 to 9, 0"), t("choose; letters work too"), ""),
            (t("Tab"), t("another step, not ticked"), ""),
        )  # fmt: skip
        listed = actions(talk, root(talk))
        letters_alone = tuple((f"Ctrl+G {a.letter}", a.label, "") for a in listed if not a.key)
        keys = tuple((a.key, a.label, f"Ctrl+G {a.letter}") for a in listed if a.key)
        blocks: list[Block] = [Text(purpose), Gap(), Pairs(editing + letters_alone), Gap(), Pairs(keys)]
        page = scene_of(talk.back) if talk.back in REVIEWING else None
        if isinstance(page, Page) and (letters := page.letters(talk)):
            blocks += [Gap(), Text("   ".join(f"{letter} {word}" for letter, word in letters))]
        return Shape(
            t("Help"), t("Esc or Enter goes back; nothing is lost"), tuple(blocks),
            title=t("Help · {title}", title=title),
            status=t("Does an F key not answer? Ctrl+G and its letter do the same."),
        )  # fmt: skip

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Back."""
        return returned(talk)


class Menu(Scene):
    """Every action by its letter, for keyboards whose F keys do not arrive."""

    saves_line = False

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The actions that make sense here."""
        t = talk.setting.words.t
        rows = tuple((a.letter, a.label, a.key) for a in actions(talk, root(talk)))
        return Shape(
            t("Letter"), t("one letter · Esc goes back"), (Text(t("All actions"), "strong"), Gap(), Pairs(rows))
        )

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Back; the letters themselves arrive as keys."""
        return returned(talk)


class AddNote(Scene):
    """A note at any moment of the call (rule A3)."""

    def show(self, talk: Talk, text: str, now: datetime) -> Shape:
        """The notes so far."""
        t, notes = talk.setting.words.t, file_of(talk).notes
        blocks: list[Block] = [Text(t("Notes of this case"), "strong"), Gap()]
        blocks += [Text(quoted(talk, note)) for note in notes[-8:]] or [Text(t("There are none yet."), "dim")]
        return Shape(t("Note"), t("Enter keeps it · Esc goes back"), tuple(blocks))

    def answer(self, talk: Talk, text: str, now: datetime) -> Step:
        """Keeps the note and goes back."""
        return ask(talk, Do(c.AddNote(state_of(talk).folio, text)), then="noted", text=text)


def purpose_of(talk: Talk) -> tuple[str, str]:
    """The title and the one-sentence purpose of the scene that help was called from."""
    t, stage = talk.setting.words.t, talk.back
    names = rail_names(talk)
    table = {
        "login": (t("Going in"), t("Type your number, a space and your PIN, and Enter. Your number is on the list.")),
        "idle": (t("Between calls"),
                 t("Type the customer's name: that is the new case, and the clock starts with the first letter."
                   " A number takes up what is on the list.")),
        "lookup": (t("Who is calling"),
                   t("Any word of the name, or the telephone. Enter opens the case of the marked row; a number after"
                     " the name takes another; 0 is a new customer.")),
        "file": (t("The customer's file"),
                 t("What happened before, and what can be put right, by its number.")),
        "file_find": (t("Whose file?"), t("Any word of the name, or the telephone. No clock starts.")),
        "file_name": (t("Putting a name right"), t("The whole name, as the customer writes it.")),
        "file_call": (t("How to call them"), t("What is said instead of the name, in every phrase.")),
        "file_phone": (t("Their telephone"), t("The one where the follow-up finds them.")),
        "file_merge": (t("Two cards of one person"),
                       t("Look for the other card and type its number. It can be undone.")),
        "file_apart": (t("Two people after all"), t("Each card gets its own cases again.")),
        "file_forget": (t("A customer who asks to be forgotten"),
                        t("What is personal goes for good; cases, amounts and times stay. It cannot be undone.")),
        "file_forgotten": (t("A customer who asks to be forgotten"),
                           t("What was erased, and where a copy may still be.")),
        "apologise": (f"1 {names['apologise']}", t("Say the phrase. It does not say whose fault it was.")),
        "problem": (f"2 {names['listen']}", t("Let them tell it. Note which problem it is, by number or by letters.")),
        "other": (f"2 {names['listen']}", t("A few words for a problem that is not on the list.")),
        "note": (f"2 {names['listen']}", t("Note what they tell, so that nobody has to ask again.")),
        "solve": (f"3 {names['solve']}", t("What puts the problem right. All of the list is authorised: you decide.")),
        "compensate": (f"4 {names['compensate']}",
                       t("A gesture for the trouble, besides the remedy. Beside each: what it costs and what you keep."
                         " It is delivered only at closing.")),
        "own_amount": (f"4 {names['compensate']}", t("An amount of your own, up to the case cap and your budget.")),
        "nothing_why": (f"4 {names['compensate']}", t("No gesture, and why. It is a legitimate answer.")),
        "promise": (f"5 {names['promise']}",
                    t("The hour you can keep. Enter alone takes the remedy's own; or 2h, today 18, tomorrow 10,"
                      " fri 16:30, 3d, 15/3.")),
        "follow_up": (f"6 {names['follow_up']}", t("The verifying call schedules itself. Ask for their telephone.")),
        "close": (names["close"], t("Ask whether they are satisfied. y closes and delivers; n makes another promise."
                                    " For 30 seconds {key} takes it back.", key=talk.setting.key("Ctrl+Z"))),
        "promise_due": (t("A promise that is due"), t("Say what became of it. Not yet: promise an hour you can keep.")),
        "promise_again": (t("A promise that is due"), t("The new hour, in the short form: 2h, tomorrow 10, fri.")),
        "follow_up_due": (t("A follow-up"), t("Call, ask, and note the customer's own answer.")),
    }  # fmt: skip
    table |= purposes(talk) | _with_others(talk) | review_purposes(talk)
    return table.get(stage, (t("Help"), ""))


def _with_others(talk: Talk) -> dict[str, tuple[str, str]]:
    """What takes an internal area, a colleague or supervision."""
    t = talk.setting.words.t
    area, over = t("An internal area"), t("Handing over")
    return {
        "area": (area, t("Who has to do something. Each answers in its own time; the customer stays with you.")),
        "area_what": (area, t("What is needed, in one line. Whoever reads it there knows nothing else.")),
        "area_by": (area, t("By when. Enter alone takes the proposed hour; or 2h, today 18, tomorrow 10, fri.")),
        "hand_over": (over, t("Why somebody else has to go on. It is the last resort, and it is counted.")),
        "hand_over_to": (over, t("Who goes on. Nothing is let go before they accept.")),
        "handed": (t("A case for you"), t("Read it first, so that nobody has to ask again. 1 takes it; 2 and why"
                                          " leaves it with its owner.")),
        "retain_due": (t("A customer at risk"), t("Call, listen, and note the customer's own answer and words.")),
        "area_due": (area, t("Note what the area answered, in the same line. A late area is not the customer's"
                             " problem.")),
        "exception_due": (t("An exception"), t("1 authorises it and the branch's reserve pays; 2 and why does not."
                                               " Whoever asked reads it.")),
    }  # fmt: skip
