"""The cases of the gate that are about the shop's own texts: what calls for them, when, in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from builders import (
    LONDON_MOBILE,
    NOW,
    a_past_text,
    a_person,
    a_stop,
    a_stranger,
    a_yes,
    an_answer,
    an_occasion,
)
from gate_cases import ALLOW, DAY, HOUR, MARKETING, MINUTE, Case, allowed, drafts, held, refused
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code
from shopbell.domain.facts import Welcomed
from shopbell.domain.ids import ConsentId, OccasionId
from shopbell.domain.occasions import Answered
from shopbell.domain.promises import Frequency
from shopbell.domain.template_rules import TemplateKind

WELCOME, STOP, HELP = TemplateKind.WELCOME, TemplateKind.STOP, TemplateKind.HELP
ENDINGS = (
    TemplateKind.STOP,
    TemplateKind.STOP_WAY_BACK,
    TemplateKind.STOP_CLARIFY,
    TemplateKind.WRONG_NUMBER,
)
NIGHT = "2026-11-25 04:30"
"""23:30 on Tuesday in New York."""
MORNING = "2026-11-25 15:00"
FOUR = Frequency(n=4, days=30)
GONE = Code.NOT_CALLED_FOR


def stopped(kind: TemplateKind = STOP, ago: timedelta = 2 * MINUTE, **more: object) -> object:
    person = a_stranger(suppression=a_stop(NOW - ago), **more)
    return replace(person, occasions=(an_occasion(kind, ago),))


def asked(kind: TemplateKind = HELP, ago: timedelta = 2 * MINUTE, **more: object) -> object:
    return a_stranger(occasions=(an_occasion(kind, ago, **more),))  # type: ignore[arg-type]


CALLED_FOR = [
    refused("nothing calls for it", GONE, draft=an_answer(), person=a_stranger()),
    refused(
        "an own text without an occasion is none, whatever its words",
        GONE,
        draft=drafts(Purpose.COMPLIANCE),
        person=asked(),
    ),
    refused(
        "what happened to somebody else's text is no occasion",
        GONE,
        draft=replace(an_answer(), occasion=OccasionId(2)),
        person=asked(),
    ),
    *(
        allowed(f"{kind} is answered", draft=an_answer(kind), person=asked(kind))
        for kind in (HELP, WELCOME, TemplateKind.START, TemplateKind.DOUBLE_OPT_IN)
    ),
    allowed("a HELP of yesterday is answered", draft=an_answer(), person=asked(ago=DAY - MINUTE)),
    refused("a HELP of a day ago is not", GONE, draft=an_answer(), person=asked(ago=DAY)),
    allowed(
        "a yes of four weeks ago is welcomed",
        draft=an_answer(WELCOME),
        person=asked(WELCOME, 28 * DAY, by_text=False),
    ),
    refused(
        "a yes of thirty days ago is not",
        GONE,
        draft=an_answer(WELCOME),
        person=asked(WELCOME, 30 * DAY, by_text=False),
    ),
    allowed(
        "somebody who wants calls is answered all the same",
        draft=an_answer(),
        person=asked(),
    ),
    refused(
        "an own text has no way round an unclear reply",
        Code.HELD_AMBIGUOUS_STOP,
        draft=an_answer(),
        person=replace(asked(), unclear_stop_at=NOW - HOUR),  # type: ignore[type-var]
    ),
]


def had(kind: TemplateKind, ago: timedelta, *, wants: TemplateKind = HELP) -> object:
    """Return somebody who was answered some time ago and calls for another answer."""
    before = Answered(kind=kind, at=NOW - ago)
    return replace(asked(wants), answered=(before,))  # type: ignore[type-var]


START, QUESTION = TemplateKind.START, TemplateKind.DOUBLE_OPT_IN
ONE_A_DAY = [
    *(
        refused(
            f"after an answer of {kind} a second one on that day",
            GONE,
            draft=an_answer(),
            person=had(kind, DAY - MINUTE),
        )
        for kind in (HELP, WELCOME, START, QUESTION, TemplateKind.NOTED, TemplateKind.CLOSED)
    ),
    allowed("a day later there may be another", draft=an_answer(), person=had(HELP, DAY)),
    allowed(
        "the welcome follows the question it was asked for",
        draft=an_answer(WELCOME),
        person=had(QUESTION, HOUR, wants=WELCOME),
    ),
    refused(
        "a welcome after any other answer is one too many",
        GONE,
        draft=an_answer(WELCOME),
        person=had(HELP, HOUR, wants=WELCOME),
    ),
    allowed(
        "a START is answered after the confirmation of the stop",
        draft=an_answer(START),
        person=had(STOP, HOUR, wants=START),
    ),
    refused(
        "but not a second one",
        GONE,
        draft=an_answer(START),
        person=had(START, HOUR, wants=START),
    ),
    allowed(
        "a stop is confirmed whatever was answered before",
        draft=an_answer(STOP),
        person=replace(
            had(HELP, HOUR, wants=STOP),  # type: ignore[type-var]
            suppression=a_stop(NOW - 2 * MINUTE),
        ),
    ),
    *(
        refused(
            f"a stop is not confirmed twice in a day, not even by {kind}",
            GONE,
            draft=an_answer(kind),
            person=replace(
                had(STOP, HOUR, wants=kind),  # type: ignore[type-var]
                suppression=a_stop(NOW - 2 * MINUTE),
            ),
        )
        for kind in ENDINGS
    ),
    allowed(
        "who signed up on paper is welcomed though they were helped today",
        draft=an_answer(WELCOME),
        person=replace(
            asked(WELCOME, by_text=False),  # type: ignore[type-var]
            answered=(Answered(kind=HELP, at=NOW - HOUR),),
        ),
    ),
]

AFTER_A_STOP = [
    *(
        allowed(f"{kind} follows a stop", draft=an_answer(kind), person=stopped(kind))
        for kind in ENDINGS
    ),
    *(
        refused(
            f"{kind} never follows a stop",
            Code.OPTED_OUT,
            draft=an_answer(kind),
            person=stopped(kind),
        )
        for kind in (HELP, WELCOME, TemplateKind.START, TemplateKind.DOUBLE_OPT_IN)
    ),
    allowed(
        "just within the five minutes",
        draft=an_answer(STOP),
        person=stopped(ago=timedelta(seconds=299)),
    ),
    refused("five minutes are over", GONE, draft=an_answer(STOP), person=stopped(ago=5 * MINUTE)),
    refused(
        "a stop that was confirmed is not confirmed again",
        Code.OPTED_OUT,
        GONE,
        draft=an_answer(STOP),
        person=a_stranger(suppression=a_stop(NOW - MINUTE)),
    ),
    refused(
        "the occasion of a stop is none for another purpose",
        Code.OPTED_OUT,
        draft=replace(an_answer(STOP), purpose=Purpose.SAFETY),
        person=stopped(),
    ),
    allowed(
        "a stop is confirmed at night",
        draft=an_answer(STOP),
        person=a_stranger(
            suppression=a_stop(NOW), occasions=(an_occasion(STOP, timedelta(hours=-12)),)
        ),
        now="2026-11-25 03:43",
    ),
    allowed(
        "a stop is confirmed though another reply is unclear",
        draft=an_answer(STOP),
        person=stopped(unclear_stop_at=NOW - HOUR),
    ),
]

BY_THE_CLOCK = [
    allowed(
        "who texts at night is answered at night",
        draft=an_answer(),
        person=a_stranger(occasions=(an_occasion(ago=timedelta(hours=-12)),)),
        now="2026-11-25 04:00",
    ),
    held(
        "an hour later it waits for the morning",
        *[Code.QUIET_HOURS] * 3,
        draft=an_answer(),
        person=a_stranger(occasions=(an_occasion(ago=timedelta(hours=-12)),)),
        now="2026-11-25 04:42",
        until=MORNING,
    ),
    held(
        "the welcome of a sheet that is typed up at night waits for the morning",
        *[Code.QUIET_HOURS] * 3,
        draft=an_answer(WELCOME),
        person=asked(WELCOME, DAY, by_text=False),
        now=NIGHT,
        until=MORNING,
    ),
    held(
        "and keeps the holiday",
        Code.HOLIDAY,
        draft=an_answer(WELCOME),
        person=asked(WELCOME, DAY, by_text=False),
        now="2026-11-26 16:00",
        until="2026-11-27 15:00",
    ),
]

IN_FULL = [
    *(
        refused(
            f"a welcome without {what}",
            code,
            draft=an_answer(WELCOME, body=body),
            person=asked(WELCOME),
        )
        for what, code, body in [
            (
                "a number",
                Code.WORDS_MISSING,
                "you're on our offer list! HELP for help, STOP to end. Msg&data rates may apply.",
            ),
            (
                "a way out",
                Code.NO_OPT_OUT_FOOTER,
                "up to 4 offer texts/month. Reply HELP for help. Msg&data rates may apply.",
            ),
            (
                "help",
                Code.WORDS_MISSING,
                "Fern & Finch: up to 4 offer texts/month. STOP to end. Msg&data rates may apply.",
            ),
        ]
    ),
    allowed(
        "the shop's name is put there by rule",
        draft=an_answer(
            WELCOME,
            body="up to 4 offer texts/month. HELP for help, STOP to end. Msg&data rates may apply.",
        ),
        person=asked(WELCOME),
    ),
    allowed(
        "a welcome names what the shop sells, whatever that is",
        draft=an_answer(
            WELCOME,
            body="up to 4 vape offer texts/month. HELP for help, STOP to end."
            " Msg&data rates may apply.",
        ),
        person=asked(WELCOME),
    ),
    refused(
        "a welcome is no advertisement",
        Code.WORDS_UNWANTED,
        draft=an_answer(
            WELCOME,
            body="up to 4 offer texts/month, 20% off today. HELP for help, STOP to end."
            " Msg&data rates may apply.",
        ),
        person=asked(WELCOME),
    ),
    refused(
        "a welcome must not promise more than the words they agreed to",
        Code.CAP_PROMISED,
        draft=an_answer(WELCOME),
        person=asked(WELCOME, limit=Frequency(n=2, days=30)),
    ),
    allowed(
        "it may promise less",
        draft=an_answer(WELCOME),
        person=asked(WELCOME, limit=Frequency(n=2, days=7)),
    ),
    refused(
        "a confirmation tries nothing",
        Code.WORDS_UNWANTED,
        draft=an_answer(
            STOP,
            body="Fern & Finch: you are unsubscribed, no more messages will be sent. We will miss"
            " you.",
        ),
        person=stopped(),
    ),
    allowed(
        "what carriers of North America ask for is not asked for elsewhere",
        draft=an_answer(
            WELCOME,
            number=LONDON_MOBILE,
            body="up to 4 offer texts/month. HELP for help, STOP to end.",
        ),
        person=asked(WELCOME),
    ),
    refused(
        "a welcome in full carries no secret either",
        Code.SECRET_IN_TEXT,
        draft=an_answer(
            WELCOME,
            body="up to 4 offer texts/month. HELP for help, STOP to end. Msg&data rates may apply."
            " Your PIN is 4821.",
        ),
        person=asked(WELCOME),
    ),
]


def welcomed(n: int, days: int, *consents: int, topics: tuple[str, ...] = ("offers",)) -> Welcomed:
    return Welcomed(
        consents=tuple(map(ConsentId, consents)),
        topics=topics,
        often=Frequency(n=n, days=days),
        at=NOW - 100 * DAY,
    )


OFFER_YES = a_yes(topics=("offers",), promised_n=4, promised_days=30, id=1)
HAD_ONE = (a_past_text(20 * DAY, topic="offers"),)
WELCOMES = [
    held(
        "the number of the welcome is the promise",
        Code.CAP_PROMISED,
        draft=drafts(MARKETING, topic="offers"),
        person=replace(a_person(OFFER_YES, past=HAD_ONE), welcomes=(welcomed(1, 30, 1),)),
        until="2026-12-04 15:42",
    ),
    allowed(
        "and the words they agreed to hold without one",
        draft=drafts(MARKETING, topic="offers"),
        person=a_person(OFFER_YES, past=HAD_ONE),
    ),
    allowed(
        "the welcome of a yes that was taken back holds nothing",
        draft=drafts(MARKETING, topic="offers"),
        person=replace(a_person(OFFER_YES, past=HAD_ONE), welcomes=(welcomed(1, 30, 7),)),
    ),
    held(
        "one welcome for two yeses counts the texts of both",
        Code.CAP_PROMISED,
        draft=drafts(MARKETING, topic="offers"),
        person=replace(
            a_person(
                OFFER_YES,
                a_yes(topics=("events",), promised_n=4, promised_days=30, id=2),
                past=(a_past_text(20 * DAY, topic="events"),),
            ),
            welcomes=(welcomed(1, 30, 1, 2, topics=("offers", "events")),),
        ),
        until="2026-12-04 15:42",
    ),
    allowed(
        "a newer yes to the same replaces the promise of an older welcome",
        draft=drafts(MARKETING, topic="offers"),
        person=replace(
            a_person(replace(OFFER_YES, at=NOW - 30 * DAY), past=HAD_ONE),
            welcomes=(welcomed(1, 30, 1),),
        ),
    ),
]

ANSWER_CASES: list[Case] = [
    *CALLED_FOR,
    *ONE_A_DAY,
    *AFTER_A_STOP,
    *BY_THE_CLOCK,
    *IN_FULL,
    *WELCOMES,
]
assert all(case.verdict is ALLOW or case.codes for case in ANSWER_CASES)
