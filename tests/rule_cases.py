"""More cases of the gate: expiry, registration, holidays, closed days, emergencies, caps, owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from builders import (
    NEW_YORK,
    NOW,
    a_contact,
    a_draft,
    a_past_text,
    a_person,
    a_shop,
    a_stranger,
    a_yes,
    at,
)
from gate_cases import (
    ALL_DAY,
    CONVERSATION,
    DAY,
    HOUR,
    MARKETING,
    MINUTE,
    QUIET,
    SAFETY,
    SERVICE,
    Case,
    allowed,
    drafts,
    held,
    refused,
)
from place_cases import NUMBERS
from shopbell.domain.consent import Basis, ConsentEvent, Purpose
from shopbell.domain.decision import Code
from shopbell.domain.facts import PersonFacts, TextDraft
from shopbell.domain.people import Contact
from shopbell.domain.shop_rules import (
    Closure,
    Emergency,
    HolidayWish,
    SetAside,
    ShopCap,
    ShopRules,
)
from shopbell.domain.texts import State

TORONTO, MONTREAL, MIAMI = "+14165550142", "+15145550142", "+13055550142"
NEW_ORLEANS, PITTSBURGH, AUSTIN = "+15045550142", "+14125550142", "+15125550142"
REACHABLE = ShopRules(contact="fern.example")
OPEN = ShopRules(holidays=HolidayWish.OPEN)


def to(number: str, purpose: Purpose = MARKETING, topic: str | None = None) -> TextDraft:
    return a_draft("Tulips are here", number=number, purpose=purpose, topic=topic)


def agreed(
    basis: Basis,
    when: datetime = NOW - 30 * DAY,
    *,
    purpose: Purpose = MARKETING,
    topics: tuple[str, ...] = (),
    id: int = 1,  # noqa: A002 - the record's own field name
) -> ConsentEvent:
    return a_yes(purpose, basis=basis, when=when, topics=topics, id=id)


def lives_in(region: str) -> Contact:
    return a_contact(region=region)


UNREGISTERED = [
    *(
        refused(
            f"India lets only templates through, {purpose} or not",
            Code.SENDER_UNREGISTERED,
            draft=to(NUMBERS["IN"], purpose),
            person=a_person(last_inbound_at=at("2026-11-25 05:00")),
            shop=a_shop(zone="Asia/Kolkata", country="IN"),
            now="2026-11-25 06:00",
        )
        for purpose in Purpose
        if purpose is not Purpose.COMPLIANCE
    ),
    allowed(
        "who lives in India with an American number can be texted",
        person=a_person(contact=lives_in("IN")),
        shop=a_shop(hours=ALL_DAY),
        now="2026-11-25 15:05",
    ),
    held(
        "in the hours of both on the clocks of both, and on the holidays of both",
        QUIET,
        QUIET,
        QUIET,
        person=a_person(contact=lives_in("IN")),
        shop=a_shop(hours=ALL_DAY),
        now="2026-11-23 16:00",
        until="2026-11-25 15:00",
    ),
]

TWO_YEARS_AGO = at("2024-11-24 15:42")
HALF_A_YEAR_AGO = at("2026-05-24 15:42")
RECENT = (a_past_text(40 * DAY),)
BASES = [
    allowed(
        "a purchase is enough in Britain",
        draft=to(NUMBERS["GB"]),
        person=a_person(agreed(Basis.PURCHASE)),
    ),
    allowed("so is an inquiry", draft=to(NUMBERS["GB"]), person=a_person(agreed(Basis.INQUIRY))),
    allowed(
        "a purchase is enough in France",
        draft=to(NUMBERS["FR"]),
        person=a_person(agreed(Basis.PURCHASE)),
    ),
    refused(
        "an inquiry is not",
        Code.CONSENT_WRONG_CATEGORY,
        draft=to(NUMBERS["FR"]),
        person=a_person(agreed(Basis.INQUIRY)),
    ),
    refused(
        "Italy asks for consent always",
        Code.CONSENT_WRONG_CATEGORY,
        draft=to(NUMBERS["IT"]),
        person=a_person(agreed(Basis.PURCHASE)),
    ),
    refused(
        "America asks for written consent to marketing",
        Code.CONSENT_WRONG_CATEGORY,
        person=a_person(agreed(Basis.PURCHASE)),
    ),
    allowed(
        "but takes a purchase for news about it",
        draft=drafts(SERVICE),
        person=a_person(agreed(Basis.PURCHASE, purpose=SERVICE)),
    ),
    allowed(
        "one clear yes beside a purchase is enough",
        person=a_person(agreed(Basis.PURCHASE), agreed(Basis.EXPRESS, id=2)),
    ),
    refused(
        "a clear yes to something else is not",
        Code.CONSENT_WRONG_CATEGORY,
        draft=a_draft(topic="offers"),
        person=a_person(
            agreed(Basis.PURCHASE, topics=("offers",)),
            agreed(Basis.EXPRESS, topics=("events",), id=2),
        ),
    ),
    refused(
        "who may be in two countries needs what both ask for",
        Code.CONSENT_WRONG_CATEGORY,
        draft=to(NUMBERS["GB"]),
        person=a_person(agreed(Basis.PURCHASE), contact=lives_in("IT")),
    ),
]

EXPIRY = [
    allowed(
        "in Canada a purchase counts for 24 months",
        draft=to(TORONTO),
        person=a_person(agreed(Basis.PURCHASE, TWO_YEARS_AGO + MINUTE), past=RECENT),
        shop_rules=REACHABLE,
    ),
    refused(
        "and not a minute longer",
        Code.CONSENT_EXPIRED,
        draft=to(TORONTO),
        person=a_person(agreed(Basis.PURCHASE, TWO_YEARS_AGO), past=RECENT),
        shop_rules=REACHABLE,
    ),
    allowed(
        "an inquiry for six",
        draft=to(TORONTO),
        person=a_person(agreed(Basis.INQUIRY, HALF_A_YEAR_AGO + MINUTE)),
        shop_rules=REACHABLE,
    ),
    refused(
        "and not a minute longer either",
        Code.CONSENT_EXPIRED,
        draft=to(TORONTO),
        person=a_person(agreed(Basis.INQUIRY, HALF_A_YEAR_AGO)),
        shop_rules=REACHABLE,
    ),
    allowed(
        "a purchase after an old inquiry renews it",
        draft=to(TORONTO),
        person=a_person(agreed(Basis.INQUIRY, TWO_YEARS_AGO), agreed(Basis.PURCHASE, id=2)),
        shop_rules=REACHABLE,
    ),
    allowed(
        "a clear yes does not run out in Canada",
        draft=to(TORONTO),
        person=a_person(agreed(Basis.EXPRESS, TWO_YEARS_AGO - 900 * DAY), past=RECENT),
        shop_rules=REACHABLE,
    ),
    allowed(
        "in Ireland a purchase counts for 12 months",
        draft=to(NUMBERS["IE"]),
        person=a_person(agreed(Basis.PURCHASE, at("2025-11-24 15:43"))),
    ),
    refused(
        "and not longer",
        Code.CONSENT_EXPIRED,
        draft=to(NUMBERS["IE"]),
        person=a_person(agreed(Basis.PURCHASE, at("2025-11-24 15:42"))),
    ),
    allowed(
        "unless it was used since",
        draft=to(NUMBERS["IE"]),
        person=a_person(agreed(Basis.PURCHASE, TWO_YEARS_AGO), past=RECENT),
    ),
    refused(
        "a text about an order is no use of it",
        Code.CONSENT_EXPIRED,
        draft=to(NUMBERS["IE"]),
        person=a_person(
            agreed(Basis.PURCHASE, TWO_YEARS_AGO), past=(a_past_text(30 * DAY, purpose=SERVICE),)
        ),
    ),
    refused(
        "in Canada use does not renew it",
        Code.CONSENT_EXPIRED,
        draft=to(TORONTO),
        person=a_person(agreed(Basis.PURCHASE, TWO_YEARS_AGO - DAY), past=RECENT),
        shop_rules=REACHABLE,
    ),
    allowed(
        "a leap day ends on the last of February",
        draft=to(TORONTO),
        person=a_person(agreed(Basis.PURCHASE, at("2024-02-29 15:00"))),
        shop_rules=replace(REACHABLE, holidays=HolidayWish.OPEN),
        now="2025-07-29 14:00",
    ),
    refused(
        "a leap day two years on",
        Code.CONSENT_EXPIRED,
        draft=to(TORONTO),
        person=a_person(
            agreed(Basis.PURCHASE, at("2024-02-29 15:00")),
            past=(a_past_text(60 * DAY, now=at("2026-02-28 15:00")),),
        ),
        shop_rules=replace(REACHABLE, holidays=HolidayWish.OPEN),
        now="2026-02-28 15:00",
    ),
    allowed(
        "a yes of eighteen months ago, less a minute",
        person=a_person(a_yes(when=at("2025-05-24 15:43"))),
    ),
    refused(
        "after eighteen months of silence ask anew",
        Code.CONSENT_EXPIRED,
        person=a_person(a_yes(when=at("2025-05-24 15:42"))),
    ),
    refused(
        "for service texts as well",
        Code.CONSENT_EXPIRED,
        draft=drafts(SERVICE),
        person=a_person(a_yes(SERVICE, when=at("2025-05-24 15:42"))),
    ),
    allowed(
        "a text of ours breaks the silence",
        person=a_person(a_yes(when=at("2020-01-01")), past=(a_past_text(300 * DAY),)),
    ),
    allowed(
        "one of theirs too",
        person=a_person(a_yes(when=at("2020-01-01")), last_inbound_at=NOW - 300 * DAY),
    ),
    refused(
        "one that failed does not",
        Code.CONSENT_EXPIRED,
        person=a_person(
            a_yes(when=at("2020-01-01")),
            past=(replace(a_past_text(300 * DAY), state=State.FAILED),),
        ),
    ),
    refused(
        "a yes to something else does not",
        Code.CONSENT_EXPIRED,
        person=a_person(a_yes(when=at("2020-01-01")), a_yes(SERVICE, id=2)),
    ),
    refused(
        "no yes at all is told as that, not as silence",
        Code.NO_CONSENT,
        person=a_stranger(),
    ),
    allowed(
        "an answer is not silent",
        draft=drafts(CONVERSATION),
        person=a_person(a_yes(when=at("2020-01-01")), last_inbound_at=NOW - HOUR),
    ),
]

CANADA = [
    refused("Canada wants to know how to reach the shop", Code.NO_SENDER_NAME, draft=to(TORONTO)),
    allowed("a noted address is put in", draft=to(TORONTO), shop_rules=REACHABLE),
    allowed("in French in Quebec", draft=to(MONTREAL), shop_rules=REACHABLE),
    allowed(
        "typed by hand it counts too",
        draft=a_draft("Tulips: fern.example. Reply STOP to end", number=TORONTO),
        shop_rules=REACHABLE,
    ),
    refused(
        "who lives in Canada must be told too",
        Code.NO_SENDER_NAME,
        person=a_person(contact=lives_in("CA-ON")),
        shop=a_shop(hours=ALL_DAY),
    ),
    allowed(
        "and is",
        person=a_person(contact=lives_in("CA-ON")),
        shop=a_shop(hours=ALL_DAY),
        shop_rules=REACHABLE,
    ),
    allowed("news about an order needs no address", draft=to(TORONTO, SERVICE)),
]

THANKSGIVING, CHRISTMAS = "2026-11-26 16:00", "2026-12-25 16:00"
LAW_HOLIDAY = (Code.HOLIDAY, Code.HOLIDAY)
HOLIDAYS = [
    held("no marketing on Thanksgiving", Code.HOLIDAY, now=THANKSGIVING, until="2026-11-27 15:00"),
    held(
        "no news about orders either",
        Code.HOLIDAY,
        draft=drafts(SERVICE),
        now=THANKSGIVING,
        until="2026-11-27 15:00",
    ),
    allowed(
        "unless the shop keeps holidays for marketing only",
        draft=drafts(SERVICE),
        shop_rules=ShopRules(holidays=HolidayWish.NO_MARKETING),
        now=THANKSGIVING,
    ),
    held(
        "which then still waits",
        Code.HOLIDAY,
        shop_rules=ShopRules(holidays=HolidayWish.NO_MARKETING),
        now=THANKSGIVING,
        until="2026-11-27 15:00",
    ),
    allowed("a shop open on holidays sends", shop_rules=OPEN, now=THANKSGIVING),
    held(
        "but not where the law closes the day",
        Code.HOLIDAY,
        draft=to(PITTSBURGH),
        shop_rules=OPEN,
        now=THANKSGIVING,
        # the day after Thanksgiving is a holiday in Pennsylvania
        until="2026-11-28 15:00",
    ),
    held(
        "law and shop both close it",
        *LAW_HOLIDAY,
        draft=to(PITTSBURGH),
        now=THANKSGIVING,
        until="2026-11-28 15:00",
    ),
    held(
        "Christmas on a Friday, then Saturday",
        Code.HOLIDAY,
        now=CHRISTMAS,
        until="2026-12-26 15:00",
    ),
    held(
        "Independence Day on a Saturday closes the Friday before",
        Code.HOLIDAY,
        now="2026-07-03 15:00",
        until="2026-07-06 14:00",
    ),
    held(
        "the shop's holiday holds a text abroad",
        Code.HOLIDAY,
        draft=to(NUMBERS["GB"]),
        shop=a_shop(hours=ALL_DAY),
        now=THANKSGIVING,
        # All day is closed in New York; then it is night in Britain.
        until="2026-11-27 08:00",
    ),
    held(
        "the customer's holiday holds a text from abroad",
        Code.HOLIDAY,
        draft=to(NUMBERS["GB"]),
        shop=a_shop(country="FR", zone="Europe/Paris", hours=ALL_DAY),
        now="2026-12-28 12:00",
        until="2026-12-29 08:00",
    ),
    held(
        "a state's own holiday, though no law closes it",
        Code.HOLIDAY,
        now="2026-11-03 16:00",
        until="2026-11-04 15:00",
    ),
    held(
        "a province's too",
        Code.HOLIDAY,
        draft=to(MONTREAL),
        shop_rules=REACHABLE,
        now="2026-06-24 15:00",
        until="2026-06-25 14:00",
    ),
    allowed(
        "and not in the next province",
        draft=to(TORONTO),
        shop_rules=REACHABLE,
        now="2026-06-24 15:00",
    ),
    held(
        "a German state's, where it is noted",
        Code.HOLIDAY,
        draft=to(NUMBERS["DE"]),
        person=a_person(contact=a_contact(NUMBERS["DE"], region="DE-BY")),
        shop=a_shop(country="DE", zone="Europe/Berlin"),
        now="2027-01-06 10:00",
        until="2027-01-07 09:00",
    ),
    allowed(
        "not where it is not",
        draft=to(NUMBERS["DE"]),
        shop=a_shop(country="DE", zone="Europe/Berlin"),
        now="2027-01-06 10:00",
    ),
    held(
        "ten minutes before a holiday is too late",
        Code.HOLIDAY,
        draft=drafts(SERVICE),
        shop=a_shop(hours=ALL_DAY),
        now="2026-11-26 04:50",
        until="2026-11-27 05:00",
    ),
    allowed(
        "eleven are not",
        draft=drafts(SERVICE),
        shop=a_shop(hours=ALL_DAY),
        now="2026-11-26 04:49",
    ),
    allowed(
        "a holiday holds no answer",
        draft=drafts(CONVERSATION),
        person=a_person(last_inbound_at=at("2026-11-26 15:00")),
        now=THANKSGIVING,
    ),
    allowed("nor a warning", draft=drafts(SAFETY), now=THANKSGIVING),
    held(
        "Christmas, Boxing Day and Sunday in a row",
        Code.HOLIDAY,
        draft=to(NUMBERS["GB"]),
        shop=a_shop(country="GB", zone="Europe/London"),
        now=CHRISTMAS,
        # Boxing Day is a Saturday, observed on Monday
        until="2026-12-29 10:00",
    ),
]

CLOSED = ShopRules(
    closures=(
        Closure(first=date(2026, 12, 1), last=date(2026, 12, 3), note="stocktaking"),
        Closure(first=date(2026, 11, 24), last=date(2026, 11, 24)),
    )
)
CLOSURES = [
    held("a closed day", Code.CLOSED_DAY, shop_rules=CLOSED, until="2026-11-25 15:00"),
    held(
        "three closed days",
        Code.CLOSED_DAY,
        shop_rules=CLOSED,
        now="2026-12-01 16:00",
        until="2026-12-04 15:00",
    ),
    held(
        "closed for news about orders too",
        Code.CLOSED_DAY,
        draft=drafts(SERVICE),
        shop_rules=CLOSED,
        until="2026-11-25 15:00",
    ),
    allowed("open on the day after", shop_rules=CLOSED, now="2026-11-25 15:00"),
    held(
        "closed for good is held without a date",
        Code.CLOSED_DAY,
        shop_rules=ShopRules(closures=(Closure(first=date(2026, 11, 24), last=date(2099, 1, 1)),)),
    ),
    allowed(
        "it may still answer",
        draft=drafts(CONVERSATION),
        person=a_person(last_inbound_at=NOW - HOUR),
        shop_rules=CLOSED,
    ),
    held(
        "the closed day is the shop's, not the customer's",
        Code.CLOSED_DAY,
        draft=drafts(SERVICE, number=NUMBERS["NZ"]),
        shop=a_shop(hours=ALL_DAY),
        shop_rules=replace(CLOSED, holidays=HolidayWish.OPEN),
        now="2026-11-24 23:00",
        until="2026-11-25 05:00",
    ),
]


def emergency(place: str, last: date | None = None) -> ShopRules:
    return ShopRules(
        emergencies=(Emergency(place=place, first=date(2026, 11, 23), last=last, note="flood"),)
    )


EMERGENCIES = [
    held(
        "an emergency stops marketing to a state",
        Code.EMERGENCY_BAN,
        draft=to(NEW_ORLEANS),
        now="2026-11-24 17:00",
        shop_rules=emergency("US-LA"),
    ),
    held(
        "until its last day",
        Code.EMERGENCY_BAN,
        draft=to(NEW_ORLEANS),
        now="2026-11-24 17:00",
        shop_rules=emergency("US-LA", date(2026, 11, 24)),
        until="2026-11-25 16:00",
    ),
    held(
        "where no law says so, too",
        Code.EMERGENCY_BAN,
        draft=to(AUSTIN),
        now="2026-11-24 17:00",
        shop_rules=emergency("US-TX"),
    ),
    allowed(
        "not in the next state",
        draft=to(AUSTIN),
        now="2026-11-24 17:00",
        shop_rules=emergency("US-LA"),
    ),
    held(
        "a whole country",
        Code.EMERGENCY_BAN,
        draft=to(AUSTIN),
        now="2026-11-24 17:00",
        shop_rules=emergency("US"),
    ),
    held(
        "who lives there with another number",
        Code.EMERGENCY_BAN,
        person=a_person(contact=lives_in("US-LA")),
        now="2026-11-24 17:00",
        shop_rules=emergency("US-LA"),
    ),
    held(
        "who may be there: nobody knows the state",
        Code.EMERGENCY_BAN,
        draft=to(NUMBERS["GB"]),
        person=a_person(contact=a_contact(NUMBERS["GB"], region="US", zone="Europe/London")),
        now="2026-11-24 16:00",
        shop=a_shop(hours=ALL_DAY, zone="Europe/London"),
        shop_rules=emergency("US-LA"),
    ),
    allowed(
        "news about an order goes",
        draft=to(NEW_ORLEANS, SERVICE),
        now="2026-11-24 17:00",
        shop_rules=emergency("US-LA"),
    ),
    allowed(
        "an emergency of next week holds nothing today",
        draft=to(NEW_ORLEANS),
        now="2026-11-20 17:00",
        shop_rules=emergency("US-LA"),
    ),
]

LOOSE = ShopRules(caps=(ShopCap(purpose=MARKETING, n=9, days=1),), gap_hours=0)


def had(*ago: timedelta, topic: str | None = None) -> PersonFacts:
    past = tuple(replace(a_past_text(each), topic=topic) for each in ago)
    return a_person(OFFERS, EVENTS, past=past)


OFFERS, EVENTS = a_yes(topics=("offers",)), a_yes(topics=("events",), id=3)
ENOUGH = [
    held(
        "Florida: three on one subject in 24 hours",
        Code.CAP_JURISDICTION,
        draft=to(MIAMI, topic="offers"),
        person=had(HOUR, 2 * HOUR, 23 * HOUR, topic="offers"),
        shop_rules=LOOSE,
        until="2026-11-24 16:42",
    ),
    allowed(
        "the third may go",
        draft=to(MIAMI, topic="offers"),
        person=had(HOUR, 2 * HOUR, 24 * HOUR, topic="offers"),
        shop_rules=LOOSE,
    ),
    allowed(
        "another subject is counted apart",
        draft=to(MIAMI, topic="offers"),
        person=had(HOUR, 2 * HOUR, 23 * HOUR, topic="events"),
        shop_rules=LOOSE,
    ),
    held(
        "a text without a topic may be on any subject",
        Code.CAP_JURISDICTION,
        draft=to(MIAMI, topic="offers"),
        person=had(HOUR, 2 * HOUR, 23 * HOUR),
        shop_rules=LOOSE,
        until="2026-11-24 16:42",
    ),
    allowed(
        "New York has no such cap",
        draft=to(NEW_YORK, topic="offers"),
        person=had(HOUR, 2 * HOUR, 23 * HOUR, topic="offers"),
        shop_rules=LOOSE,
    ),
    held(
        "who lives in Oregon has it with any number",
        Code.CAP_JURISDICTION,
        draft=to(NEW_YORK, topic="offers"),
        person=replace(had(HOUR, 2 * HOUR, 22 * HOUR, topic="offers"), contact=lives_in("US-OR")),
        shop=a_shop(hours=ALL_DAY),
        shop_rules=LOOSE,
        now="2026-11-24 17:00",
        until="2026-11-24 17:42",
    ),
    allowed(
        "news about orders is not counted by it",
        draft=to(MIAMI, SERVICE),
        person=a_person(past=tuple(a_past_text(h * HOUR, purpose=SERVICE) for h in (1, 2, 3))),
        shop_rules=ShopRules(caps=(ShopCap(purpose=SERVICE, n=9, days=1),)),
    ),
    held(
        "twenty hours lie between two marketing texts",
        Code.CAP_SHOP,
        person=a_person(past=(a_past_text(19 * HOUR),)),
        shop_rules=replace(LOOSE, gap_hours=None),
        until="2026-11-24 16:42",
    ),
    allowed(
        "after twenty hours",
        person=a_person(past=(a_past_text(20 * HOUR),)),
        shop_rules=replace(LOOSE, gap_hours=None),
    ),
    allowed(
        "no gap between news about orders",
        draft=drafts(SERVICE),
        person=a_person(past=(a_past_text(HOUR, purpose=SERVICE),)),
    ),
    held(
        "a gap of the owner's own",
        Code.CAP_SHOP,
        person=a_person(past=(a_past_text(47 * HOUR),)),
        shop_rules=replace(LOOSE, gap_hours=48),
        until="2026-11-24 16:42",
    ),
    allowed(
        "the owner's caps stand instead of the usual ones",
        person=a_person(past=(a_past_text(2 * DAY),)),
        shop_rules=LOOSE,
    ),
    held(
        "and are kept",
        Code.CAP_SHOP,
        person=a_person(past=(a_past_text(2 * DAY), a_past_text(3 * DAY))),
        shop_rules=ShopRules(caps=(ShopCap(purpose=MARKETING, n=2, days=14),)),
        until="2026-12-05 15:42",
    ),
    held(
        "caps for marketing leave those for service",
        Code.CAP_SHOP,
        draft=drafts(SERVICE),
        person=a_person(past=tuple(a_past_text(d * DAY, purpose=SERVICE) for d in (1, 2, 3))),
        shop_rules=LOOSE,
        until="2026-11-28 15:42",
    ),
]


def aside(*rules: str) -> tuple[SetAside, ...]:
    reason = "All our customers asked for morning texts in writing."
    return tuple(SetAside(rule=rule, reason=reason, by="Ana", at=NOW) for rule in rules)


EARLY = {"shop": a_shop(hours=ALL_DAY), "now": "2026-11-24 12:30", "shop_rules": OPEN}
SET_ASIDE = [
    held(
        "half past six is too early in Texas",
        QUIET,
        QUIET,
        draft=to(AUSTIN),
        until="2026-11-24 15:00",
        **EARLY,
    ),
    held(
        "with Texas set aside the federal hours stay",
        QUIET,
        draft=to(AUSTIN),
        until="2026-11-24 14:00",
        **EARLY | {"shop_rules": replace(OPEN, set_aside=aside("US-TX.hours"))},
    ),
    allowed(
        "with both set aside it goes",
        draft=to(AUSTIN),
        **EARLY | {"shop_rules": replace(OPEN, set_aside=aside("US-TX.hours", "US.hours"))},
    ),
    allowed(
        "a holiday by law can be set aside",
        draft=to(PITTSBURGH),
        shop_rules=replace(OPEN, set_aside=aside("US-PA.holidays")),
        now=THANKSGIVING,
    ),
    allowed(
        "a cap by law can",
        draft=to(MIAMI, topic="offers"),
        person=had(HOUR, 2 * HOUR, 23 * HOUR, topic="offers"),
        shop_rules=replace(LOOSE, set_aside=aside("US-FL.cap")),
    ),
    refused(
        "a missing yes can not",
        Code.NO_CONSENT,
        person=a_stranger(),
        shop_rules=ShopRules(set_aside=aside("US.consent.marketing")),
    ),
    held(
        "nor an emergency",
        Code.EMERGENCY_BAN,
        draft=to(NEW_ORLEANS),
        now="2026-11-24 17:00",
        shop_rules=replace(emergency("US-LA"), set_aside=aside("US-LA.emergency")),
    ),
    held(
        "nor the promise made",
        Code.CAP_PROMISED,
        person=a_person(a_yes(promised_n=1, promised_days=90), past=(a_past_text(40 * DAY),)),
        shop_rules=ShopRules(set_aside=aside("policy.promise")),
        until="2027-01-13 15:42",
    ),
]

SOMEWHERE = a_contact(NUMBERS["GB"], region="US", zone="Europe/London")
ABROAD = {
    "draft": to(NUMBERS["GB"]),
    "person": a_person(contact=SOMEWHERE),
    "shop": a_shop(hours=ALL_DAY, zone="Europe/London", country="GB"),
    "shop_rules": OPEN,
}
UNKNOWN_STATE = [
    held(
        "where the state is not known the strictest hours and all holidays hold",
        QUIET,
        now="2026-11-25 19:00",
        # Thanksgiving, and the day after it in Pennsylvania
        until="2026-11-28 10:00",
        **ABROAD,
    ),
    held("from ten", QUIET, now="2026-12-02 09:59", until="2026-12-02 10:00", **ABROAD),
    allowed("till six", now="2026-12-02 17:49", **ABROAD),
    held("and not after", QUIET, now="2026-12-02 17:50", until="2026-12-03 10:00", **ABROAD),
    held(
        "on Sundays never", QUIET, QUIET, now="2026-12-06 12:00", until="2026-12-07 10:00", **ABROAD
    ),
    held(
        "three on one subject in 24 hours, as in the strictest of the states",
        Code.CAP_JURISDICTION,
        now="2026-12-02 12:00",
        until="2026-12-02 13:00",
        **ABROAD
        | {
            "shop_rules": replace(LOOSE, holidays=HolidayWish.OPEN),
            "person": a_person(
                contact=SOMEWHERE,
                past=tuple(a_past_text(h * HOUR, now=at("2026-12-02 12:00")) for h in (1, 2, 23)),
            ),
        },
    ),
]

RULE_CASES: list[Case] = [
    *UNREGISTERED,
    *BASES,
    *EXPIRY,
    *CANADA,
    *HOLIDAYS,
    *CLOSURES,
    *EMERGENCIES,
    *ENOUGH,
    *SET_ASIDE,
    *UNKNOWN_STATE,
]
