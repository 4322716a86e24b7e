"""What holds of the file on every screen: that nothing is kept, that the disk is almost full, that there is another
window (rule E4).

``Talk.standing`` has these words: why nothing is kept, which is the name of one of the store's failures (and, after a
colon each, the stream and the line that it is about); ``low``: what was kept for a full disk is used up; ``scarce``:
there is little room; ``second``: another window was here first.
"""

from __future__ import annotations

from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.dialogue.view import Line, line
from mesa_recuperacion.i18n.words import Words

LOW, SCARCE, SECOND = "low", "scarce", "second"


def is_read_only(talk: Talk) -> bool:
    """Whether nothing can be kept now; on the throw-away branch that one practises on, it can."""
    return bool(_why(talk)) and not talk.practice


def mark(talk: Talk) -> Line:
    """What the head says at its right end instead of anything else; empty if there is nothing to say."""
    t = talk.setting.words.t
    if is_read_only(talk):
        return line(t("Reading only"), "warn")
    supervises = talk.person is not None and talk.person.role == "supervisor"
    if LOW in talk.standing or (SCARCE in talk.standing and supervises):
        return line(t("Disk almost full"), "warn")
    return ()


def sentence(talk: Talk) -> str:
    """What the line under the capture line says while nothing else is said there; empty if there is nothing to say."""
    if is_read_only(talk):
        return _unkept(talk.setting.words, _why(talk))
    if LOW in talk.standing:
        return talk.setting.words.t("Disk almost full: tell whoever looks after it. Everything is saved.")
    return ""


def beside(talk: Talk) -> str:
    """That there is another window of this station; empty if there is none."""
    if SECOND not in talk.standing:
        return ""
    return talk.setting.words.t("Another window of this desk is open here. Both can be used; each sees what is saved.")


def _why(talk: Talk) -> str:
    return next((word for word in talk.standing if word.startswith("Store")), "")


def _unkept(words: Words, why: str) -> str:
    t = words.t
    name, _, where = why.partition(":")
    match name:
        case "StoreNewer":
            return t("Not saving: a newer version of mesa made this file. Update mesa here; it can still be read.")
        case "StoreReadOnly":
            return t("Not saving: the file cannot be written. Check the rights of its folder; it can still be read.")
        case "StoreTouched":
            return t("Not saving: line {line} is not what was written. “mesa journal verify” tells more, “mesa "
                     "restore” brings the copy back.", line=where.replace(":", " "))  # fmt: skip
        case "StoreCorrupt":
            return t("Not saving: the file is damaged. “mesa restore” brings the copy back; it can still be read.")
        case "StoreFull":
            return t("Not saving: the disk is full. Free some space and it goes on by itself; it can still be read.")
        case "StoreUnsynced":
            return t("Not saving: the disk does not confirm what is written. Tell whoever looks after it; look before "
                     "you repeat anything.")  # fmt: skip
    return t("Not saving: the disk takes nothing more. Tell whoever looks after it; it can still be read.")
