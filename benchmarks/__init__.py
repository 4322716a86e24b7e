"""What we claim about speed, as programs that anyone can run from the root of the project.

    python -m benchmarks                all of them, as one table
    python -m benchmarks.first_paint    one of them, with its times

``--json`` prints the same as JSON, ``--branches FOLDER`` keeps the invented branches, and finds them again.  Exit
status: 0 held, 1 not held, 2 could not be measured.  Times depend on the machine; ratios, taken in turn in one run,
travel.
"""
