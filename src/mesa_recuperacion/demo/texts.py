"""What invented people are called and say, in one language."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the invented branch; the PIN opens nothing else."""

    name: str
    role: str
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Known:
    """An invented customer with a part to play today."""

    name: str
    phone: str
    problem: str = ""
    remedy: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Texts:
    """``notes`` are by problem; ``phone`` begins a number that no telephone has, ``digits`` more are drawn."""

    branch_name: str
    business: str
    zone: str
    workers: tuple[Worker, ...]
    firsts: tuple[str, ...]
    lasts: tuple[str, ...]
    last_names: int
    phone: str
    digits: int
    notes: dict[str, tuple[str, ...]]
    others: tuple[str, ...]
    reasons: tuple[str, ...]
    content: tuple[str, ...]
    discontent: tuple[str, ...]
    repeats: Known
    never: Known
    refund: Known
    arrival: Known
    visit: Known
    bill: Known
    waiting: Known
    cut_off: Known
    second_desk: tuple[Known, Known]


PINS = ("482915", "739264", "615837")
