"""Use cases: the one door through which anything is written."""
