"""The one way in which anything is written: within the writer's transaction, decided on what is read under its lock."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from mesa_recuperacion.domain.case import CaseState
from mesa_recuperacion.domain.clock import Moment, from_ms, to_ms
from mesa_recuperacion.domain.evolve import replay
from mesa_recuperacion.domain.facts import CustomerForgotten, Entry, Fact, StationKeyed, StationOpened
from mesa_recuperacion.domain.ids import stream_name
from mesa_recuperacion.domain.lockout import Lock
from mesa_recuperacion.domain.views import Draft
from mesa_recuperacion.journal.chain import NO_KEYS, KeyMissing, Ring, hash_of
from mesa_recuperacion.journal.codec import PrivateText, encode, tidy
from mesa_recuperacion.journal.record import Record
from mesa_recuperacion.store import lines
from mesa_recuperacion.store import shapes as t
from mesa_recuperacion.store.connections import Connection
from mesa_recuperacion.store.errors import CommandRepeated, StoreUntied
from mesa_recuperacion.store.fold import Fold
from mesa_recuperacion.store.prepared import Prepared, deleting, insert, setting, upsert
from mesa_recuperacion.store.reading import Reading
from mesa_recuperacion.store.traces import erase

Salt = Callable[[int], bytes]
"""So many bytes of chance."""

LINE, TEXT = insert(t.JOURNAL), insert(t.PRIVATE_TEXT)
_USED = Prepared("SELECT seq FROM journal WHERE command = ? LIMIT 1")
_SPENT = Prepared("UPDATE draft SET seed = '' WHERE person = ? AND seed <> ''")
_LATER = Prepared("UPDATE draft SET started_at_ms = started_at_ms + ?")
_DRAFT, _MOMENT = upsert(t.DRAFT), upsert(t.MOMENT)
_DROP = deleting(t.DRAFT)
_NO_PIN = Prepared("INSERT INTO credential (person, hash, failures) VALUES (?, '', 0) ON CONFLICT DO NOTHING")


class Writing(Reading):
    """A transaction that may write: it holds the lock, so what it reads is still true when it writes.

    A Writing in which :meth:`append` failed can only be rolled back, even if its caller swallows the exception.
    """

    def __init__(self, connection: Connection, stream: str, ring: Ring = NO_KEYS) -> None:
        super().__init__(connection, stream, ring)
        self._secret: bytes | None = None
        self._tied = False
        self.failure: BaseException | None = None
        self.forgotten: tuple[str, ...] = ()
        """The cards that this transaction has forgotten."""
        self._fold = Fold(connection, lambda case, before: replay(self.entries(case)))
        self._told: dict[str, tuple[Entry, ...]] = {}
        self._head: tuple[int, bytes] | None = None
        self._commands: set[str] = set()

    @property
    def stream(self) -> str:
        """The stream that is written; empty before the station's first fact."""
        return self._stream

    def append(
        self, *, command: str, actor: str, policy: int, at: datetime, facts: Sequence[tuple[str, Fact]]
    ) -> tuple[Entry, ...]:
        """Write facts, each with the folio of its case (empty: of none), as the next lines of the stream; fold them.

        ``command`` identifies what caused them and is written once: raises ``CommandRepeated`` if an earlier
        transaction used it, ``BudgetGuard`` if a budget would be overspent, ``ValueError`` for an empty command, a
        first fact that is not ``StationOpened``, or a case that was never opened, ``StoreUntied`` if the key that
        ties the stream is not on the ring.
        """
        try:
            self._once(command)
            entries = self._write(command, actor, policy, _to_the_ms(at), facts)
            self._fold.flush()
            for entry in entries:
                if entry.case in self._told:
                    self._told[entry.case] += (entry,)
            self._erase([entry.fact.customer for entry in entries if isinstance(entry.fact, CustomerForgotten)])
        except BaseException as error:
            self.failure = error
            raise
        return entries

    def entries(self, case: str) -> tuple[Entry, ...]:
        """Everything that happened in a case, in order, as this transaction has left it; read once."""
        if case not in self._told:
            self._told[case] = super().entries(case)
        return self._told[case]

    def case_state(self, folio: str) -> CaseState | None:
        """Where a case stands, as this transaction has left it."""
        return self._fold.state(folio, self._next()[0])

    def set_credential(self, person: str, hashed: str) -> None:
        """Keep the hash of a person's new PIN (empty: they have none), and forget the wrong attempts."""
        self._put_credential(person, hash=hashed, failures=0, **_waits(None))

    def note_failure(self, who: str, count: int, lock: Lock | None) -> None:
        """Keep how many wrong PINs in a row were typed for a person or at a place, and the wait that follows."""
        self._put_credential(who, failures=count, **_waits(lock))

    def clear_failures(self, who: str) -> None:
        """Forget the wrong attempts of a person or of a place."""
        self._put_credential(who, failures=0, **_waits(None))

    def spend_seed(self, person: str) -> None:
        """What was kept with a person's drafts to make the next command's identity of is used up."""
        _SPENT.run(self._connection, person)

    def save_draft(self, person: str, draft: Draft, seed: str = "") -> None:
        """Keep what a person has half typed, over what was kept in that slot, and what the identity of the command
        that comes of it will be made of.
        """
        started = None if draft.started_at is None else to_ms(draft.started_at)
        row = (person, draft.slot, draft.stage, draft.line, started, to_ms(draft.at), seed)
        _DRAFT.run(self._connection, *row)

    def drop_draft(self, person: str, slot: str) -> None:
        """Forget what a person has half typed in a slot."""
        _DROP.run(self._connection, person, slot)

    def move_drafts(self, seconds: int) -> None:
        """Let the time of what is half typed be counted from so many seconds later."""
        _LATER.run(self._connection, seconds * 1000)

    def keep_moment(self, moment: Moment) -> None:
        """Keep what the clocks said, for whoever looks next."""
        steady = round(moment.steady * 1000)
        _MOMENT.run(self._connection, self._stream, to_ms(moment.wall), steady, moment.boot)

    def _put_credential(self, person: str, **values: Any) -> None:
        _NO_PIN.run(self._connection, person)
        setting(t.CREDENTIAL, *values).run(self._connection, *values.values(), person)

    def _erase(self, people: Sequence[str]) -> None:
        """With the fact goes what it says is erased: there is no one without the other (rule E3)."""
        if people:
            erase(self._connection, people)
            self.forgotten += tuple(people)
            self._told.clear()

    def _once(self, command: str) -> None:
        if not command:
            raise ValueError("every fact names the command that caused it")
        if command in self._commands:
            return
        if _USED.one(self._connection, command):
            raise CommandRepeated(command)
        self._commands.add(command)

    def _next(self) -> tuple[int, bytes]:
        """The seq of the next line, and the hash that it is tied to."""
        if self._head is None:
            self._head = lines.head_of(self._connection, self._stream)
        return self._head[0] + 1, self._head[1]

    def tie(self, ring: Ring) -> None:
        """Use these keys from the next line on."""
        self._ring, self._tied = ring, False

    def _secret_for(self, fact: Fact) -> bytes | None:
        """The secret that ties the next line; a line that names a key is the first that is tied with it."""
        if isinstance(fact, StationKeyed) or not self._tied:
            name = fact.key if isinstance(fact, StationKeyed) else self.chain_key()
            try:
                self._secret = self._ring.secret(self._stream, name) if name else None
            except KeyMissing as error:
                raise StoreUntied(name) from error
            self._tied = True
        return self._secret

    def _write(
        self, command: str, actor: str, policy: int, at: datetime, facts: Sequence[tuple[str, Fact]]
    ) -> tuple[Entry, ...]:
        entries: list[Entry] = []
        rows: list[tuple[Any, ...]] = []
        texts: list[tuple[Any, ...]] = []
        for case, given in facts:
            fact = tidy(given)
            stream = self._stream or _stream_of(fact)
            seq, prev = self._next()
            entry = Entry(stream, seq, at, actor, policy, command, case, fact)
            row, private = line_of(entry, prev, self._secret_for(fact))
            rows.append(row)
            texts += text_rows(entry, self._fold.take(entry), private)
            entries.append(entry)
            self._stream, self._head = stream, (seq, row[-1])
        for statement, values in ((LINE, rows), (TEXT, texts)):
            if values:
                statement.many(self._connection, values)
        return tuple(entries)


def line_of(
    entry: Entry, prev: bytes, secret: bytes | None = None, salt: Salt = secrets.token_bytes
) -> tuple[tuple[Any, ...], tuple[PrivateText, ...]]:  # fmt: skip
    """The row of an entry's line, tied to the hash ``prev`` (its own hash is the last), and its private texts."""
    fact = entry.fact
    body, private = encode(fact, salt)
    columns = (
        entry.stream, entry.seq, to_ms(entry.at), fact.kind, fact.version, entry.actor, entry.policy, entry.command,
        entry.case, body, prev,
    )  # fmt: skip
    return (*columns, hash_of(Record(*columns, b""), secret)), private


def text_rows(entry: Entry, customer: str, private: Sequence[PrivateText]) -> list[tuple[Any, ...]]:
    """The rows of a line's private texts, which are about a customer."""
    return [(entry.stream, entry.seq, text.field, customer, text.salt, text.value) for text in private]


def _waits(lock: Lock | None) -> dict[str, Any]:
    if lock is None:
        return {"locked_until_ms": None, "locked_steady_ms": None, "locked_boot": ""}
    steady = round(lock.steady * 1000)
    return {"locked_until_ms": to_ms(lock.until), "locked_steady_ms": steady, "locked_boot": lock.boot}


def _to_the_ms(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant without zone")
    return from_ms(to_ms(at))


def _stream_of(fact: Fact) -> str:
    if not isinstance(fact, StationOpened):
        raise ValueError("a stream begins with its station")
    return stream_name(fact.branch, fact.number)
