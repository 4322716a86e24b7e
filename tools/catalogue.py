"""The catalogues: collect what the code says, keep what is translated, compile what the program reads.

    python tools/catalogue.py                      collect and compile
    python tools/catalogue.py --merge FILE.po …    take translations from other files first
    python tools/catalogue.py --check              change nothing; say what is missing

Exit code 1 when a message has no translation.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "mesa_recuperacion"
TRANSLATED = ("es",)
SAYING = {"t": 1, "tn": 2, "later": 1}
"""What says a message, and how many texts it takes."""
_UNUSED_HEADERS = (
    *("Generated-By:", "POT-Creation-Date:", "PO-Revision-Date:", "Report-Msgid-Bugs-To:"),
    *("Project-Id-Version:", "Last-Translator:", "Language-Team:"),
)
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def po_path(language: str) -> Path:
    """The translations of a language, as people edit them."""
    return SOURCE / "i18n" / language / "LC_MESSAGES" / "mesa.po"


# Collecting


def messages_in(source: bytes) -> Iterator[str | tuple[str, ...]]:
    """What ``w.t("…")``, ``w.tn("…", "…", n)`` and ``later("…")`` say in a Python file.

    It reads the syntax tree, so that joined literals, nested f-strings and either side of ``a if b else c`` count as
    Python means them.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or called(node) not in SAYING:
            continue
        wanted = SAYING[called(node)]
        choices = [list(literals(argument)) for argument in node.args[:wanted]]
        if len(choices) == wanted:
            yield from (texts if wanted > 1 else texts[0] for texts in zip(*choices, strict=True))


def called(node: ast.Call) -> str:
    """The last name of what is called: ``t`` of ``self.words.t(…)``; empty for a call of anything else."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def literals(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can be, as far as they are written in it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def collect(source: Path = SOURCE) -> Catalog:
    """Every message of the code, with the files that say it, untranslated."""
    catalogue = Catalog()
    for path in sorted(source.rglob("*.py")):
        place = f"src/mesa_recuperacion/{path.relative_to(source).as_posix()}"
        for message in messages_in(path.read_bytes()):
            catalogue.add(message, locations=[(place, 0)])
    return catalogue


# Translations


def load(path: Path, language: str) -> Catalog:
    """A file of translations; an empty catalogue if it is not there."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8", abort_invalid=True)


def said(language: str) -> Catalog:
    """The catalogue of a language with exactly the messages of the code, keeping what was translated."""
    catalogue = load(po_path(language), language)
    follow(catalogue, collect())
    catalogue.header_comment = f"# Mesa de Recuperación, {language}. Kept by tools/catalogue.py, translated by people."
    catalogue.fuzzy = False
    return catalogue


def follow(catalogue: Catalog, code: Catalog) -> None:
    """Add the messages that are new in the code, untranslated, and drop those that nobody says any more."""
    catalogue.update(code, no_fuzzy_matching=True)
    catalogue.obsolete.clear()


def take(catalogue: Catalog, other: Catalog) -> int:
    """Copy the translations of ``other`` into the messages of ``catalogue``; how many changed."""
    changed = 0
    for message in of(other):
        mine = catalogue.get(message.id)
        if mine is not None and all(translations(message)) and mine.string != message.string:
            mine.string = message.string
            mine.flags.discard("fuzzy")
            changed += 1
    return changed


def save(catalogue: Catalog, path: Path) -> None:
    """Write the ``.po`` (without the headers that only make differences) and the ``.mo`` beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    written = io.BytesIO()
    write_po(written, catalogue, width=120, sort_output=True, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if not line.lstrip('"').startswith(_UNUSED_HEADERS)), encoding="utf-8"
    )
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)


# Checks


def of(catalogue: Catalog) -> Iterator[Message]:
    """The messages of a catalogue, without its header."""
    return (message for message in catalogue if message.id)


def originals(message: Message) -> tuple[str, ...]:
    """The message as the code says it: one text, or two for a message with plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> tuple[str, ...]:
    """What the message says in each number; empty texts where nobody has translated it."""
    text = message.string
    return (text or "",) if isinstance(text, str) or text is None else tuple(text)


def missing(catalogue: Catalog) -> list[str]:
    """The messages without a complete translation, or with a doubtful one."""
    return [originals(message)[0] for message in of(catalogue) if message.fuzzy or not all(translations(message))]


def misfilled(catalogue: Catalog) -> list[str]:
    """The translations that name other places than the message does (``{n}`` may be said in words)."""
    return [
        f"{original!r} -> {text!r}"
        for message in of(catalogue)
        for original, text in zip(originals(message), translations(message), strict=True)
        if text and places(original) != places(text)
    ]


def places(text: str) -> frozenset[str]:
    """The ``{named}`` places of a text, but for ``{n}``. ``ValueError`` for an unnamed place or a lone brace."""
    names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    if not all(name.isidentifier() for name in names):
        raise ValueError(f"places have a plain name: {text!r}")
    return frozenset(names - {"n"})


def main() -> int:
    """Run the tool; 1 when something lacks a translation."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--merge", type=Path, nargs="+", default=[], metavar="FILE.po", help="translations to take")
    parser.add_argument("--language", default=TRANSLATED[0], help="the language of the merged files (default: es)")
    parser.add_argument("--check", action="store_true", help="change nothing")
    options = parser.parse_args()
    faults = 0
    for language in TRANSLATED:
        catalogue = said(language)
        for path in options.merge if language == options.language else ():
            print(f"{path}: {take(catalogue, load(path, language))} translations taken")
        lacking, wrong = missing(catalogue), misfilled(catalogue)
        print(f"{language}: {len(catalogue)} messages, {len(lacking)} without translation, {len(wrong)} filled wrongly")
        print("".join(f"  without translation: {text!r}\n" for text in lacking), end="")
        print("".join(f"  filled wrongly: {text}\n" for text in wrong), end="")
        faults += len(lacking) + len(wrong)
        if not options.check:
            save(catalogue, po_path(language))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
