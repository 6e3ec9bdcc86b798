"""Looks at a campaign while it is written: whom it is for, the first real text, its price.

Must not decide about everybody (that is the plan), and must not store or send.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from shopbell.domain.campaigns import Audience, CampaignDraft
from shopbell.domain.facts import TextDraft
from shopbell.domain.merge_fields import Field, Unprintable, filled_in, read_merge_text, values_for
from shopbell.domain.people import ContactRow
from shopbell.domain.whereabouts import whereabouts
from shopbell.errors import BadInput
from shopbell.services.desk import Desk
from shopbell.services.outbox import Checked, Outbox
from shopbell.services.people import People
from shopbell.services.planner import words_around

_MOST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLook:
    """What there is to see about an unfinished campaign."""

    chosen: int
    """How many people match; the plan says who of them may be texted."""
    first: ContactRow | None
    """The first of them by name: the text is shown as it would go to them."""
    checked: Checked | None
    """That text, judged; None without anybody or without words."""
    unprintable: str
    """What that person lacks, where a field has nothing to print; else empty."""
    zones: tuple[str, ...]
    """On whose clocks that person may be."""
    wants_codes: bool
    """Whether the words hold a coupon code."""


class CampaignDrafts:
    """Looks at drafts over one shop file."""

    def __init__(self, desk: Desk, people: People, outbox: Outbox) -> None:
        self._desk = desk
        self._people = people
        self._outbox = outbox

    async def count(self, audience: Audience) -> int:
        """Return how many people match."""
        page = await self._people.find(audience.words, count=1, filter=audience.filter)
        return page.total

    async def look(self, draft: CampaignDraft) -> DraftLook:
        """Return whom a draft is for and what the first of them would get.

        Raises:
            BadInput: a brace has no partner, or nobody knows a field; says where.
        """
        text = read_merge_text(draft.body)
        audience, now = draft.audience, self._desk.clock.now()
        page = await self._people.find(audience.words, count=1, filter=audience.filter)
        first = page.rows[0] if page.rows else None
        checked, unprintable = None, ""
        zones: tuple[str, ...] = ()
        if first is not None and draft.body.strip():
            values = values_for(first.name, self._desk.profile.name, "CODE1234")
            words, around = filled_in(text, values), words_around(draft.body)
            if isinstance(words, Unprintable):
                unprintable = words.why
            at = max(now, draft.not_before or now)
            checked = await self._outbox.check(
                TextDraft(
                    number=first.number,
                    body=around if isinstance(words, Unprintable) else words,
                    purpose=draft.purpose,
                    topic=draft.topic,
                    meant_for=at,
                    filled_from=around,
                ),
                at,
            )
            zones = whereabouts(checked.judged.facts, self._desk.rules).zones
        return DraftLook(
            chosen=page.total,
            first=first,
            checked=checked,
            unprintable=unprintable,
            zones=zones,
            wants_codes=Field.COUPON in text.fields,
        )


async def codes_in(typed: str) -> tuple[str, ...]:
    """Return the lines of a file of coupon codes, whose path may begin with "~".

    Raises:
        BadInput: it cannot be read, is no plain text, or is far too large.
    """
    return await asyncio.to_thread(_lines, typed)


def _lines(typed: str) -> tuple[str, ...]:
    path = Path(typed)
    try:
        path = path.expanduser()
        # A pipe or a device could make everybody wait for ever.
        if not path.is_file():
            raise BadInput(f"There is no file “{path}”.", "Check the name.", code="no_file")
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except RuntimeError:  # nobody's home is known
        raise BadInput(f"There is no “{path}”.", "Write the whole path.", code="no_file") from None
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise BadInput(
            f"“{path}” cannot be read: {why}.", "Check its permissions.", code="bad_file"
        ) from None
    except (UnicodeDecodeError, ValueError):
        raise BadInput(
            f"“{path}” is not plain text.", "Save it as text in UTF-8.", code="bad_file"
        ) from None
    if len(raw) > _MOST_BYTES:
        raise BadInput(f"“{path}” is too large.", "Check the name.", code="bad_file")
    return tuple(text.splitlines())
