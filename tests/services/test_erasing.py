"""Forgetting a person: not a byte stays, the ledger holds, and they are never texted again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crowds import campaign
from shopbell.domain.complaints import ComplaintDraft, ComplaintKind
from shopbell.domain.consent import ERASED, How, Purpose
from shopbell.domain.decision import Code
from shopbell.domain.ids import E164
from shopbell.domain.people import ContactDraft
from shopbell.domain.replies import InboundText
from shopbell.domain.wishes import Channel
from shopbell.errors import BadInput
from shopbell.store import erasure
from shopbell.store.header import read_salt
from shopbell.store.pages import PAGE_BYTES, PageKey
from shops import ANA, BO, PASSPHRASE, Counter, open_counter

if TYPE_CHECKING:
    from sqlite_utils import Database

GOES = E164("+12125550142")
ALSO = E164("+12125550143")
NAME = "Marguerite Quillfeather"
CANARIES = (
    b"Marguerite",
    b"Quillfeather",
    b"2125550142",
    b"2125550143",
    b"hydrangeas",
    b"quill@example.com",
)
OFFERS = ("offers",)


async def lived_in(counter: Counter, folder: Path) -> None:
    """Give the person something in every corner of the file."""
    shop = counter.shop
    await counter.add()
    await counter.agree(ANA)
    file = folder / "till.csv"
    file.write_text(
        "Name,Phone,Email,Note,SMS marketing\n"
        f"{NAME},(212) 555-0142,quill@example.com,hydrangeas only,yes\n"
        f"{NAME},555-0142,,,\n"
        "Nobody,555-0105,,,\n",
        encoding="utf-8",
    )
    await shop.imports.run(file)
    await shop.people.edit(GOES, tags=("hydrangeas",))
    await shop.people.add(ContactDraft(number=ALSO, name=NAME, note="the other phone"))
    await shop.linking.merge(GOES, ALSO)
    await shop.linking.live_together([GOES, ANA])
    await shop.wishes.record(GOES, channel=Channel.TEXT, language="es")
    await counter.agree(GOES, Purpose.MARKETING, OFFERS, promised_n=4, promised_days=30)
    await counter.agree(GOES, witness="Mo", wording=f"Text {NAME} when it is ready.")
    await shop.welcomes.send(GOES)
    await counter.submit(f"hello {NAME}, your hydrangeas are ready.", GOES)
    await counter.deliver()
    made = await campaign(counter, "{first_name}, wreaths are in!")
    await shop.plans.plan(made.id)
    counter.hears("my hydrangeas are wilted", GOES, "in-1")
    counter.hears("stop, says Marguerite", ALSO, "in-2")
    await shop.delivery.sync()
    await shop.complaints.open(
        ComplaintDraft(
            number=GOES,
            kind=ComplaintKind.TEXTS,
            words="Quillfeather wants no texts",
            how=How.PHONE,
            at=counter.clock.now(),
        )
    )


def whole_file(db: Database) -> bytes:
    """Return every value of every table, those of the search index too."""
    found: list[bytes] = []
    for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        for row in db.execute(f'SELECT * FROM "{table}"'):
            found.append(table.encode())
            found += [one if isinstance(one, bytes) else str(one).encode() for one in row]
    return b"\n".join(found)


def plain_pages(path: Path, key: PageKey) -> bytes:
    data = path.read_bytes()
    return b"".join(
        key.decrypt(at // PAGE_BYTES + 1, data[at : at + PAGE_BYTES])
        for at in range(0, len(data), PAGE_BYTES)
    )


async def test_not_a_byte_of_a_forgotten_person_stays_in_the_file(tmp_path: Path) -> None:
    counter = await open_counter(tmp_path / "shop.db", PASSPHRASE)
    await lived_in(counter, tmp_path)
    store = counter.shop._desk.store
    before = await store.read(whole_file)
    for canary in CANARIES:
        assert canary in before, canary
    done = await counter.shop.erasing.erase(GOES, "0142")
    assert (done.numbers, done.contacts) == (2, 2)
    assert done.texts >= 2
    assert done.replies == 2
    assert done.kept_entries >= 3
    after = await store.read(whole_file)
    for canary in CANARIES:
        at = after.find(canary)
        assert at < 0, after[max(0, at - 300) : at + 50]
    assert (await counter.shop.checking.whole()).ok
    key = PageKey(store.key, read_salt(tmp_path / "shop.db"))
    await counter.shop.close()
    pages = plain_pages(tmp_path / "shop.db", key)
    assert b"Fern & Finch" in pages
    for canary in CANARIES:
        assert canary not in pages, canary


async def test_other_people_keep_all_that_is_theirs(tmp_path: Path) -> None:
    counter = await open_counter(tmp_path / "shop.db", PASSPHRASE)
    await lived_in(counter, tmp_path)
    await counter.submit(number=ANA)
    before = await counter.shop.dossiers.gather(counter.shop.people.read_number(ANA))
    await counter.shop.erasing.erase(GOES, "0142")
    after = await counter.shop.dossiers.gather(counter.shop.people.read_number(ANA))
    assert (after.contact, after.entries, after.texts) == (
        before.contact,
        before.entries,
        before.texts,
    )
    assert after.household == ()
    assert (await counter.shop.people.find()).total == 1
    assert (await counter.shop.people.find("peonies")).total == 0
    await counter.shop.close()


async def test_whoever_was_forgotten_is_never_texted_again_whatever_is_imported(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.shop.people.add(ContactDraft(number=GOES, name=NAME))
    await counter.agree(GOES)
    await counter.shop.erasing.erase(GOES, "0142")
    assert await counter.shop.people.by_number(GOES) is None
    refused = await counter.submit(number=GOES)
    codes = {reason.code for reason in refused.judged.decision.reasons}
    assert codes == {Code.OPTED_OUT, Code.NO_CONSENT}
    assert "was erased on" in refused.judged.decision.reasons[0].sentence
    file = tmp_path / "again.csv"
    file.write_text(f"Name,Phone\n{NAME},(212) 555-0142\n", encoding="utf-8")
    report = await counter.shop.imports.run(file)
    assert report.counts.suppressed == 1
    again = await counter.submit(number=GOES)
    assert Code.OPTED_OUT in {reason.code for reason in again.judged.decision.reasons}


async def test_only_their_own_new_sign_up_ends_it(counter: Counter) -> None:
    await counter.agree(GOES)
    await counter.shop.erasing.erase(GOES, "0142")
    counter.clock.advance(days=1)
    await counter.agree(GOES)
    assert (await counter.submit(number=GOES)).text is not None


async def test_a_stop_from_before_keeps_its_day_and_way_but_not_its_words(
    counter: Counter,
) -> None:
    counter.hears("leave me alone, says Marguerite", GOES)
    await counter.shop.delivery.sync()
    said = counter.clock.now()
    counter.clock.advance(days=3)
    await counter.shop.erasing.erase(GOES, "0142")
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(GOES))
    assert sheet.suppression is not None
    assert (sheet.suppression.at, sheet.suppression.how) == (said, How.TEXT)
    assert sheet.suppression.note == ERASED


async def test_the_ledger_still_verifies_and_its_entries_belong_to_nobody(
    counter: Counter,
) -> None:
    await counter.agree(GOES)
    await counter.shop.consents.opt_out(GOES, How.SPOKEN, "Marguerite at the till")
    await counter.agree(BO)
    _, head = await counter.shop.consents.check_ledger()
    await counter.shop.erasing.erase(GOES, "0142")
    assert await counter.shop.consents.check_ledger() == (None, head)
    dossier = await counter.shop.dossiers.gather(counter.shop.people.read_number(GOES))
    assert dossier.entries == ()
    assert dossier.chain.entries == 3


async def test_words_that_others_said_too_stay(counter: Counter) -> None:
    for number in (GOES, BO):
        await counter.agree(number)
        await counter.shop.consents.opt_out(number, How.SPOKEN, "no more texts")
    await counter.shop.erasing.erase(GOES, "0142")
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(BO))
    assert sheet.ledger[-1].wording == "no more texts"


async def test_a_text_that_waits_does_not_leave_any_more(counter: Counter) -> None:
    await counter.agree(GOES)
    await counter.submit(number=GOES)
    await counter.shop.erasing.erase(GOES, "0142")
    assert await counter.deliver() == ()
    assert counter.gateway.taken == []


async def test_the_preview_changes_nothing_and_says_what_erasing_does(counter: Counter) -> None:
    await counter.shop.people.add(ContactDraft(number=GOES, name=NAME))
    await counter.agree(GOES)
    await counter.submit(number=GOES)
    shown = await counter.shop.erasing.preview(GOES)
    assert (shown.contacts, shown.texts, shown.decisions, shown.kept_entries) == (1, 1, 1, 1)
    assert await counter.shop.erasing.erase(GOES, " 0142 ") == shown


async def test_what_a_forgotten_person_wrote_before_does_not_come_back_from_the_gateway(
    counter: Counter,
) -> None:
    """A gateway that is asked again tells the last minutes anew: promise 13."""
    counter.hears("my hydrangeas are wilted", GOES, "in-1")
    await counter.shop.delivery.sync()
    counter.hears("and the roses", GOES, "in-2")
    counter.clock.advance(minutes=1)
    await counter.shop.erasing.erase(GOES, "0142")
    # The second one was under way; the first one is told again under another name.
    counter.gateway.replies.append(
        InboundText(
            sender=GOES,
            text="my hydrangeas are wilted",
            gateway_id="in-3",
            at=counter.clock.now() - timedelta(minutes=1),
        )
    )
    await counter.shop.delivery.sync()
    assert (await counter.shop.inbox.find()).total == 0


async def test_a_forgotten_person_who_writes_anew_is_read(counter: Counter) -> None:
    await counter.shop.erasing.erase(GOES, "0142")
    counter.clock.advance(minutes=1)
    counter.hears("do you deliver?", GOES, "in-1")
    counter.hears("hello", BO, "in-2")
    await counter.shop.delivery.sync()
    assert (await counter.shop.inbox.find()).total == 2


@pytest.mark.parametrize("typed", ["", "0143", "yes", "42", "+12125550142"])
async def test_nobody_is_forgotten_without_the_end_of_their_number(
    counter: Counter, typed: str
) -> None:
    await counter.shop.people.add(ContactDraft(number=GOES, name=NAME))
    with pytest.raises(BadInput, match="not the end of this number"):
        await counter.shop.erasing.erase(GOES, typed)
    assert await counter.shop.people.by_number(GOES) is not None


async def test_nobody_is_forgotten_while_a_text_to_them_is_on_its_way(counter: Counter) -> None:
    await counter.agree(GOES)
    await counter.submit(number=GOES)

    def on_its_way(db: Database) -> None:
        db.execute("UPDATE text SET state = 'sending'")

    await counter.shop._desk.store.write(on_its_way)
    with pytest.raises(BadInput, match="on its way"):
        await counter.shop.erasing.erase(GOES, "0142")


async def test_a_stranger_can_be_forgotten_too(counter: Counter) -> None:
    """They asked never to be texted: the note is kept, though nothing else was on file."""
    done = await counter.shop.erasing.erase(GOES, "0142")
    assert (done.numbers, done.contacts, done.texts) == (1, 0, 0)
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(GOES))
    assert sheet.suppression is not None


async def test_every_table_with_a_number_is_known_to_erasing(counter: Counter) -> None:
    """Whoever adds a table that holds a number adds it to the erasure, or says here why not."""

    def holders(db: Database) -> dict[str, tuple[str, ...]]:
        found = {}
        tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        for (table,) in tables:
            columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
            named = tuple(one for one in columns if one in {"number", "sender", "phone"})
            if named and table != "shop":
                found[table] = named
        return found

    known = {**erasure.OF_A_NUMBER, **erasure.IN_OTHER_WAYS}
    assert await counter.shop._desk.store.read(holders) == known
