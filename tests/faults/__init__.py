"""Kills, power cuts, failing disks, races: what must not be lost, shown in figures, each beside a control run.

A test of reliability is a file ``test_tNN_name.py`` with

* ``run(scale, folder) -> Iterator[Figures]``: a row for each variant, among them a *control*: the same run with the
  protection taken away, which must lose something.  All that is random comes from ``scale.dice(…)``; how much is done
  from ``scale.pick(short, long)``; files go into ``folder``.  What a machine cannot do is a row with ``skipped``.
* tests for pytest that call the short form: ``hold(run(scale := Scale(), tmp_path), scale)``.

``python -m tests.faults --long`` runs the long form of all of them and prints the table; see ``__main__.py``.
``python -m tests.faults.soak --hours 8`` leaves desks running and watches what they take.
"""
