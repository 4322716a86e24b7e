"""What surrounds every scene: who works, the customer, the clock, the rail and the rows below."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mesa_recuperacion.dialogue import keymap, standing
from mesa_recuperacion.dialogue.review.base import Page
from mesa_recuperacion.dialogue.scenes.base import Scene, Shape, policy_of, problem_of, rail, root, state_of
from mesa_recuperacion.dialogue.talk import Talk
from mesa_recuperacion.dialogue.view import Block, Choice, ClockView, Gap, Line, Run, Text, View, line
from mesa_recuperacion.domain.clock import Countdown
from mesa_recuperacion.i18n.names import PRODUCT
from mesa_recuperacion.i18n.words import customer_named


def compose(talk: Talk, scene: Scene, stage: str, shape: Shape, now: datetime, *, tall: bool = True) -> View:
    """The whole screen: a scene's shape in its frame.  ``stage`` is the one that has the word behind an aside.

    What stands below is told only to a ``tall`` window: it is long, and most windows have no room for it.
    """
    in_call = talk.file is not None and stage in keymap.IN_CALL
    aside = talk.stage in ("help", "menu") or talk.stage.startswith("file")
    return View(
        head=head(talk, now),
        band=((line(shape.title, "strong"), shape.beside[0]), (line(shape.under, "dim"), shape.beside[1]))
        if shape.title
        else band(talk, stage, now),
        clock=clock(talk, stage, now),
        rail=rail(talk, scene.step) if in_call and not aside else (),
        main=shape.main,
        side=file_blocks(talk) if in_call else (),
        below=today(talk, now) if in_call and tall else (),
        prompt=shape.prompt,
        ghost=shape.ghost,
        hint=shape.hint,
        mask=shape.mask,
        status=_status(talk, shape, stage, now),
        never=never(talk, scene) if in_call and not shape.status and not standing.is_read_only(talk) else (),
        keys=keymap.row(talk, stage),
        figures=shape.figures,
        letters=scene.letters(talk) if isinstance(scene, Page) and stage == talk.stage else (),
        theme=talk.theme,
    )


def head(talk: Talk, now: datetime) -> tuple[Line, Line]:
    """The product, who works and when, and the budget (before, the branch), or that nothing is kept."""
    left, right = _head(talk, now)
    return left, standing.mark(talk) or right


def _head(talk: Talk, now: datetime) -> tuple[Line, Line]:
    t, shown = talk.setting.words.t, talk.setting.shown
    product = Run(PRODUCT, "accent")
    if not talk.people:
        return (product,), ()  # the first picture waits for no calendar
    if talk.person is None or talk.day is None:
        at = shown.day_time(now)
        return (product,), line(f"{talk.branch} · {at}" if talk.branch else at, "dim")
    if talk.review is not None and root(talk) in keymap.REVIEWING:
        return review_head(talk, product, now)
    budget = talk.day.budget
    practice = (Run("   " + t("PRACTICE"), "warn"),) if talk.practice else ()
    left = (product, *practice, Run(f"   {talk.person.name}"), Run(f"   {shown.day_time(now)}", "dim"))
    spend = t("of {amount}", amount=shown.money(budget.funded))
    right = (Run(t("Budget") + " ", "dim"), Run(shown.money(budget.left), "strong"), Run(f" {spend}", "dim"))
    return left, right


def review_head(talk: Talk, product: Run, now: datetime) -> tuple[Line, Line]:
    """The product, that this is the review, what it is about, and who is in."""
    from mesa_recuperacion.dialogue.review.filtering import here
    from mesa_recuperacion.dialogue.review.said import scope_said

    t, name = talk.setting.words.t, talk.person.name if talk.person else ""
    today = now.astimezone(talk.setting.shown.zone).date()
    left = (product, Run("   " + t("Review")), Run("   " + scope_said(talk, here(talk), today), "dim"))
    return left, (Run(name), Run(f" · {t('supervision')}", "dim"))


def band(talk: Talk, stage: str, now: datetime) -> tuple[tuple[Line, Line], tuple[Line, Line]]:
    """Two lines under the head: the greeting, or the customer and the problem."""
    t = talk.setting.words.t
    empty: Line = ()
    if talk.person is None or stage == "login":
        return ((empty, empty), (empty, empty))
    if stage == "lookup":
        return (line(t("New case"), "strong"), empty), (
            line(t("By name; the account number is not needed"), "dim"),
            empty,
        )
    if talk.file is not None and (stage in keymap.IN_CALL or stage in keymap.ANSWERING):
        state, policy, problem = state_of(talk), policy_of(talk), problem_of(talk)
        second: list[Run] = [Run(problem.name) if problem else Run(t("Problem to be noted"), "dim")]
        if state.earlier:
            nth = t("▲ complaint no. {n} in {days} days", n=state.earlier + 1, days=policy.repeat_days)
            second.append(Run("  " + nth, "warn"))
        if state.round:
            second.append(Run("  " + t("▲ opened again"), "warn"))
        name = customer_named(talk.setting.words, talk.file.customer.name)
        folio = line(state.folio, "dim") if stage in keymap.ANSWERING else empty
        return (line(name, "strong"), folio), (tuple(second), empty)
    from mesa_recuperacion.dialogue.scenes.reading import second_line

    return (line(greeting(talk, now), "strong"), line(counts(talk), "dim")), second_line(talk, stage)


def greeting(talk: Talk, now: datetime) -> str:
    """Good morning, afternoon or evening, by the branch's clock."""
    t, name = talk.setting.words.t, talk.person.name.split()[0] if talk.person else ""
    hour = now.astimezone(talk.setting.shown.zone).hour
    if hour < 12:
        return t("Good morning, {name}.", name=name)
    return t("Good afternoon, {name}.", name=name) if hour < 19 else t("Good evening, {name}.", name=name)


def counts(talk: Talk) -> str:
    """The agent's own day in one line."""
    words, day = talk.setting.words, talk.day
    if day is None or not day.counts.cases:
        return words.t("No cases yet today")
    cases = words.tn("Today {n} case", "Today {n} cases", day.counts.cases)
    return words.t("{cases} · {on_time} on time · {first} at first contact",
                   cases=cases, on_time=day.counts.on_time, first=day.counts.first_contact)  # fmt: skip


def clock(talk: Talk, stage: str, now: datetime) -> ClockView | None:
    """The customer's clock in words, a bar and a mark (rules C1, C2: at zero nothing blocks, it counts on)."""
    t, span = talk.setting.words.t, talk.setting.shown.span
    if talk.file is not None and stage in keymap.IN_CALL:
        countdown = state_of(talk).countdown
    elif stage == "lookup" and talk.started_at is not None:
        countdown = Countdown(talk.started_at, policy_of(talk).default_standard)
    else:
        return None
    left, standard = countdown.left(now), span(countdown.standard)
    match countdown.state(now):
        case "on_time":
            word, mark, state = t("left"), "good", t("on time, of {standard}", standard=standard)
        case "closing":
            word, mark, state = t("left"), "warn", t("almost up, of {standard}", standard=standard)
        case _:
            word, mark, state = t("over by"), "bad", t("out of time, of {standard}", standard=standard)
    if talk.setting.quiet_clock:
        return ClockView("", "", state, 0.0, mark)
    return ClockView(word, span(abs(left)), state, max(0.0, left / countdown.standard), mark)


def _status(talk: Talk, shape: Shape, stage: str, now: datetime) -> Line:
    if shape.status and not talk.said and not standing.is_read_only(talk):
        return line(shape.status, "dim")
    return status(talk, stage, now)


def status(talk: Talk, stage: str, now: datetime) -> Line:
    """The last sentence said to the agent, else what holds of the file (E4), what helps when time is up (C2), when it
    was saved, what starts it.
    """
    t = talk.setting.words.t
    if talk.said:
        return line(talk.said, talk.said_style)
    if holds := standing.sentence(talk):
        return line(holds, "warn")
    if stage == "close" and talk.stage == "close":
        seconds = policy_of(talk).undo_seconds
        key = talk.setting.key("Ctrl+Z")
        said = t("Closing delivers the compensation. {key} takes it back for {n} seconds.", key=key, n=seconds)
        return line(said, "dim")
    if stage == "login" and talk.setting.review:
        return line(t("The review: a supervisor's number, a space and the PIN. E.g.: 1 482100"), "dim")
    if stage == "login":
        return line(t("Type your number, a space and your PIN. E.g.: 1 482100"), "dim")
    if stage == talk.stage == "idle":
        return line(standing.beside(talk) or t("The clock starts with the first letter."), "dim")
    if stage == talk.stage == "news":
        return line(t("Nobody waits for this: a name opens the case, and this comes back."), "dim")
    if stage == talk.stage and stage in keymap.IN_CALL and talk.file is not None and is_unexplained(talk, now):
        return line(t("▲ {key} R: what to say now", key=talk.setting.key("Ctrl+G")), "warn")
    if talk.saved_at is not None and talk.file is not None:
        return line(t("Saved {time}", time=talk.setting.shown.seconds_clock(talk.saved_at)), "dim")
    return ()


def is_unexplained(talk: Talk, now: datetime) -> bool:
    """Whether the case at hand is over its standard and nobody has said why."""
    state = state_of(talk)
    return state.countdown.left(now) < 0 and not state.overrun


def never(talk: Talk, scene: Scene) -> Line:
    """What is never done in this step (rule A1)."""
    text = policy_of(talk).never(scene.step)
    if not text or talk.said:
        return ()
    return (Run(talk.setting.words.t("Never") + " ", "dim"), Run(text))


def today(talk: Talk, now: datetime) -> tuple[Block, ...]:
    """What is due and what is parked, to be seen during a call; nothing of it can be chosen there."""
    from mesa_recuperacion.dialogue.scenes.idle import sections

    blocks: list[Block] = []
    for section in sections(talk, now):
        others = [option for item, option in section.rows if getattr(item, "case", "") != state_of(talk).folio]
        if others:
            rows = tuple(replace(option, key="") for option in others)
            blocks += [Choice((section.title,), rows, left=(0, 1)), Gap()]
    return tuple(blocks[:-1])


def file_blocks(talk: Talk) -> tuple[Block, ...]:
    """The customer's card, for screens with room beside the script."""
    if talk.file is None:
        return ()
    from mesa_recuperacion.dialogue.scenes.customer import history, risk

    t, customer, notes = talk.setting.words.t, talk.file.customer, talk.file.notes
    blocks: list[Block] = [Text(t("Card"), "dim"), Text(customer_named(talk.setting.words, customer.name), "strong")]
    blocks.append(Text(customer.phone or t("no telephone yet")))
    lost = risk(talk, customer)
    if lost:
        blocks += [Gap(), Text(lost, "warn")]
    if customer.history:
        blocks += [Gap(), *history(talk, customer.history[:4], narrow=True)]
    if notes:
        blocks += [Gap(), Text(t("Notes"), "dim"), *(Text(note) for note in notes[-4:])]
    return tuple(blocks)
