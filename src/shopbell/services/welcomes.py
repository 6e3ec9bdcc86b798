"""The welcome after a yes: drafted, previewed, sent once. Must not go to who came in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from shopbell.domain.choosing import choices_in, topics_to_choose
from shopbell.domain.consent import Purpose
from shopbell.domain.decision import Reason
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164, OccasionId
from shopbell.domain.numbers import number_of
from shopbell.domain.occasions import Occasion
from shopbell.domain.own_texts import OwnTexts
from shopbell.domain.promises import Frequency, promised_frequency
from shopbell.domain.template_rules import TemplateKind
from shopbell.domain.templates import language_for
from shopbell.domain.welcomes import Due, due, welcome_text
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.services.gateways import Gateways
from shopbell.services.outbox import Checked, Outbox, Submitted
from shopbell.services.refs import new_ref
from shopbell.store import (
    consents,
    occasions,
    outbox,
    own_texts,
    shop_row,
    topics,
    welcomes,
    wishes,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

_NOT_WRITTEN = OccasionId(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeDraft:
    """A welcome that was not written anywhere yet."""

    due: Due
    body: str
    """Ours, or as somebody changed it."""
    checked: Checked
    promised: Frequency | None
    """What the text states; None if it states no number, which the gate refuses."""


class Welcomes:
    """The welcomes of one shop file."""

    def __init__(self, desk: Desk, gateways: Gateways, outbox_: Outbox) -> None:
        self._desk = desk
        self._gateways = gateways
        self._outbox = outbox_

    async def draft(
        self, number: E164, *, topic: str | None = None, body: str | None = None
    ) -> WelcomeDraft | Reason:
        """Return the welcome that is due, judged and priced, or why none is; writes nothing.

        Args:
            number: who said yes.
            topic: only what was said yes to about it; None = everything.
            body: the words as somebody changed them; None = ours.

        Raises:
            BadInput: ours cannot be written because something is not known; names it.
        """
        now = self._desk.clock.now()
        return await self._desk.store.read(self._draft, number, topic, body, now)

    async def send(
        self, number: E164, *, topic: str | None = None, body: str | None = None
    ) -> Submitted | Reason:
        """Write the welcome to the outbox, or return why none is due; arguments as for `draft`.

        The yeses count as welcomed in the transaction that writes the text, and the number the text
        states is kept as a promise. A text that the gate refuses leaves nothing behind but the
        decision.

        Raises:
            BadInput: as for `draft`.
            GatewayTrouble: no gateway is set up yet; nothing was written.
        """
        config, _ = await self._gateways.connect()
        now = self._desk.clock.now()
        route = outbox.Route(
            gateway=config.name, price_micros=config.price_micros, currency=config.currency
        )

        def step(db: Database) -> Submitted | Reason:
            return self.write(db, number, route, now, topic=topic, body=body)

        sent = await self._desk.store.write(step)
        self._desk.tell(Changed.TEXTS, Changed.CONSENT)
        return sent

    async def settings(self) -> OwnTexts:
        """Return the owner's word on the texts the shop sends by itself."""
        return await self._desk.store.read(own_texts.load)

    async def choose(self, chosen: OwnTexts) -> None:
        """Keep the owner's word."""
        await self._desk.store.write(own_texts.keep, chosen)
        self._desk.tell(Changed.ANYTHING)

    def write(
        self,
        db: Database,
        number: E164,
        route: outbox.Route,
        now: datetime,
        *,
        topic: str | None = None,
        body: str | None = None,
        by_text: bool = False,
    ) -> Submitted | Reason:
        """Do what `send` does, in the caller's transaction; `by_text`: the yes was their text."""
        found = self._due(db, number, topic, now)
        if isinstance(found, Reason):
            return found
        kind = self._kind(db, number, found)
        words = self._words(db, number, found, kind) if body is None else body
        occasion = occasions.arise(
            db,
            number,
            kind,
            now if by_text else found.at,
            by_text=by_text,
            topics=found.topics,
            limit=found.often,
        )
        judged, text = outbox.submit(
            db, _text(number, words, occasion), self._desk.judge, route, new_ref(now), now
        )
        if text is None:
            occasions.forget(db, occasion.id)
        else:
            said = promised_frequency(judged.final.text)
            often = None if said is None else Frequency(n=said[0], days=said[1])
            welcomes.keep(db, found.yeses, occasion.id, often, now)
        return Submitted(judged=judged, text=text)

    def _draft(
        self, db: Database, number: E164, topic: str | None, body: str | None, now: datetime
    ) -> WelcomeDraft | Reason:
        found = self._due(db, number, topic, now)
        if isinstance(found, Reason):
            return found
        kind = self._kind(db, number, found)
        words = self._words(db, number, found, kind) if body is None else body
        occasion = Occasion(
            id=_NOT_WRITTEN,
            kind=kind,
            at=found.at,
            topics=found.topics,
            limit=found.often,
        )
        checked = self._outbox.checked(db, _text(number, words, occasion), now, (occasion,))
        said = promised_frequency(checked.judged.final.text)
        return WelcomeDraft(
            due=found,
            body=words,
            checked=checked,
            promised=None if said is None else Frequency(n=said[0], days=said[1]),
        )

    def _due(self, db: Database, number: E164, topic: str | None, now: datetime) -> Due | Reason:
        return due(
            consents.events_of(db, number),
            topics.every(db),
            wanted=topic,
            welcomed=welcomes.welcomed(db, number),
            from_lists=welcomes.from_lists(db, number),
            within=self._desk.rules.policy.answers.sign_up_within,
            now=now,
        )

    def _kind(self, db: Database, number: E164, found: Due) -> TemplateKind:
        """Return the welcome that asks for a choice, where the owner wants it and there is one."""
        about_offers = any(yes.purpose is Purpose.MARKETING for yes in found.yeses)
        texts = self._desk.rules.texts.templates.templates[TemplateKind.WELCOME_CHOICE].texts
        if (
            about_offers
            and own_texts.load(db).asks_choice
            and self._language(db, number) in texts
            and topics_to_choose(topics.every(db))
        ):
            return TemplateKind.WELCOME_CHOICE
        return TemplateKind.WELCOME

    def _language(self, db: Database, number: E164) -> str:
        wished = wishes.of_number(db, number).language
        return language_for(wished, self._desk.profile.country, self._desk.rules.texts.templates)

    def _words(self, db: Database, number: E164, found: Due, kind: TemplateKind) -> str:
        profile, shop_rules = self._desk.profile, shop_row.load_facts(db).rules
        return welcome_text(
            found,
            self._language(db, number),
            profile,
            number_of(number).country,
            self._desk.rules.texts.templates,
            kind=kind,
            contact=profile.phone or shop_rules.contact or None,
            stop_code=shop_rules.short_code or None,
            choices=choices_in(topics_to_choose(topics.every(db))) or None,
        )


def _text(number: E164, body: str, occasion: Occasion) -> TextDraft:
    return TextDraft(number=number, body=body, purpose=Purpose.COMPLIANCE, occasion=occasion.id)
