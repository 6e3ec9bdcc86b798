"""Why a text did not arrive, and what helps: every cause in plain words."""

from __future__ import annotations

import pytest

from shopbell.domain.failures import FAILED, Cause, cause_of, failure
from shopbell.domain.gateway import Outcome
from shopbell.domain.texts import State


@pytest.mark.parametrize(
    ("state", "word", "cause"),
    [
        (State.FAILED, "bad_number", Cause.BAD_NUMBER),
        (State.FAILED, "opted_out", Cause.OPTED_OUT),
        (State.FAILED, "bad_request", Cause.REFUSED),
        (State.FAILED, "bad_login", Cause.NO_LOGIN),
        (State.FAILED, "no_credit", Cause.NO_CREDIT),
        (State.FAILED, "not_sent_retry", Cause.UNREACHABLE),
        (State.FAILED, "try_later", Cause.UNREACHABLE),
        (State.FAILED, "[absent]", Cause.NEVER_GOT),
        (State.FAILED, "[owner]", Cause.NOT_SENT),
        (State.FAILED, "REJECTED", Cause.NO_REASON),
        (State.FAILED, "", Cause.NO_REASON),
        (State.UNDELIVERABLE, "undelivered", Cause.UNDELIVERABLE),
        (State.UNDELIVERABLE, "bad_number", Cause.UNDELIVERABLE),
        (State.EXPIRED, "EXPIRED", Cause.TOO_LATE),
    ],
)
def test_the_last_word_tells_the_cause(state: State, word: str, cause: Cause) -> None:
    assert cause_of(state, word) is cause


@pytest.mark.parametrize("state", sorted(set(State) - FAILED))
def test_what_has_not_failed_has_no_cause(state: State) -> None:
    assert cause_of(state, "bad_number") is None


@pytest.mark.parametrize("cause", Cause)
def test_every_cause_is_said_in_a_sentence_with_one_thing_to_do(cause: Cause) -> None:
    found = failure(cause)
    assert found.cause is cause
    for words in (found.sentence, found.action):
        assert words[0].isupper()
        assert words.endswith(".")
        assert len(words) <= 90
        for jargon in ("HTTP", "API", "MSISDN", "SMSC", "DLR", "_"):
            assert jargon not in words


@pytest.mark.parametrize("cause", Cause)
def test_no_two_causes_are_said_alike(cause: Cause) -> None:
    assert [one for one in Cause if failure(one).sentence == failure(cause).sentence] == [cause]


def test_every_answer_that_is_no_success_has_a_cause_of_its_own() -> None:
    good = {Outcome.ACCEPTED, Outcome.ALREADY_ACCEPTED, Outcome.UNKNOWN}
    for outcome in set(Outcome) - good:
        assert cause_of(State.FAILED, outcome) is not Cause.NO_REASON
