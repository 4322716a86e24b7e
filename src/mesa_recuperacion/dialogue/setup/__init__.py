"""The first run: six questions, without a screen.  The same functions as :mod:`dialogue.conversation`, so that the
same front end runs either.
"""

from mesa_recuperacion.dialogue.setup.conversation import after, answer, barrier, begin, draft, press, show, typing

__all__ = ["after", "answer", "barrier", "begin", "draft", "press", "show", "typing"]
