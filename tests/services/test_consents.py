"""Recording yes and no, and the ledger that keeps both."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

import pytest

from shopbell.domain.consent import Act, Basis, ConsentDraft, How, Purpose
from shopbell.domain.decision import Code, Reason, Verdict
from shopbell.domain.ledger import GENESIS, link
from shopbell.domain.people_filter import PeopleFilter
from shopbell.domain.texts import State
from shopbell.services.consent_steps import Recorded
from shopbell.store import consents
from shops import ANA, BO, NOW, Counter, a_yes


async def test_a_yes_is_kept_with_its_words_and_moves_the_head(counter: Counter) -> None:
    recorded = await counter.agree(topics=("orders",), witness="Ana")
    assert recorded.event.wording == "Text me when my order is ready."
    assert recorded.event.witness == "Ana"
    assert recorded.ledger_head not in {GENESIS, ""}
    broken, head = await counter.shop.consents.check_ledger()
    assert broken is None
    assert head == recorded.ledger_head


async def test_the_same_words_are_stored_once(counter: Counter) -> None:
    await counter.agree(ANA)
    await counter.agree(BO)
    assert await counter.shop.consents.wording(1) == "Text me when my order is ready."
    assert await counter.shop.consents.wording(2) is None


async def test_the_words_of_a_no_or_a_stop_are_nothing_to_agree_to(counter: Counter) -> None:
    wording = counter.shop.consents.wording
    await counter.agree(ANA)
    await counter.shop.consents.opt_out(ANA, How.TEXT, "please take me off the list")
    assert (await wording(1), await wording(2)) == ("Text me when my order is ready.", None)
    await counter.agree(BO, wording="STOP")
    await counter.shop.consents.opt_out(BO, How.TEXT)
    assert await wording(3) == "STOP", "words that somebody agreed to once are kept for the next"
    assert await wording(2) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"wording": "   "}, Code.CONSENT_PROOF_MISSING),
        ({"at": NOW + timedelta(days=1)}, Code.CONSENT_PROOF_MISSING),
        ({"how": How.IMPORT}, Code.CONSENT_PROOF_MISSING),
        ({"purpose": Purpose.CONVERSATION}, Code.CONSENT_WRONG_CATEGORY),
    ],
)
async def test_a_yes_without_evidence_is_not_recorded(
    counter: Counter, changes: dict[str, object], code: Code
) -> None:
    outcome = await counter.shop.consents.grant(replace(a_yes(), **changes))  # type: ignore[arg-type]
    assert isinstance(outcome, Reason)
    assert outcome.code is code
    assert (await counter.shop.consents.check_ledger())[1] == GENESIS


async def test_a_stop_ends_every_yes_and_cancels_what_waits(counter: Counter) -> None:
    await counter.agree()
    await counter.agree(purpose=Purpose.MARKETING, topics=("offers",))
    waiting = (await counter.submit()).text
    done = await counter.shop.consents.opt_out(ANA, How.SPOKEN, "said it at the till")
    assert (done.fresh, done.canceled) == (True, 1)
    assert waiting is not None
    assert (await counter.shop.outbox.get(waiting.id)).state is State.CANCELED
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None
    assert sheet.suppression.note == "said it at the till"
    assert [standing.yes for standing in sheet.standings] == [(), ()]
    assert all(standing.asked for standing in sheet.standings)


async def test_a_second_stop_changes_nothing(counter: Counter) -> None:
    await counter.shop.consents.opt_out(ANA, How.SPOKEN, "first")
    again = await counter.shop.consents.opt_out(ANA, How.EMAIL, "second")
    assert not again.fresh
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None
    assert sheet.suppression.note == "first"


async def test_an_older_yes_cannot_undo_a_stop(counter: Counter) -> None:
    await counter.shop.consents.opt_out(ANA, How.TEXT)
    outcome = await counter.shop.consents.grant(a_yes(at=NOW - timedelta(days=30)))
    assert isinstance(outcome, Reason)
    assert outcome.code is Code.OPTED_OUT
    assert "sign-up" in outcome.sentence


async def test_a_spoken_yes_after_a_stop_needs_a_witness(counter: Counter) -> None:
    await counter.shop.consents.opt_out(ANA, How.TEXT)
    counter.clock.advance(days=3)
    later = a_yes(at=counter.clock.now(), how=How.SPOKEN)
    refused = await counter.shop.consents.grant(later)
    assert isinstance(refused, Reason)
    accepted = await counter.shop.consents.grant(replace(later, witness="Bea"))
    assert isinstance(accepted, Recorded)
    assert (await counter.submit()).judged.decision.verdict is Verdict.ALLOW


async def test_revoking_one_topic_leaves_the_other(counter: Counter) -> None:
    await counter.agree(purpose=Purpose.MARKETING, topics=("offers", "events"))
    yes = a_yes(purpose=Purpose.MARKETING, topics=("offers",))
    await counter.shop.consents.revoke(replace(yes, act=Act.REVOKED, wording="no more offers"))
    offers = await counter.submit(purpose=Purpose.MARKETING, topic="offers")
    events = await counter.submit(purpose=Purpose.MARKETING, topic="events")
    assert offers.judged.decision.verdict is Verdict.REFUSE
    assert events.judged.decision.verdict is Verdict.ALLOW


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent SET wording_id = 99",
        "UPDATE consent SET at = '2020-01-01T00:00:00.000000Z'",
        "UPDATE consent SET number = NULL, place = 'at home'",
        "UPDATE consent SET number = NULL, basis = 'purchase'",
        "UPDATE consent SET number = NULL, form = '{}'",
        "DELETE FROM consent",
        (
            "INSERT INTO consent SELECT 7, number, bidx, act, purpose, topics, wording_id, how, at,"
            " recorded_at, witness, evidence_sha256, promised_n, promised_days, prev_hash, hash,"
            " place, basis, form FROM consent"
        ),
    ],
)
async def test_the_ledger_refuses_edits_gaps_and_deletions(
    counter: Counter, statement: str
) -> None:
    await counter.agree()
    import sqlcipher3.dbapi2 as driver

    with pytest.raises((driver.IntegrityError, driver.DatabaseError), match="append-only"):
        await counter.shop._desk.store.write(lambda db: db.execute(statement).rowcount)


async def test_a_wording_edited_behind_our_back_is_found(counter: Counter) -> None:
    await counter.agree(ANA)

    def tamper(db: object) -> None:
        db.execute("UPDATE wording SET text = 'Text me anything, any time.'")  # type: ignore[attr-defined]

    await counter.shop._desk.store.write(tamper)
    assert (await counter.shop.consents.check_ledger())[0] == 1


async def test_an_edit_behind_our_back_is_found(counter: Counter) -> None:
    await counter.agree(ANA)
    await counter.agree(BO)

    def tamper(db: object) -> None:
        db.execute("DROP TRIGGER consent_is_append_only_update")  # type: ignore[attr-defined]
        db.execute("UPDATE consent SET topics = '[\"offers\"]' WHERE id = 1")  # type: ignore[attr-defined]

    await counter.shop._desk.store.write(tamper)
    assert (await counter.shop.consents.check_ledger())[0] == 1


class TestANoToSomeTexts:
    """Taking back is as easy as giving: one purpose, or some topics of it."""

    def no(self, *topics: str, **changes: Any) -> ConsentDraft:
        draft = a_yes(ANA, Purpose.MARKETING, topics, wording="no more, please", **changes)
        return replace(draft, act=Act.REVOKED)

    async def test_what_waits_of_that_kind_is_canceled_and_nothing_else(
        self, counter: Counter
    ) -> None:
        await counter.agree(ANA, Purpose.MARKETING, ("offers", "events"))
        await counter.agree(ANA, Purpose.SERVICE, ("orders",))
        counter.clock.advance(hours=10)
        texts = {
            topic: (await counter.submit(number=ANA, purpose=purpose, topic=topic)).text
            for purpose, topic in (
                (Purpose.MARKETING, "offers"),
                (Purpose.MARKETING, "events"),
                (Purpose.SERVICE, "orders"),
            )
        }
        done = await counter.shop.consents.revoke(self.no("offers"))
        assert done.canceled == 1
        states = {
            topic: (await counter.shop.outbox.get(text.id)).state
            for topic, text in texts.items()
            if text is not None
        }
        assert states == {"offers": State.CANCELED, "events": State.HELD, "orders": State.HELD}
        assert (await counter.shop.consents.revoke(self.no())).canceled == 1

    async def test_it_is_no_stop(self, counter: Counter) -> None:
        await counter.agree(ANA, Purpose.SERVICE, ("orders",))
        await counter.shop.consents.revoke(self.no())
        sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
        assert sheet.suppression is None
        allowed = await counter.submit(number=ANA, topic="orders")
        assert allowed.judged.decision.verdict is Verdict.ALLOW

    async def test_it_ends_a_yes_whatever_moment_was_typed_for_it(self, counter: Counter) -> None:
        await counter.agree(ANA, Purpose.MARKETING, ("offers",))
        done = await counter.shop.consents.revoke(self.no(at=NOW - timedelta(days=30)))
        assert done.event.at == counter.clock.now() - timedelta(hours=1)
        refused = await counter.submit(number=ANA, purpose=Purpose.MARKETING, topic="offers")
        assert refused.judged.decision.reasons[0].code is Code.NO_CONSENT

    async def test_a_no_to_a_question_is_kept_though_nobody_agreed_before(
        self, counter: Counter
    ) -> None:
        await counter.add()
        await counter.shop.consents.revoke(self.no("offers"))
        asked = PeopleFilter(not_asked=True)
        assert (await counter.shop.people.find(filter=asked)).total == 0
        assert (await counter.shop.consents.check_ledger())[0] is None

    async def test_whatever_is_passed_in_it_can_never_be_a_yes(self, counter: Counter) -> None:
        done = await counter.shop.consents.revoke(a_yes(ANA, Purpose.MARKETING, ("offers",)))
        assert done.event.act is Act.REVOKED

    async def test_whoever_takes_back_can_agree_again(self, counter: Counter) -> None:
        await counter.agree(ANA, Purpose.MARKETING, ("offers",))
        await counter.shop.consents.revoke(self.no())
        counter.clock.advance(days=1)
        await counter.agree(ANA, Purpose.MARKETING, ("offers",))
        allowed = await counter.submit(number=ANA, purpose=Purpose.MARKETING, topic="offers")
        assert allowed.judged.decision.verdict is Verdict.ALLOW


class TestPlaceAndBasis:
    """Where it was said and what it rests on are part of the proof, and of the chain."""

    PROOF: ClassVar = {"place": "the market stall", "basis": Basis.PURCHASE}

    async def test_both_are_kept_with_the_yes(self, counter: Counter) -> None:
        recorded = await counter.shop.consents.grant(replace(a_yes(), **self.PROOF))
        assert isinstance(recorded, Recorded)
        assert (recorded.event.place, recorded.event.basis) == tuple(self.PROOF.values())
        assert (await counter.shop.consents.check_ledger()) == (None, recorded.ledger_head)

    @pytest.mark.parametrize("change", ["place = 'at home'", "place = NULL", "basis = NULL"])
    async def test_an_edit_of_either_behind_our_back_is_found(
        self, counter: Counter, change: str
    ) -> None:
        await counter.shop.consents.grant(replace(a_yes(), **self.PROOF))

        def tamper(db: object) -> None:
            db.execute("DROP TRIGGER consent_is_append_only_update")  # type: ignore[attr-defined]
            db.execute(f"UPDATE consent SET {change}")  # type: ignore[attr-defined]

        await counter.shop._desk.store.write(tamper)
        assert (await counter.shop.consents.check_ledger())[0] == 1

    async def test_an_entry_without_them_links_as_it_always_did(self, counter: Counter) -> None:
        """What was written before these were kept must go on to verify."""
        recorded = await counter.agree(ANA, witness="Bea")
        chain = await counter.shop._desk.store.read(lambda db: list(consents.chain(db)))
        ((_, previous, digest, entry),) = chain
        assert set(entry) == {
            *("person", "act", "purpose", "topics", "wording", "how", "at", "recorded_at"),
            *("witness", "evidence", "promised_n", "promised_days"),
        }
        assert digest == recorded.ledger_head == link(previous, entry)
