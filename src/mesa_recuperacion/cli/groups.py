"""The commands of ``mesa`` that come in groups; what each does is imported when it runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

PLAIN: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False, "add_completion": False}
"""How every group of commands looks."""


def _group(told: str) -> typer.Typer:
    return typer.Typer(**PLAIN, no_args_is_help=True, help=told)


def policy(t: Callable[..., str]) -> typer.Typer:
    """Of the policy's next version."""
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


def journal(t: Callable[..., str]) -> typer.Typer:
    """Of the record of what happened."""
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


def customer(t: Callable[..., str]) -> typer.Typer:
    """Of customers."""
    group = _group(t("Customers: erase the personal data of one who asks for it."))

    @group.callback()
    def customers() -> None:
        """A group, though it has one command."""

    @group.command(help=t("Forget a customer for good; a supervisor signs."))
    def forget(
        named: str = typer.Argument(..., metavar=t("CASE"), help=t("A case of theirs, as CEN-1042; or their card.")),
    ) -> None:
        from mesa_recuperacion.cli.customer import forget as run_forget

        raise typer.Exit(run_forget(named))

    return group


def person(t: Callable[..., str]) -> typer.Typer:
    """Of who works here."""
    group = _group(t("Who works here: list, add, rename, change role, set a new PIN, unlock, retire."))

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


def key(t: Callable[..., str]) -> typer.Typer:
    """Of the secrets of this workstation."""
    group = _group(t("The keys of this desk, without which no PIN holds: copy, bring back, make anew."))

    @group.command(help=t("Write a copy of the keys for the safe; a supervisor signs."))
    def export(target: Path = typer.Argument(..., metavar=t("FILE"), help=t("A new file."))) -> None:
        from mesa_recuperacion.cli.key import export as run_export

        raise typer.Exit(run_export(target))

    @group.command("import", help=t("Bring the keys back from a copy, where there are none."))
    def import_(source: Path = typer.Argument(..., metavar=t("FILE"), help=t("The copy."))) -> None:
        from mesa_recuperacion.cli.key import bring

        raise typer.Exit(bring(source))

    @group.command(help=t("Make new keys where they are lost; every PIN has to be set anew."))
    def renew() -> None:
        from mesa_recuperacion.cli.key import renew as run_renew

        raise typer.Exit(run_renew())

    return group


def _decisions(t: Callable[..., str], group: typer.Typer) -> None:
    """What is decided about somebody who works here; a supervisor signs each."""
    numbered: Any = typer.Argument(..., metavar=t("NUMBER"), help=t("The number with which they enter."), min=1)

    @group.command(help=t("Open somebody's number after too many wrong PINs; a supervisor signs."))
    def unlock(number: int = numbered) -> None:
        from mesa_recuperacion.cli.person import unlock as run_unlock

        raise typer.Exit(run_unlock(number))

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
