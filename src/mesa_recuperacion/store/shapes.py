"""The columns of the tables that a desk writes, in the order in which their rows are made.

The tables themselves, with their types and rules, are those of ``store.tables``: a test holds these against them.
"""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """A table's name, the columns of its key, and the rest of them."""

    name: str
    key: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them, in order."""
        return self.key + self.rest


def _shape(name: str, key: str, rest: str) -> Shape:
    return Shape(name, tuple(key.split()), tuple(rest.split()))


JOURNAL = _shape(
    "journal", "stream seq",
    "at_ms kind version actor policy command case_id body prev hash",
)  # fmt: skip
PRIVATE_TEXT = _shape("private_text", "stream seq field", "customer salt value")
CREDENTIAL = _shape("credential", "person", "hash failures locked_until_ms locked_steady_ms locked_boot")
DRAFT = _shape("draft", "person slot", "stage line started_at_ms at_ms seed")
MOMENT = _shape("moment", "stream", "wall_ms steady_ms boot")
HANDED_OUT = _shape("handed_out", "path", "kind at_ms")
STATION = _shape(
    "station", "stream",
    "branch branch_name business number currency zone language cases",
)  # fmt: skip
CHAIN_KEY = _shape("chain_key", "stream since", "name")
PERSON = _shape("person", "id", "number name role since_ms retired")
POLICY_VERSION = _shape("policy_version", "number", "text at_ms starts_at_ms published_by")
BUDGET = _shape("budget", "person period", "currency funded reserved spent ends_at_ms")
ADJUSTMENT = _shape(
    "adjustment", "id",
    "person period currency minor made_by at_ms seq reason undoes undone",
)  # fmt: skip
CUSTOMER = _shape(
    "customer", "id",
    "joined merged_into name call_name phone complaints last_at_ms forgotten",
)  # fmt: skip
CUSTOMER_WORD = _shape("customer_word", "place word customer", "card last_at_ms")
CASE_FILE = _shape(
    "case_file", "folio",
    "stream customer owner status status_at_ms step problem remedy given reserved currency started_at_ms "
    "opened_at_ms closed_at_ms satisfied broken unsatisfied round last_at_ms offered_to offer_reason "
    "offered_at_ms branch counted_day counted_at_ms counted_by elapsed standard remedy_cost gave statutory "
    "standing marks",
)  # fmt: skip
AGENDA = _shape(
    "agenda", "id",
    "kind case_id customer owner what area due_at_ms attempt status",
)  # fmt: skip
GESTURE_COUNT = _shape("gesture_count", "problem currency minor", "n")
SUGGESTION = _shape(
    "suggestion", "id",
    "person text at_ms answer words answered_by answered_at_ms read_at_ms",
)  # fmt: skip
PRAISE = _shape("praise", "id", "person given_by about text at_ms read_at_ms")
ACKNOWLEDGEMENT = _shape("acknowledgement", "person", "number")
ADOPTION = _shape("adoption", "suggestion", "person number by at_ms read_at_ms")
AT_RISK = _shape("at_risk", "customer level", "at_ms")
GESTURE_GIVEN = _shape(
    "gesture_given", "id",
    "person period case_id customer given_by problem compensation minor currency at_ms",
)  # fmt: skip
EXCEPTION_ASKED = _shape(
    "exception_asked", "id",
    "case_id branch customer person problem compensation minor currency before policy at_ms stream seq status "
    "by answered_at_ms answer_seq",
)  # fmt: skip
ANALYSIS = _shape(
    "analysis", "id",
    "begun_by at_ms grain first last person problem branch which problems choice minor standing folios "
    "compared cases of_all late cost whys why_1 why_2 why_3 why_4 why_5 cause family action owner due_at_ms "
    "agreed_at_ms state done helped words ended_at_ms",
)  # fmt: skip
CASE_TOTAL = _shape(
    "case_total", "grain day person problem branch",
    "cases on_time first_contact elapsed remedy_cost compensation statutory exceptions exception_cost nothing "
    "over_information over_system over_complex over_unsaid passed_over hand_overs reopened repeats promises "
    "kept late broken moved silences idle follow_ups satisfied not_satisfied unreached",
)  # fmt: skip
SPREAD_TOTAL = _shape("spread_total", "grain day person problem branch standing minor", "n")
CHOICE_TOTAL = _shape(
    "choice_total", "grain day person problem branch kind code", "used cost kept ended satisfied asked"
)
AREA_TOTAL = _shape("area_total", "grain day person problem branch area", "asked kept late withdrawn")
CASE_CHOICE = _shape("case_choice", "kind code counted_day counted_at_ms folio", "person problem branch")

PROJECTIONS = (
    STATION, CHAIN_KEY, PERSON, POLICY_VERSION, BUDGET, ADJUSTMENT, CUSTOMER, CUSTOMER_WORD, CASE_FILE, AGENDA,
    GESTURE_COUNT, SUGGESTION, PRAISE, ACKNOWLEDGEMENT, ADOPTION, ANALYSIS, CASE_TOTAL, SPREAD_TOTAL, CHOICE_TOTAL,
    AREA_TOTAL, CASE_CHOICE, AT_RISK, GESTURE_GIVEN, EXCEPTION_ASKED,
)  # fmt: skip
"""What is folded from the journal and can be made again from it."""
