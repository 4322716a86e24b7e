"""Where a store must not lie: on another machine's disk, or in a folder that a program copies to the cloud (rule E4).

A database is several files that belong together and are locked by this machine alone: over a network, or copied one by
one while they change, they end up damaged.  It is told before anything is touched.  Imports no database library.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from mesa_recuperacion.store.errors import StoreOnShare, StoreSynced

MOUNTS = Path("/proc/self/mountinfo")

_SHARES = frozenset(
    "nfs nfs4 cifs smb2 smb3 smbfs ncpfs 9p afs afpfs webdav davfs ceph glusterfs lustre gfs2 ocfs2 coda vboxsf prl_fs "
    "vmhgfs virtiofs drvfs acfs beegfs orangefs".split()
)
"""Types of file systems that lie on another machine."""

_OWN_FUSE = frozenset("fuseblk fuse.ext2 fuse.ext3 fuse.ext4 fuse.ntfs fuse.ntfs-3g fuse.exfat fuse.zfs".split())
"""Those that a program serves from a disk of this machine; any other ``fuse`` may be anywhere."""

_CLOUDS = {
    "dropbox": "Dropbox", "onedrive": "OneDrive", "google drive": "Google Drive", "googledrive": "Google Drive",
    "icloud drive": "iCloud", "iclouddrive": "iCloud", "mobile documents": "iCloud", "cloudstorage": "CloudStorage",
    "nextcloud": "Nextcloud", "owncloud": "ownCloud", "box sync": "Box", "pcloud drive": "pCloud",
    "pclouddrive": "pCloud", "megasync": "MEGA", "yandex.disk": "Yandex.Disk", "seafile": "Seafile",
    "synologydrive": "SynologyDrive",
}  # fmt: skip
"""Names of the folders that such programs keep, whoever made them."""

_CLOUDS_AT_HOME = {"box": "Box", "mega": "MEGA"}
"""Names that other folders have as well: only directly in somebody's home."""

_CLOUD_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")


def check(path: Path) -> None:
    """Return if a store may lie at that path.  Raises ``StoreOnShare``, ``StoreSynced``; touches nothing."""
    if share := share_of(path):
        raise StoreOnShare(f"{path}: {share}")
    if cloud := synced_by(path):
        raise StoreSynced(f"{path}: {cloud}")


def share_of(path: Path) -> str:
    """The type of the network file system that a path lies on, whether the file is there or not; empty for none.

    What a system does not tell is taken for its own disk.
    """
    place = os.path.realpath(path)
    if sys.platform == "win32":
        return _windows_share(place)
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""  # not Linux
    return share_among(mounts, place)


def share_among(mounts: str, place: str) -> str:
    """As :func:`share_of`, for an absolute path without links and the text of ``/proc/self/mountinfo``.

    The mount with the longest path above the place holds it; of several at one path, the last one.
    """
    found, kind = "", ""
    for line in mounts.splitlines():
        before, parted, after = line.partition(" - ")
        fields = before.split(" ")
        if not parted or len(fields) < 5:
            continue
        point = fields[4] if "\\" not in fields[4] else _unescaped(fields[4])
        if len(point) >= len(found) and (place == point or place.startswith(point.rstrip("/") + "/")):
            found, kind = point, after.split(" ", 1)[0]
    return kind if _is_share(kind) else ""


def _unescaped(point: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point)


def _is_share(kind: str) -> bool:
    return kind in _SHARES or (kind.partition(".")[0] == "fuse" and kind not in _OWN_FUSE)


def _windows_share(place: str) -> str:
    if place.startswith("\\\\") and not re.match(r"\\\\[?.]\\[A-Za-z]:", place):
        return "unc"
    import ctypes

    drive, remote = os.path.splitdrive(place)[0] + "\\", 4
    windows = getattr(ctypes, "windll", None)
    return "drive" if windows is not None and windows.kernel32.GetDriveTypeW(drive) == remote else ""


def synced_by(path: Path, environ: Mapping[str, str] | None = None, home: Path | None = None) -> str:
    """The program that copies the folder of a path to the cloud, as its name; empty for none."""
    place = Path(os.path.realpath(path))
    known = os.environ if environ is None else environ
    for variable in _CLOUD_VARIABLES:
        folder = known.get(variable, "")
        if folder and place.is_relative_to(os.path.realpath(folder)):
            return "OneDrive"
    if (beside := _at_home(place, home)) in _CLOUDS_AT_HOME:
        return _CLOUDS_AT_HOME[beside]
    return next((name for part in place.parent.parts if (name := _cloud(part))), "")


def _cloud(part: str) -> str:
    """The program whose folder has that name: ``OneDrive - Zapatería Luz`` and ``Dropbox (Luz)`` are such ones too."""
    plain = part.casefold().partition(" - ")[0].partition(" (")[0]
    return _CLOUDS.get(plain, "")


def _at_home(place: Path, home: Path | None) -> str:
    try:
        inside = place.parent.relative_to(os.path.realpath(home or Path.home()))
    except (ValueError, RuntimeError):
        return ""
    return inside.parts[0].casefold() if inside.parts else ""
