"""The commands of ``mesa``: what each is called and takes; what each does is imported when it runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import typer

from mesa_recuperacion import __version__
from mesa_recuperacion.i18n.words import Words, choose_language, words


def build(w: Words) -> typer.Typer:
    """The commands, their help in the reader's words."""
    t = w.t
    app = typer.Typer(
        name="mesa", add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False,
        help=t("Service recovery desk. Without a command it opens the desk; the first time, it asks six questions."),
    )  # fmt: skip

    def version(wanted: bool) -> None:
        if wanted:
            typer.echo(f"mesa {__version__}")
            raise typer.Exit

    @app.callback(invoke_without_command=True)
    def mesa(
        _: bool = typer.Option(False, "--version", callback=version, is_eager=True, help=t("Say the version and end.")),
    ) -> None: ...

    @app.command(help=t("Open the desk on a throw-away branch: invented people, customers and months of history."))
    def demo(
        keep: Path | None = typer.Option(None, "--keep", metavar="DIR", help=t("Keep the branch in this folder.")),
        seed: int = typer.Option(1, "--seed", metavar="N", help=t("The same number makes the same branch.")),
        cases: int = typer.Option(300, "--cases", metavar="N", min=1, help=t("How many cases it has had.")),
        language: str = typer.Option("", "--language", metavar="es|en", help=t("Language of the branch.")),
        desk: bool = typer.Option(True, "--desk/--no-desk", help=t("With --no-desk, prepare it and end.")),
    ) -> None:
        from mesa_recuperacion.cli.demo import demo as run_demo

        raise typer.Exit(run_demo(keep=keep, seed=seed, cases=cases, language=language, desk=desk))

    return app


def run(arguments: Sequence[str]) -> int:
    """Run a command line; answers the exit code."""
    app = build(words(choose_language(os.environ)))
    done = typer.main.get_command(app).main(list(arguments), prog_name="mesa", standalone_mode=False)
    return done if isinstance(done, int) else 0
