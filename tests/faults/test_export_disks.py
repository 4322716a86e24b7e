"""An export to a full or read-only folder leaves no half file, and says why; as a program of its own on a real disk."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

import pytest

ROOT = Path(__file__).parents[2]
_MOUNT = 'mount -t tmpfs -o "size=$0" none "$1" && shift && '


def run(*arguments: str) -> str:
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=120, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def worker(*arguments: str) -> str:
    return run(sys.executable, "-m", "tests.faults.export_worker", *arguments)


def can_mount() -> bool:
    """Whether this machine lets us have a small disk of our own."""
    if shutil.which("unshare") is None:
        return False
    folder = mkdtemp()
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", _MOUNT + "true", "64k", folder], capture_output=True, check=False
    ).returncode == 0  # fmt: skip


def test_a_quota_that_is_used_up_leaves_no_file(tmp_path: Path) -> None:
    assert worker(str(tmp_path), "5000", "limit", "65536") == f"NotWritten(place={str(tmp_path)!r}, why='full')\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("size", "fits"), [(64, False), (8192, True)])
def test_a_full_disk_leaves_no_file_and_a_larger_one_has_it(tmp_path: Path, size: int, fits: bool) -> None:
    """A disk of that many KiB of this test's own; where none can be mounted, a limit that the system keeps."""
    arguments = (sys.executable, "-m", "tests.faults.export_worker", str(tmp_path), "3000")
    if can_mount():
        shell = _MOUNT + '"$@"; ls -A "$SEEN"'
        mounted = ("env", f"SEEN={tmp_path}", "unshare", "-rm", "sh", "-c", shell)
        said = run(*mounted, f"{size}k", str(tmp_path), *arguments).splitlines()
    else:
        said = [*run(*arguments, "limit", str(size * 1024)).splitlines(), *(path.name for path in tmp_path.iterdir())]
    if fits:
        assert said == [f"{tmp_path}/mesa-cases-2026-04-02.csv 3000", "mesa-cases-2026-04-02.csv"]
    else:
        assert said == [f"NotWritten(place={str(tmp_path)!r}, why='full')"]


def test_a_folder_that_cannot_be_written_is_left_as_it_is() -> None:
    folder = Path(mkdtemp())
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR | stat.S_IROTH | stat.S_IXOTH)
    try:
        assert worker(str(folder), "10", "nobody") == f"NotWritten(place={str(folder)!r}, why='rights')\n"
        assert list(folder.iterdir()) == []
    finally:
        folder.chmod(0o700)
        folder.rmdir()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert worker(str(gone), "10") == f"NotWritten(place={str(gone)!r}, why='folder')\n"
    assert not gone.exists()
