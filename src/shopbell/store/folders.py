"""Recognises folders in which two computers may touch the same file. Must not open shop files.

There SQLite's locks do not reach from one computer to the other, or a sync service copies the file
in the middle of a write. A shop file in such a folder is opened for reading only, with the reason.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

_NETWORK_TYPES = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "afs",
        "afpfs",
        "ncpfs",
        "9p",
        "virtiofs",
        "ceph",
        "glusterfs",
        "lustre",
        "gpfs",
        "webdav",
        "davfs",
        "vboxsf",
        "vmhgfs",
        "prl_fs",
        "drvfs",
    }
)

_LOCAL_FUSE = frozenset(
    {
        "fuseblk",
        "fuse.ntfs-3g",
        "fuse.exfat",
        "fuse.gocryptfs",
        "fuse.encfs",
        "fuse.cryfs",
        "fuse.veracrypt",
        "fuse.mergerfs",
        "fuse.unionfs",
        "fuse.bindfs",
        "fuse.fuse-overlayfs",
        "fuse.lxcfs",
        "fuse.portal",
    }
)
"""Everything else that goes through FUSE (sshfs, rclone, cloud drives) reaches other computers."""

_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
    ".owncloudsync.log": "Nextcloud",
    ".nextcloudsync.log": "Nextcloud",
    ".stfolder": "Syncthing",
}
"""What sync services leave in the top folder of what they copy."""

_MARKER_PATTERNS = ((re.compile(r"\.(_)?sync_[0-9a-f]+\.db"), "Nextcloud"),)

_NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "Nextcloud",
}
"""How their folders are called in a person's home, where they put them unless told otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """One place where a file system hangs in the tree."""

    point: str
    kind: str
    """The name of its type, for example "ext4" or "fuse.sshfs"."""


def why_unsafe(path: Path) -> str | None:
    """Return why two computers could get at the file at `path`, as a sentence, or None."""
    folder = path.parent
    if _on_network(folder):
        return (
            "The file is in a network folder, where two computers could change it at once. "
            "It is open for reading only. Move it to a folder on this computer."
        )
    service = sync_service(folder, Path.home())
    if service is not None:
        return (
            f"The file is in a folder that {service} copies to other computers, which could change "
            "it at the same time. It is open for reading only. Move it to another folder."
        )
    return None


def network_mount(path: PurePath, mounts: Iterable[Mount]) -> Mount | None:
    """Return the network mount that `path` is under, if the nearest mount is one."""
    nearest: Mount | None = None
    for mount in mounts:
        # Of two mounts on one point the later hides the earlier.
        if path.is_relative_to(mount.point) and (
            nearest is None or len(mount.point) >= len(nearest.point)
        ):
            nearest = mount
    if nearest is None or not _is_network(nearest):
        return None
    return nearest


def _is_network(mount: Mount) -> bool:
    kind = mount.kind.lower()
    if mount.point == "/" and kind in {"9p", "virtiofs"}:
        return False  # how sandboxes and small virtual machines get their own disk
    if kind in _NETWORK_TYPES:
        return True
    return kind.startswith("fuse") and kind not in _LOCAL_FUSE


def mounts_from_mountinfo(text: str) -> list[Mount]:
    """Return the mounts in the words of Linux's /proc/self/mountinfo (see proc(5))."""
    mounts: list[Mount] = []
    for line in text.splitlines():
        left, dash, right = line.partition(" - ")
        fields, kinds = left.split(" "), right.split(" ")
        if dash and len(fields) > 4 and kinds[0]:
            mounts.append(Mount(point=_unescape(fields[4]), kind=kinds[0]))
    return mounts


def mounts_from_mount_command(text: str) -> list[Mount]:
    """Return the mounts in the words of macOS's `mount`: `what on /where (kind, ...)`."""
    found = re.findall(r"^.* on (/.*?) \((\w+)[,)]", text, re.MULTILINE)
    return [Mount(point=point, kind=kind) for point, kind in found]


def sync_service(folder: Path, home: Path) -> str | None:
    """Return the name of the service that copies `folder` to other computers, or None."""
    for place in (folder, *folder.parents):
        service = _service_by_marker(place) or _service_by_name(place, home)
        if service is not None:
            return service
    return None


def _service_by_marker(place: Path) -> str | None:
    try:
        names = os.listdir(place)  # noqa: PTH208 - names are all that is wanted
    except OSError:
        return None
    for name in names:
        if name in _MARKERS:
            return _MARKERS[name]
        for pattern, service in _MARKER_PATTERNS:
            if pattern.fullmatch(name):
                return service
    return None


def _service_by_name(place: Path, home: Path) -> str | None:
    if place.parent == home:
        # A business account adds its own name: "OneDrive - Fern & Finch", "Dropbox (Fern)".
        name = re.split(r" - | \(", place.name.lower())[0]
        return _NAMES.get(name)
    if place.parent.name == "Mobile Documents" and place.parent.parent.name == "Library":
        return "iCloud Drive"
    if place.parent.name == "CloudStorage" and place.parent.parent.name == "Library":
        return _NAMES.get(place.name.lower().split("-")[0], "a cloud service")
    return None


def _unescape(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), field)


def _on_network(folder: Path) -> bool:
    if sys.platform == "win32":
        return _on_windows_network(folder)
    return network_mount(PurePosixPath(folder), _mounts()) is not None


def _mounts() -> list[Mount]:
    try:
        if sys.platform == "darwin":
            asked = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, check=True, timeout=5
            )
            return mounts_from_mount_command(asked.stdout)
        table = Path("/proc/self/mountinfo").read_bytes()
    except (OSError, subprocess.SubprocessError):
        return []  # a system that does not tell; nothing can be said against the folder then
    return mounts_from_mountinfo(os.fsdecode(table))


if sys.platform == "win32":

    def _on_windows_network(folder: Path) -> bool:
        import ctypes

        remote = 4  # DRIVE_REMOTE, GetDriveTypeW
        if folder.drive.startswith("\\\\"):
            return True
        return ctypes.windll.kernel32.GetDriveTypeW(folder.drive + "\\") == remote

else:

    def _on_windows_network(folder: Path) -> bool:
        return str(folder).startswith("\\\\")
