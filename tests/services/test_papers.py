"""Papers of one shop: the file, the wording that is kept, and what is refused."""

from __future__ import annotations

import asyncio
import hashlib
import stat
from pathlib import Path

import pytest

from shopbell.domain.consent import ConsentEvent, How, Purpose
from shopbell.domain.ids import E164
from shopbell.domain.paper import PaperSize
from shopbell.domain.paper_words import Language
from shopbell.domain.printed_numbers import sms_link
from shopbell.domain.promises import Frequency
from shopbell.errors import BadInput, DiskTrouble
from shopbell.services.consent_steps import Recorded
from shopbell.services.private_file import write_private
from shops import ANA, Counter, a_yes


async def test_a_sheet_is_a_file_only_its_owner_can_read(counter: Counter, tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    printed = await counter.shop.papers.sheet(out)
    assert printed.paper.size is PaperSize.LETTER, "the shop is in the US"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "Fern &amp; Finch" in out.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


async def test_the_wording_is_kept_once_and_a_yes_can_refer_to_it(
    counter: Counter, tmp_path: Path
) -> None:
    first = await counter.shop.papers.sheet(tmp_path / "a.html", topics=("offers",))
    again = await counter.shop.papers.sheet(tmp_path / "b.html", topics=("offers",))
    other = await counter.shop.papers.sheet(tmp_path / "c.html", topics=("events",))
    assert first.paper.wording_id == again.paper.wording_id != other.paper.wording_id
    kept = await counter.shop.consents.wording(first.paper.wording_id)
    assert kept == first.paper.wording
    recorded = await counter.shop.consents.grant(
        a_yes(ANA, Purpose.MARKETING, ("offers",), wording=kept, how=How.PAPER)
    )
    assert isinstance(recorded, Recorded)
    assert isinstance(recorded.event, ConsentEvent)
    digest = hashlib.sha256(recorded.event.wording.encode()).hexdigest()
    assert digest == first.paper.wording_sha256
    assert (await counter.shop.consents.check_ledger())[0] is None


@pytest.mark.parametrize(
    "typed", ["{}", "Wording {}", " wording {} · {:.8}"], ids=["number", "words", "whole foot"]
)
async def test_the_foot_of_a_sheet_brings_its_words_back(
    counter: Counter, tmp_path: Path, typed: str
) -> None:
    paper = (await counter.shop.papers.sheet(tmp_path / "a.html")).paper
    foot = typed.format(paper.wording_id, paper.wording_sha256)
    assert await counter.shop.consents.words_of_sheet(foot) == paper.wording


@pytest.mark.parametrize("typed", ["99", "twelve", "-1", "0"])
async def test_a_foot_that_no_sheet_has_is_refused(counter: Counter, typed: str) -> None:
    assert await counter.shop.consents.words_of_sheet(" ") == ""
    with pytest.raises(BadInput) as refused:
        await counter.shop.consents.words_of_sheet(typed)
    assert refused.value.code == "no_wording"
    assert f"There is no wording “{typed}”." in refused.value.message


async def test_printing_makes_no_contact_and_no_yes(counter: Counter, tmp_path: Path) -> None:
    await counter.shop.papers.sheet(tmp_path / "a.html")
    await counter.shop.papers.poster(tmp_path / "b.html")
    assert (await counter.shop.people.find()).total == 0
    sheet = await counter.shop.people.sheet(counter.shop.people.read_number(ANA))
    assert sheet.ledger == ()


async def test_topics_keep_their_order_whatever_order_was_asked(
    counter: Counter, tmp_path: Path
) -> None:
    printed = await counter.shop.papers.sheet(tmp_path / "a.html", topics=("events", "orders"))
    assert [topic.id for topic in printed.paper.topics] == ["orders", "events"]


async def test_a_poster_is_for_marketing_and_for_the_shops_number_unless_told(
    counter: Counter, tmp_path: Path
) -> None:
    poster = await counter.shop.papers.poster(tmp_path / "a.html")
    assert [topic.id for topic in poster.paper.topics] == ["offers", "events"]
    assert poster.paper.to is not None
    assert sms_link(poster.paper.to, "JOIN") == "sms:+12125550100?body=JOIN"
    told = await counter.shop.papers.poster(
        tmp_path / "b.html",
        topics=("orders",),
        number="55501",
        often=Frequency(n=2, days=7),
        language=Language.SPANISH,
        size=PaperSize.A4,
    )
    assert told.paper.to is not None
    assert told.paper.to.dial == "55501"
    assert "Solo cuando haya novedades" in told.paper.wording


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"topics": ("offers", "orders")}, "mixed_topics"),
        ({"topics": ("gossip",)}, "no_topic"),
        ({"number": "call us"}, "not-a-number"),
        ({"number": "555-0100"}, "short"),
    ],
)
async def test_a_poster_that_cannot_be_is_refused_and_nothing_is_written(
    counter: Counter, tmp_path: Path, asked: dict[str, object], code: str
) -> None:
    with pytest.raises(BadInput) as caught:
        await counter.shop.papers.poster(tmp_path / "a.html", **asked)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert not (tmp_path / "a.html").exists()
    assert await counter.shop.consents.wording(1) is None


async def test_without_a_number_there_is_a_sheet_but_no_poster(
    counter: Counter, tmp_path: Path
) -> None:
    await counter.shop.change_profile(phone="ask for Ana, ext 4")
    sheet = await counter.shop.papers.sheet(tmp_path / "a.html")
    assert sheet.paper.to is None
    with pytest.raises(BadInput, match="no number"):
        await counter.shop.papers.poster(tmp_path / "b.html")


async def test_a_name_too_long_to_print_is_refused(counter: Counter, tmp_path: Path) -> None:
    await counter.shop.change_profile(name="W" * 61)
    with pytest.raises(BadInput, match="too long"):
        await counter.shop.papers.sheet(tmp_path / "a.html")


async def test_a_file_that_is_there_is_replaced_only_when_asked(
    counter: Counter, tmp_path: Path
) -> None:
    out = tmp_path / "sheet.html"
    out.write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match="already"):
        await counter.shop.papers.sheet(out)
    assert out.read_text(encoding="utf-8") == "mine"
    assert await counter.shop.consents.wording(1) is None, "refused before anything was kept"
    await counter.shop.papers.sheet(out, replace=True)
    assert "Fern" in out.read_text(encoding="utf-8")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
async def test_the_shop_file_is_never_replaced(counter: Counter, tmp_path: Path, end: str) -> None:
    with pytest.raises(BadInput, match="shop file"):
        await counter.shop.papers.sheet(tmp_path / f"shop.db{end}", replace=True)
    link = tmp_path / "innocent.html"
    link.symlink_to(counter.path)
    with pytest.raises(BadInput, match="shop file"):
        await counter.shop.papers.sheet(link, replace=True)
    assert (await counter.shop.people.find()).total == 0


def test_only_ordinary_files_are_replaced_and_folders_must_exist(tmp_path: Path) -> None:
    shop = tmp_path / "shop.db"
    with pytest.raises(BadInput, match="no ordinary file"):
        write_private(tmp_path, b"x", shop_file=shop, replace=True)
    with pytest.raises(BadInput, match="no folder"):
        write_private(tmp_path / "no" / "x", b"x", shop_file=shop)
    with pytest.raises((BadInput, DiskTrouble)):
        write_private(tmp_path / ("x" * 300), b"x", shop_file=shop)
    assert list(tmp_path.iterdir()) == []


async def test_two_at_once_leave_one_whole_file(counter: Counter, tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    ended = await asyncio.gather(
        *(counter.shop.papers.sheet(out, topics=(t,)) for t in ("offers", "events")),
        return_exceptions=True,
    )
    assert sum(isinstance(end, BadInput) for end in ended) <= 1
    assert out.read_text(encoding="utf-8").endswith("</html>\n")
    assert await counter.shop.people.by_number(E164("+12125550100")) is None
