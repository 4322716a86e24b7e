"""The commands of ``mesa``: what each is called and takes; what each does is imported when it runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from mesa_recuperacion import __version__
from mesa_recuperacion.cli.copies import copies
from mesa_recuperacion.cli.failures import REFUSED, USAGE
from mesa_recuperacion.cli.groups import PLAIN, customer, journal, key, person, policy
from mesa_recuperacion.cli.workstation import say
from mesa_recuperacion.i18n.words import Words, choose_language, words
from mesa_recuperacion.wiring.config import Config, read_config
from mesa_recuperacion.wiring.places import places


class Language(StrEnum):
    """The languages that can be named: those of ``i18n.words.LANGUAGES``."""

    es = "es"
    en = "en"


class Form(StrEnum):
    """The forms of a report."""

    html = "html"
    csv = "csv"
    json = "json"


def build(w: Words) -> typer.Typer:
    """The commands, their help in the reader's words."""
    t = w.t
    app = typer.Typer(
        name="mesa", **PLAIN,
        help=t("Service recovery desk. Without a command it opens the desk; the first time, it asks six questions."),
        epilog=t("MESA_HOME moves settings, data and logs to one folder. Exit codes: 0 done, 1 refused, 2 usage, "
                 "130 stopped."),
    )  # fmt: skip

    def version(wanted: bool) -> None:
        if wanted:
            typer.echo(f"mesa {__version__}")
            raise typer.Exit

    @app.callback(invoke_without_command=True)
    def mesa(
        _: bool = typer.Option(False, "--version", callback=version, is_eager=True, help=t("Say the version and end.")),
    ) -> None:
        """The options of ``mesa`` itself."""

    _demo(app, t)
    _review(app, t)
    _keys(app, t)
    _report(app, t)
    copies(app, t)
    app.add_typer(policy(t), name="policy")
    app.add_typer(journal(t), name="journal")
    app.add_typer(person(t), name="person")
    app.add_typer(customer(t), name="customer")
    app.add_typer(key(t), name="key")
    return app


def _demo(app: typer.Typer, t: Callable[..., str]) -> None:
    @app.command(help=t("Try the desk on an invented branch, gone afterwards."))
    def demo(
        keep: Path | None = typer.Option(None, "--keep", metavar=t("DIR"), help=t("Keep the branch in this folder.")),
        seed: int = typer.Option(1, "--seed", metavar="N", help=t("The same number makes the same branch.")),
        cases: int = typer.Option(
            300,
            "--cases",
            metavar="N",
            min=1,
            max=10_000_000,
            help=t("How many cases it has had: up to 10,000,000, over ten years."),
        ),
        language: Language | None = typer.Option(
            None, "--language", metavar="es|en", help=t("Language of the branch: es or en.")
        ),
        desk: bool = typer.Option(True, "--desk/--no-desk", help=t("With --no-desk, prepare it and end.")),
    ) -> None:
        from mesa_recuperacion.cli.demo import demo as run_demo

        spoken = language.value if language else ""
        raise typer.Exit(run_demo(keep=keep, seed=seed, cases=cases, language=spoken, desk=desk))


def _review(app: typer.Typer, t: Callable[..., str]) -> None:
    def review() -> None:
        from mesa_recuperacion.cli.launch import open_here

        raise typer.Exit(open_here(review=True))

    told = t("Open the review of supervision: what happened, and why.")
    app.command("review", help=told)(review)
    app.command("revision", help=told, hidden=True)(review)


def _keys(app: typer.Typer, t: Callable[..., str]) -> None:
    def keys() -> None:
        from mesa_recuperacion.cli.keys import keys as run_keys

        raise typer.Exit(run_keys())

    told = t("Try which keys of this terminal arrive.")
    app.command("keys", help=told)(keys)
    app.command("teclas", help=told, hidden=True)(keys)


def _report(app: typer.Typer, t: Callable[..., str]) -> None:
    def report(
        first: str = typer.Option(
            "", "--from", metavar=t("DAY"), show_default=False, help=t("First day, as 2026-03-01; else, last month's.")
        ),
        last: str = typer.Option("", "--to", metavar=t("DAY"), show_default=False, help=t("Last day.")),
        form: Form = typer.Option(Form.html, "--format", metavar="html|csv|json", help=t("A page, tables or JSON.")),
        out: str = typer.Option(
            "", "--out", metavar=t("FILE"), show_default=False, help=t("Its file; - for the output.")
        ),
        language: Language | None = typer.Option(
            None, "--language", metavar="es|en", help=t("Language of the report: es or en.")
        ),
    ) -> None:
        from mesa_recuperacion.cli.report import report as run_report

        raise typer.Exit(run_report(first, last, form.value, out, language.value if language else ""))

    told = t("Make the month's report; a supervisor signs.")
    app.command("report", help=told)(report)
    app.command("informe", help=told, hidden=True)(report)


def reader_words() -> Words:
    """The words of the settings, if they can be read; else those of the environment."""
    speaking = words(choose_language(os.environ))
    config = read_config(places(os.environ).config_file, speaking)
    return words(choose_language(os.environ, config.language)) if isinstance(config, Config) else speaking


def run(arguments: Sequence[str]) -> int:
    """Run a command line; answers the exit code."""
    w = reader_words()
    command = typer.main.get_command(build(w))
    try:
        done = command.main(list(arguments), prog_name="mesa", standalone_mode=False)
    except typer.Abort:
        say(w.t("Stopped. Nothing was changed."))
        return REFUSED
    except Exception as error:
        if "ClickException" not in {kind.__name__ for kind in type(error).__mro__}:
            raise
        return _misused(w, error)
    return done if isinstance(done, int) else 0


def _misused(w: Words, error: Any) -> int:
    """One sentence for a command line that is not understood; the library's own are in English only."""
    context: Any = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(context.get_help())
        return USAGE
    param = getattr(error, "param", None)
    named = param.opts[0] if param is not None and param.param_type_name == "option" else getattr(param, "name", "")
    match type(error).__name__:
        case "NoSuchOption":
            said = w.t("There is no option {option} here.", option=error.option_name)
        case "MissingParameter":
            said = w.t("{name} is missing.", name=(param.metavar if param is not None else None) or named)
        case "BadParameter":
            said = w.t("What {name} says is not understood.", name=named)
        case _:
            said = w.t("That is not understood.")
    say(f"{said} {w.t('{command} --help tells how.', command=context.command_path if context else 'mesa')}")
    return USAGE
