"""Every text that a person sees is in the catalogue, and the catalogue says it in Spanish (rule F5)."""

from __future__ import annotations

import ast
import gettext
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest
from babel.messages.mofile import write_mo

from tools import catalogue

SPANISH = re.compile("[áéíóúüñÁÉÍÓÚÜÑ¿¡«»]")
QUOTES = re.compile("[«»]")  # a message may quote, since its translation can quote otherwise
# Where Spanish is data: what the shipped policies, the catalogues and the invented people say.
DATA = ("i18n", "policy", "demo")
SIGNS = Path("tui", "glyphs.py")  # the signs that a terminal may lack, and what is drawn instead
SOURCES = sorted(catalogue.SOURCE.rglob("*.py"))
SPEAKING = [
    path
    for path in SOURCES
    if path.relative_to(catalogue.SOURCE).parts[0] not in DATA and path.relative_to(catalogue.SOURCE) != SIGNS
]


def is_saying(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and catalogue.called(node) in catalogue.SAYING


def name_of(path: Path) -> str:
    return str(path.relative_to(catalogue.SOURCE))


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_f5_every_message_is_translated(language: str) -> None:
    assert catalogue.missing(catalogue.said(language)) == []


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_f5_a_translation_fills_the_same_places(language: str) -> None:
    assert catalogue.misfilled(catalogue.said(language)) == []


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_f5_the_catalogue_has_no_message_that_nobody_says(language: str) -> None:
    kept = catalogue.load(catalogue.po_path(language), language)
    assert ids(kept) - ids(catalogue.collect()) == set()


def ids(of: catalogue.Catalog) -> set[tuple[str, ...]]:
    return {catalogue.originals(message) for message in catalogue.of(of)}


@pytest.mark.parametrize("language", catalogue.TRANSLATED)
def test_f5_what_the_program_reads_is_what_was_translated(language: str) -> None:
    path = catalogue.po_path(language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue.load(path, language))
    with path.with_suffix(".mo").open("rb") as shipped:
        assert messages(shipped) == messages(io.BytesIO(compiled.getvalue()))


def messages(file: io.BufferedIOBase) -> dict[object, str]:
    """What a compiled catalogue says, without its header."""
    told: dict[object, str] = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined, arg-type]
    told.pop("")
    return told


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_f5_a_message_is_written_where_it_is_said(path: Path) -> None:
    """No message is put together at run time: what nobody can collect, nobody can translate."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not is_saying(node):
            continue
        for said in node.args[: catalogue.SAYING[catalogue.called(node)]]:
            assert not isinstance(said, ast.JoinedStr | ast.BinOp), f"{path.name}:{node.lineno}"
            assert list(catalogue.literals(said)) or not isinstance(said, ast.Constant), f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("path", SPEAKING, ids=name_of)
def test_f5_no_spanish_bypasses_the_catalogue(path: Path) -> None:
    tree = ast.parse(path.read_bytes())
    messages = {id(part) for node in ast.walk(tree) if is_saying(node) for said in node.args for part in ast.walk(said)}
    spanish = [
        f"{path.name}:{node.lineno}: {node.value}"
        for node in texts(tree)
        if SPANISH.search(QUOTES.sub("", node.value) if id(node) in messages else node.value)
    ]
    assert spanish == []


def texts(tree: ast.Module) -> Iterator[ast.Constant]:
    """Every text of a file that is not a docstring."""
    documentation = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node


def test_the_tool_reads_what_python_means() -> None:
    source = b"""
w.t("plain", a=1)
self.words.t("joined " "text")
f"{w.t('inside another {name}', name=1)}"
w.t("one side" if late else "the other")
w.tn("one case", "{n} cases", n)
TABLE = {"k": later("written down")}
other("not said")
w.t(variable)
"""
    assert set(catalogue.messages_in(source)) == {
        "plain",
        "joined text",
        "inside another {name}",
        "one side",
        "the other",
        ("one case", "{n} cases"),
        "written down",
    }


@pytest.mark.parametrize("text", ["{}", "{0}", "{a.b}", "{a[0]}", "a { brace"])
def test_the_tool_refuses_places_without_a_plain_name(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        catalogue.places(text)


def test_the_tool_notices_a_place_that_got_lost() -> None:
    there = catalogue.collect()
    there.add("{name} waits", string="{nombre} espera")
    there.add(("one case of {name}", "{n} cases of {name}"), string=("un caso de {name}", "{n} casos"))
    assert catalogue.misfilled(there) == ["'{name} waits' -> '{nombre} espera'", "'{n} cases of {name}' -> '{n} casos'"]


def test_the_tool_keeps_translations_and_drops_what_is_no_longer_said(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text('w.t("kept")\nw.t("new")\n', encoding="utf-8")
    there = catalogue.Catalog(locale="es")
    there.add("kept", string="conservado")
    there.add("gone", string="ido")
    catalogue.follow(there, catalogue.collect(tmp_path))
    catalogue.save(there, tmp_path / "mesa.po")
    again = catalogue.load(tmp_path / "mesa.po", "es")
    assert {catalogue.originals(one)[0]: catalogue.translations(one)[0] for one in catalogue.of(again)} == {
        "kept": "conservado",
        "new": "",
    }
    assert catalogue.missing(again) == ["new"]
