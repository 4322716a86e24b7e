"""The cases behind a figure, and one of them whole (rules A3, D1, E1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.domain.refusals import CaseTouched, Refusal, UnknownCase
from mesa_recuperacion.domain.review.cases import Case, CaseOf, Cases, CasesOf
from mesa_recuperacion.service.review.looking import Looking
from mesa_recuperacion.store.errors import StoreFailed
from mesa_recuperacion.store.review import cases as pages
from mesa_recuperacion.store.review import timeline


def cases(query: CasesOf, looking: Looking) -> Cases:
    """A page of the cases behind a figure, and how many they are where a counter tells."""
    found = pages.cases(looking.tx, query.behind, query.cursor)
    return Cases(query.behind, found.rows, found.before, found.after, pages.total(looking.tx, query.behind))


def case(query: CaseOf, looking: Looking) -> Case | Refusal:
    """A case, everything that happened in it, and the proof that it is as it was written.

    One that was touched so that it cannot be read any more is refused, and the line is named.
    """
    tx = looking.tx
    proof = timeline.proof(tx, query.folio)
    if proof is None:
        return UnknownCase(query.folio)
    try:
        entries = timeline.read(tx, query.folio)
        file = tx.case_file(query.folio, now=looking.now, risk_days=looking.policy.risk_days)
    except (StoreFailed, ValueError, TypeError):
        if proof.is_intact:
            raise
        return CaseTouched(query.folio, proof.stream, proof.touched)
    if file is None:
        return UnknownCase(query.folio)
    file = replace(file, policy=looking.policies.version(tx, file.state.policy))
    before, after = pages.beside(tx, query.behind, query.folio) if query.behind is not None else ("", "")
    return Case(file, entries, proof, timeline.names(tx, _people(entries)), before, after)


def _people(entries: Iterable[f.Entry]) -> set[str]:
    """Whoever did something in a case, or is named in it."""
    found: set[str] = set()
    for entry in entries:
        found.add(entry.actor)
        found |= {getattr(entry.fact, name) for name in ("owner", "to", "by", "person") if hasattr(entry.fact, name)}
    return found
