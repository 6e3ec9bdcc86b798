"""A card number that a customer texts: masked wherever it is shown, and taken out for good."""

from __future__ import annotations

import hashlib

import pytest

from services.test_answers import hear
from shopbell.domain.gateway import Collected
from shopbell.domain.reply_evidence import fingerprint, without_secrets
from shopbell.errors import BadInput
from shops import ANA, Counter

CARD = "4111 1111 1111 1111"
WITH_CARD = f"please charge {CARD}, exp 12/28"
VEILED = "please charge [a card number], exp 12/28"


@pytest.mark.parametrize(
    ("text", "veiled"),
    [
        (WITH_CARD, VEILED),
        ("my password is tulip99!", "my password is [a password]"),
        ("pin: 4821", "pin: [a PIN]"),
        (f"{CARD} or {CARD}", "[a card number] or [a card number]"),
        ("two dozen roses for 5", "two dozen roses for 5"),
        ("", ""),
        ("\x1b[2J \u202e", "\x1b[2J \u202e"),
    ],
)
def test_secrets_are_replaced_by_what_they_are(text: str, veiled: str) -> None:
    assert without_secrets(text) == veiled
    assert without_secrets(veiled) == veiled


async def test_a_reply_says_what_is_hidden_in_it(counter: Counter) -> None:
    reply = await hear(counter, WITH_CARD)
    assert (reply.text, reply.veiled) == (WITH_CARD, VEILED)
    assert reply.secrets == ("a card number",)
    assert (await hear(counter, "see you at 5")).secrets == ()


async def test_what_is_taken_out_is_gone_and_leaves_a_fingerprint(counter: Counter) -> None:
    reply = await hear(counter, WITH_CARD)
    redacted = await counter.shop.inbox.redact(reply.id)
    assert (redacted.text, redacted.redacted_at) == (VEILED, counter.clock.now())
    assert redacted.secrets == ()
    assert fingerprint(WITH_CARD) == hashlib.sha256(WITH_CARD.encode()).hexdigest()


async def test_a_text_that_is_fetched_again_does_not_bring_the_secret_back(
    counter: Counter,
) -> None:
    reply = await hear(counter, WITH_CARD)
    await counter.shop.inbox.redact(reply.id)
    counter.clock.advance(minutes=1)
    assert (await counter.shop.delivery.sync())[1] == 0
    await counter.shop.inbox.take_in("drill", Collected(inbound=tuple(counter.gateway.replies)))
    page = await counter.shop.inbox.find(number=ANA)
    assert [one.text for one in page.rows] == [VEILED]


async def test_the_same_card_in_another_text_is_another_text(counter: Counter) -> None:
    first = await hear(counter, WITH_CARD)
    await counter.shop.inbox.redact(first.id)
    await hear(counter, WITH_CARD)
    assert (await counter.shop.inbox.find(number=ANA)).total == 2


async def test_nothing_is_taken_out_of_a_text_without_a_secret(counter: Counter) -> None:
    reply = await hear(counter, "see you at 5")
    with pytest.raises(BadInput, match="no secret"):
        await counter.shop.inbox.redact(reply.id)


async def test_a_stop_with_a_card_number_brings_none_into_the_ledger(counter: Counter) -> None:
    await counter.agree()
    await hear(counter, f"stop texting me. and refund {CARD}")
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.suppression is not None
    written = [sheet.suppression.note, *(event.wording for event in sheet.ledger)]
    assert all(CARD not in words for words in written)
    assert "[a card number]" in sheet.suppression.note
