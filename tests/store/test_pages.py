"""The page checker: it names the exact page, and never reads a connected file."""

from __future__ import annotations

import os

import pytest

from shopbell.store import connected, connection
from shopbell.store.keys import Key
from shopbell.store.pages import PAGE_BYTES, PageKey, check_pages
from store.small import SmallFile, small_file

REGIONS = {"iv": 4096 - 80 + 3, "mac": 4096 - 64 + 3, "early": 20, "middle": 2000}


def bad_pages(shop: SmallFile) -> tuple[int, ...]:
    return check_pages(shop.path, shop.key, shop.salt).bad


def test_every_page_of_an_untouched_file_verifies(shop: SmallFile) -> None:
    report = check_pages(shop.path, shop.key, shop.salt)
    assert report.bad == ()
    assert report.any_good
    assert report.total == shop.pages
    assert shop.pages > 25


@pytest.mark.parametrize("region", REGIONS)
def test_one_flipped_bit_in_any_page_is_found_in_exactly_that_page(
    shop: SmallFile, region: str
) -> None:
    for page in range(1, shop.pages + 1):
        shop.flip(page, REGIONS[region], bit=page % 8)
        assert bad_pages(shop) == (page,)
        shop.flip(page, REGIONS[region], bit=page % 8)
    assert bad_pages(shop) == ()


def test_a_flipped_bit_in_the_salt_makes_every_page_strange(shop: SmallFile) -> None:
    shop.flip(1, offset=5)
    damaged_salt = shop.path.read_bytes()[:16]
    assert not check_pages(shop.path, shop.key, damaged_salt).any_good
    # With the file number from the recovery sheet the pages verify again.
    assert check_pages(shop.path, shop.key, shop.salt).bad == ()


def test_under_another_key_no_page_verifies(shop: SmallFile) -> None:
    report = check_pages(shop.path, Key(os.urandom(32)), shop.salt)
    assert not report.any_good
    assert len(report.bad) == shop.pages


def test_a_file_cut_at_any_page_is_known_to_miss_the_rest(shop: SmallFile) -> None:
    data, total = shop.path.read_bytes(), shop.pages
    for kept in range(1, total):
        shop.path.write_bytes(data[: kept * PAGE_BYTES])
        report = check_pages(shop.path, shop.key, shop.salt)
        assert report.bad == tuple(range(kept + 1, total + 1))
        assert report.total == total


@pytest.mark.parametrize("missing", [1, 80, 4095])
def test_a_file_cut_by_less_than_a_page_has_a_bad_last_page(shop: SmallFile, missing: int) -> None:
    shop.path.write_bytes(shop.path.read_bytes()[:-missing])
    assert bad_pages(shop) == (check_pages(shop.path, shop.key, shop.salt).total,)


def test_a_page_of_zeros_is_bad(shop: SmallFile) -> None:
    data = bytearray(shop.path.read_bytes())
    data[6 * PAGE_BYTES : 7 * PAGE_BYTES] = bytes(PAGE_BYTES)
    shop.path.write_bytes(data)
    assert bad_pages(shop) == (7,)


def test_two_swapped_pages_are_both_bad(shop: SmallFile) -> None:
    data = shop.path.read_bytes()
    pages = [data[at : at + PAGE_BYTES] for at in range(0, len(data), PAGE_BYTES)]
    pages[4], pages[9] = pages[9], pages[4]
    shop.path.write_bytes(b"".join(pages))
    assert bad_pages(shop) == (5, 10)


def test_a_page_from_another_file_is_bad(shop: SmallFile) -> None:
    other_salt = bytes(16)
    other = shop.path.with_name("other.db")
    other.touch(0o600)
    with connection.briefly(other, shop.key, other_salt) as made:
        made.execute("CREATE TABLE t (a)")
    data = bytearray(shop.path.read_bytes())
    data[PAGE_BYTES : 2 * PAGE_BYTES] = other.read_bytes()[PAGE_BYTES : 2 * PAGE_BYTES]
    shop.path.write_bytes(data)
    assert bad_pages(shop) == (2,)


def test_what_was_appended_after_the_last_page_is_not_taken_for_damage(shop: SmallFile) -> None:
    # A copy over a slow line may be padded; SQLite does not look there either.
    with shop.path.open("ab") as file:
        file.write(bytes(PAGE_BYTES))
    assert bad_pages(shop) == ()


def test_the_first_page_decrypts_to_a_database_header(shop: SmallFile) -> None:
    page = shop.path.read_bytes()[:PAGE_BYTES]
    head = PageKey(shop.key, shop.salt).decrypt(1, page)
    assert int.from_bytes(head[16:18], "big") == PAGE_BYTES
    assert int.from_bytes(head[28:32], "big") == shop.pages
    assert head[68:72] == b"Shpb"


def test_a_connected_file_is_not_read_under_any_of_its_names(shop: SmallFile) -> None:
    alias = shop.path.with_name("alias.db")
    alias.symlink_to(shop.path)
    with connection.briefly(shop.path, shop.key, shop.salt):
        for path in (shop.path, alias, shop.path.parent / ".." / "shop" / "shop.db"):
            assert connected.key_in_use(path) == shop.key
            assert connected.first_bytes(path, 16) == shop.salt
            with pytest.raises(connected.InUseError, match="must not be read"):
                check_pages(path, shop.key, shop.salt)
            with pytest.raises(connected.InUseError, match="must not be opened"):
                connected.fsync(path)
    assert connected.key_in_use(shop.path) is None
    assert bad_pages(shop) == ()


def test_a_file_stays_connected_until_its_last_connection_closes(shop: SmallFile) -> None:
    with connection.briefly(shop.path, shop.key, shop.salt):
        with connection.briefly(shop.path, shop.key, shop.salt):
            pass
        assert connected.key_in_use(shop.path) == shop.key
    assert connected.key_in_use(shop.path) is None


def test_another_file_may_be_read_meanwhile(shop: SmallFile) -> None:
    other = small_file(shop.path.with_name("other.db"))
    with connection.briefly(shop.path, shop.key, shop.salt):
        assert bad_pages(other) == ()
