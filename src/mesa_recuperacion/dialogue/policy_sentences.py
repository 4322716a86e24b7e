"""Refusals about the policy's next version as sentences: what was kept, and where (rule D7)."""

from __future__ import annotations

from datetime import datetime

from mesa_recuperacion.dialogue.talk import Setting
from mesa_recuperacion.domain import refusals as r
from mesa_recuperacion.domain.text import clean


def policy_sentence(setting: Setting, refusal: r.Refusal, now: datetime) -> str:
    """One kind sentence for what keeps a version from being published, or its draft from being edited."""
    t, shown = setting.words.t, setting.shown
    match refusal:
        case r.PolicyStrands():
            return _stranded(setting, refusal)
        case r.StartPast(starts_at):
            return t("{when} has passed, and a version never changes the past. From when? The draft is kept.",
                     when=shown.day_time(starts_at))  # fmt: skip
        case r.StartTooEarly(number, began_at):
            return t("Version {n} holds since {when}: the next one cannot begin before it. The draft is kept.",
                     n=number, when=shown.day_time(began_at))  # fmt: skip
        case r.DraftMissing():
            return t("There is no draft that can be read: e begins one. Nothing was changed.")
        case r.DraftChanged():
            return t("The draft was changed meanwhile. Nothing was published: d compares it as it is.")
        case r.DraftUnwritten():
            return t("The draft cannot be written. Nothing was changed; check the folder and the disk.")
        case r.EditorMissing(""):
            return t("No editor is named ($VISUAL). Edit that file in any way; r reads it again.")
        case r.EditorMissing(editor):
            return t(
                "“{editor}” cannot be started. Edit that file in any way; r reads it again.", editor=clean(editor, 16)
            )
        case r.EditorFailed(editor):
            return t("“{editor}” did not end well. What it saved is kept: e opens it again.", editor=clean(editor, 16))
    raise TypeError(f"no sentence for {refusal!r}")


def _stranded(setting: Setting, refusal: r.PolicyStrands) -> str:
    t = setting.words.t
    waiting = "; ".join(t("“{area}”: {cases}", area=area, cases=", ".join(cases)) for area, cases in refusal.waiting)
    if refusal.more:
        waiting = t("{cases} and more", cases=waiting)
    return t("It has no longer an area that cases wait for. {cases}. Keep it, or answer them first. The draft is kept.",
             cases=waiting)  # fmt: skip
