"""A shipped policy, and what is said about an edited one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.policy.defaults import default_policy_text
from mesa_recuperacion.policy.faults import Fault
from mesa_recuperacion.policy.load import read_policy

Edit = tuple[str, str]


@pytest.fixture(scope="session")
def words() -> Words:
    return Words("en")


@pytest.fixture(scope="session")
def shipped() -> str:
    return default_policy_text("es")


@pytest.fixture(scope="session")
def read(words: Words) -> Callable[[str], Policy | tuple[Fault, ...]]:
    return lambda text: read_policy(text, source="politica.toml", words=words)


@pytest.fixture(scope="session")
def edited(shipped: str) -> Callable[..., str]:
    """The shipped policy with the first of each ``old`` text replaced; each has to be there."""

    def edit(*edits: Edit) -> str:
        text = shipped
        for old, new in edits:
            assert old in text, old
            text = text.replace(old, new, 1)
        return text

    return edit


@pytest.fixture(scope="session")
def told(read: Callable[[str], Policy | tuple[Fault, ...]], edited: Callable[..., str]) -> Callable[..., list[str]]:
    """The faults of the shipped policy so edited, as lines; none if it is a policy."""

    def tell(*edits: Edit) -> list[str]:
        answer = read(edited(*edits))
        return [] if isinstance(answer, Policy) else [str(fault) for fault in answer]

    return tell
