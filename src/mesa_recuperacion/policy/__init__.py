"""TOML policies read into domain.policy, every fault reported at once."""
