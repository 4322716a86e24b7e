"""Whether a line of the journal is tied to the one before it, and its private texts are those that were sealed (E1).

The one place of that rule: proving everything and the look at the start both ask here.
"""

from __future__ import annotations

from mesa_recuperacion.domain.values import dataclass
from mesa_recuperacion.journal.chain import seal_matches
from mesa_recuperacion.journal.codec import Said
from mesa_recuperacion.journal.record import Record
from mesa_recuperacion.store.lines import Private


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that was touched.  ``what`` is one of

    ``hash`` (the line's columns are not those that were hashed), ``rewritten`` (the line and its hash were changed
    together: the next line remembers another), ``gap`` (the line is not there), ``body`` (it cannot be read), ``seal``
    (its private text ``detail`` is not the one that was sealed), ``tail`` (the journal ends before a head that was
    given), ``head`` (the line is not the one of that head), ``fold`` (the fact cannot have happened there; ``detail``
    says why), ``projection`` (``detail``: the table and the key of a row that the journal does not lead to; no line).
    """

    what: str
    stream: str = ""
    seq: int = 0
    detail: str = ""


def link_faults(last: Record, record: Record, whole: bool | None) -> list[Fault]:
    """What is wrong with a line that comes after ``last``: nothing, if it is whole and tied to it.

    ``whole`` is what ``Ring.holds`` says of it: ``None`` if it is tied with a key that is not here.
    """
    faults: list[Fault] = []
    if record.seq != last.seq + 1:
        missing = str(last.seq + 1) if record.seq == last.seq + 2 else f"{last.seq + 1}–{record.seq - 1}"
        faults.append(Fault("gap", record.stream, last.seq + 1, missing))
    elif record.prev != last.hash and whole is not False:
        # This line still vouches for the hash that it was tied to: it is the line before that has another now.
        faults.append(Fault("rewritten", record.stream, last.seq or record.seq))
    if whole is False:
        faults.append(Fault("hash", record.stream, record.seq))
    return faults


def seal_faults(record: Record, private: Private, said: Said | None) -> tuple[int, list[Fault]]:
    """How many private texts of a line were erased, and those that are not the ones that were sealed with it.

    ``said`` is what its body says (``codec.opened``).
    """
    sealed, texts = said.seals if said else {}, private.get((record.stream, record.seq), {})
    if not sealed and not texts:
        return 0, []
    erased, faults = 0, []
    for field, seal in sealed.items():
        kept = texts.get(field)
        if kept is None:
            erased += 1
        elif not seal_matches(seal, kept[1], kept[0]):
            faults.append(Fault("seal", record.stream, record.seq, field))
    faults += [Fault("seal", record.stream, record.seq, field) for field in texts if field not in sealed]
    return erased, faults
