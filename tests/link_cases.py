"""Cases of the gate for somebody with several numbers, and for somebody who complained."""

from __future__ import annotations

from dataclasses import replace

from builders import CHICAGO, NOW, a_draft, a_no, a_past_text, a_person, a_yes
from gate_cases import DAY, HOUR, MARKETING, SERVICE, Case, allowed, held, refused
from shopbell.domain.consent import ConsentEvent, Purpose
from shopbell.domain.decision import Code
from shopbell.domain.facts import LinkedNumber, PastText, PersonFacts, TextDraft, Welcomed
from shopbell.domain.ids import E164, ConsentId
from shopbell.domain.promises import Frequency
from shopbell.domain.texts import State

OFFERS = a_yes(topics=("offers",), when=NOW - 50 * DAY)
EVENTS_TOO = a_yes(topics=("offers", "events"), when=NOW - 50 * DAY)


def with_another(
    *own: ConsentEvent,
    said: tuple[ConsentEvent, ...] = (),
    had: tuple[PastText, ...] = (),
    most: Frequency | None = None,
    welcomes: tuple[Welcomed, ...] = (),
    past: tuple[PastText, ...] = (),
) -> PersonFacts:
    """Return a person whose other number has said, had and was promised these."""
    other = LinkedNumber(
        number=E164(CHICAGO), consents=said, past=had, welcomes=welcomes, most=most
    )
    return replace(a_person(*own, past=past), linked=(other,))


def about(topic: str | None, purpose: Purpose = MARKETING) -> TextDraft:
    return a_draft("Your order is here", topic=topic, purpose=purpose)


COMPLAINED = replace(a_person(), complained_at=NOW - HOUR)

LINK_CASES: list[Case] = [
    refused("an open complaint stops marketing", Code.COMPLAINT_OPEN, person=COMPLAINED),
    allowed(
        "but not a text about their order",
        draft=about(None, SERVICE),
        person=COMPLAINED,
    ),
    allowed(
        "nor an answer to what they wrote",
        draft=about(None, Purpose.CONVERSATION),
        person=replace(COMPLAINED, last_inbound_at=NOW - HOUR),
    ),
    allowed("another number that said nothing binds nothing", person=with_another()),
    refused(
        "a yes of another number is no yes for this one",
        Code.CONSENT_WRONG_CATEGORY,
        draft=about("offers", SERVICE),
        person=with_another(a_yes(topics=("offers",)), said=(a_yes(SERVICE, topics=("offers",)),)),
    ),
    refused(
        "a no of another number to all such texts counts",
        Code.NO_CONSENT,
        person=with_another(said=(a_no(when=NOW - 10 * DAY),)),
    ),
    allowed(
        "but a text that warns needs no yes, so no no of another number takes one away",
        draft=about(None, Purpose.SAFETY),
        person=with_another(
            a_yes(Purpose.SAFETY), said=(a_no(Purpose.SAFETY, when=NOW - 10 * DAY),)
        ),
    ),
    refused(
        "and to the one topic",
        Code.NO_CONSENT,
        draft=about("offers"),
        person=with_another(OFFERS, said=(a_no(topics=("offers",), when=NOW - 10 * DAY),)),
    ),
    allowed(
        "but not to another topic",
        draft=about("events"),
        person=with_another(EVENTS_TOO, said=(a_no(topics=("offers",), when=NOW - 10 * DAY),)),
    ),
    allowed(
        "nor for another purpose",
        draft=about(None, SERVICE),
        person=with_another(said=(a_no(when=NOW - 10 * DAY),)),
    ),
    allowed(
        "a yes for this number after that no stands",
        draft=about("offers"),
        person=with_another(OFFERS, said=(a_no(topics=("offers",), when=NOW - 60 * DAY),)),
    ),
    held(
        "a text to another number yesterday counts under the shop's limit",
        Code.CAP_SHOP,
        person=with_another(had=(a_past_text(DAY),)),
        until="2026-11-30 15:42",
    ),
    held(
        "the texts of both numbers count together",
        Code.CAP_SHOP,
        person=with_another(
            past=(a_past_text(9 * DAY), a_past_text(20 * DAY)),
            had=(a_past_text(15 * DAY), a_past_text(25 * DAY)),
        ),
        until="2026-11-30 15:00",
    ),
    allowed(
        "a failed text to another number does not count",
        person=with_another(had=(a_past_text(DAY, state=State.FAILED),)),
    ),
    held(
        "what another number was promised binds this one",
        Code.CAP_PROMISED,
        person=with_another(
            said=(a_yes(promised_n=1, promised_days=60, when=NOW - 90 * DAY),),
            past=(a_past_text(40 * DAY),),
        ),
        until="2026-12-14 15:42",
    ),
    held(
        "also when the welcome promised it",
        Code.CAP_PROMISED,
        person=with_another(
            said=(a_yes(when=NOW - 90 * DAY, id=7),),
            welcomes=(
                Welcomed(
                    consents=(ConsentId(7),),
                    topics=(),
                    often=Frequency(n=1, days=60),
                    at=NOW - 89 * DAY,
                ),
            ),
            had=(a_past_text(40 * DAY),),
        ),
        until="2026-12-14 15:42",
    ),
    allowed(
        "a promise that was taken back with its yes does not",
        person=with_another(
            a_yes(when=NOW - 5 * DAY),
            said=(
                a_yes(promised_n=1, promised_days=60, when=NOW - 90 * DAY),
                a_no(when=NOW - 80 * DAY),
            ),
            past=(a_past_text(40 * DAY),),
        ),
    ),
    held(
        "fewer texts asked for from another number bind this one",
        Code.CAP_PERSON,
        person=with_another(most=Frequency(n=1, days=60), past=(a_past_text(40 * DAY),)),
        until="2026-12-14 15:42",
    ),
    allowed(
        "and are enough when they are few",
        person=with_another(most=Frequency(n=2, days=60), past=(a_past_text(40 * DAY),)),
    ),
    held(
        "a text an hour ago to another number is too soon",
        Code.CAP_SHOP,
        Code.CAP_SHOP,
        person=with_another(had=(a_past_text(HOUR),)),
        until="2026-12-01 15:00",
    ),
]
