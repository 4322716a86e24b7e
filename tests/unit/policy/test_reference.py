"""The reference page says every key, and its example is a policy's."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from mesa_recuperacion.domain.policy import Policy
from mesa_recuperacion.policy.load import read_policy
from mesa_recuperacion.policy.reading import Refused, Table, keys_of
from mesa_recuperacion.policy.schema import SECTIONS

PAGE = Path(__file__).parents[3] / "docs" / "policy.md"


@pytest.fixture(scope="module")
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def part_of(page: str, section: tuple[str, ...]) -> str:
    """The part of the page that is about one table."""
    if not section:
        return page[page.index("### Arriba") : page.index("### `[limits]`")]
    double = section[0] in ("area", "compensation", "problem")
    header = f"### `[[{'.'.join(section)}]]`" if double else f"### `[{section[0]}]`"
    start = page.index(header)
    return page[start : page.index("\n## ", start)].split("\n### ", maxsplit=1)[0]


@pytest.mark.parametrize(("section", "model"), SECTIONS.items(), ids=str)
def test_every_key_is_in_its_table(page: str, section: tuple[str, ...], model: type[Table]) -> None:
    part = part_of(page, section)
    keys = [key for key in keys_of(model) if section or (key,) not in SECTIONS]
    assert [key for key in keys if f"`{key}`" not in part and f"[[problem.{key}]]" not in part] == []


def test_the_example_can_be_put_in_a_policy(page: str, words: object, edited: Callable[..., str]) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    general, _, _ = edited().partition("\n[[area]]")
    other = edited()[edited().index('[[problem]]\ncode = "other"') :]
    text = f"{general}\n{example}\n{other}".replace(', "discount", "free_shipping"', "").replace(
        'area = "billing"\n', ""
    )
    policy = read_policy(text, source="policy.md", words=words)  # type: ignore[arg-type]
    assert isinstance(policy, Policy), [str(fault) for fault in policy]


def test_the_sizes_of_the_page_are_those_of_the_schema(page: str) -> None:
    def limit(section: tuple[str, ...], key: str) -> int:
        (row,) = re.findall(rf"^\| `{key}`.*$", part_of(page, section), re.MULTILINE)
        return int(re.findall(r"([0-9]+) letras", row)[0])

    sizes = {
        ((), "title"): 60,
        (("retention",), "what"): 72,
        (("statutory",), "name"): 28,
        (("area",), "name"): 20,
        (("compensation",), "name"): 28,
        (("problem",), "name"): 32,
        (("problem",), "minimum"): 110,
        (("problem",), "question"): 40,
        (("problem", "remedy"), "name"): 34,
        (("problem", "remedy"), "done"): 16,
    }
    for (section, key), size in sizes.items():
        _, read = get_args(keys_of(SECTIONS[section])[key].hint)
        assert limit(section, key) == size
        assert read("x" * size) == "x" * size
        with pytest.raises(Refused, match="text_long"):
            read("x" * (size + 1))


def test_the_lists_of_the_page_are_those_of_the_schema(page: str) -> None:
    for key, most in (("news", 6), ("conduct", 8)):
        assert re.search(rf"^\| `{key}`.*\| {most} renglones de 72 letras; si falta, ninguno \|$", page, re.MULTILINE)
        assert keys_of(SECTIONS[()])[key].longest == most
