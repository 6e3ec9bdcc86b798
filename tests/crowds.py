"""Many customers at once for tests of campaigns: written in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from shopbell.domain.campaigns import Audience, Campaign, CampaignDraft
from shopbell.domain.consent import Purpose
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.store import consents, contacts
from shops import Counter, a_yes

if TYPE_CHECKING:
    from sqlite_utils import Database

AREAS = ("212", "646", "718", "917", "347", "929", "516", "914", "315", "585")
"""All in New York, so that one clock counts for everybody."""

EVERYBODY = Audience()

FIRST = ("Ana", "Bo", "Cy", "Dana", "Eli", "Faye", "Gus", "Hana", "Ivo", "June")


def number(index: int) -> E164:
    """Return the number of the person with this index, up to 999."""
    return E164(f"+1{AREAS[index // 100]}55501{index % 100:02d}")


def name(index: int) -> str:
    """Return the name of the person with this index."""
    return f"{FIRST[index % 10]} No{'abcdefghij'[index // 100]}{'abcdefghij'[index // 10 % 10]}"


async def crowd(
    counter: Counter,
    count: int,
    *,
    names: Sequence[str] = (),
    topics: tuple[str, ...] = ("offers",),
    promised: tuple[int, int] | None = (4, 30),
) -> tuple[E164, ...]:
    """Add `count` people who agreed to offers; `names` are those of the first."""
    now = counter.clock.now()
    numbers = tuple(number(index) for index in range(count))

    def step(db: Database) -> None:
        for index, one in enumerate(numbers):
            called = names[index] if index < len(names) else name(index)
            contacts.add(db, ContactDraft(number=one, name=called), now)
        consents.append_many(
            db,
            [
                a_yes(
                    one,
                    Purpose.MARKETING,
                    topics,
                    at=now - timedelta(hours=1),
                    promised_n=promised and promised[0],
                    promised_days=promised and promised[1],
                )
                for one in numbers
            ],
            now,
        )

    await counter.shop._desk.store.write(step)
    return numbers


def a_campaign(
    body: str = "{first_name|there}, wreaths are in!",
    *,
    name: str = "Winter wreaths",
    audience: Audience = EVERYBODY,
    **more: object,
) -> CampaignDraft:
    """Return a campaign about offers to everybody."""
    return CampaignDraft(
        name=name,
        body=body,
        purpose=Purpose.MARKETING,
        topic="offers",
        audience=audience,
        **more,  # type: ignore[arg-type]
    )


async def campaign(
    counter: Counter, body: str = "{first_name|there}, wreaths are in!", **more: object
) -> Campaign:
    """Write a campaign."""
    return await counter.shop.campaigns.create(a_campaign(body, **more))  # type: ignore[arg-type]
