"""The desk's only way to the services: each ask of the conversation carried out, each failure a value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mesa_recuperacion.dialogue import asks as a
from mesa_recuperacion.dialogue import talk as d
from mesa_recuperacion.domain.backups import KEEP_DAYS
from mesa_recuperacion.domain.clock import Clock
from mesa_recuperacion.domain.commands import AuthoriseException, CloseShift, Command, ForgetCustomer
from mesa_recuperacion.domain.refusals import Refusal
from mesa_recuperacion.domain.views import Draft, Person
from mesa_recuperacion.i18n.words import Words
from mesa_recuperacion.store.errors import StoreError
from mesa_recuperacion.store.quick import glance
from mesa_recuperacion.wiring import loading
from mesa_recuperacion.wiring.clocks import SystemClock
from mesa_recuperacion.wiring.going import Going
from mesa_recuperacion.wiring.ids import fresh_id
from mesa_recuperacion.wiring.opening import Opening
from mesa_recuperacion.wiring.practice import Practice, sweep
from mesa_recuperacion.wiring.results import broken, done, person_set
from mesa_recuperacion.wiring.surely import Surely

if TYPE_CHECKING:
    from mesa_recuperacion.domain.backups import Stale
    from mesa_recuperacion.service.desk import DeskService, Executed
    from mesa_recuperacion.service.hashing import Hasher
    from mesa_recuperacion.service.people import People
    from mesa_recuperacion.service.policies import Policies
    from mesa_recuperacion.service.publishing import Drafting
    from mesa_recuperacion.service.review.own import OwnService
    from mesa_recuperacion.service.review.review import ReviewService
    from mesa_recuperacion.wiring.keeper import Keeper


class Port:
    """Carries out asks on one store, on whichever single thread calls it.

    ``exports`` is the folder of the tables that are taken out (``None``: beside the file); ``keys`` the file of the
    workstation's secrets (``None``: beside the file, and the journal is not tied with any); ``hasher`` keeps PINs
    without them; ``keeper`` sees to the backups (``None``: nobody does); ``going`` is told of what takes long.
    """

    def __init__(
        self, path: Path, words: Words, *, clock: Clock | None = None, hasher: Callable[[], Hasher] | None = None,
        exports: Path | None = None, keys: Path | None = None, keeper: Keeper | None = None,
        going: Going | None = None,
    ) -> None:  # fmt: skip
        self._path, self._words, self._clock = path, words, clock or SystemClock()
        self._exports, self._keeper = exports or path.parent / "exports", keeper
        self._going = going or Going()
        self._opening = Opening(path, self._clock, keys=keys, hasher=hasher, progress=self._going("sweep"))
        self._desk: DeskService | None = None
        self._in: Person | None = None
        self._once = Surely(fresh_id, self._opening.settle)
        self._practice = Practice(self._clock, words)
        self._condition = self._opening.condition

    @property
    def standing(self) -> tuple[str, ...]:
        """What holds of the file whatever is being done; may be asked for on any thread."""
        return self._condition.standing

    def carry_out(self, ask: a.Ask) -> d.Outcome:
        """What came of it.  Every failure of the store is a :class:`~dialogue.talk.Broken` with its line in the log."""
        try:
            with self._going:
                outcome = self._condition.with_room(lambda: self._carry_out(ask))
        except StoreError as error:
            return broken(self._condition.failed(error))
        if isinstance(outcome, d.Done):
            self._condition.wrote()
        if self._keeper is not None:
            self._keeper.look()
        return outcome

    def _carry_out(self, ask: a.Ask) -> d.Outcome:
        match ask:
            case a.Glance(number):
                return self._glance(number)
            case a.Enter(number, pin):
                return self._enter(number, pin)
            case a.Leave():
                self._practice.end()
                self._left()
                self._desk = self._in = None
                return self._glance()
            case a.ChangePin(old, new):
                refusal = self._opened().change_pin(self._person(), old, new)
                return d.PinChanged() if refusal is None else d.Refused(refusal)
            case a.AddPerson():
                return self._add(ask)
            case a.RenewPin(number, signed, pin):
                people, by = self._opened(), self._person()
                return person_set(people.signed(by, signed) or people.renew_pin(number, pin, by=by))
            case a.Unlock(number):
                return person_set(self._opened().unlock(number, by=self._person()))
            case a.Practise():
                return self._practise()
            case a.EndPractice():
                self._practice.end()
                return self._let_in(self._person())
            case a.Authorise():
                return self._authorise(ask)
            case a.Forget():
                return self._forget(self._signed_in(), ask)
        return self._at_desk(self._signed_in(), ask)

    def _at_desk(self, desk: DeskService, ask: a.Ask) -> d.Outcome:
        """What whoever is signed in asks of their desk."""
        match ask:
            case a.Do(command):
                return self._surely(desk, command, lambda command_id: desk.execute(command, command_id))
            case a.FindCustomers(text):
                return d.Found(text, desk.find(text))
            case a.LoadCase(case):
                loaded = desk.load(case)
                return d.Refused(loaded) if isinstance(loaded, Refusal) else d.Loaded(*loaded)
            case a.LoadFile(customer):
                found = desk.customer(customer)
                return d.Refused(found) if isinstance(found, Refusal) else d.FileLoaded(found)
            case a.LoadDay():
                return d.DayLoaded(desk.day())
            case a.NoteJump(case):
                return d.Renewed(*desk.note_jump(case))
            case a.LookAtOwn():
                own = self._own().own()
                return d.Refused(own) if isinstance(own, Refusal) else d.OwnSeen(own)
            case a.Look(query):
                seen = self._looking().look(query)
                return d.Refused(seen) if isinstance(seen, Refusal) else d.Looked(query, seen)
            case a.BeginDraft() | a.PublishDraft():
                return self._begin_draft(desk) if isinstance(ask, a.BeginDraft) else self._publish(desk, ask)
            case a.Export() | a.EndShift():
                return self._export(ask) if isinstance(ask, a.Export) else self._end_shift(desk, ask.locale)
            case a.DropDraft(slot):
                self._condition.quietly(lambda: desk.drop_draft(slot))
                return d.DayLoaded(desk.day())
        raise TypeError(f"nobody carries out {ask!r}")

    def warm(self) -> None:
        """Open the store, and look through it, while the person types their number."""
        self._opened()
        self._condition.begin()
        sweep()

    def save_draft(self, draft: Draft) -> None:
        """Keep what is half typed; before anybody is in there is nothing to keep."""
        if self._desk is not None:
            desk = self._signed_in()
            self._condition.quietly(lambda: desk.save_draft(draft, self._once.seed))

    def close(self) -> None:
        """Let go of the store, and throw away what was practised on."""
        self._practice.end()
        self._left()
        self._opening.close()

    def _left(self) -> None:
        if self._keeper is not None:
            self._keeper.left()  # their shift is in a backup

    def _opened(self) -> People:
        loading.opening()
        return self._opening.people(self._practice.end)

    def _signed_in(self) -> DeskService:
        desk = self._practice.desk or self._desk
        if desk is None:
            raise LookupError("nobody is signed in")
        return desk

    def _person(self) -> Person:
        if self._in is None:
            raise LookupError("nobody is signed in")
        return self._in

    def _glance(self, number: int = 0) -> d.Glimpsed:
        seen = glance(self._path, newer=True)
        if any(one.number == number and one.role == "supervisor" for one in seen.people):
            loading.reviewing_soon()  # it is what they come for
        return d.Glimpsed(seen.people, seen.station.branch_name if seen.station else "", seen.left_at,
                          seen.former)  # fmt: skip

    def _enter(self, number: int, pin: str) -> d.Outcome:
        people = self._opened()
        try:
            person = self._condition.with_room(lambda: people.enter(number, pin))
        except StoreError as error:
            if not self._condition.reads_on(error):
                raise
            person = people.enter_reading(number, pin, self._opening.attempts())
        return d.Refused(person) if isinstance(person, Refusal) else self._let_in(person)

    def _let_in(self, person: Person) -> d.Outcome:
        loading.working()
        from mesa_recuperacion.service.desk import DeskService

        people, policies = self._opened(), self._policies()
        with people.store.reading() as tx:
            policy = policies.in_force(tx, self._clock.now())
            self._once.resume(tx.seed(person.id))
        came_in = self._in is None
        self._in = person
        self._desk = DeskService(people.store, policies, self._clock, fresh_id, person, policy)
        _, day = self._desk.note_jump()  # it may have been moved since anybody was in
        return d.Entered(person, policy, day, str(policy.hours.zone), stale=self._kept(person) if came_in else None)

    def _kept(self, person: Person) -> Stale | None:
        """Whether the backups are kept up, for the supervisor who comes in."""
        if self._keeper is None:
            return None
        return self._keeper.came_in(self._opened().store, tells=person.role == "supervisor")

    def _add(self, ask: a.AddPerson) -> d.Outcome:
        """Somebody new, once; the signature is looked at before."""
        people, by = self._opened(), self._person()
        if refusal := people.signed(by, ask.signed):
            return d.Refused(refusal)

        def add(command_id: str) -> Person | Refusal:
            return people.add(ask.name, ask.role, ask.pin, by=by, command=command_id)

        return person_set(self._once.carry_out(ask, add, people.added))

    def _looking(self) -> ReviewService:
        loading.reviewing()
        from mesa_recuperacion.service.review.review import ReviewService

        return ReviewService(self._opened().store, self._policies(), self._clock, self._person())

    def _drafting(self) -> Drafting:
        from mesa_recuperacion.service.publishing import Drafting

        return Drafting(self._opened().store, self._words, self._clock, fresh_id, self._person())

    def _begin_draft(self, desk: DeskService) -> d.Outcome:
        refusal = self._drafting().begin()
        return d.DayLoaded(desk.day()) if refusal is None else d.Refused(refusal)

    def _publish(self, desk: DeskService, ask: a.PublishDraft) -> d.Outcome:
        """The draft as the next version."""
        from mesa_recuperacion.service.publishing import Terms

        drafting, terms = self._drafting(), Terms(ask.starts_at, ask.adopts)
        number: int | Refusal = self._once.carry_out(
            ask, lambda command_id: drafting.publish(ask.digest, terms, command_id), drafting.told
        )
        return d.Refused(number) if isinstance(number, Refusal) else d.Done(None, desk.day(), self._clock.now())

    def _own(self) -> OwnService:
        loading.reviewing()
        from mesa_recuperacion.service.review.own import OwnService

        return OwnService(self._opened().store, self._policies(), self._clock, self._person())

    def _export(self, ask: a.Export) -> d.Outcome:
        """A table; whatever else is asked waits behind it, and the screen goes on being drawn."""
        from mesa_recuperacion.wiring.outgoing import export, near, voice_of

        voice = voice_of(self._opened().store, self._policies(), self._person(), ask.locale, self._clock.now())
        made = export(ask.query, self._looking(), voice, self._exports, self._clock, self._going("table"))
        return d.Refused(made) if isinstance(made, Refusal) else d.Exported(near(made.path), made.rows)

    def _end_shift(self, desk: DeskService, locale: str) -> d.Outcome:
        """The shift is over with its fact; a slip that cannot be written is said, and the fact stays."""
        from mesa_recuperacion.wiring.outgoing import near, shift_slip_in, voice_of

        closed = self._surely(desk, CloseShift(), lambda command_id: desk.execute(CloseShift(), command_id))
        if not isinstance(closed, d.Done):
            return closed
        people, now = self._opened(), self._clock.now()
        with people.store.reading() as tx:
            head = tx.head()
        voice = voice_of(people.store, self._policies(), self._person(), locale, now)
        made = shift_slip_in(self._exports, voice, closed.day, head, now)
        return d.Refused(made) if isinstance(made, Refusal) else d.ShiftEnded(near(made))

    def _policies(self) -> Policies:
        from mesa_recuperacion.service.policies import Policies

        return Policies(self._words)

    def _practise(self) -> d.Outcome:
        person = self._person()
        policy, day = self._practice.begin(self._opened(), person)
        return d.Entered(person, policy, day, str(policy.hours.zone), practice=True)

    def _authorise(self, ask: a.Authorise) -> d.Outcome:
        """A supervisor's PIN, and with it the gesture: one command, one transaction."""
        from mesa_recuperacion.service.override import Override

        desk, wanted = self._signed_in(), ask.wanted
        asked = Override(ask.case, wanted.compensation, wanted.amount, wanted.reason, ask.number, ask.pin)
        people = self._practice.people or self._opened()
        named = AuthoriseException(ask.case, wanted.compensation, wanted.amount, wanted.reason, "")
        return self._surely(desk, named, lambda command_id: desk.authorise(asked, people, command_id))

    def _forget(self, desk: DeskService, ask: a.Forget) -> d.Outcome:
        from mesa_recuperacion.wiring.forgetting import forget

        if refusal := (self._practice.people or self._opened()).signed(self._person(), ask.signed):
            return d.Refused(refusal)
        who, days = ask.customer, KEEP_DAYS if self._keeper is None else self._keeper.keep_days

        def carry_out() -> d.Outcome:
            return self._surely(desk, ForgetCustomer(who), lambda named: desk.forget(who, named))

        return forget(desk, who, carry_out, days)

    def _surely(
        self, desk: DeskService, command: Command, attempt: Callable[[str], Executed | Refusal]
    ) -> d.Outcome:  # fmt: skip
        """Carry out a command, once."""
        return done(self._once.carry_out(command, attempt, lambda command_id: desk.told(command, command_id)))
