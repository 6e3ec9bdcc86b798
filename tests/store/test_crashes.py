"""`kill -9` at every moment: nothing acknowledged is lost, and the file always opens again."""

from __future__ import annotations

import random
from contextlib import suppress
from threading import Event

import pytest

from shopbell.domain.secret import Secret
from shopbell.errors import WrongPassphrase
from shopbell.store import connection, keys, vault
from shopbell.store.backup import back_up, faulty_pages, faulty_tables
from shopbell.store.keys import Key
from shopbell.store.pages import check_pages
from shopbell.store.vault import close_file
from store.conftest import Child, StartChild, kills
from store.small import FULL, MIGRATIONS, OTHER_PASSPHRASE, SmallFile


def texts_after_recovery(shop: SmallFile, opener: Secret | Key | None = None) -> list[str]:
    """Open after the crash, check everything there is to check, and close well."""
    opened = vault.open_file(shop.path, opener or shop.key, MIGRATIONS)
    file = opened.connection
    assert connection.fold_log(file)
    assert faulty_pages(file) == []
    assert faulty_tables(file) == []
    assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    file.execute("INSERT INTO word (word) VALUES ('integrity-check')")
    found = [row[0] for row in file.execute("SELECT text FROM note ORDER BY id")]
    close_file(opened)
    assert not {"shop.db-wal", "shop.db-shm", "shop.db-journal"} & set(shop.beside)
    assert shop.path.read_bytes()[:16] == shop.salt
    assert check_pages(shop.path, opened.key, shop.salt).bad == ()
    return found


def kill_after_lines(process: Child, count: int) -> list[str]:
    """Let the child say `count` lines, kill it, and return all it had managed to say."""
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(count)]
    process.kill()
    return said + process.communicate()[0].split()


@pytest.mark.parametrize(("job", "most"), [("write_for_ever", 40), ("close_for_ever", 10)])
def test_nothing_acknowledged_is_lost_when_a_writer_is_killed(
    shop: SmallFile, child: StartChild, job: str, most: int
) -> None:
    chance = random.Random(job)
    hex_key = shop.key.reveal().hex()
    expected = FULL
    for _ in range(kills(8)):
        said_all = kill_after_lines(child(job, shop.path, hex_key), chance.randint(2, most))
        said = [int(word) for word in said_all if word != "ready"]
        found = texts_after_recovery(shop)
        assert len(found) - expected in {len(said), len(said) + 1}
        acknowledged = [int(text.split()[1]) for text in found[expected : expected + len(said)]]
        assert acknowledged == said
        expected = len(found)


def test_a_crash_leaves_a_log_that_the_next_opening_folds_in(
    shop: SmallFile, child: StartChild
) -> None:
    process = child("write_for_ever", shop.path, shop.key.reveal().hex())
    kill_after_lines(process, 10)
    assert "shop.db-wal" in shop.beside
    assert len(texts_after_recovery(shop)) >= FULL + 9


def test_a_killed_change_of_passphrase_leaves_the_old_one_or_the_new_one(
    shop: SmallFile, child: StartChild
) -> None:
    chance = random.Random("rekey")
    passphrases = [Secret("maple harbor violin candle"), OTHER_PASSPHRASE]
    found_keys = [keys.derive(passphrase, shop.salt) for passphrase in passphrases]
    current = 0
    for _ in range(kills(5)):
        new = 1 - current
        process = child(
            "rekey", shop.path, found_keys[current].reveal().hex(), passphrases[new].reveal()
        )
        assert process.stdout is not None
        process.stdout.readline()
        # Deriving the new key takes about 0.1 s, changing so small a file much less.
        Event().wait(chance.uniform(0.05, 0.25))
        process.kill()
        process.wait()
        for attempt in (current, new):
            with suppress(WrongPassphrase):
                assert len(texts_after_recovery(shop, found_keys[attempt])) == FULL
                break
        else:
            pytest.fail("neither passphrase opens the file")
        current = attempt
    assert len(texts_after_recovery(shop, passphrases[current])) == FULL


def test_a_killed_backup_leaves_no_half_backup_under_its_name(
    shop: SmallFile, child: StartChild
) -> None:
    chance = random.Random("backup")
    target = shop.path.with_name("backup.db")
    for _ in range(kills(4)):
        process = child("back_up", shop.path, shop.key.reveal().hex(), target)
        assert process.stdout is not None
        process.stdout.readline()
        Event().wait(chance.uniform(0, 0.04))
        process.kill()
        process.wait()
        if target.exists():
            assert check_pages(target, shop.key, shop.salt).bad == ()
            target.unlink()
        assert len(texts_after_recovery(shop)) == FULL
    opened = vault.open_file(shop.path, shop.key, MIGRATIONS)
    back_up(opened, target)
    close_file(opened)
    assert shop.beside == ["backup.db", "shop.db"]


def test_a_killed_update_leaves_the_old_version_whole_and_a_verified_copy(
    shop: SmallFile, child: StartChild
) -> None:
    for attempt in range(kills(3)):
        process = child("migrate", shop.path, shop.key.reveal().hex())
        kill_after_lines(process, 1)
        assert len(texts_after_recovery(shop)) == FULL
        backups = [name for name in shop.beside if name.startswith("shop-before-update-v1")]
        assert len(backups) == attempt + 1
        for name in backups:
            assert check_pages(shop.path.with_name(name), shop.key, shop.salt).bad == ()
    process = child("migrate", shop.path, shop.key.reveal().hex())
    assert process.communicate()[0].split() == ["migrating", "done"]
    opened = vault.open_file(shop.path, shop.key, (*MIGRATIONS, lambda _: None))
    assert opened.version == 2
    assert opened.connection.execute("SELECT count(*) FROM note").fetchone() == (FULL + 2000,)
    close_file(opened)
