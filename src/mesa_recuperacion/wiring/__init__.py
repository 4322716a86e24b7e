"""The composition root: the only place that builds stores, clocks and services."""
