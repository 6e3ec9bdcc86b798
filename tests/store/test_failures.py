"""Everything that can be wrong with a file: each its own error, and nothing is ever written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from shopbell.domain.secret import Secret
from shopbell.errors import (
    Damaged,
    DiskTrouble,
    FileMissing,
    NotAShopFile,
    NotEncrypted,
    TooNew,
    VaultError,
    WrongPassphrase,
)
from shopbell.store import connection, diagnosis, keys
from shopbell.store.journals import journal_of, log_of
from shopbell.store.keys import Key
from shopbell.store.pages import PAGE_BYTES
from shopbell.store.store import Store
from store.conftest import StartChild
from store.small import FULL, MIGRATIONS, PASSPHRASE, SmallFile, count_notes, notes

NEW_KEY = Key(b"n" * 32)


async def refusal(shop: SmallFile, opener: Secret | Key | None = None) -> VaultError:
    """Try to open, and return the error after checking that nothing at all has changed."""
    before = {path: path.read_bytes() for path in shop.path.parent.iterdir() if path.is_file()}
    with pytest.raises(VaultError) as caught:
        await Store.open(shop.path, opener or shop.key, migrations=MIGRATIONS)
    after = {path: path.read_bytes() for path in shop.path.parent.iterdir() if path.is_file()}
    assert after == before
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith((".", "?"))
    return caught.value


@pytest.mark.parametrize(
    "typed",
    [
        "maple harbor violin candlE",
        "maple harbor violin",
        " maple harbor violin candle",
        "",
        "'; DROP TABLE note; --",
        'maple" harbor',
        "x'" + "ab" * 32 + "'",
        "x'" + "ab" * 48 + "'",
        "maple\0harbor violin candle",
        "\ud800\udfff lone surrogates",
        "[/] markup [bold]",
        "\x1b]52;c;aGk=\x07",
        "a" * 1_000_000,
    ],
)
async def test_a_wrong_passphrase_does_not_open_the_file(
    shop: SmallFile, typed: str, capfd: pytest.CaptureFixture[str]
) -> None:
    error = await refusal(shop, Secret(typed))
    assert isinstance(error, WrongPassphrase)
    assert error.message == "That passphrase does not open this file."
    assert typed not in error.hint or not typed
    assert capfd.readouterr() == ("", "")


async def test_a_recovery_code_of_another_file_is_said_to_be_one(shop: SmallFile) -> None:
    error = await refusal(shop, Key(os.urandom(32)))
    assert isinstance(error, WrongPassphrase)
    assert "recovery code" in error.message


async def test_the_key_itself_in_hex_is_no_passphrase(shop: SmallFile) -> None:
    raw = shop.key.reveal().hex()
    for typed in (f"x'{raw}'", f"x'{raw}{shop.salt.hex()}'", raw):
        assert isinstance(await refusal(shop, Secret(typed)), WrongPassphrase)


async def test_a_flipped_bit_in_any_page_is_named_before_anything_is_written(
    shop: SmallFile, capfd: pytest.CaptureFixture[str]
) -> None:
    for page in range(1, shop.pages + 1):
        shop.flip(page)
        error = await refusal(shop)
        assert isinstance(error, Damaged)
        assert error.pages == (page,)
        assert error.message == f"Page {page} of {shop.pages} in the shop file is damaged."
        assert "passphrase is right" in error.hint
        shop.flip(page)
    assert capfd.readouterr() == ("", "")


async def test_damage_to_many_pages_is_told_in_one_short_sentence(shop: SmallFile) -> None:
    for page in range(3, 11):
        shop.flip(page)
    error = await refusal(shop)
    assert isinstance(error, Damaged)
    assert error.pages == (3, 4, 5, 6, 7, 8, 9, 10)
    assert error.message.startswith("Pages 3, 4, 5, 6, 7 and 3 more of")


async def test_a_damaged_first_page_is_not_taken_for_a_wrong_passphrase(shop: SmallFile) -> None:
    shop.flip(1)
    assert isinstance(await refusal(shop, PASSPHRASE), Damaged)
    assert isinstance(await refusal(shop, Secret("another passphrase")), WrongPassphrase)


async def test_a_damaged_salt_looks_like_a_wrong_passphrase_and_the_hint_says_so(
    shop: SmallFile,
) -> None:
    shop.flip(1, offset=3)
    error = await refusal(shop, PASSPHRASE)
    assert isinstance(error, WrongPassphrase)
    assert "first bytes" in error.hint
    assert "sheet" in error.hint


async def test_a_file_without_its_end_is_damaged_wherever_it_is_cut(shop: SmallFile) -> None:
    data, total = shop.path.read_bytes(), shop.pages
    for kept in range(1, total):
        shop.path.write_bytes(data[: kept * PAGE_BYTES])
        error = await refusal(shop)
        assert isinstance(error, Damaged)
        assert error.pages == tuple(range(kept + 1, total + 1))
    shop.path.write_bytes(data[:-1])
    error = await refusal(shop)
    assert isinstance(error, Damaged)
    assert error.pages == (total,)


def _plain_database(path: Path) -> None:
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE contact (name)")
    plain.commit()
    plain.close()


def _folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _link_to_nowhere(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere.db"))


def _replace(content: bytes) -> Callable[[Path], None]:
    def put(path: Path) -> None:
        path.unlink()
        path.write_bytes(content)

    return put


def _replace_with(make: Callable[[Path], None]) -> Callable[[Path], None]:
    def put(path: Path) -> None:
        path.unlink()
        make(path)

    return put


@pytest.mark.parametrize(
    ("spoil", "kind", "words"),
    [
        (Path.unlink, FileMissing, "no file at that place"),
        (_link_to_nowhere, FileMissing, "no file at that place"),
        (_folder, NotAShopFile, "a folder or a device"),
        (_pipe, NotAShopFile, "a folder or a device"),
        (_replace(b""), NotAShopFile, "empty"),
        (_replace(b"short"), NotAShopFile, "too short"),
        (_replace_with(_plain_database), NotEncrypted, "not encrypted"),
        (_replace(b"SQLite format 3\0"), NotEncrypted, "not encrypted"),
        (_replace(b"First Name,Phone\nAna,+12125550142\n"), NotAShopFile, "not a shop file"),
        (_replace(b"PK\x03\x04" + bytes(5000)), NotAShopFile, "not a shop file"),
        (_replace(bytes(8192)), WrongPassphrase, "does not open"),
    ],
)
async def test_what_is_no_shop_file_is_refused_by_its_own_sentence(
    shop: SmallFile, spoil: Callable[[Path], None], kind: type[VaultError], words: str
) -> None:
    spoil(shop.path)
    error = await refusal(shop, PASSPHRASE)
    assert type(error) is kind
    assert words in error.message


@pytest.mark.parametrize("name", ["nul\0byte.db", "surrogate\ud800.db", "n" * 5000, "a/b.db/c.db"])
async def test_an_impossible_path_is_no_crash(shop: SmallFile, name: str) -> None:
    with pytest.raises((FileMissing, DiskTrouble)):
        await Store.open(shop.path.with_name("x") / name, PASSPHRASE, migrations=MIGRATIONS)


async def test_a_link_that_runs_in_a_circle_is_no_crash(shop: SmallFile) -> None:
    shop.path.unlink()
    shop.path.symlink_to(shop.path)
    assert isinstance(await refusal(shop, PASSPHRASE), DiskTrouble)


async def test_an_encrypted_file_of_another_program_is_recognised(shop: SmallFile) -> None:
    with connection.briefly(shop.path, shop.key, shop.salt) as file:
        file.execute("PRAGMA application_id = 7")
    error = await refusal(shop)
    assert isinstance(error, NotAShopFile)
    assert "did not make it" in error.message


async def test_a_file_from_a_newer_version_is_left_alone(shop: SmallFile) -> None:
    with connection.briefly(shop.path, shop.key, shop.salt) as file:
        file.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    error = await refusal(shop)
    assert isinstance(error, TooNew)
    assert "Update Shopbell" in error.hint


async def test_after_a_crash_a_wrong_passphrase_still_writes_nothing(
    shop: SmallFile, child: StartChild
) -> None:
    child("write_and_die", shop.path, shop.key.reveal().hex(), 3).wait()
    assert isinstance(await refusal(shop, Secret("another passphrase")), WrongPassphrase)
    store = await Store.open(shop.path, PASSPHRASE, migrations=MIGRATIONS)
    assert await store.read(count_notes) == FULL + 3
    await store.close()
    assert shop.beside == ["shop.db"]


async def test_after_a_crash_a_damaged_page_is_named_too(
    shop: SmallFile, child: StartChild
) -> None:
    child("write_and_die", shop.path, shop.key.reveal().hex(), 1).wait()
    log = bytearray(log_of(shop.path).read_bytes())
    shop.flip(1)
    log[32 + 12] ^= 1  # and nothing in the log counts
    log_of(shop.path).write_bytes(log)
    error = await refusal(shop)
    assert isinstance(error, Damaged)
    assert error.pages == (1,)


async def test_a_first_page_that_is_only_bad_where_the_log_has_a_newer_one_is_no_damage(
    shop: SmallFile, child: StartChild
) -> None:
    child("write_and_die", shop.path, shop.key.reveal().hex(), 9).wait()
    shop.flip(1)
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    assert await store.read(count_notes) == FULL + 9
    await store.close()
    # Folding the log into the file has repaired it.
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    await store.close()


async def test_with_the_new_key_only_in_the_log_the_old_passphrase_opens_nothing(
    shop: SmallFile, child: StartChild
) -> None:
    hex_keys = (shop.key.reveal().hex(), NEW_KEY.reveal().hex())
    child("rekey_in_log_and_die", shop.path, *hex_keys).wait()
    assert log_of(shop.path).stat().st_size > shop.path.stat().st_size
    assert isinstance(await refusal(shop, PASSPHRASE), WrongPassphrase)
    store = await Store.open(shop.path, NEW_KEY, migrations=MIGRATIONS)
    assert len(await store.read(notes)) == FULL
    await store.close()
    assert isinstance(await refusal(shop, PASSPHRASE), WrongPassphrase)


async def test_after_a_cut_change_of_passphrase_the_old_one_opens_and_the_new_one_says_why(
    shop: SmallFile, child: StartChild
) -> None:
    hex_keys = (shop.key.reveal().hex(), NEW_KEY.reveal().hex())
    child("rekey_half_and_die", shop.path, *hex_keys).wait()
    assert journal_of(shop.path).exists()
    error = await refusal(shop, NEW_KEY)
    assert isinstance(error, WrongPassphrase)
    assert "interrupted" in error.message
    assert "old passphrase" in error.hint
    error = await refusal(shop, Secret("a third passphrase"))
    assert error.message == "That passphrase does not open this file."
    store = await Store.open(shop.path, PASSPHRASE, migrations=MIGRATIONS)
    assert len(await store.read(notes)) == FULL
    await store.close()
    assert shop.beside == ["shop.db"]


async def test_a_passphrase_opens_in_either_spelling_of_its_accents(tmp_path: Path) -> None:
    from shopbell.store.store import create

    path = tmp_path / "café.db"
    await create(path, Secret("crème brûlée pour deux"), migrations=MIGRATIONS)
    decomposed = "cre\u0300me bru\u0302le\u0301e pour deux"
    store = await Store.open(path, Secret(decomposed), migrations=MIGRATIONS)
    await store.close()


async def test_damage_that_shows_only_while_the_file_is_open_closes_it_and_names_the_page(
    shop: SmallFile, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    # As for a file too big to be checked whole before opening.
    monkeypatch.setattr("shopbell.store.diagnosis.CHECKED_IN_FULL", 0)
    with connection.briefly(shop.path, shop.key, shop.salt) as file:
        (page,) = file.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'note'").fetchone()
    shop.flip(page)
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    for _ in range(2):
        with pytest.raises(Damaged) as caught:
            await store.read(notes)
        assert caught.value.pages == (page,)
    damaged = shop.fingerprint()
    with pytest.raises(Damaged):
        await store.write(lambda db: db.execute("DELETE FROM note"))
    await store.close()
    assert shop.fingerprint() == damaged
    assert shop.beside == ["shop.db"]
    # SQLCipher would write its own complaints across the screen.
    assert capfd.readouterr() == ("", "")


def test_a_page_caught_in_the_middle_of_another_processs_write_is_looked_at_again(
    shop: SmallFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0

    def torn_at_first(path: Path, *_: object) -> None:
        nonlocal looks
        looks += 1
        if looks < 3:
            os.utime(path, ns=(looks, looks))
            raise Damaged("Page 1 is damaged.")

    monkeypatch.setattr(diagnosis, "_diagnose_once", torn_at_first)
    diagnosis.diagnose(shop.path, shop.key, shop.salt, by_code=True)
    assert looks == 3


def test_the_salt_named_on_the_sheet_is_the_files_own(shop: SmallFile) -> None:
    assert keys.read_file_number(keys.file_number(shop.salt)) == shop.salt
