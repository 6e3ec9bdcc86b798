"""How a yes was given, and what is kept with it as proof. Must not judge what that is worth."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace

from shopbell.domain.consent import Basis, How
from shopbell.domain.given import Given
from shopbell.domain.signed_sheet import signed_at
from shopbell.domain.web_form import read_form, read_sent_at
from shopbell.lines.rows import path_typed
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit
from shopbell.services.evidence import sha256_of

_SAID = (
    ("Here, in person", How.IN_PERSON),
    ("On paper", How.PAPER),
    ("By phone", How.PHONE),
    ("By e-mail", How.EMAIL),
)
YES_BY = (*_SAID, ("By a form on your web site", How.WEB))
"""By which way somebody said yes."""

NO_BY = (*_SAID, ("By text", How.TEXT))
"""By which way somebody said no or stop."""

_BASES = (
    ("They said yes", Basis.EXPRESS),
    ("They bought something, were told of texts and could refuse", Basis.PURCHASE),
    ("They asked for a quote or the like", Basis.INQUIRY),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is kept with a yes besides its words and its day."""

    witness: str | None = None
    place: str | None = None
    sha256: str | None = None
    """Of a scan or a recording, wherever its owner keeps it."""
    basis: Basis = Basis.EXPRESS


async def ask_given(talk: Talk, visit: Visit, how: How) -> Given | None:
    """Return when and in which words it was said; None when there is no such sheet, page or day."""
    if how is How.PAPER:
        return await talk.tried(_on_a_sheet(talk, visit))
    if how is How.WEB:
        return await talk.tried(_on_a_page(talk, visit))
    return Given(at=visit.shop.clock.now(), words="")


async def _on_a_sheet(talk: Talk, visit: Visit) -> Given:
    shop = visit.shop
    number = await talk.optional("The number at the foot of the sheet, if it is a printed one?")
    words = await shop.consents.words_of_sheet(number)
    if words:
        talk.say("The words on that sheet:", f"  {words}")
    signed = await talk.optional("The day it was signed, like 21 Nov 2026, if it was not today?")
    return Given(at=signed_at(signed, shop.clock.now(), shop.profile.zone), words=words)


async def _on_a_page(talk: Talk, visit: Visit) -> Given | None:
    page = await talk.line("The address of the page, like https://fernandfinch.example/sms.")
    if not page:
        return None
    sent = await talk.line("When was it sent, as your site says? Like 2026-11-24 10:42.")
    if not sent:
        return None
    at = read_sent_at(sent, visit.zone, visit.shop.clock.now())
    sender = await talk.line("The visitor's internet address, or your site's number of the form.")
    if not sender:
        return None
    form = read_form(page, sender)
    words = await talk.optional("The words on the page, if they were not those above?")
    return Given(at=at, words=words, form=form)


async def ask_proof(talk: Talk, how: How) -> Proof | None:
    """Return what is kept with it, once somebody says that it is written down; else None."""
    proof = Proof()
    if how is not How.WEB:  # a site saw it, and nobody else
        proof = replace(proof, witness=await talk.optional("Who of you heard or saw it?") or None)
    steps = [
        "Yes, they said yes to these words",
        "First say where it was",
        "First keep the fingerprint of a scan or a recording with it",
        "First say what it rests on, if nobody said yes in so many words",
    ]
    while (chosen := await talk.choose("Write it down?", steps, back="No")) is not None:
        match chosen:
            case 0:
                return proof
            case 1:
                place = await talk.optional("Where was it? Like: the market stall.")
                proof = replace(proof, place=place or None)
            case 2:
                sha256 = await talk.tried(_fingerprint(talk))
                proof = replace(proof, sha256=sha256 or proof.sha256)
            case _:
                basis = await talk.choose("What does it rest on?", [words for words, _ in _BASES])
                proof = proof if basis is None else replace(proof, basis=_BASES[basis][1])
    return None


async def _fingerprint(talk: Talk) -> str | None:
    typed = await talk.line("Which file? Its whole path. The file itself is not kept.")
    if not typed:
        return None
    sha256 = await asyncio.to_thread(sha256_of, path_typed(typed))
    talk.say(f"Its fingerprint goes on record: {sha256[:12]}…")
    return sha256
