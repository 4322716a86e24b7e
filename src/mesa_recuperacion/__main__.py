"""``mesa`` and ``python -m mesa_recuperacion``: straight to the desk, or to a command."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run what the command line asks for; answers the exit code (as ``cli.failures`` names them)."""
    from mesa_recuperacion.cli.failures import INTERRUPTED
    from mesa_recuperacion.cli.guardian import comes_back, draws, guard
    from mesa_recuperacion.cli.quiet import hushed, leave_no_core, wants_hush

    leave_no_core()
    arguments = sys.argv[1:]
    try:
        with hushed(wants_hush(arguments)) as before:
            if draws(arguments) and (ended := guard(before, again=comes_back(arguments))) is not None:
                return ended
            if not arguments:
                gc.disable()  # until the first picture; the desk turns it on again
                from mesa_recuperacion.cli.launch import open_here

                return open_here()
            from mesa_recuperacion.cli.app import run

            return run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
