"""``mesa doctor``: everything that can be looked at without changing anything, a small function for each (rule E6)."""

from __future__ import annotations
