"""A file is there whole or not at all, for its owner alone, and nothing that was there is lost."""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path
from typing import BinaryIO

import pytest

from mesa_recuperacion.reports import files
from mesa_recuperacion.reports.files import write_new


def write(out: BinaryIO) -> None:
    out.write(b"whole")


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = write_new(tmp_path / "a.csv", write)
    finally:
        os.umask(before)
    assert (made.read_bytes(), stat.S_IMODE(made.stat().st_mode)) == (b"whole", 0o600)
    assert [made] == list(tmp_path.iterdir())


def test_what_is_there_is_numbered_around(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"mine")
    (tmp_path / "a-2.csv").symlink_to("nowhere")
    (tmp_path / "a-3.csv").mkdir()
    assert write_new(tmp_path / "a.csv", write) == tmp_path / "a-4.csv"
    assert (tmp_path / "a.csv").read_bytes() == b"mine"


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS])
def test_where_there_are_no_links_it_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, "no links here")

    monkeypatch.setattr(files.os, "link", refuse)
    (tmp_path / "a.csv").write_bytes(b"mine")
    made = write_new(tmp_path / "a.csv", write)
    assert (made.name, made.read_bytes()) == ("a-2.csv", b"whole")
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("raised", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt(), ValueError("x")])
def test_whatever_is_raised_on_the_way_leaves_nothing(tmp_path: Path, raised: BaseException) -> None:
    def failing(out: BinaryIO) -> None:
        out.write(b"half")
        raise raised

    with pytest.raises(type(raised)):
        write_new(tmp_path / "a.csv", failing)
    assert list(tmp_path.iterdir()) == []


def test_it_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    for name in ("fsync", "link"):
        real = getattr(os, name)
        monkeypatch.setattr(files.os, name, lambda *a, real=real, name=name: (done.append(name), real(*a))[1])
    write_new(tmp_path / "a.csv", write)
    assert done == ["fsync", "link", "fsync"]


def test_what_a_killed_program_left_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    left, live, theirs = (tmp_path / n for n in (".mesa-a.csv.00.part", ".mesa-b.csv.01.part", ".other.part"))
    for part in (left, live, theirs):
        part.write_bytes(b"x")
    old = time.time() - 2 * 24 * 3600
    os.utime(left, (old, old))
    os.utime(theirs, (old, old))
    made = write_new(tmp_path / "mesa-c.csv", write)
    assert set(tmp_path.iterdir()) == {live, theirs, made}


def test_e3_its_name_is_claimed_before_anything_is_on_the_disk(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"mine")
    seen: list[tuple[str, list[str]]] = []

    def claim(path: Path) -> None:
        seen.append((path.name, sorted(x.name for x in tmp_path.iterdir())))

    made = write_new(tmp_path / "a.csv", write, claim)
    assert (made.name, seen) == ("a-2.csv", [("a-2.csv", ["a.csv"])])


def test_e3_what_cannot_be_claimed_is_not_written(tmp_path: Path) -> None:
    def refuse(path: Path) -> None:
        raise RuntimeError(path.name)

    with pytest.raises(RuntimeError):
        write_new(tmp_path / "a.csv", write, refuse)
    assert list(tmp_path.iterdir()) == []


def test_e3_who_loses_the_name_to_another_program_claims_the_next(tmp_path: Path) -> None:
    claimed: list[str] = []

    def claim(path: Path) -> None:
        claimed.append(path.name)
        if len(claimed) == 1:
            path.write_bytes(b"quicker")

    assert write_new(tmp_path / "a.csv", write, claim).name == "a-2.csv"
    assert claimed == ["a.csv", "a-2.csv"]
    assert (tmp_path / "a.csv").read_bytes() == b"quicker"
