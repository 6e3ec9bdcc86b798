"""The dossier of one person: gathered in one read, written as text and as a page.

Must not change anything in the shop file, nor leave anything out.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from shopbell.domain.dossier import Dossier
from shopbell.domain.dossier_page import as_html, as_text
from shopbell.domain.frozen import to_json
from shopbell.domain.numbers import Number
from shopbell.errors import DiskTrouble
from shopbell.services.desk import Desk
from shopbell.services.private_file import refuse_taken, write_private
from shopbell.store import (
    claims,
    complaints,
    consents,
    contacts,
    decisions,
    links,
    proof,
    replies,
    typed_texts,
    wishes,
)

if TYPE_CHECKING:
    from sqlite_utils import Database


class Dossiers:
    """What one shop can prove about its texts to a person."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def gather(self, number: Number) -> Dossier:
        """Return everything on file about a number; a stranger's dossier is empty, not an error."""
        return await self._desk.store.read(self._gather, number, self._desk.clock.now())

    async def write(
        self, dossier: Dossier, folder: Path, *, replace: bool = False
    ) -> tuple[Path, ...]:
        """Write the dossier into `folder` as HTML and as text; returns both files.

        They are plain files outside the shop file, named after the number, mode 0600. The folder is
        made if it is not there.

        Raises:
            BadInput: a file of that name is there already.
            DiskTrouble: they could not be written.
        """
        return await asyncio.to_thread(
            self._write,
            {
                folder / f"{_stem('dossier', dossier)}.html": as_html(dossier).encode(),
                folder / f"{_stem('dossier', dossier)}.txt": as_text(dossier).encode(),
            },
            folder,
            replace=replace,
        )

    async def export(
        self, dossier: Dossier, folder: Path, *, replace: bool = False
    ) -> tuple[Path, ...]:
        """Write everything on file about a person, as a page to read and as JSON to pass on.

        Raises:
            BadInput: a file of that name is there already.
            DiskTrouble: they could not be written.
        """
        record = json.dumps(json.loads(to_json(dossier)), indent=2, ensure_ascii=True)
        return await asyncio.to_thread(
            self._write,
            {
                folder / f"{_stem('person', dossier)}.html": as_html(dossier).encode(),
                folder / f"{_stem('person', dossier)}.json": f"{record}\n".encode(),
            },
            folder,
            replace=replace,
        )

    def _write(
        self, pages: Mapping[Path, bytes], folder: Path, *, replace: bool
    ) -> tuple[Path, ...]:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except (OSError, ValueError) as error:
            raise DiskTrouble(
                f"The folder “{folder}” cannot be made.", "Choose another place and try again."
            ) from error
        for file in pages:
            refuse_taken(file, shop_file=self._desk.path, replace=replace)
        for file, page in pages.items():
            write_private(file, page, shop_file=self._desk.path, replace=replace)
        return tuple(pages)

    def _gather(self, db: Database, number: Number, now: datetime) -> Dossier:
        e164 = number.e164
        contact = contacts.by_number(db, e164)
        return Dossier(
            shop=self._desk.profile,
            number=number,
            contact=contact,
            suppression=consents.suppression_of(db, e164),
            entries=proof.entries(db, e164),
            texts=proof.stories(db, e164),
            decisions=decisions.latest_for(db, e164, proof.EVERYTHING)[::-1],
            replies=replies.find(db, e164, 0, proof.EVERYTHING)[0][::-1],
            chain=proof.chain_verdict(db),
            made_at=now,
            complaints=complaints.find(db, open_only=False, number=e164)[::-1],
            wishes=wishes.of_number(db, e164),
            claims=claims.of(db, e164),
            same_person=links.same_person(db, contact),
            household=links.household(db, contact),
            typed=typed_texts.to(db, e164),
        )


def _stem(what: str, dossier: Dossier) -> str:
    return f"{what}-{dossier.number.e164.removeprefix('+')}-{dossier.made_at:%Y%m%d}"
