"""What is wrong with a key, in one sentence: for each kind of fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.reading import Place, keys_of
from mesa_recuperacion.policy.schema import LISTS, SECTIONS

Context = Mapping[str, Any]

_SAY: dict[str, Callable[[Words, Context], str]] = {
    # what TOML gave
    "missing": lambda w, _: w.t("is missing"),
    "text_type": lambda w, _: w.t('has to be a text, between quotes: "…"'),
    "text_unicode": lambda w, _: w.t("has letters that cannot be written as UTF-8"),
    "integer_type": lambda w, _: w.t("has to be a whole number, without quotes"),
    "list_type": lambda w, _: w.t('has to be a list, between brackets: ["…", "…"]'),
    "table_type": lambda w, _: w.t("has to be a table of keys, not a single value"),
    "too_small": lambda w, c: w.t("has to be {limit} or more", limit=c["limit"]),
    "too_large": lambda w, c: w.t("has to be {limit} or less", limit=c["limit"]),
    "choice_unknown": lambda w, c: w.t("has to be one of these: {known}", known=_quoted(c["known"])),
    "too_short": lambda w, _: w.t("needs at least one"),
    "too_long": lambda w, c: w.t("has {n}; at most {limit} fit", n=c["n"], limit=c["limit"]),
    # texts
    "text_empty": lambda w, _: w.t("has no text"),
    "text_long": lambda w, c: w.t(
        "has {n} letters and {limit} fit: {over} too many", n=c["n"], limit=c["limit"], over=c["n"] - c["limit"]
    ),
    "place_unknown": lambda w, c: (
        w.t("{place} is not known here; these are: {known}", place=c["place"], known=c["known"])
        if c["known"]
        else w.t("nothing is filled in here: {place} would be shown as it is", place=c["place"])
    ),
    "place_open": lambda w, _: w.t(
        "has a brace that opens or closes nothing; braces are only for places like {name}", name="{name}"
    ),
    "place_missing": lambda w, c: w.t("has to say {place}: the program fills it in", place=c["place"]),
    "code_shape": lambda w, _: w.t(
        "a code is small letters without accents, digits and _, begins with a letter, and has at most 32"
    ),
    # money
    "currency_unknown": lambda w, _: w.t("is not the code of a currency: three capital letters, as in MXN, EUR or USD"),
    "money_float": lambda w, _: w.t('money with decimals goes between quotes, so that no cent is lost: "99.50"'),
    "money_negative": lambda w, _: w.t("an amount cannot be less than 0"),
    "money_large": lambda w, c: w.t("an amount cannot be more than {limit}", limit=c["limit"]),
    "money_decimals": lambda w, c: w.tn(
        "{currency} has at most {n} decimal", "{currency} has at most {n} decimals", c["n"], currency=c["currency"]
    ),
    "money_shape": lambda w, _: w.t('is not an amount; write 150, or "99.50" with decimals'),
    # what the law owes
    "owed_share": lambda w, _: w.t('a share of the price is a whole number from 1% to 100%: "20%"'),
    "owed_shape": lambda w, _: w.t('write a share of the price paid as "20%", or an amount as 50 or "99.50"'),
    "owed_nothing": lambda w, _: w.t("nothing is owed: leave this key out"),
    "statutory_unnamed": lambda w, _: w.t(
        'needs a name, one for all problems: write {table} on a line of its own, and name = "…" below it',
        table="[statutory]",
    ),
    # time
    "span_shape": lambda w, _: w.t('is not a length of time; write "90s", "30m", "18h", or "2d" for working days'),
    "span_long": lambda w, c: w.t("is too long: at most {limit} days", limit=c["limit"]),
    "span_zero": lambda w, _: w.t("cannot be nothing"),
    "zone_unknown": lambda w, _: w.t("is not a time zone; write it as in America/Mexico_City or Europe/Madrid"),
    "window_shape": lambda w, _: w.t('is not a window of hours; write "09:00-14:00"'),
    "window_time": lambda w, _: w.t("has an hour that does not exist; the day goes from 00:00 to 24:00"),
    "window_empty": lambda w, _: w.t('opens and closes at the same hour; a whole day is "00:00-24:00"'),
    "window_overlap": lambda w, _: w.t("overlaps another window of that day"),
    "window_night": lambda w, c: w.t(
        "overlaps the night of the day before, which closes at {hour}", hour=f"{c['closes']:%H:%M}"
    ),
    "never_open": lambda w, _: w.t("no day has a window: the branch would never open"),
    "day_shape": lambda w, _: w.t('is not a date; write "2026-12-25": year, month and day'),
    # one table against another
    "unsaid_price": lambda w, _: w.t("is missing: a problem owes a share of the price, which is asked for with it"),
    "unsaid_statutory": lambda w, _: w.t("is missing: what the law owes for a problem is given with it"),
    "unsaid_retention": lambda w, _: w.t(
        "is missing: the call that {table} asks for begins with it", table="[retention]"
    ),
    "code_twice": lambda w, c: w.t("the code «{code}» is already that of {other}", code=c["code"], other=c["other"]),
    "name_twice": lambda w, c: w.t("the name «{name}» is already that of {other}", name=c["name"], other=c["other"]),
    "listed_twice": lambda w, _: w.t("is listed twice"),
    "no_area": lambda w, c: _nearest(w, w.t("no [[area]] has that code"), c),
    "no_compensation": lambda w, c: _nearest(w, w.t("no [[compensation]] has that code"), c),
    "over_cap": lambda w, c: w.t(
        "is more than the cap of a case ([limits] case_cap = {cap}): it could never be given", cap=c["cap"]
    ),
    "done_long": lambda w, c: w.t("with its amount it has {n} letters, and {limit} fit", n=c["n"], limit=c["limit"]),
    "other_missing": lambda w, _: w.t('the last problem has to be "another problem", with the code "other"'),
    "other_last": lambda w, _: w.t('"another problem" (code "other") has to be the last one'),
}


def sentence(kind: str, context: Context, place: Place, words: Words) -> str:
    """What is wrong at a place.

    ``kind`` and ``context`` are those of :class:`policy.reading.Wrong`.
    """
    if kind == "key_unknown":
        return unknown_key(place, words)
    last = place[-1] if place else ""
    if kind == "list_type" and last in LISTS:
        return words.t("is written with double brackets, once for each: {table}", table=f"[[{_dotted(place)}]]")
    if kind == "table_type" and len(place) == 1:
        return words.t("is a table: write {table} on a line of its own, and its keys below", table=f"[{last}]")
    say = _SAY.get(kind)
    return say(words, context) if say else words.t("is not understood")


def unknown_key(place: Place, words: Words) -> str:
    """That a key is not known, and which one was probably meant."""
    where = tuple(step for step in place[:-1] if isinstance(step, str))
    name = str(place[-1])
    if where and name in keys_of(SECTIONS[()]) and (name,) not in SECTIONS:
        return words.t("this key goes at the top of the file, above the first [table]")
    if where in SECTIONS and (near := get_close_matches(name, keys_of(SECTIONS[where]), n=1)):
        return words.t("this key is not known; did you mean «{near}»?", near=near[0])
    homes = {key: _header(other) for other, table in SECTIONS.items() if other for key in keys_of(table)}
    if name in homes:
        return words.t("this key is not known here; it belongs in {table}", table=homes[name])
    if near := get_close_matches(name, homes, n=1, cutoff=0.8):
        return words.t("this key is not known; did you mean «{near}», in {table}?", near=near[0], table=homes[near[0]])
    return words.t("this key is not known")


def _header(section: tuple[str, ...]) -> str:
    return f"[[{'.'.join(section)}]]" if section[0] in LISTS else f"[{section[0]}]"


def _nearest(words: Words, told: str, context: Context) -> str:
    near = get_close_matches(context["code"], context["known"], n=1)
    if not near:
        return told
    return words.t("{told}; did you mean «{near}»?", told=told, near=clean(near[0], 32))


def _quoted(choices: tuple[str, ...]) -> str:
    return ", ".join(f'"{choice}"' for choice in choices)


def _dotted(place: Place) -> str:
    return ".".join(step for step in place if isinstance(step, str))
