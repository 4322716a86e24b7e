"""Refusals as sentences: what happened, what was kept, what to type; no codes, no blame."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.grammar.amount import AmountProblem, NotAnAmount, NothingAsked, TooFine, TooManyDigits
from mesa_recuperacion.dialogue.grammar.when import Closed, NotUnderstood, Past, TooFar, WhenProblem
from mesa_recuperacion.dialogue.policy_sentences import policy_sentence
from mesa_recuperacion.dialogue.talk import Broken, Setting
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.backups import Stale
from mesa_recuperacion.domain.text import clean


def sentence(setting: Setting, refusal: r.Refusal, now: datetime) -> str:
    """One kind sentence for a refusal."""
    t, tn, money = setting.words.t, setting.words.tn, setting.shown.money
    match refusal:
        case r.NameMissing():
            return t("A name is missing: type how the customer is called.")
        case r.UnknownCustomer():
            return t("That customer's card is no longer here. Look for them by name again.")
        case r.UnknownCase(case):
            return t("There is no case {case} here. Nothing was changed.", case=case)
        case r.NotYours():
            return t("This case belongs to somebody else. It can be read, not changed.")
        case r.CaseNotOpen(case):
            return t("Case {case} is closed. Nothing was changed.", case=case)
        case r.NotAuthorised():
            return t("The policy does not authorise that for this problem. Choose another one.")
        case r.ProblemFirst():
            return t("First note the problem: Tab goes to step 2.")
        case r.TextMissing("reason"):
            return t("It still needs the reason without compensation. One word is enough.")
        case r.TextMissing("problem"):
            return t("It still needs what happened, in a few words.")
        case r.TextMissing("area"):
            return t("It still needs what the area is asked for, in a few words.")
        case r.TextMissing("name"):
            return t("It still needs the name of who works here.")
        case r.TextMissing("change"):
            return t("It still needs why, in a few words: whoever looks at the budgets reads it.")
        case r.TextMissing("suggestion" | "praise"):
            return t("A few words are missing. Type them, or Esc goes back.")
        case r.TextMissing("why" | "cause" | "action" | "outcome" | "dropped"):
            return t("It still needs a few words. What was kept so far stays.")
        case r.TextMissing():
            return t("The note is empty. Type it, or Esc goes back.")
        case r.AmountMissing():
            return t("An amount above zero, please; for nothing, Esc and 0.")
        case r.OverCap(asked, cap, room):
            if room == cap:
                return t(
                    "{asked} is above the cap of {cap}. Enter asks supervision; or choose another.",
                    asked=money(asked),
                    cap=money(cap),
                )
            return t("With what it got already, {asked} is above the cap of {cap} ({room} left). Enter asks for more.",
                     asked=money(asked), cap=money(cap), room=money(room))  # fmt: skip
        case r.BudgetTooLight(_, left):
            return t("The budget has {left}. Enter asks for authorisation, and the reserve pays.", left=money(left))
        case r.AlreadyPast():
            return t("That hour has already passed. Which one can you keep?")
        case r.NoSuchPending():
            return t("That was already answered. Nothing was changed.")
        case r.NothingToUndo():
            return t("There is nothing to undo in this case.")
        case r.WentOn():
            return t("This case went on in another window. Nothing was undone: {key}, and take it up again.",
                     key=setting.key("F3"))  # fmt: skip
        case r.UndoTooLate(seconds):
            return t("A closing can be undone for {seconds} seconds; it stays closed.", seconds=seconds)
        case r.WrongPin(left):
            return tn("Number and PIN do not match. {n} attempt is left.",
                      "Number and PIN do not match. {n} attempts are left.", left)  # fmt: skip
        case r.DeskWaits(until):
            return t("Too many attempts at this desk, whoever's. It can be tried again at {time}.",
                     time=setting.shown.seconds_clock(until))  # fmt: skip
        case r.LockedOut(until):
            return t("Too many attempts. You can try again at {time}; supervision can open it before.",
                     time=setting.shown.seconds_clock(until))  # fmt: skip
        case r.SupervisorNeeded():
            return t("Only supervision can do that.")
        case r.PinUnfit("digits"):
            return t("A PIN is made of figures only.")
        case r.PinUnfit("short" | "long"):
            return t("A PIN has 6 to 12 figures.")
        case r.PinUnfit():
            return t("That PIN is too easy to guess: no runs, no repeated figures, no dates.")
        case r.PolicyUnfit(faults):
            return "\n".join(faults)
    return _with_others(setting, refusal, now)


def _with_others(setting: Setting, refusal: r.Refusal, now: datetime) -> str:
    """One kind sentence for a refusal of something that takes a supervisor, an area or another agent."""
    t, money = setting.words.t, setting.shown.money
    match refusal:
        case r.NotYourOwn():
            return t("Nobody authorises their own. Somebody else of supervision can; or 0, nobody near.")
        case r.ReserveTooLight(_, left):
            return t("The branch's reserve has {left}. 0 promises an answer with an hour.", left=money(left))
        case r.WithinLimits():
            return t("That is within your limits now: Esc, and Enter grants it.")
        case r.AskedAlready():
            return t("Supervision was asked already in this case. The answer comes to your list.")
        case r.PriceNeeded():
            return t("It still needs the price that the customer paid.")
        case r.CaseTouched(case, stream, line):
            return t(
                "Case {case} cannot be read: line {line} of {stream} was changed. Everything else is kept.",
                case=case, line=line, stream=stream,
            )  # fmt: skip
        case r.NoSuchItem():
            return t("That was read or answered meanwhile. Nothing was changed.")
    return _with_areas(setting, refusal, now)


def _with_areas(setting: Setting, refusal: r.Refusal, now: datetime) -> str:
    """One kind sentence for what an internal area or a colleague cannot do, and for a card."""
    t, shown = setting.words.t, setting.shown
    match refusal:
        case r.AreaLater(_, ready_at, honest):
            return t("The area answers {ready}, after that hour. What can be promised: {honest}.",
                     ready=shown.when(ready_at, now), honest=shown.when(honest, now))  # fmt: skip
        case r.NobodyThere():
            return t("Nobody else works here by that name. Choose a colleague from the list.")
        case r.NotOffered():
            return t("That case is no longer offered to you. Nothing was changed.")
        case r.SameCard():
            return t("That is the same card, or one that was joined already. Nothing was changed.")
        case r.NotMerged():
            return t("Those two cards are already apart. Nothing was changed.")
        case r.CustomerForgotten():
            return t("This customer asked to be forgotten: nothing more is noted for them.")
        case r.StillOpen(cases):
            folios = ", ".join(cases[:2]) + (" …" if len(cases) > 2 else "")
            return setting.words.tn("{cases} is open: close it first.", "{cases} are open: close them first.",
                                    len(cases), cases=folios)  # fmt: skip
    return _of_analysis(setting, refusal, now)


def _of_analysis(setting: Setting, refusal: r.Refusal, now: datetime) -> str:
    """One kind sentence for what a root cause analysis cannot do."""
    t, shown = setting.words.t, setting.shown
    match refusal:
        case r.NothingBehind():
            return t("There is no case behind that. Choose another figure or other days.")
        case r.UnknownAnalysis():
            return t("That analysis is not here. Nothing was changed.")
        case r.AnalysisOver():
            return t("That analysis was concluded meanwhile. What was kept stays.")
        case r.AskedFirst("cause"):
            return t("First the root cause. What was kept so far stays.")
        case r.AskedFirst():
            return t("Another question comes first: Esc goes back to it. What was kept so far stays.")
        case r.NotYetDue(due_at):
            return t("It can be concluded from {when} on, or once its owner answers.", when=shown.when(due_at, now))
        case r.NotAChoice():
            return t("That is not on the list. Choose one by its number.")
    return _with_staff(setting, refusal, now)


def _with_staff(setting: Setting, refusal: r.Refusal, now: datetime) -> str:
    """One kind sentence for what cannot be done about who works here, and about the money."""
    t, money = setting.words.t, setting.shown.money
    match refusal:
        case r.NumberClosed():
            return t("Too many attempts in a row: that number is closed. Supervision opens it in the review.")
        case r.NothingClosed(name):
            return t("{name} can enter: there is nothing to open.", name=name)
        case r.PinNotSet():
            return t("That number has no PIN now. Supervision sets one, in the review.")
        case r.KeysGone():
            return t("The keys of this desk are missing; no attempt was counted. mesa key import brings the copy back.")
        case r.NoLongerHere():
            return t("You are no longer on the list of this branch. What you had done is saved. Ask supervision.")
        case r.NotSupervisorNow():
            return t("You are no longer in supervision since a moment ago. Nothing was changed.")
        case r.NumberRetired():
            return t("That number no longer enters: that person does not work here now. Ask supervision.")
        case r.NotYourself():
            return t("Nobody does that for themselves: another supervisor can. Nothing was changed.")
        case r.LastSupervisor():
            return t("It is the only person in supervision: first name somebody else. Nothing was changed.")
        case r.HasOpenCases(cases):
            folios = ", ".join(cases[:2]) + (" …" if len(cases) > 2 else "")
            return t("{cases}: hand over first, or take over in the review.", cases=folios)
        case r.NoOpenCases(name):
            return t("{name} has no open case. Nothing was changed.", name=name)
        case r.BudgetInUse(asked, left):
            return t("{left} is left, the rest is spent or reserved: {asked} cannot be taken.",
                     left=money(left), asked=money(asked))  # fmt: skip
        case r.BudgetTooLarge():
            return t("No budget holds that much. Nothing was changed.")
        case r.OtherCurrency(currency):
            return t("The budgets are in {currency}. Nothing was changed.", currency=currency)
        case r.AdjustmentGone():
            return t("That change was taken back already, or its period is over. Nothing was changed.")
        case r.NotWritten(_, "stopped"):
            return t("Stopped: no file was made, and nothing was changed.")
        case r.NotWritten(place, "full"):
            return t("The disk of {place} is full: no file was made. Free some space and try again.", place=place)
        case r.NotWritten(place, "folder"):
            return t("There is no folder {place}: no file was made. Make it, or name another one.", place=place)
        case r.NotWritten(place):
            return t("Nothing can be written in {place}: no file was made. Choose another folder.", place=place)
        case r.NothingToWrite():
            return t("There is no table to take out here.")
    return policy_sentence(setting, refusal, now)


def breakage(setting: Setting, broken: Broken) -> str:
    """One kind sentence for a machine that failed: what is safe, and what to do."""
    t = setting.words.t
    gone = t("The branch's file was removed or replaced: this was not saved. Tell supervision.")
    damaged = t("The file is damaged: nothing more is written. Tell supervision, and restore the backup.")
    known = {
        "StoreMissing": gone,
        "StoreMoved": gone,
        "StoreBusy": t("Another window is saving. Nothing was lost: press Enter again."),
        "StoreNewer": t("Another window opened the branch with a newer version of mesa: this was not saved. Leave, and "
                        "open mesa again."),
        "StoreFull": t("The disk is full: this was not saved. Free some space and press Enter again."),
        "StoreReadOnly": t("The file cannot be written: this was not saved. Tell supervision."),
        "StoreCorrupt": damaged, "StoreTouched": damaged,
        "StoreUntied": t("The key of this desk (keys.json) is missing: nothing is saved without it. Tell supervision."),
        "KeysUnfit": t("The keys of this desk (keys.json) cannot be read: nothing was saved. Tell supervision."),
        "StoreUnsynced": t("The disk did not confirm this. Press Enter again: it is never done twice."),
        "StoreUnknown": t("It is not certain that this was saved. Press Enter again: it is never done twice."),
    }  # fmt: skip
    text = known.get(broken.what, t("That could not be done, and nothing was lost. Press Enter again."))
    return t("{sentence} (note {reference})", sentence=text, reference=broken.reference)


def stale(setting: Setting, backups: Stale) -> str:
    """One calm sentence for a supervisor: since when there is no new backup, and who says why."""
    t = setting.words.t
    if backups.newest is None:
        return t("There is no backup yet: mesa doctor says why.")
    return t("The last backup is of {day}. mesa doctor says why there is none since.",
             day=setting.shown.day(backups.newest))  # fmt: skip


def amount_problem(setting: Setting, problem: AmountProblem) -> str:
    """One kind sentence for an amount that cannot be read."""
    t, tn, money = setting.words.t, setting.words.tn, setting.shown.money
    match problem:
        case NothingAsked():
            return t("An amount above zero, please; for nothing, Esc and 0.")
        case TooManyDigits(text, cap):
            return t("“{text}” has more figures than the cap of {cap}. Type it again.", text=text, cap=money(cap))
        case TooFine(text, decimals):
            return tn("“{text}”: this currency has {n} decimal.", "“{text}”: this currency has {n} decimals.",
                      decimals, text=text)  # fmt: skip
        case NotAnAmount(text):
            return t("I cannot read “{text}” as an amount. Figures only: 80 or 99.50.", text=text)


def when_problem(setting: Setting, problem: WhenProblem, now: datetime) -> str:
    """One kind sentence for an hour that cannot be promised, with one that can."""
    t, shown = setting.words.t, setting.shown
    match problem:
        case NotUnderstood(text):
            return t("I did not understand “{text}”. Try: 2h · today 18 · tomorrow 10 · fri · 3d", text=clean(text, 16))
        case Past(_, suggestions):
            offers = t(" or ").join(shown.when(s, now) for s in suggestions)
            return t("That hour has already passed. {offers}?", offers=_begun(offers))
        case Closed(at, suggestion, whole_day):
            offer = _begun(shown.when(suggestion, now))
            if whole_day:
                return t("We do not work on {day}. {offer}?", day=shown.day(at), offer=offer)
            return t("We are closed on {day} at {time}. {offer}?", day=shown.day(at), time=shown.clock(at), offer=offer)
        case TooFar():
            return t("That is more than a year away. Which nearer hour can you keep?")
    raise TypeError(f"no sentence for {problem!r}")


def _begun(text: str) -> str:
    """A text as it begins a sentence."""
    return text[:1].upper() + text[1:]
