"""The doctor's rounds: every check, in the order in which it is told."""

from __future__ import annotations

from collections.abc import Iterator

from mesa_recuperacion.domain.health import Finding
from mesa_recuperacion.wiring.doctor import content, file, keeping, machine
from mesa_recuperacion.wiring.doctor.patient import Check, Patient, looked

_FILE: tuple[tuple[str, Check], ...] = (
    ("program", machine.program), ("settings", machine.settings), ("sqlite", machine.sqlite),
    ("database", file.database), ("rights", file.rights), ("beside", file.beside), ("windows", file.windows),
)  # fmt: skip
_INSIDE: tuple[tuple[str, Check], ...] = (
    ("branch", content.branch), ("integrity", content.inside), ("chain", content.chain),
    ("forgotten", keeping.remembered),
)  # fmt: skip
_AROUND: tuple[tuple[str, Check], ...] = (
    ("backup", keeping.backups), ("keys", keeping.keys), ("leftovers", file.leftovers), ("disk", machine.disk),
    ("log", machine.log), ("zones", machine.zones), ("terminal", machine.terminal),
)  # fmt: skip


def rounds(patient: Patient) -> Iterator[Finding]:
    """Everything that was found; what is inside the store only if it can be read without touching it."""
    readable = not file.unfinished(patient.database)
    for code, check in _FILE:
        for finding in looked(code, check, patient):
            readable = readable and not (finding.code == "database" and finding.level == "bad")
            yield finding
    for code, check in (*(_INSIDE if readable else ()), *_AROUND):
        yield from looked(code, check, patient)
