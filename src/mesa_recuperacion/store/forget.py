"""Forgetting again whoever was forgotten before an older copy took the store's place (rules E3, E6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mesa_recuperacion.domain.decide.forget import forgotten, states_of
from mesa_recuperacion.domain.ids import NewId
from mesa_recuperacion.store.store import Store
from mesa_recuperacion.store.traces import Held


def forget_again(store: Store, ids: Iterable[str], *, at: datetime, new_id: NewId, actor: str = "") -> int:
    """Forget those very cards, as far as the store has them and has not forgotten them; answers how many it were.

    All in one transaction, by new facts; doing it twice changes nothing.  A case of theirs that is open in the older
    copy is over with it: there is nobody left to go on with.  Raises as :meth:`Store.writing`.
    """
    with store.writing() as tx:
        known = (tx.card(who) for who in dict.fromkeys(ids))
        people = [card.id for card in known if card is not None and not card.forgotten]
        if people:
            policy = tx.policy_at(at)
            facts = forgotten(people, states_of(people, Held(tx)))
            tx.append(command=new_id(), actor=actor, policy=policy[0] if policy else 0, at=at, facts=facts)
    return len(people)
