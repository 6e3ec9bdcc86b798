"""Plain functions that make records with sensible defaults: a test says only what matters to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rule_files import packaged_rules
from shopbell.domain.consent import (
    Act,
    Basis,
    ConsentDraft,
    ConsentEvent,
    How,
    Purpose,
    Suppression,
)
from shopbell.domain.facts import Facts, PastText, PersonFacts, TextDraft
from shopbell.domain.ids import E164, ConsentId, ContactId, OccasionId
from shopbell.domain.judge import facts_of
from shopbell.domain.occasions import Occasion
from shopbell.domain.people import Contact, ContactDraft
from shopbell.domain.promises import Frequency
from shopbell.domain.shop import ShopProfile, Week
from shopbell.domain.shop_rules import NOTHING_CHANGED, ShopRules
from shopbell.domain.template_rules import TemplateKind
from shopbell.domain.templates import Details, fill
from shopbell.domain.texts import State
from shopbell.domain.weeks import read_week

NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
"""Tue 24 Nov 2026, 10:42 in New York: open, no holiday, no clock change near."""

NEW_YORK = E164("+12125550142")
CHICAGO = E164("+13125550142")
PHOENIX = E164("+16025550142")
LOS_ANGELES = E164("+12135550142")
PENSACOLA = E164("+18505550142")
"""Area code 850 lies in two zones."""
LONDON_MOBILE = E164("+447700900123")
LONDON_LANDLINE = E164("+442079460123")
ZURICH_MOBILE = E164("+41790000000")
PARIS_MOBILE = E164("+33639980123")

SHOP_HOURS = "mon-fri 10:00-18:00; sat 10:00-17:00"


def at(text: str) -> datetime:
    """Return an aware time from "2026-11-24 15:42", which is read as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def a_shop(
    *,
    name: str = "Fern & Finch",
    country: str = "US",
    zone: str = "America/New_York",
    hours: str | Week = SHOP_HOURS,
    practice: bool = True,
) -> ShopProfile:
    return ShopProfile(
        name=name,
        country=country,
        zone=zone,
        hours=read_week(hours) if isinstance(hours, str) else hours,
        phone="(212) 555-0100",
        practice=practice,
        created_at=NOW - timedelta(days=400),
    )


def a_contact_draft(number: str = NEW_YORK, *, name: str = "Dana Reyes") -> ContactDraft:
    return ContactDraft(number=E164(number), name=name)


def a_contact(
    number: str = NEW_YORK,
    *,
    name: str = "Dana Reyes",
    zone: str | None = None,
    region: str | None = None,
) -> Contact:
    return Contact(
        id=ContactId(1),
        number=E164(number),
        name=name,
        note="",
        email="",
        tags=(),
        zone=zone,
        region=region,
        source="typed",
        batch_id=None,
        created_at=NOW - timedelta(days=300),
        updated_at=NOW - timedelta(days=300),
    )


def a_yes_draft(
    purpose: Purpose = Purpose.MARKETING,
    *,
    number: str = NEW_YORK,
    topics: tuple[str, ...] = (),
    when: datetime = NOW - timedelta(days=200),
) -> ConsentDraft:
    return ConsentDraft(
        number=E164(number),
        act=Act.GRANTED,
        purpose=purpose,
        topics=topics,
        wording="Text me about offers from Fern & Finch. Up to 4 a month. Reply STOP to end.",
        how=How.PAPER,
        at=when,
        witness="Ana",
    )


def a_yes(
    purpose: Purpose = Purpose.MARKETING,
    *,
    number: str = NEW_YORK,
    topics: tuple[str, ...] = (),
    when: datetime = NOW - timedelta(days=200),
    promised_n: int | None = None,
    promised_days: int | None = None,
    act: Act = Act.GRANTED,
    basis: Basis = Basis.EXPRESS,
    id: int = 1,  # noqa: A002 - the record's own field name
) -> ConsentEvent:
    return ConsentEvent(
        id=ConsentId(id),
        recorded_at=when,
        number=E164(number),
        act=act,
        purpose=purpose,
        topics=topics,
        wording="Text me about offers from Fern & Finch. Up to 4 a month. Reply STOP to end.",
        how=How.PAPER,
        at=when,
        witness="Ana",
        promised_n=promised_n,
        promised_days=promised_days,
        basis=basis,
    )


def a_no(
    purpose: Purpose = Purpose.MARKETING,
    *,
    topics: tuple[str, ...] = (),
    when: datetime = NOW - timedelta(days=100),
    id: int = 2,  # noqa: A002 - the record's own field name
) -> ConsentEvent:
    return replace(a_yes(purpose, topics=topics, when=when, id=id), act=Act.REVOKED)


def a_stop(when: datetime = NOW - timedelta(days=1)) -> Suppression:
    return Suppression(at=when, how=How.TEXT, note="STOP")


def an_occasion(
    kind: TemplateKind = TemplateKind.HELP,
    ago: timedelta = timedelta(minutes=2),
    *,
    by_text: bool = True,
    topics: tuple[str, ...] = ("offers",),
    limit: Frequency | None = None,
    id: int = 1,  # noqa: A002 - the record's own field name
    now: datetime = NOW,
) -> Occasion:
    """Return something that calls for one of the shop's own texts."""
    return Occasion(
        id=OccasionId(id), kind=kind, at=now - ago, by_text=by_text, topics=topics, limit=limit
    )


def an_answer(
    kind: TemplateKind = TemplateKind.HELP, *, number: str = NEW_YORK, body: str | None = None
) -> TextDraft:
    """Return the shop's own text of a kind as an answer to `an_occasion()`."""
    if body is None:
        details = Details(shop=a_shop(), country="US", promised_n=4, promised_days=30)
        body = fill(kind, "en", details, packaged_rules().texts.templates)
    return TextDraft(
        number=E164(number), body=body, purpose=Purpose.COMPLIANCE, occasion=OccasionId(1)
    )


def a_past_text(
    ago: timedelta = timedelta(days=3),
    *,
    purpose: Purpose = Purpose.MARKETING,
    topic: str | None = None,
    state: State = State.DELIVERED,
    had_footer: bool = True,
    now: datetime = NOW,
) -> PastText:
    return PastText(at=now - ago, purpose=purpose, topic=topic, state=state, had_footer=had_footer)


def a_person(
    *consents: ConsentEvent,
    contact: Contact | None = None,
    suppression: Suppression | None = None,
    past: tuple[PastText, ...] = (),
    last_inbound_at: datetime | None = None,
    unclear_stop_at: datetime | None = None,
) -> PersonFacts:
    """Return what is known of a person: without consents given, a yes to marketing and service."""
    return PersonFacts(
        contact=contact,
        suppression=suppression,
        consents=consents or (a_yes(), a_yes(Purpose.SERVICE, id=2)),
        past=past,
        last_inbound_at=last_inbound_at,
        unclear_stop_at=unclear_stop_at,
    )


def a_stranger(**known: object) -> PersonFacts:
    """Return a person without any consent on file."""
    return replace(a_person(), consents=(), **known)  # type: ignore[arg-type]


def a_draft(
    body: str = "Your order is ready.",
    *,
    number: str = NEW_YORK,
    purpose: Purpose = Purpose.MARKETING,
    topic: str | None = None,
) -> TextDraft:
    return TextDraft(number=E164(number), body=body, purpose=purpose, topic=topic)


def facts_for(
    draft: TextDraft | None = None,
    person: PersonFacts | None = None,
    shop: ShopProfile | None = None,
    now: datetime = NOW,
    shop_rules: ShopRules = NOTHING_CHANGED,
) -> Facts:
    """Return the facts that `judge` would gather, by the packaged rules."""
    return facts_of(
        draft or a_draft(),
        person or a_person(),
        shop or a_shop(),
        packaged_rules(),
        now,
        shop_rules,
    )
