"""Judging everybody for a campaign, with all their past texts, and one by one for comparison."""

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
from shopbell.domain.consent import Act, ConsentDraft, How, Purpose
from shopbell.domain.decision import Verdict
from shopbell.domain.facts import TextDraft
from shopbell.domain.ids import E164
from shopbell.domain.judge import judge
from shopbell.domain.judging_many import Judging
from shopbell.services.rules import packaged_rules
from shopbell.store import consents
from shopbell.store.gathering import gather, gather_many
from shopbell.store.shop_row import load_facts
from shopbell.store.times import to_text

if TYPE_CHECKING:
    from sqlite_utils import Database

NOW = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
TEXTS_EACH = 10
AT_ONCE = 500
ALONE = 300
"""How many people are judged one by one; the ratio is per person."""


async def measure(folder: Path, count: int) -> list[Row]:
    """Judge `count` people who had ten texts each."""
    shop = await open_new(folder)
    await shop.imports.run(write_people(folder / f"judged-{count}.csv", count))
    store = shop._desk.store  # noqa: SLF001 - the parts are measured, not the service
    await store.write(_live)
    before = _peak_mb()
    begin = time.perf_counter()
    allowed = await store.read(_together)
    together = time.perf_counter() - begin
    grown = _peak_mb() - before
    begin = time.perf_counter()
    await store.read(_one_by_one)
    each = (time.perf_counter() - begin) / ALONE
    await shop.close()
    ratio = each * count / together
    what = f"judge {count:,} people, {count * TEXTS_EACH:,} texts"
    return [
        Row(what, f"{together:.1f} s", f"{ratio:.0f} x one by one", "10 s, 20 x"),
        Row("  of them may go now", f"{allowed:,}", "", ""),
        Row("  memory it took beyond that", f"{grown:.0f} MB", "", "300 MB"),
    ]


def _live(db: Database) -> None:
    """Have everybody say yes and get texts over the year."""
    numbers = [E164(row[0]) for row in db.execute("SELECT number FROM contact")]
    consents.append_many(db, map(_yes, numbers), NOW - timedelta(days=200))
    db.execute(
        "INSERT INTO decision (id, at, number, verdict, reasons, facts, rules_version)"
        " VALUES (1, ?, '', 'allow', '[]', '{}', '')",
        (to_text(NOW),),
    )
    db.conn.executemany(
        "INSERT INTO text (ref, number, purpose, topic, body, final_text, encoding, units,"
        " segments, name_added, footer, state, decision_id, gateway, attempts, started_at, detail,"
        " created_at, updated_at) VALUES (?, ?, 'marketing', 'offers', 'x', 'x', 'gsm7', 1, 1, 1,"
        " ' STOP to end', 'delivered', 1, 'practice', 1, ?, '', ?, ?)",
        _texts(numbers),
    )


def _texts(numbers: list[E164]) -> Iterator[tuple[str, str, str | None, str | None, str | None]]:
    for index, number in enumerate(numbers):
        for nth in range(TEXTS_EACH):
            at = to_text(NOW - timedelta(days=9 + 31 * nth, minutes=index % 500))
            yield f"b{index}-{nth}", number, at, at, at


def _yes(number: E164) -> ConsentDraft:
    return ConsentDraft(
        number=number,
        act=Act.GRANTED,
        purpose=Purpose.MARKETING,
        topics=("offers",),
        wording="Text me about offers. Up to 4 a month. Reply STOP to end.",
        how=How.PAPER,
        at=NOW - timedelta(days=200),
        promised_n=4,
        promised_days=30,
    )


def _draft(number: E164) -> TextDraft:
    return TextDraft(
        number=number, body="winter wreaths are in!", purpose=Purpose.MARKETING, topic="offers"
    )


def _together(db: Database) -> int:
    here = load_facts(db)
    judging = Judging(here.profile, packaged_rules(), NOW, here.rules)
    numbers = [E164(row[0]) for row in db.execute("SELECT number FROM contact ORDER BY id")]
    allowed = 0
    for first in range(0, len(numbers), AT_ONCE):
        some = numbers[first : first + AT_ONCE]
        for number, person in zip(some, gather_many(db, some, NOW), strict=True):
            decision = judging.judge(_draft(number), person).decision
            allowed += decision.verdict is Verdict.ALLOW
    return allowed


def _one_by_one(db: Database) -> None:
    numbers = [E164(row[0]) for row in db.execute("SELECT number FROM contact ORDER BY random()")]
    for number in numbers[:ALONE]:
        here = load_facts(db)
        judge(
            _draft(number), gather(db, number, NOW), here.profile, packaged_rules(), NOW, here.rules
        )


def _peak_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
