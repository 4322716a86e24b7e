"""The review: what a supervisor may see of the branch (rules D1 to D12, E2)."""
