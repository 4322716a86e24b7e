"""The commands of ``mesa``: what each is called and takes; what each does is imported when it runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from mesa_recuperacion import __version__
from mesa_recuperacion.cli.failures import REFUSED, USAGE
from mesa_recuperacion.cli.workstation import say
from mesa_recuperacion.i18n.words import Words, choose_language, words
from mesa_recuperacion.wiring.config import Config, read_config
from mesa_recuperacion.wiring.places import places

_PLAIN: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False, "add_completion": False}


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
        name="mesa", **_PLAIN,
        help=t("Service recovery desk. Without a command it opens the desk; the first time, it asks six questions."),
        epilog=t("MESA_HOME moves settings, data and logs to one folder. Exit codes: 0 done, 1 refused, 2 usage."),
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
    app.add_typer(_policy(t), name="policy")
    app.add_typer(_journal(t), name="journal")
    app.add_typer(_person(t), name="person")
    return app


def _demo(app: typer.Typer, t: Callable[..., str]) -> None:
    @app.command(help=t("Try the desk on an invented branch, gone afterwards."))
    def demo(
        keep: Path | None = typer.Option(None, "--keep", metavar=t("DIR"), help=t("Keep the branch in this folder.")),
        seed: int = typer.Option(1, "--seed", metavar="N", help=t("The same number makes the same branch.")),
        cases: int = typer.Option(300, "--cases", metavar="N", min=1, help=t("How many cases it has had.")),
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


def _group(told: str) -> typer.Typer:
    return typer.Typer(**_PLAIN, no_args_is_help=True, help=told)


def _policy(t: Callable[..., str]) -> typer.Typer:
    group = _group(t("Draft, check, compare, show or publish the policy."))
    file = typer.Argument(..., metavar=t("FILE"), help=t("The policy, in TOML."))

    @group.command(help=t("Say all that is wrong with a policy, or how long it takes."))
    def check(path: Path = file) -> None:
        from mesa_recuperacion.cli.policy import check as run_check

        raise typer.Exit(run_check(path))

    @group.command(help=t("Show the policy in force."))
    def show(
        source: bool = typer.Option(False, "--source", help=t("The text as it was published, to edit it.")),
    ) -> None:
        from mesa_recuperacion.cli.policy import show as run_show

        raise typer.Exit(run_show(source))

    @group.command(help=t("Begin a draft of the next version, to be edited."))
    def draft(
        path: Path | None = typer.Argument(None, metavar=t("FILE"), help=t("Where; the branch's own if not named.")),
    ) -> None:
        from mesa_recuperacion.cli.policy import draft as run_draft

        raise typer.Exit(run_draft(path))

    @group.command(help=t("Say in words what a policy changes."))
    def diff(
        path: Path = file,
        against: int | None = typer.Option(None, "--against", metavar="N", min=1, help=t("Against that version.")),
    ) -> None:
        from mesa_recuperacion.cli.policy import diff as run_diff

        raise typer.Exit(run_diff(path, against))

    @group.command(help=t("Put a policy in force; a supervisor signs."))
    def publish(
        path: Path = file,
        start: str = typer.Option("", "--from", metavar=t("WHEN"), help=t("From then on: tomorrow, mon 9, 1/12.")),
    ) -> None:
        from mesa_recuperacion.cli.policy import publish_file

        raise typer.Exit(publish_file(path, start))

    return group


def _journal(t: Callable[..., str]) -> typer.Typer:
    group = _group(t("Prove, rebuild or export the record of what happened."))

    @group.command(help=t("Prove that nothing was touched, or say which line was."))
    def verify(
        head: str = typer.Option(
            "", "--head", metavar="HEAD", show_default=False,
            help=t("A head that was noted before: shows whether the end was cut off."),
        ),
    ) -> None:  # fmt: skip
        from mesa_recuperacion.cli.journal import verify as run_verify

        raise typer.Exit(run_verify(head))

    @group.command(help=t("Make what the screens read again from the journal."))
    def rebuild() -> None:
        from mesa_recuperacion.cli.journal import rebuild as run_rebuild

        raise typer.Exit(run_rebuild())

    @group.command(help=t("Say the last line's number and hash, to note them elsewhere."))
    def head() -> None:
        from mesa_recuperacion.cli.journal import head as run_head

        raise typer.Exit(run_head())

    @group.command(help=t("Write the journal as JSON lines."))
    def export(
        target: Path | None = typer.Argument(
            None, metavar=t("FILE"), help=t("A new file; without it, the output."), show_default=False
        ),
        private: bool = typer.Option(False, "--private", help=t("With names, telephones and notes: keep it safe.")),
    ) -> None:
        from mesa_recuperacion.cli.journal import export as run_export

        raise typer.Exit(run_export(target, private))

    return group


def _person(t: Callable[..., str]) -> typer.Typer:
    group = _group(t("Who works here: list, add, rename, change role, set a new PIN, retire."))

    @group.command("list", help=t("Say everybody's number, name and role."))
    def list_() -> None:
        from mesa_recuperacion.cli.person import list_people

        raise typer.Exit(list_people())

    @group.command(help=t("Add somebody; a supervisor signs."))
    def add(
        name: str = typer.Argument(..., metavar=t("NAME"), help=t("Name and surname, between quotes.")),
        supervisor: bool = typer.Option(False, "--supervisor", help=t("As a supervisor, not as an agent.")),
    ) -> None:
        from mesa_recuperacion.cli.person import add as run_add

        raise typer.Exit(run_add(name, "supervisor" if supervisor else "agent"))

    @group.command(help=t("Set a new PIN for somebody who forgot theirs; a supervisor signs."))
    def pin(
        number: int = typer.Argument(..., metavar=t("NUMBER"), help=t("The number with which they enter."), min=1),
    ) -> None:
        from mesa_recuperacion.cli.person import renew_pin

        raise typer.Exit(renew_pin(number))

    _decisions(t, group)
    return group


def _decisions(t: Callable[..., str], group: typer.Typer) -> None:
    """What is decided about somebody who works here; a supervisor signs each."""
    numbered: Any = typer.Argument(..., metavar=t("NUMBER"), help=t("The number with which they enter."), min=1)

    @group.command(help=t("Put somebody's name right; a supervisor signs."))
    def rename(
        number: int = numbered,
        name: str = typer.Argument(..., metavar=t("NAME"), help=t("Name and surname, between quotes.")),
    ) -> None:
        from mesa_recuperacion.cli.person import rename as run_rename

        raise typer.Exit(run_rename(number, name))

    @group.command(help=t("Make somebody an agent, or a supervisor; a supervisor signs."))
    def role(
        number: int = numbered,
        supervisor: bool = typer.Option(..., "--supervisor/--agent", help=t("What they are from now on.")),
    ) -> None:
        from mesa_recuperacion.cli.person import change_role

        raise typer.Exit(change_role(number, "supervisor" if supervisor else "agent"))

    @group.command(help=t("Somebody no longer works here; their history stays. A supervisor signs."))
    def retire(number: int = numbered) -> None:
        from mesa_recuperacion.cli.person import retire as run_retire

        raise typer.Exit(run_retire(number))

    @group.command("return", help=t("Somebody works here again; a supervisor signs."))
    def return_(number: int = numbered) -> None:
        from mesa_recuperacion.cli.person import come_back

        raise typer.Exit(come_back(number))


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
