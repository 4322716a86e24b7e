"""What we claim about speed, as programs that anyone can run from the root of the project.

    python -m benchmarks.first_paint    spawn -> a login that accepts keys, against a bare Textual application
    python -m benchmarks.key_bytes      what one typed key of a call costs: bytes written, key -> first changed cell

Each prints its figures and whether the goal is held, `--json` prints the same as JSON. Exit status: 0 held, 1 not
held, 2 could not be measured. Times depend on the machine; ratios, taken in turn in one run, travel.
"""
