"""Plans: where people stand, whether everything fits, and what moved."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NEW_YORK, NOW, a_draft, a_person, a_shop, a_stop, at
from rule_files import packaged_rules
from shopbell.domain import planning
from shopbell.domain.campaigns import BUCKET_OF_STATE, MOVES, CampaignState, Moved, Outcome
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.facts import Judged, PersonFacts
from shopbell.domain.ids import E164, ContactId
from shopbell.domain.judge import judge
from shopbell.domain.merge_fields import Field, Unprintable
from shopbell.domain.plan_words import of_group
from shopbell.domain.planning import (
    LastMoment,
    Standing,
    fit,
    last_moment,
    main_reason,
    moved,
    stands,
)
from shopbell.domain.texts import State

WEEK = LastMoment(at=NOW + timedelta(days=7), why="")
TODAY = LastMoment(at=at("2026-11-25 04:59"), why="“today” is true until midnight.")
ANA, BO, CY = (E164(f"+1212555010{n}") for n in (1, 2, 3))


def judged(person: PersonFacts | None = None, when: datetime = NOW) -> Judged:
    return judge(a_draft("Wreaths are in."), person or a_person(), a_shop(), packaged_rules(), when)


def a_reason(code: Code, verdict: Verdict, free: datetime | None = None) -> Reason:
    return Reason(
        code=code, verdict=verdict, layer=Layer.POLICY, rule="x", citation="", sentence="x.",
        next_allowed_at=free,
    )  # fmt: skip


def test_who_may_go_stands_with_parts_and_the_end_of_the_window() -> None:
    standing = stands(judged(), NEW_YORK, ContactId(7), WEEK)
    assert standing.outcome is Outcome.SEND
    assert standing.contact_id == 7
    assert standing.segments == 1
    assert standing.window_ends_at is not None
    assert standing.code is None


def test_who_said_stop_is_left_out_with_the_gates_reasons() -> None:
    standing = stands(judged(a_person(suppression=a_stop())), NEW_YORK, None, WEEK)
    assert (standing.outcome, standing.code) == (Outcome.OUT, Code.OPTED_OUT)
    assert standing.next_at is None


def test_at_night_people_are_held_with_their_next_date() -> None:
    standing = stands(judged(when=at("2026-11-25 02:00")), NEW_YORK, None, WEEK)
    assert (standing.outcome, standing.code) == (Outcome.HELD, Code.QUIET_HOURS)
    assert standing.next_at == at("2026-11-25 15:00")


def test_a_text_that_says_today_never_rolls_over() -> None:
    standing = stands(
        judged(when=at("2026-11-25 02:00")), NEW_YORK, None, TODAY, "America/New_York"
    )
    assert (standing.outcome, standing.code) == (Outcome.OUT, Code.TOO_LATE)
    assert standing.next_at is None
    assert standing.reasons[0].sentence.endswith("The first chance is Wed 25 Nov 10:00.")
    assert Code.QUIET_HOURS in {reason.code for reason in standing.reasons}


def test_a_default_end_lists_people_as_held_beyond_it() -> None:
    soon = LastMoment(at=NOW + timedelta(minutes=1), why="")
    assert stands(judged(when=at("2026-11-25 02:00")), NEW_YORK, None, soon).outcome is Outcome.HELD


def test_a_missing_name_is_held_and_a_missing_code_leaves_out() -> None:
    held = planning.gap(ANA, None, Unprintable(field=Field.FIRST_NAME, why="has no name"))
    assert (held.outcome, held.code, held.next_at) == (Outcome.HELD, Code.MERGE_GAP, None)
    assert "This person has no name." in held.reasons[0].sentence
    assert "{first_name|there}" in held.reasons[0].sentence
    out = planning.gap(ANA, None, Unprintable(field=Field.COUPON, why=""))
    assert (out.outcome, out.code) == (Outcome.OUT, Code.NO_COUPON)


@pytest.mark.parametrize(
    ("reasons", "main"),
    [
        ([], None),
        ([(Code.QUIET_HOURS, Verdict.HOLD, 3), (Code.CAP_SHOP, Verdict.HOLD, 9)], Code.CAP_SHOP),
        ([(Code.CAP_SHOP, Verdict.HOLD, 9), (Code.OPTED_OUT, Verdict.REFUSE, None)],
         Code.OPTED_OUT),
        ([(Code.QUIET_HOURS, Verdict.HOLD, 3), (Code.TIMEZONE_UNKNOWN, Verdict.HOLD, None)],
         Code.TIMEZONE_UNKNOWN),
    ],
)  # fmt: skip
def test_the_main_reason_refuses_or_holds_longest(
    reasons: list[tuple[Code, Verdict, int | None]], main: Code | None
) -> None:
    found = main_reason(
        [a_reason(code, verdict, hours and NOW + timedelta(hours=hours))
         for code, verdict, hours in reasons]
    )  # fmt: skip
    assert (None if found is None else found.code) is main


def test_every_code_has_words_for_a_group() -> None:
    assert of_group(None) == ""
    for code in Code:
        words = of_group(code)
        assert words != of_group(None)
        assert words != "are held back by a rule", code
        assert not words.endswith(".")


class TestTheLastMoment:
    WORDS = (NOW + timedelta(hours=10), "“today” is true until midnight.")

    def last(self, **said: object) -> LastMoment:
        known = {"starts_at": NOW, "words": None, "owner": None, "zone": "America/New_York", **said}
        return last_moment(**known)  # type: ignore[arg-type]

    def test_by_default_is_a_week_after_the_start_and_not_firm(self) -> None:
        assert self.last() == LastMoment(at=NOW + timedelta(days=7), why="")
        assert not self.last().is_firm

    def test_is_what_the_words_say(self) -> None:
        assert self.last(words=self.WORDS).at == self.WORDS[0]
        assert self.last(words=self.WORDS).is_firm

    def test_is_what_the_owner_says_when_that_is_earlier(self) -> None:
        both = self.last(words=self.WORDS, owner=NOW + timedelta(hours=2))
        assert both.why == "The shop wants no text after Tue 24 Nov 12:42."
        late = self.last(words=self.WORDS, owner=NOW + timedelta(days=2))
        assert late.why == self.WORDS[1]


class TestFitting:
    """A batch that cannot finish inside the window is not started."""

    def test_nothing_to_send_takes_no_time(self) -> None:
        empty = fit([], starts_at=NOW, spacing=timedelta(seconds=4))
        assert (empty.seconds, empty.late, empty.start_by) == (0, 0, None)
        assert empty.ends_at == NOW

    def test_the_time_is_spacing_times_gaps(self) -> None:
        whole = fit([None] * 246, starts_at=NOW, spacing=timedelta(seconds=4))
        assert (whole.seconds, whole.late) == (980, 0)
        assert whole.ends_at == NOW + timedelta(seconds=980)

    def test_whoever_would_leave_after_the_window_is_counted(self) -> None:
        end = NOW + timedelta(seconds=10)
        late = fit([end] * 5, starts_at=NOW, spacing=timedelta(seconds=4))
        assert late.late == 2  # those who leave at 12 and 16 seconds
        assert late.start_by == NOW - timedelta(seconds=6)

    def test_the_margin_before_the_end_is_kept_free(self) -> None:
        end = NOW + timedelta(minutes=10)
        margin = timedelta(minutes=10)
        assert fit([end], starts_at=NOW, spacing=timedelta(0), margin=margin).late == 1

    def test_the_campaigns_own_end_counts_where_no_window_does(self) -> None:
        last = NOW + timedelta(seconds=5)
        assert fit([None] * 3, starts_at=NOW, spacing=timedelta(seconds=4), last_at=last).late == 1

    @given(
        st.lists(st.none() | st.integers(0, 3600), max_size=40),
        st.integers(0, 60),
        st.integers(0, 600),
    )
    def test_nobody_is_late_exactly_when_started_before_the_last_start(
        self, ends: list[int | None], spacing: int, margin: int
    ) -> None:
        windows = [None if end is None else NOW + timedelta(seconds=end) for end in ends]

        def at_start(moment: datetime) -> planning.Fit:
            return fit(
                windows, starts_at=moment, spacing=timedelta(seconds=spacing),
                margin=timedelta(seconds=margin),
            )  # fmt: skip

        found = at_start(NOW)
        assert (found.late == 0) == (found.start_by is None or found.start_by > NOW)
        if found.start_by is not None:
            assert at_start(found.start_by - timedelta(seconds=1)).late == 0
            assert at_start(found.start_by).late > 0


def test_whose_window_ends_first_leaves_first() -> None:
    def row(number: E164, end: datetime | None) -> Standing:
        return Standing(number=number, contact_id=None, outcome=Outcome.SEND, window_ends_at=end)

    rows = [row(ANA, None), row(BO, NOW + timedelta(hours=3)), row(CY, NOW + timedelta(hours=1))]
    assert [one.number for one in planning.in_leaving_order(rows)] == [CY, BO, ANA]


class TestMoving:
    def test_a_plan_like_the_one_before_moved_nobody(self) -> None:
        assert moved({ANA: Outcome.SEND}, {ANA: (Outcome.SEND, None)}) == ()

    def test_groups_are_counted_the_largest_first(self) -> None:
        before = {ANA: Outcome.SEND, BO: Outcome.SEND, CY: Outcome.HELD}
        after = {
            ANA: (Outcome.OUT, Code.OPTED_OUT),
            BO: (Outcome.OUT, Code.OPTED_OUT),
            E164("+12125550109"): (Outcome.SEND, None),
        }
        assert moved(before, after) == (
            Moved(before=Outcome.SEND, after=Outcome.OUT, code=Code.OPTED_OUT, count=2),
            Moved(before=Outcome.HELD, after=None, code=None, count=1),
            Moved(before=None, after=Outcome.SEND, code=None, count=1),
        )


def test_every_state_of_a_text_and_of_a_campaign_has_its_place() -> None:
    assert set(BUCKET_OF_STATE) == set(State)
    assert set(MOVES) == set(CampaignState)
    for state, nexts in MOVES.items():
        assert state not in nexts
    # From everywhere before the end, a campaign can be aborted.
    ends = {CampaignState.DONE, CampaignState.ABORTED}
    assert all(CampaignState.ABORTED in MOVES[state] for state in set(CampaignState) - ends)
