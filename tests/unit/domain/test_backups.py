"""Backups by their names, and which have had their time (rules E3, E6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.backups import (
    DAILY,
    Backup,
    had_their_time,
    is_due,
    name_of,
    newest_of,
    of_station,
    read_name,
)

NOW = datetime(2026, 11, 30, 4, 12, 5, tzinfo=UTC)
STREAM = "CEN-1"


def made(at: datetime, nth: int = 1) -> Backup:
    read = read_name(name_of(STREAM, at, nth))
    assert read is not None
    return read


ages = st.integers(min_value=-3 * 24 * 3600, max_value=400 * 24 * 3600)
folders = st.lists(ages, max_size=60, unique=True).map(lambda many: [made(NOW - timedelta(seconds=s)) for s in many])
days = st.integers(min_value=1, max_value=365)


def test_e6_a_name_sorts_by_its_instant_and_is_read_back() -> None:
    assert name_of(STREAM, NOW) == "mesa-CEN-1-2026-11-30T041205Z.db"
    assert made(NOW) == Backup(NOW, 1, "CEN-1", "mesa-CEN-1-2026-11-30T041205Z.db")
    assert made(NOW, 2).name == "mesa-CEN-1-2026-11-30T041205Z-2.db"
    assert sorted([made(NOW, 2), made(NOW)]) == [made(NOW), made(NOW, 2)]


def test_e6_files_that_are_not_ours_are_not_backups() -> None:
    names = ("mesa.db", "mesa-CEN-1-2026-11-30T041205Z.db.part", "Mesa-CEN-1-2026-11-30T041205Z.db", "notes.txt",
             "mesa-CEN-1-2026-13-30T041205Z.db", ".mesa-backup-ab.part", "mesa-CEN-2026-11-30T041205Z.db")  # fmt: skip
    assert [read_name(name) for name in names] == [None] * len(names)
    assert of_station([*names, name_of("CEN-2", NOW)], STREAM) == ()


def test_e6_one_is_due_when_the_newest_is_that_old_and_one_of_the_future_counts_for_nothing() -> None:
    assert is_due(None, NOW, DAILY)
    assert is_due(made(NOW - DAILY), NOW, DAILY)
    assert not is_due(made(NOW - DAILY + timedelta(seconds=1)), NOW, DAILY)
    ahead = made(NOW + timedelta(days=3650))
    assert newest_of([ahead], NOW) is None
    assert newest_of([ahead, made(NOW - DAILY)], NOW) == made(NOW - DAILY)


def test_e6_a_month_of_days_leaves_seven_days_and_the_weeks_before() -> None:
    known = [made(NOW - timedelta(days=n)) for n in range(40)]
    gone = had_their_time(known, NOW, 30)
    stays = sorted(((NOW - one.at).days for one in set(known) - set(gone)), reverse=True)
    assert stays == [29, 22, 15, 8, 6, 5, 4, 3, 2, 1, 0]  # 30 November is a Monday: each Sunday before is a week's last


@given(folders, days)
def test_e6_the_newest_is_never_removed_nor_one_of_today_nor_one_of_the_future(known: list[Backup], keep: int) -> None:
    gone = set(had_their_time(known, NOW, keep))
    past = sorted(one for one in known if one.at <= NOW)
    assert not gone & set(past[-1:])
    assert all(one.at <= NOW - DAILY for one in gone)


@given(folders, days)
def test_e3_nothing_but_the_newest_outlives_the_days_that_backups_are_kept(known: list[Backup], keep: int) -> None:
    stays = set(known) - set(had_their_time(known, NOW, keep))
    newest = newest_of((one for one in known if one.at <= NOW), NOW)
    assert all(one == newest or NOW - one.at <= timedelta(days=keep) for one in stays)


@given(folders, days)
def test_e6_of_every_week_that_had_one_in_time_there_is_still_one(known: list[Backup], keep: int) -> None:
    stays = set(known) - set(had_their_time(known, NOW, keep))
    in_time = [one for one in known if one.at <= NOW and NOW - one.at <= timedelta(days=keep)]
    weeks = {one.at.date().isocalendar()[:2] for one in in_time}
    assert weeks == {one.at.date().isocalendar()[:2] for one in stays & set(in_time)}
    recent = {one.at.date() for one in in_time if (NOW.date() - one.at.date()).days < 7}
    assert recent == {one.at.date() for one in stays & set(in_time)} & recent


@given(folders, days)
def test_e6_removing_twice_removes_nothing_more(known: list[Backup], keep: int) -> None:
    gone = had_their_time(known, NOW, keep)
    assert had_their_time(sorted(set(known) - set(gone)), NOW, keep) == ()
    assert set(had_their_time(reversed(known), NOW, keep)) == set(gone)
