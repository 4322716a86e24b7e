"""One suite that every store has to pass."""
