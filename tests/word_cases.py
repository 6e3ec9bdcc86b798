"""The cases of the gate that turn on what the words say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from builders import (
    LONDON_MOBILE,
    NEW_YORK,
    NOW,
    PHOENIX,
    a_draft,
    a_past_text,
    a_person,
    a_shop,
    a_stranger,
    a_yes,
    at,
)
from gate_cases import (
    CONVERSATION,
    DAY,
    HOUR,
    MARKETING,
    MINUTE,
    OFFERS,
    SAFETY,
    SERVICE,
    Case,
    allowed,
    held,
    refused,
)
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Code
from shopbell.domain.facts import TextDraft

PROMOTES = "Your order is ready. 20% off all wreaths this week!"
REASON = "The wreath in this order was sold at that price."
TO_SERVICE_ONLY = a_person(a_yes(SERVICE))


def says(body: str, purpose: Purpose = SERVICE, *, to: str = NEW_YORK, **more: object) -> TextDraft:
    draft = a_draft(body, purpose=purpose, number=to)
    return replace(draft, **more)  # type: ignore[arg-type]


PROMOTIONS = [
    refused(
        "a promotional sentence makes a service text marketing, which nobody said yes to",
        Code.PROMOTION_IN_SERVICE,
        Code.CONSENT_WRONG_CATEGORY,
        draft=says(PROMOTES),
        person=TO_SERVICE_ONLY,
    ),
    refused(
        "a topic of the service does not make it better",
        Code.PROMOTION_IN_SERVICE,
        Code.CONSENT_WRONG_CATEGORY,
        draft=says(PROMOTES, topic="orders"),
        person=a_person(a_yes(SERVICE, topics=("orders",))),
    ),
    refused(
        "with no yes at all it says both",
        Code.PROMOTION_IN_SERVICE,
        Code.NO_CONSENT,
        draft=says(PROMOTES),
        person=a_stranger(),
    ),
    refused(
        "a yes to certain topics of marketing does not cover it",
        Code.PROMOTION_IN_SERVICE,
        Code.TOPIC_NOT_CHOSEN,
        draft=says(PROMOTES, topic="orders"),
        person=a_person(OFFERS, a_yes(SERVICE, id=2)),
    ),
    allowed("with a yes to marketing it goes as marketing", draft=says(PROMOTES)),
    allowed(
        "with the owner's reason it goes as service",
        draft=says(PROMOTES, really_service=REASON),
        person=TO_SERVICE_ONLY,
    ),
    *(
        refused(
            f"{reason!r} is no reason",
            Code.PROMOTION_IN_SERVICE,
            Code.CONSENT_WRONG_CATEGORY,
            draft=says(PROMOTES, really_service=reason),
            person=TO_SERVICE_ONLY,
        )
        for reason in ("ok", "because   ", " " * 40)
    ),
    held(
        "as marketing it waits for the cap of marketing",
        Code.CAP_SHOP,
        draft=says(PROMOTES),
        person=a_person(past=(a_past_text(3 * DAY),)),
        until="2026-11-28 15:42",
    ),
    allowed(
        "as service it does not",
        draft=says(PROMOTES, really_service=REASON),
        person=a_person(past=(a_past_text(3 * DAY),)),
    ),
    allowed("what was written as marketing may promote", draft=says(PROMOTES, MARKETING)),
    allowed(
        "an answer may speak of offers",
        draft=says("Yes, the wreaths are 20% off this week.", CONVERSATION),
        person=a_stranger(last_inbound_at=NOW - HOUR),
    ),
    allowed(
        "a shop may be called what it likes",
        draft=says("The Bargain Shop: your order is ready."),
        shop=a_shop(name="The Bargain Shop"),
        person=TO_SERVICE_ONLY,
    ),
    allowed(
        "an order is no promotion", draft=says("Your order 4711 is ready."), person=TO_SERVICE_ONLY
    ),
    refused(
        "only the words typed once are looked through, here for a promotion",
        Code.PROMOTION_IN_SERVICE,
        Code.CONSENT_WRONG_CATEGORY,
        draft=says("Hi Dana", filled_from="20% off for {first_name|you}"),
        person=TO_SERVICE_ONLY,
    ),
]

VAPES = "New vapes have arrived."
FORBIDDEN = [
    *(
        refused(
            f"no {purpose} text about vaping", Code.FORBIDDEN_CONTENT, draft=says(VAPES, purpose)
        )
        for purpose in (MARKETING, SERVICE)
    ),
    refused(
        "no answer about vaping",
        Code.FORBIDDEN_CONTENT,
        draft=says(VAPES, CONVERSATION),
        person=a_person(last_inbound_at=NOW),
    ),
    allowed("a safety text may name it", draft=says("Recall: vapes of lot 7.", SAFETY)),
    refused(
        "each subject is told once, all of them are told",
        Code.FORBIDDEN_CONTENT,
        Code.FORBIDDEN_CONTENT,
        draft=says("Vapes, vapes and guns.", MARKETING),
    ),
    refused(
        "no offers of alcohol to the United States",
        Code.FORBIDDEN_CONTENT,
        draft=says("Wine tasting on Saturday", MARKETING),
    ),
    allowed(
        "the same to Britain, where no carrier says so",
        draft=says("Wine tasting on Saturday", MARKETING, to=LONDON_MOBILE),
    ),
    allowed("an order of wine may be ready", draft=says("Your wine is ready to collect.")),
    allowed(
        "a name is no subject",
        draft=says("Fern & Guns: see you soon", MARKETING),
        shop=a_shop(name="Fern & Guns"),
    ),
    refused(
        "no link that hides where it leads",
        Code.PUBLIC_SHORTENER,
        draft=says("Your photos: bit.ly/3xyz"),
    ),
    refused(
        "not even in a text about safety",
        Code.PUBLIC_SHORTENER,
        draft=says("Closed by flood, see tinyurl.com/abc", SAFETY),
    ),
    allowed("a link that shows where it leads", draft=says("Your photos: https://fern.example/7")),
    allowed("a warning stops nothing", draft=says("LAST CHANCE!!! ACT NOW!!!", MARKETING)),
    allowed(
        "a person's own name is not looked through",
        draft=says("Hi Guns, see you soon", filled_from="Hi {first_name|there}, see you soon"),
    ),
    refused(
        "but secrets are looked for in what each person gets",
        Code.SECRET_IN_TEXT,
        draft=says("Hi, your PIN is 4821", filled_from="Hi, {note|see you soon}"),
    ),
]


def written(body: str, when: datetime | str, purpose: Purpose = SERVICE) -> TextDraft:
    return says(body, purpose, meant_for=at(when) if isinstance(when, str) else when)


EVENING = "2026-11-25 00:30"
"""Tue 24 Nov, 19:30 in New York: the shop's hours are over."""

STALE = [
    allowed("today is today", draft=says("We are open today.")),
    refused(
        "today is not tomorrow",
        Code.STALE_WORDS,
        draft=written("We are open today.", NOW - DAY),
    ),
    allowed("today is not over at night", draft=says("Open today", SAFETY), now="2026-11-25 04:59"),
    refused(
        "it is over at the shop's midnight",
        Code.STALE_WORDS,
        draft=written("Open today", "2026-11-25 04:59", SAFETY),
        now="2026-11-25 05:00",
    ),
    refused(
        "a time that has passed is over at once",
        Code.STALE_WORDS,
        draft=says("Come until 10:30 am today."),
    ),
    refused(
        "what would wait for tomorrow never waits",
        Code.STALE_WORDS,
        Code.QUIET_HOURS,
        draft=says("See you tonight!"),
        now=EVENING,
    ),
    held(
        "the same words without a day wait",
        Code.QUIET_HOURS,
        draft=says("See you soon!"),
        now=EVENING,
        until="2026-11-25 15:00",
    ),
    held(
        "what may go later the same day waits",
        Code.QUIET_HOURS,
        draft=says("See you tonight!"),
        now="2026-11-24 12:00",
        until="2026-11-24 15:00",
    ),
    refused(
        "not where the day has run out when their hours begin",
        Code.STALE_WORDS,
        Code.QUIET_HOURS,
        draft=says("Here until 10:30 today.", to=PHOENIX),
        now="2026-11-24 15:10",
    ),
    held(
        "tomorrow is still to come when it may go",
        Code.QUIET_HOURS,
        draft=says("See you tomorrow!"),
        now="2026-11-24 12:00",
        until="2026-11-24 15:00",
    ),
    refused(
        "no cap holds a text beyond its day",
        Code.STALE_WORDS,
        Code.CAP_SHOP,
        draft=says("Open house today", MARKETING),
        person=a_person(past=(a_past_text(3 * DAY),)),
    ),
    refused(
        "an answer goes stale as well",
        Code.STALE_WORDS,
        draft=written("Ready in 20 minutes", NOW - 21 * MINUTE, CONVERSATION),
        person=a_stranger(last_inbound_at=NOW - HOUR),
    ),
    allowed(
        "and is true until then",
        draft=written("Ready in 20 minutes", NOW - 19 * MINUTE, CONVERSATION),
        person=a_stranger(last_inbound_at=NOW - HOUR),
    ),
    refused(
        "every other reason is told beside it",
        Code.NO_CONSENT,
        Code.STALE_WORDS,
        draft=written("Open today", NOW - DAY),
        person=a_stranger(),
    ),
    allowed(
        "a day that comes every week does not pass", draft=written("Open Mondays", NOW - 9 * DAY)
    ),
    allowed(
        "days in a shop's name do not pass",
        draft=written("Today Tomorrow: your order is ready", NOW - DAY),
        shop=a_shop(name="Today Tomorrow"),
    ),
    held(
        "in a zone nobody knows the text waits for the zone",
        Code.TIMEZONE_UNKNOWN,
        draft=written("Open today", NOW - DAY),
        shop=a_shop(zone="Mars/Phobos"),
    ),
    refused(
        "only the words typed once are looked through, here for days",
        Code.STALE_WORDS,
        draft=replace(written("Hi Dana", NOW - DAY), filled_from="Hi {first_name}, open today"),
    ),
]

WORD_CASES: list[Case] = [*PROMOTIONS, *FORBIDDEN, *STALE]
