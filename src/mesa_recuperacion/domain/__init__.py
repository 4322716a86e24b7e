"""The rules of service recovery: standard library only, no I/O, no clock read."""
