"""What the desk needs behind its first picture, imported in the order in which it is needed.

It is imported on a thread of its own, so that this goes on while the PIN is looked at, which leaves the interpreter
alone.  Whoever needs a part meanwhile waits for that part only: no two threads import one library, which could give one
of them half of it.
"""

from __future__ import annotations

from threading import Lock, Thread
from typing import TYPE_CHECKING

from mesa_recuperacion.i18n.shown import Shown

if TYPE_CHECKING:
    from mesa_recuperacion.wiring.port import Port

_first, _opening, _working, _scenes, _reviewing = Lock(), Lock(), Lock(), Lock(), Lock()


def first(shown: Shown) -> type[Port]:
    """What carries out what is asked, and what a date is written with: whoever loads more waits until it is there."""
    with _first:
        from mesa_recuperacion.wiring.port import Port

        shown.warm()
        return Port


def opening() -> None:
    """The store and its door."""
    with _opening:
        import mesa_recuperacion.service.people
        import mesa_recuperacion.store.start_check  # noqa: F401


def working() -> None:
    """The services of whoever is in, and the policy's reader."""
    opening()
    with _working:
        import mesa_recuperacion.service.desk
        import mesa_recuperacion.service.policies  # noqa: F401


def scenes() -> None:
    """What the desk says."""
    with _scenes:
        from mesa_recuperacion.dialogue.conversation import load as load_scenes

        load_scenes()


def reviewing() -> None:
    """What the review asks and answers with, and what tables are made with."""
    working()
    scenes()
    with _reviewing:
        import mesa_recuperacion.service.review.own
        import mesa_recuperacion.service.review.review  # noqa: F401
        from mesa_recuperacion.dialogue.conversation import load_review

        load_review()


def reviewing_soon() -> None:
    """The same on a thread of its own, while whoever supervises types their PIN; a call never needs it."""
    Thread(target=reviewing, name="mesa-reviewing", daemon=True).start()


def load(shown: Shown) -> None:
    """All of it, and at the end what is seldom needed at once."""
    first(shown)
    working()
    scenes()
    shown.warm_words()
