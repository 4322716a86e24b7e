"""The record of facts: canonical bytes, codec and chain."""
