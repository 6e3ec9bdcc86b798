"""The cases of the gate, as a table: who, what, when, every reason and the next moment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from builders import (
    CHICAGO,
    LONDON_LANDLINE,
    LONDON_MOBILE,
    LOS_ANGELES,
    NOW,
    PENSACOLA,
    PHOENIX,
    ZURICH_MOBILE,
    a_contact,
    a_draft,
    a_no,
    a_past_text,
    a_person,
    a_shop,
    a_stop,
    a_stranger,
    a_yes,
    at,
    facts_for,
)
from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.decide import decide
from shopbell.domain.decision import Code, Decision, Verdict
from shopbell.domain.facts import Facts, PersonFacts, TextDraft
from shopbell.domain.shop import ShopProfile
from shopbell.domain.shop_rules import NOTHING_CHANGED, ShopRules
from shopbell.domain.texts import State
from shopbell.domain.weeks import read_week
from shopbell.domain.wishes import Channel, Wishes

MARKETING, SERVICE = Purpose.MARKETING, Purpose.SERVICE
CONVERSATION, SAFETY = Purpose.CONVERSATION, Purpose.SAFETY
ALLOW, HOLD, REFUSE = Verdict.ALLOW, Verdict.HOLD, Verdict.REFUSE
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ALL_DAY = "mon-sun 00:00-24:00"


@dataclass(frozen=True, kw_only=True)
class Case:
    says: str
    draft: TextDraft = field(default_factory=a_draft)
    person: PersonFacts = field(default_factory=a_person)
    shop: ShopProfile = field(default_factory=a_shop)
    shop_rules: ShopRules = NOTHING_CHANGED
    now: datetime | str = NOW
    codes: tuple[Code, ...] = ()
    verdict: Verdict | None = None
    next: str | None = None

    @property
    def moment(self) -> datetime:
        return at(self.now) if isinstance(self.now, str) else self.now

    @property
    def facts(self) -> Facts:
        return facts_for(self.draft, self.person, self.shop, self.moment, self.shop_rules)

    def decide(self) -> Decision:
        return decide(self.facts, packaged_rules(), self.moment)


def refused(says: str, *codes: Code, **facts: object) -> Case:
    return Case(says=says, codes=codes, verdict=REFUSE, **facts)  # type: ignore[arg-type]


def held(says: str, *codes: Code, until: str | None = None, **facts: object) -> Case:
    return Case(says=says, codes=codes, verdict=HOLD, next=until, **facts)  # type: ignore[arg-type]


def allowed(says: str, **facts: object) -> Case:
    return Case(says=says, verdict=ALLOW, **facts)  # type: ignore[arg-type]


def drafts(purpose: Purpose, **more: str) -> TextDraft:
    return a_draft(purpose=purpose, **more)


STOPS = [
    *(
        refused(f"a stop beats {purpose}", Code.OPTED_OUT, draft=drafts(purpose), person=person)
        for purpose, person in [
            (MARKETING, a_person(suppression=a_stop())),
            (SERVICE, a_person(suppression=a_stop())),
            (CONVERSATION, a_person(suppression=a_stop(), last_inbound_at=NOW - HOUR)),
            (SAFETY, a_person(suppression=a_stop())),
        ]
    ),
    *(
        held(
            f"a reply nobody has judged holds {purpose}",
            Code.HELD_AMBIGUOUS_STOP,
            draft=drafts(purpose),
            person=a_person(unclear_stop_at=NOW - HOUR, last_inbound_at=NOW - HOUR),
        )
        for purpose in (MARKETING, SERVICE, SAFETY)
    ),
    allowed(
        "an answer may go while a reply of theirs is unclear",
        draft=drafts(CONVERSATION),
        person=a_person(unclear_stop_at=NOW - HOUR, last_inbound_at=NOW - HOUR),
    ),
    refused(
        "a stop of the future still stops",
        Code.OPTED_OUT,
        person=a_person(suppression=a_stop(NOW + DAY)),
    ),
    refused(
        "every reason is kept, not the first",
        Code.OPTED_OUT,
        Code.HELD_AMBIGUOUS_STOP,
        Code.NO_CONSENT,
        Code.SECRET_IN_TEXT,
        Code.QUIET_HOURS,
        Code.QUIET_HOURS,
        Code.QUIET_HOURS,
        draft=a_draft("Your PIN is 4821"),
        person=a_stranger(suppression=a_stop(), unclear_stop_at=NOW),
        now="2026-11-24 04:00",
    ),
]

CONSENTS = [
    allowed("a yes to marketing allows marketing", person=a_person(a_yes())),
    allowed(
        "a yes to service allows service", draft=drafts(SERVICE), person=a_person(a_yes(SERVICE))
    ),
    refused("nothing on file allows no marketing", Code.NO_CONSENT, person=a_stranger()),
    refused(
        "nothing on file allows no service text",
        Code.NO_CONSENT,
        draft=drafts(SERVICE),
        person=a_stranger(),
    ),
    refused(
        "a yes to service is none to marketing",
        Code.CONSENT_WRONG_CATEGORY,
        person=a_person(a_yes(SERVICE)),
    ),
    refused(
        "a yes to marketing is none to service",
        Code.CONSENT_WRONG_CATEGORY,
        draft=drafts(SERVICE),
        person=a_person(a_yes()),
    ),
    refused("a yes taken back is gone", Code.NO_CONSENT, person=a_person(a_yes(), a_no())),
    refused(
        "taken back, with another purpose standing",
        Code.CONSENT_WRONG_CATEGORY,
        person=a_person(a_yes(), a_no(), a_yes(SERVICE, id=3)),
    ),
    allowed("a new yes after a no", person=a_person(a_no(), a_yes(when=NOW - DAY, id=3))),
    allowed("a no to service leaves marketing", person=a_person(a_yes(), a_no(SERVICE))),
    refused(
        "a yes of tomorrow is none today",
        Code.NO_CONSENT,
        person=a_person(a_yes(when=NOW + DAY)),
    ),
    refused(
        "a no of tomorrow counts today",
        Code.NO_CONSENT,
        person=a_person(a_yes(), a_no(when=NOW + DAY)),
    ),
    refused(
        "an answer needs a question",
        Code.NO_CONSENT,
        draft=drafts(CONVERSATION),
    ),
    allowed(
        "an answer within a day",
        draft=drafts(CONVERSATION),
        person=a_stranger(last_inbound_at=NOW - DAY + MINUTE),
    ),
    refused(
        "an answer after a day is none",
        Code.NO_CONSENT,
        draft=drafts(CONVERSATION),
        person=a_person(last_inbound_at=NOW - DAY),
    ),
    allowed("safety needs nothing", draft=drafts(SAFETY), person=a_stranger()),
]


def wishing(
    channel: Channel | None = None, paused_until: datetime | None = None, hours: str = ""
) -> PersonFacts:
    wishes = Wishes(
        channel=channel, paused_until=paused_until, hours=read_week(hours) if hours else None
    )
    return replace(a_person(last_inbound_at=NOW - HOUR), wishes=wishes)


WISHES = [
    *(
        refused(
            f"who wished for {channel} gets no {purpose} text",
            Code.CHANNEL_PREFERENCE,
            draft=drafts(purpose),
            person=wishing(channel),
        )
        for channel in (Channel.CALL, Channel.EMAIL, Channel.NONE)
        for purpose in (MARKETING, SERVICE)
    ),
    *(
        allowed(
            f"a wish for a call does not hold {purpose}",
            draft=drafts(purpose),
            person=wishing(Channel.CALL),
        )
        for purpose in (CONVERSATION, SAFETY)
    ),
    allowed("who wished for texts gets texts", person=wishing(Channel.TEXT)),
    held(
        "a pause holds marketing until its day, and then the hours do",
        Code.CHANNEL_PREFERENCE,
        person=wishing(paused_until=at("2026-12-01 05:00")),
        until="2026-12-01 15:00",
    ),
    allowed(
        "a pause does not hold news about an order",
        draft=drafts(SERVICE),
        person=wishing(paused_until=NOW + DAY),
    ),
    allowed("a pause ends at its moment", person=wishing(paused_until=NOW)),
    *(
        held(
            f"the hours somebody asked for hold {purpose} until they begin",
            Code.CHANNEL_PREFERENCE,
            draft=drafts(purpose),
            person=wishing(hours="tue 14:00-16:00"),
            until="2026-11-24 19:00",
        )
        for purpose in (MARKETING, SERVICE)
    ),
    *(
        allowed(
            f"the hours somebody asked for do not hold {purpose}",
            draft=drafts(purpose),
            person=wishing(hours="tue 14:00-16:00"),
        )
        for purpose in (CONVERSATION, SAFETY)
    ),
    allowed("inside the hours somebody asked for", person=wishing(hours="tue 10:00-12:00")),
    held(
        "asked-for hours that end in a few minutes have ended",
        Code.CHANNEL_PREFERENCE,
        person=wishing(hours="tue 9:00-10:45; wed 11:00-12:00"),
        until="2026-11-25 16:00",
    ),
    held(
        "asked-for hours and the shop's own must both be open",
        Code.CHANNEL_PREFERENCE,
        person=wishing(hours="tue 20:00-22:00; thu 8:00-24:00; fri 12:00-13:00"),
        until="2026-11-27 17:00",
    ),
    held(
        "asked-for hours that never meet the shop's own",
        Code.CHANNEL_PREFERENCE,
        person=wishing(hours="sun 10:00-12:00"),
    ),
    held(
        "asked-for hours count on the person's clock",
        Code.QUIET_HOURS,
        Code.CHANNEL_PREFERENCE,
        draft=drafts(MARKETING, number=CHICAGO),
        person=wishing(hours="tue 11:00-12:00"),
        until="2026-11-24 17:00",
    ),
    refused(
        "a wish is told beside the other reasons",
        Code.NO_CONSENT,
        Code.CHANNEL_PREFERENCE,
        Code.CHANNEL_PREFERENCE,
        person=replace(wishing(Channel.NONE, NOW + DAY), consents=()),
    ),
]

OFFERS, EVENTS = a_yes(topics=("offers",)), a_yes(topics=("events",), id=3)
TOPICS = [
    allowed("the chosen topic", draft=a_draft(topic="offers"), person=a_person(OFFERS)),
    allowed("one of two chosen", draft=a_draft(topic="events"), person=a_person(OFFERS, EVENTS)),
    refused(
        "a topic not chosen",
        Code.TOPIC_NOT_CHOSEN,
        draft=a_draft(topic="events"),
        person=a_person(OFFERS),
    ),
    refused(
        "a general yes names no topic",
        Code.TOPIC_NOT_CHOSEN,
        draft=a_draft(topic="offers"),
        person=a_person(a_yes()),
    ),
    refused(
        "marketing without a topic, where only topics were chosen",
        Code.TOPIC_NOT_CHOSEN,
        person=a_person(OFFERS),
    ),
    allowed("marketing without a topic under a general yes", person=a_person(a_yes(), EVENTS)),
    allowed(
        "service without a topic under a yes to a topic",
        draft=drafts(SERVICE),
        person=a_person(a_yes(SERVICE, topics=("orders",))),
    ),
    refused(
        "service on a topic not chosen",
        Code.TOPIC_NOT_CHOSEN,
        draft=drafts(SERVICE, topic="repairs"),
        person=a_person(a_yes(SERVICE, topics=("orders",))),
    ),
    refused(
        "a topic taken back",
        Code.TOPIC_NOT_CHOSEN,
        draft=a_draft(topic="offers"),
        person=a_person(a_yes(topics=("offers", "events")), a_no(topics=("offers",))),
    ),
    refused(
        "every topic taken back one by one is no yes at all",
        Code.NO_CONSENT,
        draft=a_draft(topic="offers"),
        person=a_person(
            a_yes(topics=("offers", "events")),
            a_no(topics=("offers",), id=2),
            a_no(topics=("events",), id=3),
        ),
    ),
    refused(
        "no yes at all is told once, without the topic",
        Code.NO_CONSENT,
        draft=a_draft(topic="offers"),
        person=a_stranger(),
    ),
]

PLACES = [
    refused(
        "a landline cannot be texted",
        Code.NOT_TEXTABLE,
        draft=a_draft(number=LONDON_LANDLINE),
    ),
    refused(
        "a landline cannot be answered either",
        Code.NOT_TEXTABLE,
        draft=a_draft(number=LONDON_LANDLINE, purpose=CONVERSATION),
        person=a_person(last_inbound_at=NOW),
    ),
    refused(
        "a number no longer in use",
        Code.NOT_TEXTABLE,
        Code.JURISDICTION_UNKNOWN,
        Code.TIMEZONE_UNKNOWN,
        draft=a_draft(number="+15551230000"),
    ),
    refused(
        "nothing goes to a country without a row",
        Code.JURISDICTION_UNKNOWN,
        draft=a_draft(number=ZURICH_MOBILE),
    ),
    refused(
        "nothing goes to a person who lives in a country without a row",
        Code.JURISDICTION_UNKNOWN,
        person=a_person(contact=a_contact(region="CH")),
    ),
    allowed(
        "a country without a row may be answered",
        draft=a_draft(number=ZURICH_MOBILE, purpose=CONVERSATION),
        person=a_person(last_inbound_at=NOW),
    ),
    allowed("a country with a row gets texts", draft=a_draft(number=LONDON_MOBILE)),
    allowed("Puerto Rico is under the federal row", draft=a_draft(number="+17875550142")),
    held(
        "a zone nobody knows waits",
        Code.TIMEZONE_UNKNOWN,
        person=a_person(contact=a_contact(zone="Mars/Phobos")),
    ),
    held(
        "a shop in a zone nobody knows waits",
        Code.TIMEZONE_UNKNOWN,
        shop=a_shop(zone="Mars/Phobos"),
    ),
    allowed(
        "an answer needs no zone",
        draft=drafts(CONVERSATION),
        person=a_person(contact=a_contact(zone="Mars/Phobos"), last_inbound_at=NOW),
    ),
]

QUIET = Code.QUIET_HOURS
FEDERAL_TOO, STATE_TOO = (QUIET, QUIET), (QUIET, QUIET, QUIET)
HOURS = [
    allowed("ten sharp", now="2026-11-24 15:00"),
    held("a second before ten", QUIET, now="2026-11-24 14:59:59", until="2026-11-24 15:00"),
    held(
        "before eight the law and the state's law hold too",
        *STATE_TOO,
        now="2026-11-24 12:59:59",
        until="2026-11-24 15:00",
    ),
    held("after nine as well", *STATE_TOO, now="2026-11-25 02:14", until="2026-11-25 15:00"),
    allowed("eleven minutes to six", now="2026-11-24 22:49"),
    held("ten minutes to six is too late", QUIET, now="2026-11-24 22:50", until="2026-11-25 15:00"),
    held("six sharp is closed", QUIET, now="2026-11-24 23:00", until="2026-11-25 15:00"),
    held(
        "Saturday evening waits for Monday", QUIET, now="2026-11-28 22:30", until="2026-11-30 15:00"
    ),
    held("Sunday waits for Monday", QUIET, now="2026-11-29 16:00", until="2026-11-30 15:00"),
    held(
        "before the end of summer time",
        QUIET,
        now="2026-10-31 21:00",
        until="2026-11-02 15:00",
    ),
    held("before its beginning", QUIET, now="2027-03-13 22:00", until="2027-03-15 14:00"),
    held(
        "the customer's morning counts, not only the shop's",
        *FEDERAL_TOO,
        draft=a_draft(number=LOS_ANGELES),
        now="2026-11-24 15:30",
        until="2026-11-24 18:00",
    ),
    held(
        "the shop's evening counts, not only the customer's",
        QUIET,
        draft=a_draft(number=LOS_ANGELES),
        now="2026-11-24 23:30",
        until="2026-11-25 18:00",
    ),
    allowed(
        "open in both places",
        draft=a_draft(number=LOS_ANGELES),
        now="2026-11-24 20:00",
    ),
    held(
        "an area code in two zones waits for the later one",
        QUIET,
        draft=a_draft(number=PENSACOLA),
        until="2026-11-24 16:00",
    ),
    allowed(
        "which zone it is was noted",
        draft=a_draft(number=PENSACOLA),
        person=a_person(contact=a_contact(PENSACOLA, zone="America/New_York")),
    ),
    held(
        "a noted zone that disagrees adds its clock",
        QUIET,
        person=a_person(contact=a_contact(zone="America/Chicago")),
        until="2026-11-24 16:00",
    ),
    held(
        "Arizona has no summer time",
        *STATE_TOO,
        draft=a_draft(number=PHOENIX),
        now="2026-07-21 14:30",
        until="2026-07-21 17:00",
    ),
    held(
        "the shop's hours are the customer's wall clock too",
        QUIET,
        draft=a_draft(number=CHICAGO),
        now="2026-11-24 15:30",
        until="2026-11-24 16:00",
    ),
    allowed(
        "a shop open round the clock may send service texts at night",
        draft=drafts(SERVICE),
        shop=a_shop(hours=ALL_DAY),
        now="2026-11-24 07:00",
    ),
    held(
        "but no marketing: the law has hours of its own",
        *FEDERAL_TOO,
        shop=a_shop(hours=ALL_DAY),
        now="2026-11-24 07:00",
        until="2026-11-24 13:00",
    ),
    held("a shop that never opens never sends", QUIET, shop=a_shop(hours="")),
    *(
        allowed(
            f"{purpose} goes at night",
            draft=drafts(purpose),
            person=a_person(last_inbound_at=at("2026-11-24 06:00")),
            now="2026-11-24 07:00",
        )
        for purpose in (CONVERSATION, SAFETY)
    ),
]

WEEK_LATER = "2026-11-28 15:42"
CAPS = [
    held("one a week", Code.CAP_SHOP, person=a_person(past=(a_past_text(),)), until=WEEK_LATER),
    allowed("a week later", person=a_person(past=(a_past_text(7 * DAY),))),
    held(
        "a second less than a week",
        Code.CAP_SHOP,
        person=a_person(past=(a_past_text(7 * DAY - timedelta(seconds=1)),)),
        until="2026-11-24 15:42:01",
    ),
    *(
        held(
            f"a text that is {state} counts",
            Code.CAP_SHOP,
            person=a_person(past=(a_past_text(state=state),)),
            until=WEEK_LATER,
        )
        for state in (State.WAITING, State.SENDING, State.ACCEPTED, State.UNKNOWN)
    ),
    *(
        allowed(
            f"a text that is {state} does not count",
            person=a_person(past=(a_past_text(state=state),)),
        )
        for state in (State.FAILED, State.UNDELIVERABLE, State.EXPIRED, State.CANCELED)
    ),
    held(
        "four in thirty days",
        Code.CAP_SHOP,
        person=a_person(past=tuple(a_past_text(d * DAY) for d in (8, 15, 22, 29))),
        until="2026-11-25 15:42",
    ),
    held(
        "both limits, the later counts",
        Code.CAP_SHOP,
        Code.CAP_SHOP,
        person=a_person(past=tuple(a_past_text(d * DAY) for d in (1, 8, 15, 22))),
        until="2026-12-02 15:42",
    ),
    allowed(
        "service texts don't use up marketing",
        person=a_person(past=(a_past_text(purpose=SERVICE),)),
    ),
    held(
        "three service texts a week",
        Code.CAP_SHOP,
        draft=drafts(SERVICE),
        person=a_person(past=tuple(a_past_text(d * DAY, purpose=SERVICE) for d in (1, 2, 3))),
        until=WEEK_LATER,
    ),
    allowed(
        "answers have no limit",
        draft=drafts(CONVERSATION),
        person=a_person(
            last_inbound_at=NOW,
            past=tuple(a_past_text(n * MINUTE, purpose=CONVERSATION) for n in range(20)),
        ),
    ),
    held(
        "a limit that ends at night waits for the morning",
        Code.CAP_SHOP,
        person=a_person(past=(a_past_text(6 * DAY + 14 * HOUR),)),
        until="2026-11-25 15:00",
    ),
    held(
        "a limit that ends on Sunday waits for Monday",
        Code.CAP_SHOP,
        person=a_person(past=(a_past_text(2 * DAY),)),
        until="2026-11-30 15:00",
    ),
]

TWICE_A_QUARTER = a_yes(promised_n=2, promised_days=90)
PROMISES = [
    held(
        "the promise is the cap",
        Code.CAP_PROMISED,
        person=a_person(TWICE_A_QUARTER, past=(a_past_text(40 * DAY), a_past_text(50 * DAY))),
        until="2027-01-04 15:00",
    ),
    allowed(
        "within the promise",
        person=a_person(TWICE_A_QUARTER, past=(a_past_text(40 * DAY), a_past_text(90 * DAY))),
    ),
    allowed(
        "a newer promise replaces an older one",
        person=a_person(
            TWICE_A_QUARTER,
            a_yes(promised_n=4, promised_days=30, when=NOW - 60 * DAY, id=2),
            past=(a_past_text(40 * DAY), a_past_text(50 * DAY)),
        ),
    ),
    held(
        "a sign-up without a number keeps the promise made before",
        Code.CAP_PROMISED,
        person=a_person(
            TWICE_A_QUARTER,
            a_yes(when=NOW - 60 * DAY, id=2),
            past=(a_past_text(40 * DAY), a_past_text(50 * DAY)),
        ),
        until="2027-01-04 15:00",
    ),
    allowed(
        "a promise about events does not bind offers",
        draft=a_draft(topic="offers"),
        person=a_person(
            OFFERS,
            replace(EVENTS, promised_n=1, promised_days=90),
            past=(a_past_text(40 * DAY, topic="events"),),
        ),
    ),
    held(
        "a promise about events binds events",
        Code.CAP_PROMISED,
        draft=a_draft(topic="events"),
        person=a_person(
            replace(EVENTS, promised_n=1, promised_days=90),
            past=(a_past_text(40 * DAY, topic="events"),),
        ),
        until="2027-01-13 15:42",
    ),
    allowed(
        "a text about events leaves the promise about offers whole",
        draft=a_draft(topic="offers"),
        person=a_person(
            replace(OFFERS, promised_n=1, promised_days=90),
            EVENTS,
            past=(a_past_text(40 * DAY, topic="events"),),
        ),
    ),
    held(
        "a text without a topic counts against every promise",
        Code.CAP_PROMISED,
        draft=a_draft(topic="offers"),
        person=a_person(
            replace(OFFERS, promised_n=1, promised_days=90), past=(a_past_text(40 * DAY),)
        ),
        until="2027-01-13 15:42",
    ),
    held(
        "a promise of nothing is held for good",
        Code.CAP_PROMISED,
        person=a_person(a_yes(promised_n=0, promised_days=30)),
    ),
    allowed(
        "a promise taken back with its yes binds no more",
        person=a_person(
            TWICE_A_QUARTER,
            a_no(when=NOW - 90 * DAY, id=2),
            a_yes(when=NOW - 80 * DAY, id=3),
            past=(a_past_text(40 * DAY), a_past_text(50 * DAY)),
        ),
    ),
    held(
        "a promise binds service texts as well",
        Code.CAP_PROMISED,
        draft=drafts(SERVICE),
        person=a_person(
            a_yes(SERVICE, promised_n=1, promised_days=30),
            past=(a_past_text(20 * DAY, purpose=SERVICE),),
        ),
        until="2026-12-04 15:42",
    ),
]

WORDS = [
    refused("an empty text", Code.EMPTY_TEXT, draft=a_draft("")),
    refused("a text of nothing a phone can show", Code.EMPTY_TEXT, draft=a_draft("\x1b\x00 \n")),
    refused("a card number", Code.SECRET_IN_TEXT, draft=a_draft("4111 1111 1111 1111")),
    refused(
        "two kinds of secrets",
        Code.SECRET_IN_TEXT,
        Code.SECRET_IN_TEXT,
        draft=a_draft("4111 1111 1111 1111, PIN 4821, PIN 4822"),
    ),
    refused(
        "a secret in an answer",
        Code.SECRET_IN_TEXT,
        draft=a_draft("PIN 4821", purpose=CONVERSATION),
        person=a_person(last_inbound_at=NOW),
    ),
    allowed("four parts", draft=a_draft("a" * (4 * 153 - 26))),
    refused("five parts", Code.TOO_LONG, draft=a_draft("a" * (4 * 153 - 25))),
    refused("a huge text", Code.TOO_LONG, draft=a_draft("a" * 10_000)),
    refused("a shop without a name", Code.NO_SENDER_NAME, shop=a_shop(name="  ")),
    allowed("markup is only text", draft=a_draft("[/] [bold] \u202e {x}")),
]

CASES = [*STOPS, *CONSENTS, *TOPICS, *WISHES, *PLACES, *HOURS, *CAPS, *PROMISES, *WORDS]
