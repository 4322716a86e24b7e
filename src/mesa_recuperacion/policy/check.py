"""What works but could serve better: length of what is said (rule A5), choices without a digit, things nobody uses.

A warning never keeps a policy from being published; a fault does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time

from mesa_recuperacion.domain.policy import OTHER_PROBLEM, Policy, Problem, Remedy, Span
from mesa_recuperacion.domain.text import fold
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.schema import DAYS

PHRASE_WORDS = 12
FLOW_WORDS = 75
WORDS_A_MINUTE = 150
"""At this pace, an English figure, 75 words take 30 seconds."""
NIGHT_HOURS = 12
"""A shift across midnight longer than this is more likely a slip."""
DIGITS = 9
"""Choices of a list that a digit reaches; the others are found by letters."""

_TYPICAL = {
    "es": {
        "name": "Marta",
        "amount": "ochenta pesos",
        "when": "mañana jueves, antes de las 10 de la mañana",
        "then": "ese día a las 11",
    },
    "en": {
        "name": "Martha",
        "amount": "eighty dollars",
        "when": "tomorrow, Thursday, before 10 am",
        "then": "that day at 11",
    },
}
_UNTRUE = (
    "no volvera a", "nunca volvera a", "responsable de todo", "entiendo perfectamente", "se exactamente como",
    "never happen again", "not happen again", "responsible for everything", "understand perfectly",
    "exactly how you feel",
)  # fmt: skip
"""What nobody can know or mean while saying it, folded."""


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - ``Warning`` is Python's
    """Something worth a second look: where, of which kind, and the figures of that kind."""

    key: str
    kind: str
    count: int = 0
    limit: int = 0
    text: str = ""

    @property
    def over(self) -> int:
        """By how much the limit is passed."""
        return max(0, self.count - self.limit)

    def told(self, words: Words) -> str:
        """The place and one sentence."""
        return f"{self.key}: {_sentence(self, words)}"


def warnings_for(policy: Policy) -> tuple[Warning_, ...]:
    """All that is worth a second look, phrases first."""
    return (
        *_phrases(policy),
        *_flows(policy),
        *_choices(policy),
        *_unused(policy),
        *_promises(policy),
        *_nights(policy),
        *_families(policy),
    )


def spoken_words(text: str, language: str, *, calling: bool = False) -> int:
    """Words of a phrase as it is said, its places filled with typical values (``{amount}`` is two words).

    ``calling`` is for the follow-up, whose ``{when}`` leans on the day just promised: "that day at 11".
    """
    typical = _TYPICAL.get(language, _TYPICAL["en"])
    for place in ("name", "amount", "when"):
        text = text.replace("{" + place + "}", typical["then" if calling and place == "when" else place])
    coins = len(re.findall(r"[$€£¥]\s?[0-9]|[0-9]\s?[$€£¥%]", text))
    return len(re.findall(r"[^\W_]+(?:['’.,:][^\W_]+)*", text)) + coins


def flow_words(policy: Policy, problem: Problem) -> int:
    """Words of the standard flow for a problem, the longest choice at each step."""
    return sum(max((count for _, count in step), default=0) for step in _flow(policy, problem))


def spoken_seconds(policy: Policy) -> int:
    """Seconds that the longest standard flow of the policy takes to say, rounded up."""
    words = max((flow_words(policy, problem) for problem in policy.problems), default=0)
    return seconds_for(words)


def statutory_seconds(policy: Policy) -> int:
    """Seconds more in a call whose problem has something that the law owes (rule B6); 0 if none has."""
    owed = [problem.statutory for problem in policy.problems if problem.statutory]
    said = [policy.phrases.statutory] * bool(owed) + [policy.phrases.price] * any(x.by_price for x in owed)
    return seconds_for(sum(spoken_words(text, policy.language) for text in said))


def seconds_for(words: int) -> int:
    """Seconds that so many words take to say, rounded up."""
    return -(-words * 60 // WORDS_A_MINUTE)


Said = tuple[str, int]
"""The key of a phrase and its words."""


def _flow(policy: Policy, problem: Problem) -> tuple[list[Said], ...]:
    """What may be said at each moment of the standard flow: one of each list is."""
    language, phrases = policy.language, policy.phrases

    def said(key: str, text: str) -> Said:
        return key, spoken_words(text, language, calling=key in _CALLING)

    at = _problem_key(policy, problem)
    remedies = [(f"{at} remedy {i} «{r.code}»", r) for i, r in enumerate(problem.remedies, 1)]
    promised = [_both(said(f"{k} phrase", r.phrase), said(f"{k} promise", r.promise)) for k, r in remedies]
    general = ("apology", "apology_repeat", "apology_broken")
    return (
        [said(f"[phrases] {key}", getattr(phrases, key)) for key in general],
        [said("[phrases] ask", phrases.ask)],
        [said("[phrases] ask_other", phrases.ask_other)] if problem.code == OTHER_PROBLEM else [],
        [said(f"{at} phrase", problem.phrase)],
        promised,
        [
            *(said(f"[[compensation]] «{c.code}» phrase", c.phrase) for c in problem.compensations),
            said("[phrases] own_amount", phrases.own_amount),
            said("[phrases] no_compensation", phrases.no_compensation),
        ],
        [said("[phrases] follow_up", phrases.follow_up), said("[phrases] ask_phone", phrases.ask_phone)],
        [said("[phrases] closing", phrases.closing)],
    )


def _both(first: Said, second: Said) -> Said:
    """Two phrases of one choice: the remedy and the promise that belongs to it."""
    return first[0], first[1] + second[1]


def _phrases(policy: Policy) -> Iterator[Warning_]:
    for key, text in _standard_phrases(policy).items():
        count = spoken_words(text, policy.language, calling=key in _CALLING)
        if count > PHRASE_WORDS:
            yield Warning_(key, "phrase_words", count, PHRASE_WORDS)
        if _is_untrue(text):
            yield Warning_(key, "untrue", text=text)
    for key in _BESIDES:
        if _is_untrue(text := getattr(policy.phrases, key)):
            yield Warning_(f"[phrases] {key}", "untrue", text=text)


def _is_untrue(text: str) -> bool:
    return any(untrue in fold(text) for untrue in _UNTRUE)


_CALLING = ("[phrases] follow_up", "[phrases] ask_phone")
_STANDARD = (
    "apology", "apology_repeat", "apology_broken", "ask", "ask_other", "no_compensation", "own_amount", "promise",
    "follow_up", "ask_phone", "closing",
)  # fmt: skip
_BESIDES = (
    "promise_due", "follow_up_due", "not_satisfied", "late", "exception", "area", "hand_over", "price", "statutory",
    "retention",
)  # fmt: skip
"""What is said besides the standard flow: as long as it has to be, and as true."""


def _standard_phrases(policy: Policy) -> dict[str, str]:
    """Every phrase of the standard flow, by its key; what problems share is there once."""
    phrases = policy.phrases
    found = {f"[phrases] {key}": getattr(phrases, key) for key in _STANDARD}
    for problem in policy.problems:
        at = _problem_key(policy, problem)
        found[f"{at} phrase"] = problem.phrase
        for number, remedy in enumerate(problem.remedies, 1):
            key = f"{at} remedy {number} «{remedy.code}»"
            found[f"{key} phrase"] = remedy.phrase
            if remedy.promise != phrases.promise:
                found[f"{key} promise"] = remedy.promise
        found |= {f"[[compensation]] «{c.code}» phrase": c.phrase for c in problem.compensations}
    return found


def _flows(policy: Policy) -> Iterator[Warning_]:
    for problem in policy.problems:
        count = flow_words(policy, problem)
        if count > FLOW_WORDS:
            yield Warning_(_problem_key(policy, problem), "flow_words", count, FLOW_WORDS)


def _choices(policy: Policy) -> Iterator[Warning_]:
    """Lists longer than the digits; the gestures leave one digit for "another amount"."""
    lists = [("[[problem]]", len(policy.problems), DIGITS)]
    for problem in policy.problems:
        at = _problem_key(policy, problem)
        lists.append((f"{at} remedy", len(problem.remedies), DIGITS))
        lists.append((f"{at} compensations", len(problem.compensations), DIGITS - 1))
    for key, count, limit in lists:
        if count > limit:
            yield Warning_(key, "no_digit", count, limit)


def _unused(policy: Policy) -> Iterator[Warning_]:
    used = {remedy.area for problem in policy.problems for remedy in problem.remedies}
    for area in policy.areas:
        if area.code not in used:
            yield Warning_(f"[[area]] «{area.code}»", "unused")


def _promises(policy: Policy) -> Iterator[Warning_]:
    """Budgets that do not reach one case, and remedies promised sooner than their area answers (rule C5)."""
    if not policy.budget.covers(policy.case_cap):
        yield Warning_("[budget] amount", "budget_short")
    for problem in policy.problems:
        for number, remedy in enumerate(problem.remedies, 1):
            if kind := _too_soon(remedy, policy):
                key = f"{_problem_key(policy, problem)} remedy {number} «{remedy.code}» within"
                yield Warning_(key, kind, text=remedy.area)


def _nights(policy: Policy) -> Iterator[Warning_]:
    """Windows across midnight that are too long for a shift: most likely the two hours were written in reverse."""
    for day, windows in zip(DAYS, policy.hours.windows, strict=True):
        for opens, closes in windows:
            length = 24 * 60 + _minutes(closes) - _minutes(opens)
            if closes < opens and length > NIGHT_HOURS * 60:
                hours = f"{opens:%H:%M}-{closes:%H:%M}"
                yield Warning_(f"[hours] {day}", "night_long", -(-length // 60), NIGHT_HOURS, hours)


def _families(policy: Policy) -> Iterator[Warning_]:
    """Problems without a family, where others have one: they are missing from the causes by family (rule D2)."""
    listed = [problem for problem in policy.problems if problem.code != OTHER_PROBLEM]
    if any(problem.family for problem in listed):
        for problem in listed:
            if not problem.family:
                yield Warning_(_problem_key(policy, problem), "no_family")


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _too_soon(remedy: Remedy, policy: Policy) -> str:
    """``too_soon`` before the area answers, ``no_margin`` if it then leaves less than the margin; empty if neither."""
    area, margin = policy.area(remedy.area), policy.area_margin
    if area is None or (area.response.unit == "d") != (remedy.within.unit == "d"):
        return ""  # a clock and working days: which is longer depends on the day
    spare = _length(remedy.within) - _length(area.response)
    if spare < 0:
        return "too_soon"
    if (margin.unit == "d") == (remedy.within.unit == "d"):
        return "no_margin" if spare < _length(margin) else ""
    return "no_margin" if spare == 0 and margin.count else ""


def _length(span: Span) -> int:
    """Seconds, or working days: two lengths compare only if both are of one kind."""
    return span.count * {"s": 1, "m": 60, "h": 3600, "d": 1}[span.unit]


def _problem_key(policy: Policy, problem: Problem) -> str:
    return f"[[problem]] {policy.problems.index(problem) + 1} «{problem.code}»"


def _sentence(warning: Warning_, words: Words) -> str:
    figures = {"n": warning.count, "limit": warning.limit, "over": warning.over}
    match warning.kind:
        case "phrase_words":
            return words.t("{n} words as it is said, and {limit} is the most: {over} over", **figures)
        case "flow_words":
            seconds = seconds_for(warning.count)
            return words.t(
                "{n} words in the whole call, and {limit} is the most: {over} over; it takes {seconds} s to say",
                **figures,
                seconds=seconds,
            )
        case "untrue":
            return words.t("promises or claims what nobody can know; a phrase has to be true when it is said")
        case "no_digit":
            return words.t("{n} choices, and digits reach {limit}: the others are found by their letters", **figures)
        case "unused":
            return words.t("nothing uses it")
        case "no_family":
            return words.t("has no family of causes, and others have one")
        case "budget_short":
            return words.t("is less than the cap of one case")
        case "too_soon":
            return words.t("is sooner than the area «{area}» answers", area=warning.text)
        case "night_long":
            return words.t("{window} closes the next day, up to {n} hours later", window=warning.text, n=warning.count)
        case "no_margin":
            return words.t("leaves less than [time] area_margin after the area «{area}» answers", area=warning.text)
    return warning.kind
