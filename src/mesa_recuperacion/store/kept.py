"""The tables of what we keep, and do not fold from anything: the journal, the private texts, the credentials, the
drafts, the last moment, and the files that were handed out.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index

from mesa_recuperacion.store.columns import CLUSTERED as _CLUSTERED
from mesa_recuperacion.store.columns import STRICT as _STRICT
from mesa_recuperacion.store.columns import Base
from mesa_recuperacion.store.columns import integer as _integer
from mesa_recuperacion.store.columns import maybe as _maybe
from mesa_recuperacion.store.columns import raw as _bytes
from mesa_recuperacion.store.columns import words as _text


class JournalRow(Base, table=True):
    """A line of the journal, see ``docs/journal.md``; triggers refuse everything but the next line."""

    __tablename__ = "journal"
    __table_args__ = (
        CheckConstraint("seq >= 1", name="journal_seq"),
        CheckConstraint("length(prev) = 32", name="journal_prev"),
        CheckConstraint("length(hash) = 32", name="journal_hash"),
        Index("journal_command", "command"),
        Index("journal_case", "case_id"),
        _CLUSTERED,
    )
    stream: str = _text(key=True)
    seq: int = _integer(key=True)
    at_ms: int = _integer()
    kind: str = _text()
    version: int = _integer()
    actor: str = _text()
    policy: int = _integer()
    command: str = _text()
    case_id: str = _text()
    body: str = _text()
    prev: bytes = _bytes()
    hash: bytes = _bytes()


class PrivateTextRow(Base, table=True):
    """A personal text of a line of the journal; deleting the row is how it is forgotten (rule E3)."""

    __tablename__ = "private_text"
    __table_args__ = (Index("private_text_customer", "customer"), _CLUSTERED)
    stream: str = _text(key=True)
    seq: int = _integer(key=True)
    field: str = _text(key=True)
    customer: str = _text()
    salt: bytes = _bytes()
    value: str = _text()


class CredentialRow(Base, table=True):
    """The hash of a person's PIN (empty: none yet), the wrong attempts in a row, and how long they have to wait.

    The wait ends at ``locked_until_ms`` by the wall clock and at ``locked_steady_ms`` by the steady clock of the boot
    ``locked_boot`` (empty: nobody noted one).
    """

    __tablename__ = "credential"
    __table_args__ = (CheckConstraint("failures >= 0", name="credential_failures"), _STRICT)
    person: str = _text(key=True)
    hash: str = _text()
    failures: int = _integer()
    locked_until_ms: int | None = _maybe()
    locked_steady_ms: int | None = _maybe()
    locked_boot: str = _text(added=True)


class DraftRow(Base, table=True):
    """What a person had half typed; ``slot`` is a folio, or empty before a case exists.  ``seed`` is what the
    identity of the command that comes of it is made of, chosen before its first attempt (empty: used up).
    """

    __tablename__ = "draft"
    __table_args__ = _CLUSTERED
    person: str = _text(key=True)
    slot: str = _text(key=True)
    stage: str = _text()
    line: str = _text()
    started_at_ms: int | None = _maybe()
    at_ms: int = _integer()
    seed: str = _text(added=True)


class HandedOutRow(Base, table=True):
    """A file with personal data that this program wrote outside its own folders, so that it can be taken back when a
    customer is forgotten (rule E3); ``kind`` is what it is a table of.
    """

    __tablename__ = "handed_out"
    __table_args__ = _STRICT
    path: str = _text(key=True)
    kind: str = _text()
    at_ms: int = _integer()


class MomentRow(Base, table=True):
    """What the clocks said when a station last looked, so that a wall clock that was moved since is noticed once."""

    __tablename__ = "moment"
    __table_args__ = _STRICT
    stream: str = _text(key=True)
    wall_ms: int = _integer()
    steady_ms: int = _integer()
    boot: str = _text()
