"""The second person's yes for large campaigns: who may say it, and holding words against theirs.

Must not approve a campaign: `services.runs` does, and asks here who is speaking.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from shopbell.domain.second_yes import (
    LONGEST_NAME,
    MOST_NAMES,
    SecondYes,
    same_name,
    tidy_name,
    word_problem,
)
from shopbell.domain.secret import Secret
from shopbell.errors import BadInput
from shopbell.services.changed import Changed
from shopbell.services.desk import Desk
from shopbell.store import second_yes

if TYPE_CHECKING:
    from sqlite_utils import Database

_SALT_BYTES = 16
_HASH_BYTES = 32
_COST, _BLOCK = 2**15, 8
"""scrypt, 32 MB: a tenth of a second for each guess."""

_MOST_PEOPLE = 1_000_000


class SecondYeses:
    """Two people for large campaigns, in one shop file."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def rule(self) -> SecondYes:
        """Return from how many people on two yeses are needed, and whose."""
        return await self._desk.store.read(second_yes.load)

    async def need_from(self, count: int, *, by: str = "") -> SecondYes:
        """Ask for two people from `count` recipients on; 0 turns it off.

        Campaigns that are approved and not started have to be approved again.

        Raises:
            BadInput: fewer than two people have a word, or the number makes no sense.
        """
        if not 0 <= count <= _MOST_PEOPLE:
            raise BadInput(
                f"That is no number of people from 1 to {_MOST_PEOPLE:,}.",
                "For example: --from 100",
                code="bad_count",
            )

        def step(db: Database) -> SecondYes:
            rule = second_yes.load(db)
            if count and len(rule.names) < 2:
                raise BadInput(
                    "Two people are needed, each with a word of their own.",
                    "Add them first: shopbell second-yes add NAME",
                    code="two_people_needed",
                )
            if count != rule.from_count:
                second_yes.save_count(db, count)
                self._start_anew(db, by)
            return second_yes.load(db)

        return await self._written(step)

    async def add(self, name: str, word: Secret, *, by: str = "") -> SecondYes:
        """Let somebody say the second yes, with a word of their own, or give them another word.

        Raises:
            BadInput: the name or the word cannot be used.
        """
        tidy = tidy_name(name)
        if tidy is None:
            raise BadInput(
                f"A name has 1 to {LONGEST_NAME} plain characters.",
                "Write it as the history should show it.",
                code="bad_name",
            )
        if problem := word_problem(word.reveal()):
            raise BadInput(problem, "Only its owner should know it.", code="bad_word")
        salt = secrets.token_bytes(_SALT_BYTES)
        hash_ = await asyncio.to_thread(_hash, word, salt)

        def step(db: Database) -> SecondYes:
            rule = second_yes.load(db)
            known = [one for one in rule.names if same_name(one, tidy)]
            if not known and len(rule.names) >= MOST_NAMES:
                raise BadInput(
                    f"There are {MOST_NAMES} names already.",
                    "Remove one that is not needed any more.",
                    code="too_many_names",
                )
            proof = second_yes.Proof(name=known[0] if known else tidy, salt=salt, hash=hash_)
            second_yes.keep(db, proof, self._desk.clock.now())
            if rule.is_on:
                self._start_anew(db, by)
            return second_yes.load(db)

        return await self._written(step)

    async def remove(self, name: str, *, by: str = "") -> SecondYes:
        """Take somebody off the list.

        Raises:
            BadInput: nobody is called so, or fewer than two would be left while two are needed.
        """

        def step(db: Database) -> SecondYes:
            rule = second_yes.load(db)
            known = [one for one in rule.names if same_name(one, name)]
            if not known:
                raise _nobody_called(name, rule)
            if rule.is_on and len(rule.names) <= 2:
                raise BadInput(
                    "Then fewer than two people would be left to say yes.",
                    "Add somebody else first, or turn it off: shopbell second-yes off",
                    code="two_people_needed",
                )
            second_yes.remove(db, known[0])
            if rule.is_on:
                self._start_anew(db, by)
            return second_yes.load(db)

        return await self._written(step)

    async def speaker(self, name: str, word: Secret | None) -> str:
        """Return who says yes, as their name is kept, by their own word.

        Raises:
            BadInput: no name or no word was given, nobody is called so, or it is another word.
        """
        proofs = await self._desk.store.read(second_yes.proofs)
        rule = SecondYes(from_count=1, names=tuple(one.name for one in proofs))
        if not name.strip():
            raise BadInput(
                "Two people have to say yes to so many texts, each by name.",
                f"Say who you are: --by NAME. It can be {_listed(rule)}.",
                code="name_needed",
            )
        proof = next((one for one in proofs if same_name(one.name, name)), None)
        if proof is None:
            raise _nobody_called(name, rule)
        if word is None or not word.reveal():
            raise BadInput(f"{proof.name}'s own word is missing.", "Type it.", code="word_needed")
        given = await asyncio.to_thread(_hash, word, proof.salt)
        if not hmac.compare_digest(given, proof.hash):
            raise BadInput(
                f"That is not {proof.name}'s word.",
                "Type it again. A new one: shopbell second-yes add NAME",
                code="wrong_word",
            )
        return proof.name

    def _start_anew(self, db: Database, by: str) -> None:
        why = "Who has to say yes was changed, so it has to be approved again."
        second_yes.end_approvals(db, why, by, self._desk.clock.now())

    async def _written(self, step: Callable[[Database], SecondYes]) -> SecondYes:
        rule = await self._desk.store.write(step)
        self._desk.tell(Changed.SENDING, Changed.CAMPAIGNS)
        return rule


def _hash(word: Secret, salt: bytes) -> bytes:
    typed = unicodedata.normalize("NFC", word.reveal()).encode("utf-8", "replace")
    return hashlib.scrypt(
        typed, salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=128 * _COST * _BLOCK * 2, dklen=_HASH_BYTES
    )


def _nobody_called(name: str, rule: SecondYes) -> BadInput:
    return BadInput(
        f"Nobody called “{name.strip()}” may say yes here.",
        f"It can be {_listed(rule)}.",
        code="unknown_name",
    )


def _listed(rule: SecondYes) -> str:
    if not rule.names:
        return "nobody yet: shopbell second-yes add NAME"
    *before, last = rule.names
    return f"{', '.join(before)} or {last}" if before else last
