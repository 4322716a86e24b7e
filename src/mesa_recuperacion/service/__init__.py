"""Use cases: the one writing door, people and their PINs, the policy, and founding a branch."""
