"""Every fact of a case in words: a short name and a sentence (rules A3, D1).  Nothing is edited: it is added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from mesa_recuperacion.dialogue.scenes.base import quoted, rail_names
from mesa_recuperacion.dialogue.scenes.hand_over import causes as hand_over_causes
from mesa_recuperacion.dialogue.scenes.overrun import reasons as overrun_reasons
from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.budget import RESERVE
from mesa_recuperacion.domain.money import Money
from mesa_recuperacion.domain.parts import ANSWER, SUPERVISION
from mesa_recuperacion.domain.policy import Problem
from mesa_recuperacion.domain.review.cases import Case
from mesa_recuperacion.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A fact in words: its name with a sign before it, and the rest; ``mark`` is the style it deserves."""

    name: str
    detail: str = ""
    mark: str = ""


class Teller:
    """Tells the facts of one case in the reader's words, under the policy that the case was decided under."""

    def __init__(self, talk: Talk, case: Case, now: datetime) -> None:
        self.talk, self._case, self._now = talk, case, now
        self.w, self.shown = talk.setting.words, talk.setting.shown
        self._names = dict(case.people)
        self._due = {
            getattr(entry.fact, name): entry.fact
            for entry in case.entries
            for name in ("promise", "follow_up", "request")
            if isinstance(entry.fact, f.PromiseMade | f.FollowUpScheduled | f.AreaAsked) and hasattr(entry.fact, name)
        }

    def tell(self, fact: f.Fact) -> Told:
        """The words of a fact; one of a kind that is not known here is at least named."""
        teller = TELLERS.get(type(fact))
        return teller(self, fact) if teller is not None else Told(fact.kind)

    # --------------------------------------------------------------------------------------------- names and amounts

    def person(self, reference: str) -> str:
        """Somebody by name; the reserve and supervision are nobody."""
        t = self.w.t
        if reference == RESERVE:
            return t("the reserve")
        if reference in ("", SUPERVISION):
            return t("supervision")
        return self._names.get(reference, reference)

    def amount(self, money: Money) -> str:
        """An amount."""
        return self.shown.money(money)

    def at(self, instant: datetime) -> str:
        """An instant, with its day."""
        return self.shown.when(instant, self._now)

    def words(self, text: str) -> str:
        """What somebody wrote; what was forgotten is said to be."""
        return quoted(self.talk, text) if text else ""

    def step(self, step: str) -> str:
        """A step by its name."""
        return rail_names(self.talk).get(step, step)

    def problem(self, code: str = "") -> Problem | None:
        """A problem of the policy of the case: that one, or the case's own."""
        policy = self._case.file.policy or self.talk.policy
        return policy.problem(code or self._case.file.state.problem) if policy else None

    def area(self, code: str) -> str:
        """An area by its name."""
        policy = self._case.file.policy or self.talk.policy
        found = policy.area(code) if policy else None
        return found.name if found else code

    def remedy(self, code: str) -> str:
        """A remedy by its name; what an answer is called."""
        if code == ANSWER:
            return self.w.t("an answer")
        problem = self.problem()
        found = problem.remedy(code) if problem else None
        return found.name if found else code

    def gesture(self, code: str) -> str:
        """A gesture by its name."""
        problem = self.problem()
        found = problem.compensation(code) if problem else None
        return found.name if found else self.w.t("another amount")

    def due(self, reference: str) -> Any:
        """The promise, follow-up or request that a later fact is about."""
        return self._due.get(reference)


def joined(*parts: str) -> str:
    """What there is of them, side by side."""
    return " · ".join(part for part in parts if part)


# -------------------------------------------------------------------------------------------------------- the case


def _opened(w: Teller, x: f.CaseOpened) -> Told:
    t = w.w.t
    why = {"repeat": t("complained before"), "broken": t("a promise broken"), "unsatisfied": t("was not satisfied")}
    earlier = w.w.tn("one complaint before", "{n} complaints before", x.earlier) if x.earlier else ""
    return Told(t("Opens the case"), joined(earlier, *(why.get(reason, reason) for reason in x.risk)))


def _said(w: Teller, x: f.StepSaid) -> Told:
    return Told(f"√ {w.step(x.step)}", w.w.t("said"))


def _identified(w: Teller, x: f.ProblemIdentified) -> Told:
    t, problem = w.w.t, w.problem(x.problem)
    name = problem.name if problem else x.problem
    again = t("the same problem again") if x.repeat else ""
    return Told(f"√ {t('Problem')}", joined(name, w.words(x.text), again), "warn" if x.repeat else "")


def _repeated(w: Teller, x: f.CaseRepeated) -> Told:
    said = w.w.t("the same problem again, in {case}", case=x.later)
    return Told(f"■ {w.w.t('It came back')}", joined(said, w.w.t("not at first contact")), "bad")


def _note(w: Teller, x: f.NoteAdded) -> Told:
    return Told(w.w.t("Note"), w.words(x.note) or w.w.t("erased at the customer's wish"))


def _remedy(w: Teller, x: f.RemedyChosen) -> Told:
    return Told(f"√ {w.w.t('Remedy')}", joined(w.remedy(x.remedy), w.amount(x.cost), w.area(x.area) if x.area else ""))


def _undone(w: Teller, x: f.StepUndone) -> Told:
    return Told(w.w.t("Undone"), w.step(x.step))


def _closed(w: Teller, x: f.CaseClosed) -> Told:
    t, span = w.w.t, w.shown.span
    late = x.elapsed > x.standard
    word = t("satisfied") if x.satisfied else t("not asked, or not satisfied")
    left = t("passed over: {steps}", steps=", ".join(map(w.step, x.pending))) if x.pending else ""
    took = t("{time} of {standard}", time=span(x.elapsed), standard=span(x.standard))
    return Told(f"● {t('Closes')}", joined(word, took, left), "warn" if late or x.pending else "good")


def _jumped(w: Teller, x: f.ClockJumped) -> Told:
    said = w.w.t("by {span}; the customer's time was kept", span=w.shown.span(x.seconds))
    return Told(w.w.t("Clock moved"), said, "warn")


def _overrun(w: Teller, x: f.OverrunExplained) -> Told:
    return Told(w.w.t("Out of time"), overrun_reasons(w.talk).get(x.reason, x.reason), "warn")


# --------------------------------------------------------------------------------------------------------- the money


def _reserved(w: Teller, x: f.CompensationReserved) -> Told:
    paid = w.w.t("the reserve pays") if x.person == RESERVE else w.w.t("budget of {name}", name=w.person(x.person))
    return Told(f"√ {w.w.t('Compensation')}", joined(w.gesture(x.compensation), w.amount(x.amount), paid))


def _back(w: Teller, x: f.CompensationReleased) -> Told:
    said = w.w.t("{amount} back to {whose}", amount=w.amount(x.amount), whose=w.person(x.person))
    return Told(w.w.t("Not given"), said)


def _delivered(w: Teller, x: f.CompensationDelivered) -> Told:
    return Told(f"● {w.w.t('Delivered')}", joined(w.amount(x.amount), w.person(x.person)), "good")


def _returned(w: Teller, x: f.CompensationReturned) -> Told:
    return Told(w.w.t("Taken back"), w.w.t("{amount} is reserved again", amount=w.amount(x.amount)))


def _nothing(w: Teller, x: f.CompensationDeclined) -> Told:
    return Told(f"√ {w.w.t('Compensation')}", joined(w.w.t("nothing"), w.words(x.reason)))


def _legal(w: Teller, x: f.StatutoryRecorded) -> Told:
    paid = w.w.t("of {amount} paid", amount=w.amount(x.price)) if x.price.minor else ""
    return Told(w.w.t("Legal minimum"), joined(w.amount(x.amount), paid))


def _waived(w: Teller, x: f.StatutoryWaived) -> Told:
    return Told(w.w.t("Legal minimum"), joined(w.w.t("does not apply"), w.words(x.reason)))


def _wish(w: Teller, x: f.ExceptionAsked) -> Told:
    said = joined(w.gesture(x.compensation), w.amount(x.amount), w.words(x.reason))
    return Told(w.w.t("Asks for more"), said, "warn")


def _authorised(w: Teller, x: f.ExceptionAuthorised) -> Told:
    said = joined(w.person(x.by), w.amount(x.amount), w.words(x.reason))
    return Told(w.w.t("Authorised"), said, "good")


def _refused(w: Teller, x: f.ExceptionDeclined) -> Told:
    return Told(w.w.t("Not authorised"), w.words(x.words), "warn")


def _wrong_pin(w: Teller, x: f.AuthorisationFailed) -> Told:
    said = w.w.tn("one wrong PIN of {name}", "{n} wrong PINs of {name}", x.failures, name=w.person(x.person))
    return Told(w.w.t("Wrong PIN"), said, "warn")


# ---------------------------------------------------------------------------------------- promises, calls and others


def _promise(w: Teller, x: f.PromiseMade) -> Told:
    said = joined(w.at(x.due_at), w.remedy(x.what), w.area(x.area) if x.area else w.person(x.owner))
    return Told(f"√ {w.w.t('Promise made')}", said)


def _kept(w: Teller, x: f.PromiseKept) -> Told:
    made = w.due(x.promise)
    what = w.remedy(made.what) if made is not None else ""
    return Told(f"● {w.w.t('Kept')}", joined(what, w.w.t("late") if x.late else ""), "warn" if x.late else "good")


def _broken(w: Teller, x: f.PromiseBroken) -> Told:
    made = w.due(x.promise)
    return Told(f"■ {w.w.t('Broken')}", w.remedy(made.what) if made is not None else "", "bad")


def _moved(w: Teller, x: f.PromiseMoved) -> Told:
    return Told(w.w.t("Moved"), w.w.t("to {when}", when=w.at(x.due_at)), "warn")


def _scheduled(w: Teller, x: f.FollowUpScheduled) -> Told:
    t = w.w.t
    name = {"verify": t("Follow-up"), "return": t("Come back"), "retain": t("To retain")}.get(x.purpose, x.purpose)
    attempt = t("attempt {n}", n=x.attempt) if x.attempt > 1 else ""
    return Told(f"√ {name}" if x.purpose == "verify" else name, joined(w.at(x.due_at), w.person(x.owner), attempt))


def _cancelled(w: Teller, x: f.FollowUpCancelled) -> Told:
    planned = w.due(x.follow_up)
    return Told(w.w.t("Cancelled"), w.w.t("the call of {when}", when=w.at(planned.due_at)) if planned else "")


def _answered(w: Teller, x: f.FollowUpAnswered) -> Told:
    t = w.w.t
    said, mark = {
        "satisfied": (t("satisfied"), "good"), "not_satisfied": (t("not satisfied"), "bad"),
        "no_answer": (t("no answer"), "warn"),
    }.get(x.answer, (x.answer, ""))  # fmt: skip
    sign = {"good": "●", "bad": "■"}.get(mark, "▲")
    return Told(f"{sign} {t('Follow-up')}", joined(said, w.words(x.words)), mark)


def _asked(w: Teller, x: f.AreaAsked) -> Told:
    by = w.w.t("by {when}", when=w.at(x.due_at))
    return Told(w.w.t("Asks an area"), joined(w.area(x.area), w.words(x.what), by))


def _area_said(w: Teller, x: f.AreaAnswered) -> Told:
    asked = w.due(x.request)
    said = joined(w.area(asked.area) if asked is not None else "", w.words(x.words), w.w.t("late") if x.late else "")
    return Told(w.w.t("Area answers"), said, "warn" if x.late else "good")


def _area_free(w: Teller, x: f.AreaWithdrawn) -> Told:
    asked = w.due(x.request)
    said = joined(w.area(asked.area) if asked is not None else "", w.w.t("no longer needed"))
    return Told(w.w.t("Withdrawn"), said)


def _offered(w: Teller, x: f.HandOverOffered) -> Told:
    said = joined(w.w.t("to {name}", name=w.person(x.to)), hand_over_causes(w.talk).get(x.reason, x.reason))
    return Told(w.w.t("Hands over"), said, "warn")


def _passed_on(w: Teller, x: f.PassedToSupervision) -> Told:
    return Told(w.w.t("Passed on"), w.w.t("from {name} to supervision", name=w.person(x.person)), "warn")


def _plain(name: Callable[[Teller], Told]) -> Callable[[Teller, Any], Told]:
    return lambda w, _: name(w)


TELLERS: dict[type[f.Fact], Callable[[Teller, Any], Told]] = {
    f.CaseOpened: _opened, f.StepSaid: _said, f.ProblemIdentified: _identified, f.NoteAdded: _note,
    f.RemedyChosen: _remedy, f.StepUndone: _undone, f.CaseClosed: _closed, f.ClockJumped: _jumped,
    f.CaseParked: lambda w, x: Told(w.w.t("Is parked"), w.w.t("at {step}", step=w.step(x.step))),
    f.OverrunExplained: _overrun, f.CompensationReserved: _reserved,
    f.CompensationReleased: _back, f.CompensationDelivered: _delivered, f.CompensationReturned: _returned,
    f.CompensationDeclined: _nothing, f.StatutoryRecorded: _legal, f.StatutoryWaived: _waived,
    f.ExceptionAsked: _wish, f.ExceptionAuthorised: _authorised, f.ExceptionDeclined: _refused,
    f.AuthorisationFailed: _wrong_pin, f.PromiseMade: _promise, f.PromiseKept: _kept, f.PromiseBroken: _broken,
    f.PromiseMoved: _moved, f.FollowUpScheduled: _scheduled, f.FollowUpCancelled: _cancelled,
    f.FollowUpAnswered: _answered, f.AreaAsked: _asked, f.AreaAnswered: _area_said, f.AreaWithdrawn: _area_free,
    f.HandOverOffered: _offered, f.PassedToSupervision: _passed_on, f.CaseRepeated: _repeated,
    f.RepeatWithdrawn: lambda w, x: Told(
        w.w.t("Did not return"), w.w.t("{case} was about something else", case=x.later)
    ),
    f.CaseWithdrawn: _plain(lambda w: Told(w.w.t("Withdrawn"), w.w.t("it was another customer; it counts nowhere"))),
    f.CaseResumed: _plain(lambda w: Told(w.w.t("Goes on"))),
    f.ClosingUndone: _plain(lambda w: Told(w.w.t("Closing undone"), w.w.t("the case is open again"), "warn")),
    f.CaseReopened: _plain(lambda w: Told(w.w.t("Reopened"), w.w.t("the first clock is kept"), "bad")),
    f.HandOverAccepted: _plain(lambda w: Told(w.w.t("Takes it"), w.w.t("with all that is pending"))),
    f.HandOverDeclined: lambda w, x: Told(w.w.t("Cannot take it"), w.words(x.words), "warn"),
    f.ContactForgotten: _plain(lambda w: Told(w.w.t("Forgotten"), w.w.t("the customer asked for it"))),
    f.HandOverWithdrawn: _plain(lambda w: Told(w.w.t("Keeps it"), w.w.t("nobody else takes it"))),
}  # fmt: skip
"""How each kind of fact of a case is told."""
