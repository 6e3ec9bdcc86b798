"""A campaign for everybody, with all their past texts: decided together, and one by one."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.importing import open_new
from benchmarks.people_files import write_people
from benchmarks.report import Row
from shopbell.domain.campaigns import Audience, Bucket, CampaignDraft
from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164
from shopbell.domain.judge import judge
from shopbell.services.rules import packaged_rules
from shopbell.store import consents
from shopbell.store.gathering import gather
from shopbell.store.shop_row import load_facts
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

    from shopbell.services.shop import Shop
    from shopbell.store.store import Store

NOW = datetime(2026, 11, 24, 15, 42, tzinfo=UTC)
TEXTS_EACH = 10
ONE_IN_STOPPED = 50
ONE_IN_TEXTED_LATELY = 20
ALONE = 300
"""How many people are judged one by one; the ratio is per person."""


async def measure(folder: Path, count: int) -> list[Row]:
    """Plan a campaign for `count` people who had ten texts each."""
    shop = await open_new(folder)
    await shop.imports.run(write_people(folder / f"judged-{count}.csv", count))
    await store_of(shop).write(live)
    rows = await measure_shop(shop, count)
    await shop.close()
    return rows


async def measure_shop(shop: Shop, count: int) -> list[Row]:
    """Plan a campaign in a shop that has lived a year."""
    made = await shop.campaigns.create(
        CampaignDraft(
            name="Winter wreaths",
            body="{first_name|there}, winter wreaths are in!",
            purpose=Purpose.MARKETING,
            topic="offers",
            audience=Audience(),
        )
    )
    before, begin = _peak_mb(), time.perf_counter()
    plan = await shop.plans.plan(made.id)
    together = time.perf_counter() - begin
    grown = _peak_mb() - before
    begin = time.perf_counter()
    await store_of(shop).read(_one_by_one)
    each = (time.perf_counter() - begin) / ALONE
    if plan.tally.chosen != count or not plan.tally.balances:
        raise SystemExit(f"{plan.tally.chosen} of {count} people stand in the plan")
    what = f"plan {count:,} people, {count * TEXTS_EACH:,} texts"
    return [
        Row(what, f"{together:.1f} s", f"{each * count / together:.0f} x one by one", "10 s, 20 x"),
        Row("  of them may go now", f"{plan.tally.of(Bucket.WAITING):,}", "", ""),
        Row("  one person alone", f"{each * 1000:.2f} ms", "", ""),
        Row("  memory it took beyond that", f"{grown:.0f} MB", "", "300 MB"),
    ]


def store_of(shop: Shop) -> Store:
    """Return the store: what is measured needs a past that no service would write."""
    return shop._desk.store  # noqa: SLF001


def live(db: Database) -> None:
    """Have everybody say yes and get texts over the year, in the order they would come."""
    numbers = [E164(row[0]) for row in db.execute("SELECT number FROM contact ORDER BY id")]
    consents.append_many(db, map(_yes, numbers, range(len(numbers))), NOW)
    for number in numbers[::ONE_IN_STOPPED]:
        consents.suppress(db, number, How.TEXT, "STOP", NOW, NOW)
    db.execute(
        "INSERT INTO decision (id, at, number, verdict, reasons, facts, rules_version)"
        " VALUES (1, ?, '', 'allow', '[]', '{}', '')",
        (to_text(NOW),),
    )
    db.conn.executemany(
        "INSERT INTO text (ref, number, purpose, topic, body, final_text, encoding, units,"
        " segments, name_added, footer, state, decision_id, gateway, attempts, started_at, detail,"
        " created_at, updated_at) VALUES (?, ?, 'marketing', 'offers', ?4, ?4, 'gsm7', 1, 1, 1,"
        " ' STOP to end', 'delivered', 1, 'practice', 1, ?3, '', ?3, ?3)",
        _texts(numbers),
    )


_WORDS = "Fern & Finch: tulips are in, and the first hyacinths too. Come by! STOP to end"


def _texts(numbers: list[E164]) -> Iterator[tuple[str, str, str | None, str]]:
    for nth in reversed(range(TEXTS_EACH)):
        for index, number in enumerate(numbers):
            days = 9 + 31 * nth
            if nth == 0 and index % ONE_IN_TEXTED_LATELY == 0:
                days = 3
            at = to_text(NOW - timedelta(days=days, seconds=index % 7200))
            yield f"b{index}-{nth}", number, at, _WORDS


def _yes(number: E164, index: int) -> ConsentDraft:
    return ConsentDraft(
        number=number,
        act=Act.GRANTED,
        purpose=Purpose.MARKETING,
        topics=("offers",),
        wording="Text me about offers. Up to 4 a month. Reply STOP to end.",
        how=How.PAPER,
        at=NOW - timedelta(days=320, minutes=index % 60_000),
        promised_n=4,
        promised_days=30,
    )


def _one_by_one(db: Database) -> None:
    numbers = [E164(row[0]) for row in db.execute("SELECT number FROM contact ORDER BY random()")]
    for number in numbers[:ALONE]:
        here = load_facts(db)
        draft = TextDraft(
            number=number, body="winter wreaths are in!", purpose=Purpose.MARKETING, topic="offers"
        )
        judge(draft, gather(db, number, NOW), here.profile, packaged_rules(), NOW, here.rules)


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
