"""Folders that two computers can reach: recognised, explained, and opened for reading only."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from shopbell.errors import Busy, ReadOnly
from shopbell.store import creation, folders
from shopbell.store.folders import (
    Mount,
    mounts_from_mount_command,
    mounts_from_mountinfo,
    network_mount,
    sync_service,
    why_unsafe,
)
from shopbell.store.journals import log_of
from shopbell.store.store import Store
from store.conftest import StartChild
from store.small import FULL, MIGRATIONS, PASSPHRASE, SmallFile, add_note, count_notes

MOUNTINFO = r"""
22 27 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw
27 0 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw
31 27 0:26 / /home rw,relatime shared:1 - btrfs /dev/sda2 rw
90 31 0:44 / /home/ana/shop\040files rw,relatime shared:50 - nfs4 server:/export rw
91 31 0:45 / /home/ana/till rw,relatime - cifs //server/share rw,vers=3.1.1
92 31 0:46 / /home/ana/remote rw,nosuid shared:9 - fuse.sshfs ana@host: rw
93 31 8:17 / /media/ana/STICK rw,relatime - fuseblk /dev/sdb1 rw
94 31 0:47 / /home/ana/secret rw - fuse.gocryptfs /home/ana/.secret rw
95 27 0:48 / /mnt/c rw,noatime - 9p drvfs rw
96 90 8:18 / /home/ana/shop\040files/local rw - xfs /dev/sdc1 rw
97 27 0:49 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
98 31 0:50 / /home/ana/over rw - nfs server:/a rw
99 31 8:19 / /home/ana/over rw - ext4 /dev/sdd1 rw
not a line of the table
"""

MAC_MOUNT = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//ana@server/share on /Volumes/shop files (smbfs, nodev, nosuid, mounted by ana)
server:/export on /Volumes/nfs (nfs, nodev)
/dev/disk4s1 on /Volumes/STICK (msdos, local, nodev)
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ana", None),
        ("/home/ana/shop files", "nfs4"),
        ("/home/ana/shop files/2026/november", "nfs4"),
        ("/home/ana/shop files/local", None),
        ("/home/ana/shop filesystem", None),
        ("/home/ana/till", "cifs"),
        ("/home/ana/remote/x", "fuse.sshfs"),
        ("/media/ana/STICK", None),
        ("/home/ana/secret", None),
        ("/mnt/c/Users/ana", "9p"),
        ("/run/user/1000/gvfs/smb-share:server=x", "fuse.gvfsd-fuse"),
        ("/home/ana/over", None),
        ("/", None),
    ],
)
def test_linux_network_folders_are_told_by_the_nearest_mount(folder: str, kind: str | None) -> None:
    found = network_mount(PurePosixPath(folder), mounts_from_mountinfo(MOUNTINFO))
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/Users/ana", None),
        ("/Volumes/shop files/deep", "smbfs"),
        ("/Volumes/nfs", "nfs"),
        ("/Volumes/STICK", None),
    ],
)
def test_mac_network_folders_are_told_by_the_nearest_mount(folder: str, kind: str | None) -> None:
    found = network_mount(PurePosixPath(folder), mounts_from_mount_command(MAC_MOUNT))
    assert (found.kind if found else None) == kind


def test_a_sandbox_whose_own_disk_looks_like_a_network_is_let_be() -> None:
    for kind in ("9p", "virtiofs"):
        assert network_mount(PurePosixPath("/home"), [Mount(point="/", kind=kind)]) is None
    assert network_mount(PurePosixPath("/home"), [Mount(point="/", kind="nfs")]) is not None


@pytest.mark.parametrize("text", ["", "\n\n", "- - -", "1 2 3", "a b c d e - ", "\x00 \x1b - x"])
def test_a_strange_mount_table_says_nothing(text: str) -> None:
    assert network_mount(PurePosixPath("/home"), mounts_from_mountinfo(text)) is None


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox", "Dropbox"),
        (".dropbox.cache", "Dropbox"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".tmp.drivedownload", "Google Drive"),
        (".sync_0a1b2c3d4e5f.db", "Nextcloud"),
        ("._sync_0a1b2c3d4e5f.db", "Nextcloud"),
        (".owncloudsync.log", "Nextcloud"),
        (".stfolder", "Syncthing"),
    ],
)
def test_a_sync_folder_is_told_by_what_its_service_leaves_in_it(
    tmp_path: Path, marker: str, service: str
) -> None:
    deep = tmp_path / "work" / "shop" / "2026"
    deep.mkdir(parents=True)
    assert sync_service(deep, tmp_path / "home") is None
    (tmp_path / "work" / marker).touch()
    assert sync_service(deep, tmp_path / "home") == service


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox/shop", "Dropbox"),
        ("Dropbox (Fern & Finch)/shop", "Dropbox"),
        ("OneDrive", "OneDrive"),
        ("OneDrive - Fern & Finch/Documents", "OneDrive"),
        ("Google Drive/shop", "Google Drive"),
        ("Nextcloud/a/b/c", "Nextcloud"),
        ("iCloudDrive", "iCloud Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/shop", "iCloud Drive"),
        ("Library/CloudStorage/GoogleDrive-ana@example.com/My Drive", "Google Drive"),
        ("Library/CloudStorage/SomeoneNew-ana", "a cloud service"),
        ("Documents/Dropbox", None),
        ("Documents/shop", None),
        ("Sync", None),
        ("dropbox-old", None),
    ],
)
def test_a_sync_folder_is_told_by_its_usual_place_in_the_home(
    tmp_path: Path, folder: str, service: str | None
) -> None:
    assert sync_service(tmp_path / folder, tmp_path) == service


def test_an_ordinary_folder_is_safe(tmp_path: Path) -> None:
    assert why_unsafe(tmp_path / "shop.db") is None


async def test_in_a_sync_folder_a_file_is_opened_for_reading_only_and_not_changed(
    shop: SmallFile,
) -> None:
    (shop.path.parent / ".stfolder").mkdir()
    before = shop.fingerprint()
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    reason = store.read_only_reason
    assert reason is not None
    assert "Syncthing copies to other computers" in reason
    assert await store.read(count_notes) == FULL
    with pytest.raises(ReadOnly) as caught:
        await store.write(add_note, "no")
    assert caught.value.hint == reason
    await store.close()
    assert shop.fingerprint() == before
    assert shop.beside == [".stfolder", "shop.db"]


async def test_in_a_network_folder_a_file_is_opened_for_reading_only(
    shop: SmallFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = [Mount(point=str(shop.path.parent.parent), kind="nfs4")]
    monkeypatch.setattr(folders, "_mounts", lambda: mounts)
    store = await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    assert store.read_only_reason is not None
    assert "network folder" in store.read_only_reason
    assert await store.read(count_notes) == FULL
    await store.close()


async def test_a_file_that_another_computer_may_have_open_is_not_read_either(
    shop: SmallFile, child: StartChild
) -> None:
    child("write_and_die", shop.path, shop.key.reveal().hex(), 1).wait()
    (shop.path.parent / ".stfolder").mkdir()
    log = log_of(shop.path).read_bytes()
    with pytest.raises(Busy, match="in use or was not closed cleanly"):
        await Store.open(shop.path, shop.key, migrations=MIGRATIONS)
    assert log_of(shop.path).read_bytes() == log


def test_no_new_file_is_made_in_a_sync_folder(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(ReadOnly, match="cannot be made there") as caught:
        creation.create_file(tmp_path / "new.db", PASSPHRASE, MIGRATIONS)
    assert "Syncthing" in caught.value.hint
    assert not (tmp_path / "new.db").exists()
