"""E1, F3: folios are short, readable aloud, and never the same at two stations."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesa_recuperacion.domain.ids import folio, stream_name

branches = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=4)
places = st.tuples(branches, st.integers(1, 999), st.integers(1, 10**7))


def test_f3_a_folio_is_short_and_can_be_read_aloud() -> None:
    assert folio("CEN-1", 42) == "CEN-1042"
    assert folio("CEN-9", 1) == "CEN-9001"
    assert folio("CEN-12", 42) == "CEN-12-042"


@given(places, places)
def test_f3_two_cases_never_share_a_folio(one: tuple[str, int, int], other: tuple[str, int, int]) -> None:
    names = [folio(stream_name(branch, station), number) for branch, station, number in (one, other)]
    assert (names[0] == names[1]) is (one == other)


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1, 12_000), st.integers(1, 12_000))
def test_f3_the_stations_of_one_branch_never_collide(a: int, b: int, m: int, n: int) -> None:
    assert (folio(f"CEN-{a}", m) == folio(f"CEN-{b}", n)) is ((a, m) == (b, n))


@given(places)
def test_f3_a_folio_is_capitals_figures_and_dashes(place: tuple[str, int, int]) -> None:
    branch, station, number = place
    assert re.fullmatch(r"[A-Z]{2,4}-[0-9]+(-[0-9]+)?", folio(stream_name(branch, station), number))


@pytest.mark.parametrize(
    ("branch", "station"), [("C", 1), ("CENTR", 1), ("cen", 1), ("CEN", 0), ("CEN", 1000), ("C-N", 1)]
)
def test_f3_what_is_no_station_has_no_stream(branch: str, station: int) -> None:
    with pytest.raises(ValueError, match="not a station"):
        stream_name(branch, station)


@pytest.mark.parametrize(("stream", "number"), [("CEN-1", 0), ("", 1), ("CEN", 1)])
def test_f3_no_folio_without_a_station_and_a_number(stream: str, number: int) -> None:
    with pytest.raises(ValueError, match="no folio"):
        folio(stream, number)
