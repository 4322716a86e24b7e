"""What a program and all the processes below it use of the machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import psutil


def processes(pid: int) -> list[psutil.Process]:
    """A process and everything below it."""
    top = psutil.Process(pid)
    return [top, *top.children(recursive=True)]


def resident(pid: int) -> int:
    """Bytes that are resident, of every process by itself: what two share counts twice."""
    return sum(process.memory_info().rss for process in processes(pid))


def proportional(pid: int) -> int | None:
    """Bytes that are resident, what is shared counted once; `None` where the system does not tell."""
    if sys.platform != "linux":
        return None
    return sum(int(process.memory_full_info().pss) for process in processes(pid))


def cpu_seconds(pid: int) -> float:
    """Seconds of CPU used so far: by the nanosecond where the system tells, else by its ticks."""
    return sum(_of_threads(process.pid) or sum(process.cpu_times()[:2]) for process in processes(pid))


def _of_threads(pid: int) -> float:
    return sum(map(_nanoseconds, _threads(pid))) / 1e9


def _threads(pid: int) -> Iterator[Path]:
    yield from Path(f"/proc/{pid}/task").glob("*/schedstat")


def _nanoseconds(schedstat: Path) -> int:
    try:
        return int(schedstat.read_text().split()[0])
    except (OSError, IndexError, ValueError):  # that thread has ended
        return 0
