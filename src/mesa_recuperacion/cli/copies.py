"""The commands of ``mesa`` about the file itself: its copies, and whether all is well with it (rule E6)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer


def copies(app: typer.Typer, t: Callable[..., str]) -> None:
    """Backing up, restoring, and looking whether all is well."""
    _backup(app, t)
    _restore(app, t)
    _doctor(app, t)


def _backup(app: typer.Typer, t: Callable[..., str]) -> None:
    def backup(
        target: Path | None = typer.Argument(
            None, metavar=t("FILE"), show_default=False, help=t("Its file or folder; else, that of the backups.")
        ),
        if_older: int | None = typer.Option(
            None, "--if-older", metavar=t("HOURS"), min=0, help=t("Only if there is none newer than that.")
        ),
    ) -> None:
        from mesa_recuperacion.cli.backup import backup as run_backup

        raise typer.Exit(run_backup(target, if_older))

    told = t("Make a backup now, and prove it; the desk goes on.")
    app.command("backup", help=told)(backup)
    app.command("respaldo", help=told, hidden=True)(backup)


def _restore(app: typer.Typer, t: Callable[..., str]) -> None:
    def restore(
        source: Path = typer.Argument(..., metavar=t("FILE"), help=t("The backup.")),
        yes: bool = typer.Option(False, "--yes", help=t("Without asking.")),
    ) -> None:
        from mesa_recuperacion.cli.restore import restore as run_restore

        raise typer.Exit(run_restore(source, yes))

    told = t("Go back to a backup; what it replaces is kept.")
    app.command("restore", help=told)(restore)
    app.command("restaurar", help=told, hidden=True)(restore)


def _doctor(app: typer.Typer, t: Callable[..., str]) -> None:
    def doctor(
        as_json: bool = typer.Option(False, "--json", help=t("For a program: stable codes.")),
        quick: bool = typer.Option(False, "--quick", help=t("Without reading every line of the journal.")),
    ) -> None:
        from mesa_recuperacion.cli.doctor import doctor as run_doctor

        raise typer.Exit(run_doctor(as_json, quick))

    told = t("Say whether all is well, and what to do if not; changes nothing.")
    app.command("doctor", help=told)(doctor)
    app.command("diagnostico", help=told, hidden=True)(doctor)
