"""The report as one HTML page that needs nothing else: no script, no request, good on paper and on a telephone.

This module says what stands on the page, in the reader's words; ``page.html`` and ``page.css`` how it looks.  All text
is escaped by the template; only the charts, which are made of an XML tree, go in as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from mesa_recuperacion.domain.review.counts import Counts, share
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.reports.grids import Section
from mesa_recuperacion.reports.monthly import Report, title
from mesa_recuperacion.reports.sections import sections
from mesa_recuperacion.reports.voice import Voice


@dataclass(frozen=True, slots=True)
class Tile:
    """A headline figure: what it is, its value, its change, the goal or what it is made of."""

    name: str
    value: str
    change: str = ""
    note: str = ""
    state: str = ""
    """``good`` or ``bad`` against the goal; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page says."""

    language: str
    title: str
    business: str
    branch: str
    period: str
    made: str
    tiles: Sequence[Tile]
    sections: Sequence[Section]
    foot: str


def as_html(report: Report, voice: Voice) -> str:
    """The report as a page."""
    words, board = voice.words, report.board
    made = words.t("Made on {day} by {name}", day=voice.moment(report.made_at), name=clean(voice.by))
    page = Page(
        words.language, title(voice), clean(voice.business), clean(voice.branch),
        voice.period(board.scope.period), made,
        tiles(report, voice), tuple(sections(report, voice)),
        _foot(voice),
    )  # fmt: skip
    return _template().render(page=page, css=Markup(_css()))  # noqa: S704 - our own style sheet


def _foot(voice: Voice) -> str:
    """How it was counted, and what proves later that nothing before it was touched (rule E1)."""
    t = voice.words.t
    counted = t(
        "A case counts on the day of its first closing. Amounts owed by law are apart, in no other cost. People "
        "are in alphabetical order: this is no ranking."
    )
    return f"{counted} {t('Mark of the journal: {mark}.', mark=voice.mark)}" if voice.mark else counted


def tiles(report: Report, voice: Voice) -> tuple[Tile, ...]:
    """The headline figures, each with its change against the period before."""
    t, here, before, goals = voice.words.t, report.board.counts, report.board.before, voice.policy.goals
    costs = t("remedies {remedies} · compensations {gestures}",
              remedies=voice.money(here.remedy_cost), gestures=voice.money(here.compensation))  # fmt: skip
    overdue = sum(due.overdue for due in report.board.due)
    return (
        Tile(t("Cases"), voice.number(here.cases), _change(here.cases, before.cases, voice, before)),
        _rate(t("On time"), (here.on_time, here.cases), (before.on_time, before.cases), goals.on_time, voice),
        _rate(t("At first contact"), (here.first_contact, here.cases), (before.first_contact, before.cases),
              goals.first_contact, voice),
        _rate(t("Satisfied, of those who answered"), (here.satisfied, here.verified),
              (before.satisfied, before.verified), 0, voice),
        Tile(t("Cost"), voice.money(here.cost), _money_change(here.cost, before.cost, voice, before), costs),
        Tile(t("Cost of a case"), voice.money(here.per_case) if here.cases else "–",
             _money_change(here.per_case, before.per_case, voice, before)),
        Tile(t("Owed by law"), voice.money(here.statutory),
             _money_change(here.statutory, before.statutory, voice, before), t("apart, in no other cost")),
        Tile(t("Overdue now"), voice.number(overdue), "", t("promises, calls, areas and exceptions")),
    )  # fmt: skip


def _rate(name: str, here: tuple[int, int], before: tuple[int, int], goal: int, voice: Voice) -> Tile:
    """A share, its change in points, and whether it reaches its goal."""
    t, now, then = voice.words.t, share(*here), share(*before)
    if now is None:
        return Tile(name, "–", "", t("goal {share}", share=voice.percent(goal)) if goal else "")
    change = ""
    if then is not None:
        change = t("as before") if now == then else t("{signed} points", signed=f"{now - then:+d}".replace("-", "−"))
    note = t("goal {share}", share=voice.percent(goal)) if goal else ""
    return Tile(name, voice.percent(now), change, note, ("good" if now >= goal else "bad") if goal else "")


def _change(now: int, then: int, voice: Voice, before: Counts) -> str:
    if not before.cases:
        return ""
    sign = "+" if now > then else "−"
    return voice.words.t("as before") if now == then else f"{sign}{voice.number(abs(now - then))}"


def _money_change(now: int, then: int, voice: Voice, before: Counts) -> str:
    if not before.cases:
        return ""
    sign = "+" if now > then else "−"
    return voice.words.t("as before") if now == then else f"{sign}{voice.money(abs(now - then))}"


@cache
def _template() -> Template:
    text = (files("mesa_recuperacion.reports") / "page.html").read_text(encoding="utf-8")
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return made.from_string(text)


@cache
def _css() -> str:
    return (files("mesa_recuperacion.reports") / "page.css").read_text(encoding="utf-8")
