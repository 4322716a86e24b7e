"""D7: a version that was published is read for as long as it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.load import read_policy, read_published


def test_d7_a_published_version_without_the_newer_phrases_is_still_read(shipped: str, words: Words) -> None:
    newer = ("apology_broken", "exception", "area", "hand_over")
    old = re.sub(rf"^(?:{'|'.join(newer)}) = .*{{name}}.*\n", "", shipped, flags=re.MULTILINE)
    faults = read_policy(old, source="x", words=words)
    assert isinstance(faults, tuple)
    assert [fault.key for fault in faults] == [f"[phrases] {key}" for key in newer]
    assert read_published(old, source="x", words=words) == read_policy(shipped, source="x", words=words)


def test_d7_a_published_version_says_what_it_says(edited: Callable[..., str], words: Words) -> None:
    own = edited(("Cuénteme, por favor, qué pasó.", "Dígame qué pasó."), ("lo pido ahora mismo a", "ya lo pido a"))
    policy = read_published(own, source="x", words=words)
    assert isinstance(policy, Policy)
    assert (policy.phrases.ask, policy.phrases.area) == ("Dígame qué pasó.", "{name}, ya lo pido a {area}.")


@pytest.mark.parametrize("text", ["", "language = 'es'", "language = 'fr'\n[phrases]\n", "phrases = 3", "x = ", "\x00"])
def test_d7_what_was_never_a_policy_is_not_one_because_it_was_published(text: str, words: Words) -> None:
    answer = read_published(text, source="x", words=words)
    assert isinstance(answer, tuple)
    assert answer
