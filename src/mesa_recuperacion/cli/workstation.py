"""What every command begins with: the places, the settings and the words of this workstation."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from mesa_recuperacion.domain.text import visible
from mesa_recuperacion.i18n.words import Words, choose_language, words
from mesa_recuperacion.wiring import log
from mesa_recuperacion.wiring.config import Config, read_config
from mesa_recuperacion.wiring.places import Places, places


@dataclass(frozen=True, slots=True)
class Workstation:
    """The places, the settings and the words."""

    places: Places
    config: Config
    words: Words

    @property
    def exports(self) -> Path:
        """The folder of what is taken out."""
        named = self.config.export
        return self.places.config_dir / Path(named).expanduser() if named else self.places.export_dir

    @property
    def backups(self) -> Path:
        """The folder of the backups."""
        named = self.config.backup.folder
        return self.places.config_dir / Path(named).expanduser() if named else self.places.backup_dir

    @property
    def database(self) -> Path:
        """The file of the store."""
        named = self.config.database
        return self.places.config_dir / Path(named).expanduser() if named else self.places.database


def say(text: str) -> None:
    """One sentence on stderr, if there is still somebody to read it; see :func:`tell`."""
    with suppress(OSError):
        _write(text, sys.stderr)


def tell(text: str) -> None:
    """One line on stdout; whatever stands in it acts on no terminal (rule E5)."""
    _write(text, sys.stdout)


def _write(text: str, stream: TextIO) -> None:
    text = visible(text)
    try:
        print(text, file=stream, flush=True)
    except UnicodeEncodeError:
        encoding = stream.encoding or "ascii"
        print(text.encode(encoding, "replace").decode(encoding), file=stream, flush=True)


def workstation(environ: Mapping[str, str], where: Places | None = None) -> Workstation | None:
    """The workstation, its log begun; ``None`` after telling every fault of its settings."""
    found = where or places(environ)
    speaking = words(choose_language(environ))
    log.start(found.log_file)
    log.catch_everything(speaking, found.log_file, say)
    config = read_config(found.config_file, speaking)
    if not isinstance(config, Config):
        for fault in config:
            say(str(fault))
        return None
    return Workstation(found, config, words(choose_language(environ, config.language)))
