"""Write a table into a folder, as a program of its own; says what came of it.

    python -m tests.faults.export_worker FOLDER ROWS [limit BYTES | nobody]

``limit``: no file of this process grows beyond that (as a quota stops it).  ``nobody``: without root's rights.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from mesa_recuperacion.domain.review.cases import CasesOf
from mesa_recuperacion.domain.review.scope import Behind, Scope
from mesa_recuperacion.reports.export import Written, export
from tests.unit.reports.boards import MARCH, NOW, answering, case, voice


def main(folder: str, rows: str, how: str = "", much: str = "0") -> None:
    lines = [case(n, "Mariana López " * 5) for n in range(int(rows))]
    query, speaking = CasesOf(Behind(Scope(MARCH))), voice()
    with TemporaryDirectory() as first:  # what it imports and reads is loaded while it can be read
        assert isinstance(export(query, answering(lines[:1]), speaking, Path(first), NOW), Written)
    if how == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(much), int(much)))
    if how == "nobody" and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    made = export(query, answering(lines), speaking, Path(folder), NOW)
    print(f"{made.path} {made.rows}" if isinstance(made, Written) else repr(made))


if __name__ == "__main__":
    main(*sys.argv[1:])
