"""``mesa doctor``: whether all is well, in words and for programs; nothing is changed by looking (rule E6)."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence

from mesa_recuperacion import __version__
from mesa_recuperacion.cli.backup import backups_of
from mesa_recuperacion.cli.doctor_words import said
from mesa_recuperacion.cli.failures import DONE, REFUSED
from mesa_recuperacion.cli.progress import LongRun
from mesa_recuperacion.cli.workstation import Workstation, say, tell
from mesa_recuperacion.domain.health import Finding, worst
from mesa_recuperacion.i18n.words import Words, choose_language, words
from mesa_recuperacion.store.heard import Stopped
from mesa_recuperacion.wiring.clocks import SystemClock
from mesa_recuperacion.wiring.config import Config, read_config
from mesa_recuperacion.wiring.doctor.patient import Patient
from mesa_recuperacion.wiring.doctor.rounds import rounds
from mesa_recuperacion.wiring.places import places

FORMAT = 1
"""The version of what ``--json`` says; members are added, none changes its meaning."""


def doctor(as_json: bool, quick: bool) -> int:
    """Look at everything; refused if anything is bad."""
    here, faults = _here()
    run = LongRun(here.words)
    patient = Patient(
        here.places, backups_of(here), faults, here.words, os.environ, SystemClock().now(), quick,
        run,
    )  # fmt: skip
    try:
        with run:
            findings = tuple(rounds(patient)) if as_json else _told(patient, here.words, run)
    except Stopped:
        say(here.words.t("Stopped: of what was not looked at, nothing is known. Nothing was changed."))
        return run.status
    if as_json:
        sys.stdout.write(f"{as_text(findings, here.words)}\n")  # ASCII, whose lines are its own: not through ``tell``
    return REFUSED if worst(findings) == "bad" else DONE


def as_text(findings: Sequence[Finding], w: Words) -> str:
    """The findings as JSON: one object, ASCII alone, the words in the reader's language."""
    told = [
        {"code": one.code, "level": one.level, "why": one.why, "facts": dict(one.facts), "says": said(w, one)}
        for one in findings
    ]
    whole = {"format": FORMAT, "program": __version__, "worst": worst(findings), "findings": told}
    return json.dumps(whole, indent=1)


def _told(patient: Patient, w: Words, run: LongRun) -> tuple[Finding, ...]:
    """Say each finding as soon as it is there, and how many there are to see to."""
    marks = {"ok": w.t("fine"), "attention": w.t("look"), "bad": w.t("BAD")}
    width = max(map(len, marks.values()))
    findings = []
    for one in rounds(patient):
        findings.append(one)
        run.clear()
        tell(f"{marks[one.level]:<{width}}  {said(w, one)}")
    wrong = sum(one.level == "bad" for one in findings)
    see = sum(one.level == "attention" for one in findings)
    if wrong:
        tell(w.tn("{n} thing is bad: begin with it.", "{n} things are bad: begin with them.", wrong))
    elif see:
        tell(w.tn("The branch works; there is {n} thing to see to.",
                    "The branch works; there are {n} things to see to.", see))  # fmt: skip
    else:
        tell(w.t("All is well."))
    return tuple(findings)


def _here() -> tuple[Workstation, tuple[str, ...]]:
    """The workstation, with the usual settings where its own cannot be meant; no log is begun."""
    found, speaking = places(os.environ), words(choose_language(os.environ))
    config = read_config(found.config_file, speaking)
    if isinstance(config, Config):
        return Workstation(found, config, words(choose_language(os.environ, config.language))), ()
    return Workstation(found, Config(), speaking), tuple(map(str, config))
