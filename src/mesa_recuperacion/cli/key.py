"""``mesa key``: the secrets of this workstation, without which no PIN of its branch can be looked at (rule E2).

What this does not stop: whoever can run programs as the owner of the database owns the branch, since they can replace
the program too.  ``renew`` is no more than what they could do anyway, and it is a line of the journal.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mesa_recuperacion.cli.ask import LONGEST, new_pin, signed
from mesa_recuperacion.cli.branch import Branch, in_branch
from mesa_recuperacion.cli.failures import DONE, REFUSED, disk_sentence
from mesa_recuperacion.cli.workstation import say, tell
from mesa_recuperacion.domain.pin import unfit
from mesa_recuperacion.domain.refusals import Refusal, SupervisorNeeded
from mesa_recuperacion.domain.views import Person
from mesa_recuperacion.service.hashing import MARK
from mesa_recuperacion.service.people import People
from mesa_recuperacion.service.renewing import begin_anew
from mesa_recuperacion.store.quick import kept_with
from mesa_recuperacion.wiring import log
from mesa_recuperacion.wiring.calibrate import calibrated
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.keys import Keys, KeysUnfit, copy_to, fresh_keys, keys_of, put, put_first, read_keys
from mesa_recuperacion.wiring.tying import tie

ASIDE = "keys.unreadable.json"
"""What a file of keys that cannot be read is called once there are new ones."""


def export(target: Path) -> int:
    """A copy of the keys for the safe, once a supervisor has signed."""

    def work(branch: Branch) -> int:
        t = branch.words.t
        if signed(branch) is None:
            return REFUSED
        try:
            copy_to(target, keys_of(branch.here.places.keys_file, branch.store.path))
        except FileExistsError:
            say(t("There is already a file at {path}. It was left as it is; choose another name.", path=target))
            return REFUSED
        except OSError as error:
            log.note(error)
            say(disk_sentence(branch.words, error, target))
            return REFUSED
        tell(t("The keys of this desk are in {path}. Keep it in a safe, and not beside the backups.", path=target))
        return DONE

    return in_branch(work)


def bring(source: Path) -> int:
    """The keys of a copy, where there are none."""

    def work(branch: Branch) -> int:
        t, place = branch.words.t, branch.here.places.keys_file
        try:
            found = read_keys(source)
        except (KeysUnfit, IsADirectoryError):
            say(t("{path} holds no keys of this program. Nothing was changed.", path=source))
            return REFUSED
        if found is None:
            say(t("There is no {path}. Check how the name is written.", path=source))
            return REFUSED
        if not _fit(found, branch):
            say(t("Those are not the keys with which the PINs of this branch are kept. Nothing was changed."))
            return REFUSED
        if not put_first(place, found):
            return _there_already(branch, place, found)
        tell(t("The keys are back: everybody enters with their own PIN."))
        return DONE

    return in_branch(work)


def _there_already(branch: Branch, place: Path, found: Keys) -> int:
    t = branch.words.t
    try:
        same = read_keys(place) == found
    except KeysUnfit:
        same = False
    if same:
        tell(t("Those very keys are here already. Nothing was changed."))
        return DONE
    say(t("There are other keys at {path}. They were left as they are; move them away first.", path=place))
    return REFUSED


def renew() -> int:
    """New keys where they are lost; every PIN has to be set anew, one supervisor's at once."""

    def work(branch: Branch) -> int:
        t, place = branch.words.t, branch.here.places.keys_file
        known = _readable(place)
        if known is not None and _fit(known, branch):
            say(t("The keys are here and fit: there is nothing to renew. A forgotten PIN: mesa person pin"))
            return REFUSED
        with branch.store.reading() as tx:
            station, everybody = tx.station(), tx.people()
        if station is None:
            raise LookupError("a store without a station has nobody whose PIN could be set")
        say(t("This makes new keys for {branch}, and every PIN has to be set anew. It stays in the journal, under the "
              "name of the supervisor whose PIN is set now.", branch=station.branch_name))  # fmt: skip
        if _typed(t("To go on, type the code of the branch ({code}): ", code=station.branch)) != station.branch:
            say(t("Nothing was changed."))
            return REFUSED
        number = _typed(t("Number of the supervisor whose PIN is set now: "))
        person = next((p for p in everybody if str(p.number) == number), None)
        if person is None or person.role != "supervisor":
            return branch.refuse(SupervisorNeeded())
        return _renewed(branch, known, person)

    return in_branch(work)


def _renewed(branch: Branch, known: Keys | None, person: Person) -> int:
    t, place = branch.words.t, branch.here.places.keys_file
    pin = new_pin(branch.words, person.name)
    if pin is None:
        say(t("The two PINs are not the same. Nothing was changed."))
        return REFUSED
    if unlike := unfit(pin):
        return branch.refuse(unlike)
    fresh = fresh_keys(calibrated())
    if known is not None:
        fresh = Keys(fresh.pepper, known.chain, fresh.strength)
    elif place.exists():
        place.replace(place.with_name(ASIDE))
    put(place, fresh)  # first: without its store it lets nobody in, and this can be done again
    chain = kept_with(branch.store.path).chain
    tie(branch.store, place, branch.clock, anew=chain not in {key.name for key in fresh.chain})
    done = begin_anew(People(branch.store, branch.clock, fresh_id, fresh.hasher()), person.number, pin)
    if isinstance(done, Refusal):
        return branch.refuse(done)
    tell(t("{name} enters with the new PIN from now on.", name=done.name))
    tell(t("Everybody else gets a new PIN: mesa person pin NUMBER, or in the review. Then: mesa key export"))
    return DONE


def _readable(place: Path) -> Keys | None:
    try:
        return read_keys(place)
    except (KeysUnfit, OSError):
        return None


def _fit(keys: Keys, branch: Branch) -> bool:
    """Whether every PIN of the branch that was kept with keys was kept with these, and its chain tied with one."""
    needs = kept_with(branch.store.path)
    kept = [mark for mark in needs.pins if mark.startswith(MARK)]
    if needs.chain and needs.chain not in {key.name for key in keys.chain}:
        return False
    return all(keys.hasher().knows(f"{mark}$") for mark in kept)


def _typed(prompt: str) -> str:
    """A line that may be seen; empty at the end of the input."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return sys.stdin.readline(LONGEST).strip()
