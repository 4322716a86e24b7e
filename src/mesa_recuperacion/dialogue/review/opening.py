"""What a number, a letter or a word of the board opens: tables, so that a page more is a line more."""

from __future__ import annotations

from collections.abc import Callable

from mesa_recuperacion.dialogue.grammar.choose import Chosen, choose
from mesa_recuperacion.dialogue.registry import SCENES
from mesa_recuperacion.dialogue.review.policy import opening as versions
from mesa_recuperacion.dialogue.review.sets import figures
from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.domain.review.analyses import AnalysesOf
from mesa_recuperacion.domain.review.base import Query
from mesa_recuperacion.domain.review.board import BoardOf
from mesa_recuperacion.domain.review.budgets import BudgetsOf
from mesa_recuperacion.domain.review.candidates import CandidatesOf
from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.due import DueOf
from mesa_recuperacion.domain.review.exceptions import ExceptionsOf
from mesa_recuperacion.domain.review.risk import RiskOf
from mesa_recuperacion.domain.review.scope import Behind, Scope
from mesa_recuperacion.domain.review.staff import StaffOf
from mesa_recuperacion.domain.review.suggestions import SuggestionsOf
from mesa_recuperacion.domain.review.totals import AreasOf, EquityOf, RemediesOf
from mesa_recuperacion.domain.text import fold
from mesa_recuperacion.domain.values import dataclass

Maker = Callable[[Scope], Query]
"""The question of a page, asked from a board of that scope."""

Spoken = Callable[[Talk], Query]
"""The same of a page that is told in the reader's words."""

_OWN = ("thank", "desk")
"""What opens no page: thanking somebody, and the desk."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a key opens: the scene (or one of ``_OWN``), and its question."""

    stage: str
    asks: Maker = BoardOf
    spoken: Spoken | None = None

    def query(self, talk: Talk, scope: Scope) -> Query:
        """The question, asked by that reader from a board of that scope."""
        return self.asks(scope) if self.spoken is None else self.spoken(talk)


PANELS: dict[str, Opening] = {
    "1": Opening("review_causes"),
    "2": Opening("review_cases", lambda scope: CasesOf(Behind(scope, "late"))),
    "3": Opening("review_due", lambda scope: DueOf()),
    "4": Opening("review_people"),
    "5": Opening("review_equity", EquityOf),
    "6": Opening("review_risk", lambda scope: RiskOf()),
    "7": Opening("review_suggestions", lambda scope: SuggestionsOf()),
}
"""The panels, by their number."""

LETTERS: dict[str, Opening] = {
    "e": Opening("thank"),
    "p": Opening("review_due", lambda scope: DueOf()),
    "c": Opening("review_risk", lambda scope: RiskOf()),
    "s": Opening("review_suggestions", lambda scope: SuggestionsOf()),
    "q": Opening("review_whys", lambda scope: AnalysesOf()),
    "f": Opening("review_formula"),
    "o": Opening("review_policy", spoken=versions),
    "b": Opening("review_budgets", lambda scope: BudgetsOf()),
    "a": Opening("review_areas", AreasOf),
    "r": Opening("review_remedies", RemediesOf),
    "n": Opening("review_nevers"),
    "u": Opening("review_staff", lambda scope: StaffOf()),
    "x": Opening("review_exceptions", ExceptionsOf),
    "k": Opening("review_candidates", CandidatesOf),
    "d": Opening("desk"),
}
"""The pages that have a letter, the most used first: those that fit are named under the line, all by the help."""


def lettered() -> dict[str, Opening]:
    """The letters that lead somewhere."""
    return {letter: one for letter, one in LETTERS.items() if one.stage in _OWN or one.stage in SCENES}


def words_of_letters(talk: Talk) -> tuple[tuple[str, str], ...]:
    """Each letter with its word."""
    t = talk.setting.words.t
    words = {
        "e": t("thank"), "p": t("pending now"), "c": t("at risk"), "s": t("suggestions"), "q": t("five whys"),
        "f": t("formula"), "o": t("policy"), "b": t("budgets"), "a": t("areas"), "r": t("remedies"), "n": t("nevers"),
        "u": t("staff"), "x": t("exceptions"), "k": t("other problems"), "d": t("desk"),
    }  # fmt: skip
    return tuple((letter, words[letter]) for letter in lettered())


def figure_named(talk: Talk, text: str) -> Opening | None:
    """What a headline figure opens, or any other one that is counted, by letters of its name."""
    if len(fold(text).strip()) < 2:
        return None
    t = talk.setting.words.t
    names = {**figures(talk), "overdue": t("Now overdue"), "per case": t("Per case")}
    chosen = choose(text, [("", name) for name in names.values()], None)
    if not isinstance(chosen, Chosen):
        return None
    figure = list(names)[chosen.index]
    if figure == "overdue":
        return Opening("review_due", lambda scope: DueOf(overdue_only=True))
    which = "cost" if figure == "per case" else figure
    return Opening("review_cases", lambda scope: CasesOf(Behind(scope, which)))
