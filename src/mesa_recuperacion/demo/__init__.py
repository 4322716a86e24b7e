"""A throw-away branch: invented people, customers and months of history, by the same decisions as the real one."""
