"""Where configuration, data, logs and what is taken out are: the system's own folders, or all under ``MESA_HOME``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mesa_recuperacion.domain.values import dataclass

APPLICATION = "mesa-recuperacion"
HOME = "MESA_HOME"
"""The variable that moves everything to one folder."""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders.  Looking at them creates nothing; whoever writes prepares the folder first."""

    config_dir: Path
    data_dir: Path
    log_dir: Path
    export_dir: Path
    """What is taken out, unless the settings name another folder: the person's own documents."""

    @property
    def config_file(self) -> Path:
        """The settings."""
        return self.config_dir / "config.toml"

    @property
    def keys_file(self) -> Path:
        """The secrets of this workstation."""
        return self.config_dir / "keys.json"

    @property
    def database(self) -> Path:
        """The store, unless the settings name another file."""
        return self.data_dir / "mesa.db"

    @property
    def backup_dir(self) -> Path:
        """The backups, unless the settings name another folder."""
        return self.data_dir / "backups"

    @property
    def log_file(self) -> Path:
        """The log."""
        return self.log_dir / "mesa.log"


def under(home: Path) -> Places:
    """Everything in one folder."""
    return Places(home, home, home / "logs", home / "exports")


def places(environ: Mapping[str, str]) -> Places:
    """The places of this person on this machine."""
    if home := environ.get(HOME):
        return under(Path(home).expanduser().absolute())
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(APPLICATION, appauthor=False)
    return Places(dirs.user_config_path, dirs.user_data_path, dirs.user_log_path, dirs.user_documents_path)


def prepared(folder: Path) -> Path:
    """The folder, made if it was not there, for its owner alone.

    Folders above it that have to be made are the owner's alone too.  Raises ``OSError``.
    """
    for missing in reversed([folder, *folder.parents]):
        if not missing.exists():
            missing.mkdir(mode=0o700, exist_ok=True)
    if not folder.is_dir():
        raise NotADirectoryError(str(folder))
    return folder
