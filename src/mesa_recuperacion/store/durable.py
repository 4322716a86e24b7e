"""Names of files, on the disk once a call returns.  Imports no database library."""

from __future__ import annotations

import errno
import os
from pathlib import Path


def settle_names(folder: Path) -> None:
    """Force the names of a folder to the disk, where the system knows how.  Raises ``OSError``."""
    if os.name == "posix":
        settled = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(settled)
        finally:
            os.close(settled)


def put_into_place(new: Path, place: Path) -> None:
    """Give a finished file its name, never over another file.  Raises ``FileExistsError``, ``OSError``."""
    try:
        os.link(new, place)
    except FileExistsError:
        raise
    except OSError:  # a file system without second names
        if place.exists() or place.is_symlink():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
        new.rename(place)
    settle_names(place.parent)
