"""Trying a gateway before customers are texted: a dry run, and one text to yourself."""

from __future__ import annotations

from datetime import timedelta

from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.decision import Reason
from shopbell.domain.facts import TextDraft
from shopbell.domain.gateway import Outgoing
from shopbell.domain.ids import E164
from shopbell.errors import BadInput
from shopbell.services.consents import Consents
from shopbell.services.desk import Desk
from shopbell.services.gateways import Gateways
from shopbell.services.outbox import Outbox, Submitted
from shopbell.services.refs import new_ref

OWN_WORDS = "This is my own phone. Text me to try the shop's gateway."
"""The yes that a text to yourself rests on; it goes through the gate like any other."""

TRIAL = "this is a trial text to your own phone. It works."


class Trying:
    """Trials of the gateway in use."""

    def __init__(self, desk: Desk, gateways: Gateways, outbox: Outbox, consents: Consents) -> None:
        self._desk = desk
        self._gateways = gateways
        self._outbox = outbox
        self._consents = consents

    async def dry_run(self, number: E164, body: str = TRIAL) -> str:
        """Return the request that would carry this text, secrets masked; nothing is sent.

        Raises:
            GatewayTrouble: no gateway is set up yet.
        """
        _, gateway = await self._gateways.connect()
        draft = TextDraft(number=number, body=body, purpose=Purpose.SERVICE)
        final = (await self._outbox.check(draft)).judged.final
        now = self._desk.clock.now()
        return gateway.preview(
            Outgoing(
                ref=new_ref(now),
                to=number,
                text=final.text,
                encoding=final.encoding,
                valid_until=now + timedelta(hours=1),
                started_at=now,
            )
        )

    async def text_to_self(self, number: E164) -> Submitted:
        """Write a trial text to the owner's own phone; the gate decides about it as about any.

        Raises:
            BadInput: this phone said stop: it stays silent like anybody's.
            GatewayTrouble: no gateway is set up yet; nothing was written.
        """
        await self._gateways.connect()
        granted = await self._consents.grant(
            ConsentDraft(
                number=number,
                act=Act.GRANTED,
                purpose=Purpose.SERVICE,
                topics=(),
                wording=OWN_WORDS,
                how=How.IN_PERSON,
                at=self._desk.clock.now(),
                witness=None,
            )
        )
        if isinstance(granted, Reason):
            raise BadInput(
                f"Nothing was sent to your phone. {granted.sentence}",
                "If it was you who texted STOP from it, the proof is done; use another phone.",
                code="own_phone_stopped",
            )
        return await self._outbox.submit(
            TextDraft(number=number, body=TRIAL, purpose=Purpose.SERVICE)
        )
