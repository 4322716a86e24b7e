"""A store as a version of this program leaves it, made by that version's own code, for ``tests/fixtures/stores``.

``python tools/store_fixture.py CHECKOUT TARGET``: CHECKOUT is a folder with the sources of that version
(``git worktree add CHECKOUT COMMIT``), TARGET the new file, compressed.  It holds a small invented branch of a few
months, the varied month of the tests of that version, a draft, and wrong attempts of a PIN.
"""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
from pathlib import Path

INVENTED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from mesa_recuperacion.demo.prepare import prepare
prepare(Path(sys.argv[1]), now=datetime(2025, 3, 3, 17, 30, tzinfo=UTC), seed=1, cases=6, language="es")
"""

VARIED = """
import sys
from dataclasses import replace
from pathlib import Path
from mesa_recuperacion.domain import facts as f
from mesa_recuperacion.store import driver
from mesa_recuperacion.store.store import Store
from tests.contract.branch import FUNDED, MARCH, Branch, mxn
from tests.contract.suite import a_varied_month


class Later(Branch):  # the month of a branch that has published before
    def append(self, *facts, **values):
        return super().append(*((case, self.next(fact)) for case, fact in facts), **values)

    def next(self, fact):
        if type(fact).__name__ not in ("PolicyPublished", "SuggestionAdopted"):
            return fact
        with self.store.reading() as now:
            number, text = now.policy_text()
        return replace(fact, number=3, **({"text": text} if fact.kind == "policy.published" else {}))


store = Store.open(Path(sys.argv[1]))
branch = Later(store)
branch.append(("", f.PersonAdded("ana", 7, "Ana", "agent")), ("", f.PersonAdded("eva", 8, "Eva", "supervisor")))
branch.append(("", f.BudgetFunded("ana", "2025-03", mxn(FUNDED), MARCH)))
branch.customer("rosa", "Rosa Núñez Peña", "55 1234 0078")
a_varied_month(branch)
store.close()
connection = driver.connect(Path(sys.argv[1]))
(person,) = connection.execute("SELECT id FROM person WHERE number = 1").fetchone()
(other,) = connection.execute("SELECT id FROM person WHERE number = 2").fetchone()
connection.execute("INSERT INTO draft (person, slot, stage, line, started_at_ms, at_ms) "
                   "VALUES (?, '', 'lookup', 'ros', 1741051800000, 1741051805000)", (person,))
connection.execute("UPDATE credential SET failures = 2, locked_until_ms = 1741051860000 WHERE person = ?", (other,))
connection.close()
"""


def main() -> int:
    """Make one."""
    asked = argparse.ArgumentParser(description="A store made by the code of another version")
    asked.add_argument("checkout", type=Path)
    asked.add_argument("target", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "mesa.db"
        _run(given.checkout, INVENTED, made)
        _run(given.checkout, VARIED, made)
        beside = [found.name for found in Path(folder).iterdir() if found.name not in (made.name, "forgotten.txt")]
        if beside:
            sys.stderr.write(f"not closed cleanly: {beside}\n")
            return 1
        given.target.write_bytes(gzip.compress(made.read_bytes(), mtime=0))
    return 0


def _run(checkout: Path, script: str, made: Path) -> None:
    path = os.pathsep.join([str(checkout / "src"), str(checkout)])
    subprocess.run(
        [sys.executable, "-c", script, str(made)], check=True, cwd=checkout, env=os.environ | {"PYTHONPATH": path}
    )


if __name__ == "__main__":
    sys.exit(main())
