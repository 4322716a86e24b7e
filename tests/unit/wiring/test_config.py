"""The settings: every fault at once and in words, the example complete, changes that keep the rest of the file."""

from __future__ import annotations

import stat
import tomllib
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.dialogue.bindings import OWN
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.tui.glyphs import choose_glyphs
from mesa_recuperacion.tui.themes import THEMES as DRAWN
from mesa_recuperacion.wiring.config import (
    GLYPHS,
    MAX_BYTES,
    THEMES,
    Config,
    Keeping,
    parse_config,
    read_config,
    remember,
    written,
)

EXAMPLE = Path(__file__).parents[3] / "config.example.toml"
EN = Words("en")


def faults(text: str) -> list[str]:
    answer = parse_config(text, "config.toml", EN)
    return [] if isinstance(answer, Config) else [str(fault) for fault in answer]


def test_the_example_loads_and_is_the_defaults() -> None:
    assert read_config(EXAMPLE, EN) == Config()


def test_the_example_has_every_setting_and_no_other() -> None:
    assert set(tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))) == {field.name for field in fields(Config)}


@pytest.mark.parametrize("name", [field.name for field in fields(Config)])
def test_the_example_explains_each_setting_above_it(name: str) -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith((f"{name} =", f"[{name}]")))
    assert lines[at - 1].startswith("# ")


def test_every_theme_and_glyph_setting_can_be_drawn() -> None:
    assert THEMES == DRAWN
    assert {choose_glyphs(setting, "utf-8", "xterm").name for setting in GLYPHS}


def test_no_file_is_the_defaults(tmp_path: Path) -> None:
    assert read_config(tmp_path / "config.toml", EN) == Config()


def test_every_setting_can_be_set() -> None:
    text = (
        'language = "en"\nlocale = "es_MX"\ntheme = "dia"\nglyphs = "ascii"\ndatabase = "~/desk.db"\nclock = "quiet"\n'
        '[export]\nfolder = "~/tables"\n[backup]\nfolder = "/media/stick"\nkeep_days = 14\n[keys]\npark = "Ctrl+E"\n'
    )
    moved = (("f3", "ctrl+e"),)
    assert parse_config(text, "config.toml", EN) == Config(
        "en", "es_MX", "dia", "ascii", "~/desk.db", "quiet", "~/tables", Keeping("/media/stick", 14), moved
    )  # fmt: skip


def test_the_example_names_every_key_that_can_be_moved() -> None:
    assert tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["keys"] == OWN


def test_a6_faults_of_the_keys_are_told_with_all_the_others() -> None:
    told = faults('theme = "dark"\n[keys]\nprak = "f8"\nnote = "alt+n"\nclose = "f3"\n"\\u001b[2Jdance" = "f1"\n')
    assert told[0].startswith("config.toml: theme: has to be one of these")
    assert told[1] == "config.toml: keys.prak: there is no such action; did you mean “park”?"
    assert told[2].startswith("config.toml: keys.note: Alt is not told from Esc")
    assert told[3].startswith("config.toml: keys.dance: there is no such action; these are")
    assert told[4] == "config.toml: keys.close: “park” and “close” both want F3: move “park” as well, or choose another"


def test_keys_that_are_no_table_are_told_how_it_is_written() -> None:
    assert faults('keys = "f3"\n') == [
        'config.toml: keys: has to be a table: a line [keys], and under it lines such as park = "f3"'
    ]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("backup = 3", 'backup: has to be a table: a line [backup], and under it folder = "…"'),
        ("[backup]\nkeep_days = 0", "backup.keep_days: has to be a number of days from 1 to 3650, without quotes"),
        ("[backup]\nkeep_days = true", "backup.keep_days: has to be a number of days from 1 to 3650, without quotes"),
        ('[backup]\nkeep_days = "7"', "backup.keep_days: has to be a number of days from 1 to 3650, without quotes"),
        ("[backup]\nfolder = 7", 'backup.folder: has to be a text, between quotes: "…"'),
        ('[backup]\nfolder = "\\u0000"', "backup.folder: is not the name of a folder"),
        ("[backup]\nkeep = 7", "backup.keep: this key is not known; these are: folder, keep_days"),
    ],
)
def test_e6_what_the_table_of_the_backups_cannot_mean_is_told(written: str, told: str) -> None:
    assert faults(written) == [f"config.toml: {told}"]


def test_a_number_of_thousands_of_digits_is_told_like_whatever_is_no_setting(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"station = {'9' * 5000}\n", encoding="utf-8")
    (fault,) = read_config(path, EN)  # type: ignore[misc]
    assert "is not written as a setting" in str(fault)


def test_what_is_remembered_is_no_key_of_the_table(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keys]\nclose = "ctrl+e"\n', encoding="utf-8")
    remember(path, theme="dia")
    assert read_config(path, EN) == Config(theme="dia", keys=(("f9", "ctrl+e"),))


def test_every_fault_is_told_at_once_with_the_nearest_key() -> None:
    told = faults('lenguage = "es"\ntheme = "darkest"\nglyphs = 3\nlocale = "mexico"\n[station]\nnumber = 1\n')
    assert told == [
        "config.toml: lenguage: this key is not known; did you mean «language»?",
        'config.toml: theme: has to be one of these: "noche", "dia"',
        'config.toml: glyphs: has to be a text, between quotes: "…"',
        'config.toml: locale: has to be "auto", or a language and a country: "es_MX", "en_US"',
        "config.toml: station: this key is not known; these are: language, locale, theme, glyphs, database,"
        " clock, export, backup, keys",
    ]


def test_a_line_that_is_not_toml_is_named() -> None:
    assert faults('theme = "noche"\nlanguage = es\n') == [
        'config.toml: line 2: is not written as a setting; an example: theme = "noche"'
    ]


def test_bytes_that_are_no_text_are_named_by_their_line(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b'# fine\ntheme = "\xff"\n')
    (fault,) = read_config(tmp_path / "config.toml", EN)  # type: ignore[misc]
    assert (fault.key, fault.message) == ("line 2", "is not UTF-8 text: save the file as UTF-8")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b'\xef\xbb\xbftheme = "dia"\n')
    assert read_config(tmp_path / "config.toml", EN) == Config(theme="dia")


def test_a_file_that_is_too_large_or_no_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "large.toml").write_bytes(b"#" * (MAX_BYTES + 1))
    assert [str(fault) for fault in read_config(tmp_path / "large.toml", EN)] == [  # type: ignore[union-attr]
        f"{tmp_path / 'large.toml'}: the file is too large to be one of settings"
    ]
    assert [str(fault) for fault in read_config(tmp_path, EN)] == [  # type: ignore[union-attr]
        f"{tmp_path}: the file cannot be read"
    ]


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text: str) -> None:
    answer = parse_config(text, "config.toml", EN)
    assert isinstance(answer, Config) or all("\x1b" not in str(fault) for fault in answer)


def test_a_key_with_escapes_reaches_no_terminal_as_such() -> None:
    (told,) = faults('"\\u001b[2Jtheme" = "noche"\n')
    assert "\x1b" not in told


def test_remembering_changes_one_setting_and_keeps_the_comments(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    remember(path, theme="dia")
    path.write_text('# mine\ntheme = "dia"   # by day\nglyphs = "ascii"\n', encoding="utf-8")
    remember(path, theme="noche", language="en")
    assert path.read_text(encoding="utf-8") == (
        '# mine\ntheme = "noche"   # by day\nglyphs = "ascii"\nlanguage = "en"\n'
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["config.toml"]


def test_remembering_what_cannot_be_set_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "dia"\n', encoding="utf-8")
    with pytest.raises(ValueError, match="theme"):
        remember(path, theme="mauve")
    assert path.read_text(encoding="utf-8") == 'theme = "dia"\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('export = "x"', 'export: has to be a table: a line [export], and under it folder = "…"'),
        ("[export]\nfolder = 3", 'export.folder: has to be a text, between quotes: "…"'),
        ('[export]\nfolder = "a\\u0000b"', "export.folder: is not the name of a folder"),
        ('[export]\nplace = "x"', "export.place: this key is not known; these are: folder"),
    ],
)
def test_the_folder_of_exports_is_a_folder(text: str, told: str) -> None:
    assert faults(text) == [f"config.toml: {told}"]


@given(st.builds(Config, theme=st.sampled_from(THEMES), glyphs=st.sampled_from(GLYPHS)))
def test_what_is_written_into_the_example_is_read_back(config: Config) -> None:
    settings = {name: value for name, value in asdict(config).items() if name not in ("keys", "export", "backup")}
    text = written(EXAMPLE.read_text(encoding="utf-8"), settings)
    assert parse_config(text, "config.toml", EN) == config
