"""The welcome: drafted from the shop's settings, sent once, its number kept as the promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shopbell.domain.consent import How, Purpose
from shopbell.domain.decision import Code, Reason, Verdict
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import Outcome
from shopbell.domain.ids import E164, OccasionId
from shopbell.domain.import_choices import Choices, ConsentRule
from shopbell.domain.own_texts import OwnTexts, Welcoming
from shopbell.domain.promises import Frequency
from shopbell.domain.template_rules import TemplateKind
from shopbell.domain.texts import OutboundText, State
from shopbell.errors import GatewayTrouble
from shopbell.services.outbox import Submitted
from shopbell.services.welcomes import WelcomeDraft
from shops import ANA, BO, Counter

WELCOME = (
    "Fern & Finch: you're on our list! Up to 4 offer texts/month, weekdays 10-6, Sat 10-5."
    " Reply HELP for help, STOP to end. Msg&data rates may apply."
)
WORDS = "Text me about offers from Fern & Finch. Up to 4 texts a month. Reply STOP to end."


async def signs_up(counter: Counter, number: E164 = ANA, **changes: object) -> None:
    more = {"wording": WORDS, **changes}
    await counter.agree(number, Purpose.MARKETING, ("offers",), **more)


async def drafts(counter: Counter, **changes: object) -> WelcomeDraft:
    drafted = await counter.shop.welcomes.draft(ANA, **changes)  # type: ignore[arg-type]
    assert isinstance(drafted, WelcomeDraft), drafted
    return drafted


async def sends(counter: Counter, number: E164 = ANA, **changes: object) -> OutboundText:
    sent = await counter.shop.welcomes.send(number, **changes)  # type: ignore[arg-type]
    assert isinstance(sent, Submitted), sent
    assert sent.text is not None, sent.judged.decision
    return sent.text


async def refusal(counter: Counter, **changes: object) -> Reason:
    sent = await counter.shop.welcomes.send(ANA, **changes)  # type: ignore[arg-type]
    if isinstance(sent, Reason):
        return sent
    assert sent.text is None, sent
    return sent.judged.decision.reasons[0]


async def test_the_draft_is_shown_with_parts_price_and_promise_and_nothing_is_written(
    counter: Counter,
) -> None:
    await signs_up(counter)
    draft = await drafts(counter)
    assert draft.body == draft.checked.judged.final.text == WELCOME
    assert draft.checked.judged.final.segments == 1
    assert draft.checked.price_micros == 7900
    assert draft.promised == Frequency(n=4, days=30)
    assert draft.checked.judged.decision.verdict is Verdict.ALLOW
    assert (await counter.shop.outbox.find()).total == 0
    assert await drafts(counter) == draft


async def test_a_welcome_leaves_once(counter: Counter) -> None:
    await signs_up(counter)
    text = await sends(counter)
    assert (text.own, text.purpose, text.state) == (
        TemplateKind.WELCOME,
        Purpose.COMPLIANCE,
        State.WAITING,
    )
    await counter.deliver()
    assert [sent.text for sent in counter.gateway.taken] == [WELCOME]
    again = await refusal(counter)
    assert again.code is Code.NOT_CALLED_FOR
    assert "once is enough" in again.sentence
    assert (await counter.shop.outbox.find()).total == 1


async def test_the_same_occasion_is_never_answered_twice(counter: Counter) -> None:
    await signs_up(counter)
    text = await sends(counter)
    assert text.occasion is not None
    copy = TextDraft(number=ANA, body=WELCOME, purpose=Purpose.COMPLIANCE, occasion=text.occasion)
    assert (await counter.shop.outbox.submit(copy)).text is None
    strange = replace(copy, occasion=OccasionId(99))
    assert (await counter.shop.outbox.submit(strange)).text is None


async def test_a_compliance_text_by_hand_has_no_occasion_and_never_leaves(
    counter: Counter,
) -> None:
    await signs_up(counter)
    submitted = await counter.submit("tulips are in", purpose=Purpose.COMPLIANCE)
    assert submitted.text is None
    assert [r.code for r in submitted.judged.decision.reasons] == [Code.NOT_CALLED_FOR]


async def test_a_new_yes_is_welcomed_anew(counter: Counter) -> None:
    await signs_up(counter)
    await sends(counter)
    counter.clock.advance(days=1, hours=2)
    await counter.agree(ANA, Purpose.MARKETING, ("events",), wording=WORDS)
    second = await sends(counter)
    assert "Up to 4 event texts/month" in second.final.text


@pytest.mark.parametrize("outcome", [Outcome.BAD_NUMBER, Outcome.BAD_REQUEST])
async def test_a_welcome_that_never_left_may_be_sent_again(
    counter: Counter, outcome: Outcome
) -> None:
    await signs_up(counter)
    await sends(counter)
    counter.gateway.answers.append(outcome)
    (failed,) = await counter.deliver()
    assert failed.state is State.FAILED
    await sends(counter)
    await counter.deliver()
    assert len(counter.gateway.taken) == 1


async def test_a_welcome_nobody_knows_about_is_not_sent_again(counter: Counter) -> None:
    await signs_up(counter)
    await sends(counter)
    counter.gateway.answers.append(Outcome.UNKNOWN)
    await counter.deliver()
    assert (await refusal(counter)).code is Code.NOT_CALLED_FOR


async def test_a_welcome_that_was_taken_back_may_be_sent_again(counter: Counter) -> None:
    await signs_up(counter)
    text = await sends(counter)
    assert await counter.shop.outbox.cancel(text.id)
    await sends(counter)


async def test_a_stop_takes_a_waiting_welcome_back(counter: Counter) -> None:
    await signs_up(counter)
    text = await sends(counter)
    await counter.shop.consents.opt_out(ANA, How.SPOKEN)
    assert (await counter.shop.outbox.get(text.id)).state is State.CANCELED
    assert await counter.deliver() == ()
    assert (await refusal(counter)).code is Code.NO_CONSENT


async def test_typed_up_at_night_it_goes_in_the_morning(counter: Counter) -> None:
    counter.clock.advance(hours=12)
    await signs_up(counter)
    draft = await drafts(counter)
    assert draft.checked.judged.decision.verdict is Verdict.HOLD
    text = await sends(counter)
    assert text.state is State.HELD
    assert await counter.deliver() == ()
    counter.clock.advance(hours=12)
    (sent,) = await counter.deliver()
    assert sent.final.text == WELCOME


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("hi, you're on our list for offers", Code.NO_OPT_OUT_FOOTER, "STOP to end"),
        (WELCOME.replace("Up to 4 offer", "Our offer"), Code.WORDS_MISSING, "what time"),
        (WELCOME.replace("Reply HELP for help, ", ""), Code.WORDS_MISSING, "HELP for help"),
        (WELCOME + " Get 20% off", Code.WORDS_UNWANTED, "20%"),
        (WELCOME.replace("4", "9"), Code.CAP_PROMISED, "smaller one"),
        ("", Code.EMPTY_TEXT, "Type the text"),
    ],
)
async def test_an_edited_welcome_is_refused_with_what_it_lacks_and_leaves_nothing_behind(
    counter: Counter, body: str, code: Code, said: str
) -> None:
    await signs_up(counter)
    draft = await drafts(counter, body=body)
    reasons = draft.checked.judged.decision.reasons
    assert any(reason.code is code and said in reason.sentence for reason in reasons), reasons
    await refusal(counter, body=body)
    assert (await counter.shop.outbox.find()).total == 0
    await sends(counter)


async def test_the_shops_name_is_put_before_an_edited_welcome(counter: Counter) -> None:
    await signs_up(counter)
    text = await sends(counter, body=WELCOME.removeprefix("Fern & Finch: "))
    assert text.final.text == WELCOME


async def test_a_smaller_number_in_the_welcome_is_the_cap_from_then_on(counter: Counter) -> None:
    await signs_up(counter)
    await sends(counter, body=WELCOME.replace("Up to 4 offer texts/month", "1 offer text/month"))
    await counter.deliver()
    counter.clock.advance(days=1)
    first = await counter.submit("tulips are in", purpose=Purpose.MARKETING, topic="offers")
    assert first.text is not None
    await counter.deliver()
    counter.clock.advance(days=14)
    second = await counter.submit("roses are in", purpose=Purpose.MARKETING, topic="offers")
    assert Code.CAP_PROMISED in {reason.code for reason in second.judged.decision.reasons}
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.ledger[0].promised_n == 4, "the ledger keeps what the words said"
    assert (await counter.shop.consents.check_ledger())[0] is None


async def test_the_words_of_a_yes_are_its_promise_even_if_nobody_typed_the_number(
    counter: Counter,
) -> None:
    recorded = await counter.agree(ANA, Purpose.MARKETING, ("offers",), wording=WORDS)
    assert (recorded.event.promised_n, recorded.event.promised_days) == (4, 30)
    service = await counter.agree(BO, Purpose.SERVICE, ("orders",), wording=WORDS)
    assert service.event.promised_n is None


async def test_who_came_in_a_list_is_never_welcomed(counter: Counter, tmp_path: Path) -> None:
    await counter.shop.welcomes.choose(OwnTexts(welcoming=Welcoming.ALWAYS))
    path = tmp_path / "till.csv"
    path.write_text(
        f"Name,Phone,SMS,Signed,Words\nAna,2125550101,yes,2026-11-20,{WORDS}\n", encoding="utf-8"
    )
    rule = ConsentRule(
        purpose=Purpose.MARKETING,
        topics=("offers",),
        how=How.WEB,
        column="SMS",
        date_column="Signed",
        wording_column="Words",
        promised_n=4,
        promised_days=30,
    )
    report = await counter.shop.imports.run(path, choices=Choices(consents=(rule,)))
    assert report.consents.granted == 1
    assert (await counter.shop.outbox.find()).total == 0
    refused = await refusal(counter)
    assert refused.code is Code.NOT_CALLED_FOR
    assert "came in a list" in refused.sentence
    await signs_up(counter)
    assert "4 offer texts" in (await sends(counter)).final.text


async def test_a_welcome_speaks_the_persons_language(counter: Counter) -> None:
    await counter.add()
    await counter.shop.wishes.record(ANA, language="de")
    await signs_up(counter)
    text = await sends(counter)
    assert text.final.text.startswith("Fern & Finch: Du bist dabei!")


async def test_the_owners_own_topic_is_welcomed_by_its_words(counter: Counter) -> None:
    await counter.shop.topics.add(
        "classes", "evening classes", Purpose.MARKETING, Frequency(n=1, days=7)
    )
    await counter.agree(
        ANA, Purpose.MARKETING, ("classes",), wording="Up to 1 text a week about classes."
    )
    text = await sends(counter)
    assert "Up to 1 evening classes text/week" in text.final.text


async def test_only_one_topic_can_be_welcomed(counter: Counter) -> None:
    await signs_up(counter)
    await counter.agree(ANA, Purpose.MARKETING, ("events",), wording=WORDS)
    assert "8 offer and event texts" in (await drafts(counter)).body
    text = await sends(counter, topic="events")
    assert "4 event texts" in text.final.text
    assert "4 offer texts" in (await drafts(counter)).body


async def test_without_a_gateway_nothing_is_written(counter: Counter) -> None:
    await signs_up(counter)
    await counter.shop._desk.store.write(lambda db: db.execute("DELETE FROM gateway").rowcount)
    with pytest.raises(GatewayTrouble, match="No gateway"):
        await counter.shop.welcomes.send(ANA)
    assert (await counter.shop.outbox.find()).total == 0
    assert isinstance(await counter.shop.welcomes.draft(ANA), WelcomeDraft)


async def test_the_owners_choice_is_kept(counter: Counter) -> None:
    assert await counter.shop.welcomes.settings() == OwnTexts(welcoming=Welcoming.ASK)
    await counter.shop.welcomes.choose(OwnTexts(welcoming=Welcoming.ALWAYS))
    assert (await counter.shop.welcomes.settings()).welcoming is Welcoming.ALWAYS


async def test_an_old_yes_is_not_welcomed(counter: Counter) -> None:
    await signs_up(counter)
    counter.clock.advance(days=31)
    assert "30 days old" in (await refusal(counter)).sentence
    assert timedelta(days=30) == counter.shop._desk.rules.policy.answers.sign_up_within
