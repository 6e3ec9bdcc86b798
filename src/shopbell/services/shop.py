"""One opened shop file with everything that can be done in it. Made by `services.opening`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from shopbell.domain.secret import Secret
from shopbell.domain.shop import ShopProfile, Week
from shopbell.services.answering import Answering
from shopbell.services.budgets import Budgets
from shopbell.services.campaign_drafts import CampaignDrafts
from shopbell.services.campaigns import Campaigns
from shopbell.services.changed import Changed, Listener
from shopbell.services.checking import Checking
from shopbell.services.clock import Clock
from shopbell.services.complaints import Complaints
from shopbell.services.confirming import Confirming
from shopbell.services.consents import Consents
from shopbell.services.delivery import Delivery
from shopbell.services.desk import Desk
from shopbell.services.dossier import Dossiers
from shopbell.services.erasing import Erasing
from shopbell.services.exports import Exports
from shopbell.services.gateways import Gateways
from shopbell.services.imports import Imports
from shopbell.services.inbox import Inbox
from shopbell.services.linking import Linking
from shopbell.services.missed import MissedTexts
from shopbell.services.outbox import Outbox
from shopbell.services.papers import Papers
from shopbell.services.people import People
from shopbell.services.plans import Plans
from shopbell.services.reconfirming import Reconfirming
from shopbell.services.reminders import Reminders
from shopbell.services.replacing import Replacing
from shopbell.services.reports import Reports
from shopbell.services.runs import Runs
from shopbell.services.second_yes import SecondYeses
from shopbell.services.sending import SendingSwitch
from shopbell.services.shop_rules import HouseRules
from shopbell.services.stop_path import StopPaths
from shopbell.services.texted import Texted
from shopbell.services.threads import Threads
from shopbell.services.today import Days
from shopbell.services.topics import TopicBook
from shopbell.services.trying import Trying
from shopbell.services.typed_texts import TypedTexts
from shopbell.services.unknowns import Unknowns
from shopbell.services.welcomes import Welcomes
from shopbell.services.wishes import WishBook
from shopbell.store import shop_row, vault


class Shop:
    """The services over one unlocked file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.people = People(desk)
        self.linking = Linking(desk)
        self.complaints = Complaints(desk)
        answering = Answering(desk)
        confirming = Confirming(desk, answering)
        self.consents = Consents(desk, confirming)
        self.imports = Imports(desk)
        self.papers = Papers(desk)
        self.dossiers = Dossiers(desk)
        self.exports = Exports(desk)
        self.erasing = Erasing(desk)
        self.wishes = WishBook(desk)
        self.checking = Checking(desk)
        self.reconfirming = Reconfirming(desk)
        self.topics = TopicBook(desk)
        self.rules = HouseRules(desk)
        self.gateways = Gateways(desk)
        self.outbox = Outbox(desk, self.gateways)
        self.reminders = Reminders(desk, self.gateways, self.outbox)
        self.replacing = Replacing(desk, self.gateways)
        self.sending = SendingSwitch(desk)
        self.second_yes = SecondYeses(desk)
        self.stop_path = StopPaths(desk)
        self.budgets = Budgets(desk)
        self.missed = MissedTexts(desk)
        self.typed_texts = TypedTexts(desk)
        self.campaigns = Campaigns(desk)
        self.campaign_drafts = CampaignDrafts(desk, self.people, self.outbox)
        self.plans = Plans(desk, self.gateways)
        self.welcomes = Welcomes(desk, self.gateways, self.outbox)
        texted = Texted(desk, answering, confirming, self.welcomes)
        self.inbox = Inbox(desk, self.outbox, texted)
        self.threads = Threads(desk)
        self.reports = Reports(desk)
        self.runs = Runs(desk, self.gateways, self.plans, self.second_yes)
        self.unknowns = Unknowns(self.plans, self.outbox)
        self.trying = Trying(desk, self.gateways, self.outbox, self.consents)
        self.days = Days(desk)
        self.delivery = Delivery(desk, self.gateways, self.outbox, self.inbox)

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._desk.path

    @property
    def profile(self) -> ShopProfile:
        """The shop's name, place and hours."""
        return self._desk.profile

    @property
    def clock(self) -> Clock:
        """Where "now" comes from in this shop."""
        return self._desk.clock

    @property
    def read_only_reason(self) -> str | None:
        """Why nothing can be written, as a sentence for a banner, or None."""
        return self._desk.store.read_only_reason

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener(Changed)` called after each commit; returns how to end that."""
        self._desk.listeners.append(listener)
        return lambda: self._desk.listeners.remove(listener)

    async def change_profile(
        self,
        *,
        name: str | None = None,
        hours: Week | None = None,
        phone: str | None = None,
        zone: str | None = None,
    ) -> ShopProfile:
        """Change what the owner told us about the shop; what is None stays."""
        profile = replace(
            self.profile,
            name=name or self.profile.name,
            hours=hours or self.profile.hours,
            phone=self.profile.phone if phone is None else phone or None,
            zone=zone or self.profile.zone,
        )
        await self._desk.store.write(shop_row.change_profile, profile)
        self._desk.profile = profile
        self._desk.tell(Changed.ANYTHING)
        return profile

    async def prove(self, passphrase: Secret) -> Secret:
        """Make sure that somebody knows the passphrase; return the recovery code of the file.

        Raises:
            WrongPassphrase: it is another one.
        """
        return await asyncio.to_thread(vault.prove, self.path, passphrase)

    async def close(self) -> None:
        """Let a text that is on its way arrive, hand over the sending, and lock the file."""
        await self.delivery.finish()
        await self.delivery.let_go()
        await self._desk.store.close()
