"""A policy file into a policy, or everything that is wrong with it, told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.domain.text import clean
from mesa_recuperacion.i18n.words import LANGUAGES, Words
from mesa_recuperacion.policy.build import build
from mesa_recuperacion.policy.cross import crossed
from mesa_recuperacion.policy.defaults import shipped_phrases
from mesa_recuperacion.policy.faults import Fault, key_of, order_in, value_at
from mesa_recuperacion.policy.lines import Lines
from mesa_recuperacion.policy.reading import Wrong, read_table
from mesa_recuperacion.policy.schema import PolicyFile
from mesa_recuperacion.policy.sentences import sentence
from mesa_recuperacion.policy.syntax import MAX_BYTES, parse, too_large
from mesa_recuperacion.policy.values import is_currency

MOST_FAULTS = 500
"""More than this is not a policy with faults but another kind of file; the rest is counted."""

_ABSENT = ("missing", "too_short")
_WITHOUT_VALUE = (*_ABSENT, "key_unknown", "too_long")


def read_policy(text: str, *, source: str, words: Words) -> Policy | tuple[Fault, ...]:
    """The policy that a TOML text writes, as version 0, or every fault in it, in the order of the file.

    ``source`` is the file's name, for the faults.  Never raises for anything that a text can hold.
    """
    source = clean(source, 200)
    data, faults = parse(text, source, words)
    return _policy(data, faults, text, source, words)


@lru_cache(maxsize=16)
def read_published(text: str, *, source: str, words: Words) -> Policy | tuple[Fault, ...]:
    """The same for a text that was once published: what was sound then is a policy for as long as it is kept.

    Phrases that the program has learnt to say since, and that the text cannot have, are the shipped ones of its
    language; they are asked for when the next version is written.  A text is read once: practice, the review and a
    report ask for the same ones.
    """
    source = clean(source, 200)
    data, faults = parse(text, source, words)
    language, phrases = data.get("language"), data.get("phrases")
    if language in LANGUAGES and isinstance(phrases, dict):
        data = {**data, "phrases": {**shipped_phrases(str(language)), **phrases}}
    return _policy(data, faults, text, source, words)


def _policy(
    data: dict[str, object], faults: tuple[Fault, ...], text: str, source: str, words: Words
) -> Policy | tuple[Fault, ...]:  # fmt: skip
    if faults and not data:
        return faults
    file, wrong = _read(data)
    if faults:  # lines were put aside: what seems absent, or points at nothing, may be there
        wrong = [w for w in wrong if w.kind not in _ABSENT]
    else:
        wrong += crossed(data)
    if file is not None and not wrong and not faults:
        return build(file)
    order = order_in(data)
    wrong.sort(key=lambda w: order(w.place))
    rest = len(wrong) - MOST_FAULTS
    more = (Fault(source, "", words.tn("and {n} more fault", "and {n} more faults", rest)),) if rest > 0 else ()
    lines = Lines(text)
    told = (replace(_fault(w, data, source, words), line=lines.of(w.place)) for w in wrong[:MOST_FAULTS])
    return (*faults, *told, *more)


def read_policy_bytes(data: bytes, *, source: str, words: Words) -> Policy | tuple[Fault, ...]:
    """The same for what a file holds, which may not be UTF-8 or may be no policy at all."""
    if len(data) > MAX_BYTES:
        return (too_large(source, words),)
    try:
        return read_policy(data.decode("utf-8-sig"), source=source, words=words)
    except UnicodeDecodeError as error:
        line = words.t("line {n}", n=data.count(b"\n", 0, error.start) + 1)
        return (Fault(clean(source, 200), line, words.t("is not UTF-8 text: save the file as UTF-8")),)


def with_version(policy: Policy, version: int) -> Policy:
    """The same policy under the version that publishing gave it."""
    return replace(policy, version=version)


def _read(data: Mapping[str, object]) -> tuple[PolicyFile | None, list[Wrong]]:
    code = data.get("currency")
    return read_table(PolicyFile, data, code if isinstance(code, str) and is_currency(code) else "XXX")


def _fault(wrong: Wrong, data: Mapping[str, object], source: str, words: Words) -> Fault:
    value = "" if wrong.kind in _WITHOUT_VALUE else value_at(wrong.place, data)
    told = sentence(wrong.kind, wrong.context, wrong.place, words)
    return Fault(source, key_of(wrong.place, data), told, value)
