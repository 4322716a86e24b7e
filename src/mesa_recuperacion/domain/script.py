"""The script of a call (rule A1)."""

from __future__ import annotations

STEPS = ("apologise", "listen", "solve", "compensate", "promise", "follow_up")
"""The six steps, in their order."""
