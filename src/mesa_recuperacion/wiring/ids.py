"""Identifiers."""

from __future__ import annotations

import secrets


def fresh_id() -> str:
    """An identifier that nobody can guess: 20 characters, 100 bits."""
    return secrets.token_hex(10)
