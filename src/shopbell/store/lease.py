"""The sender lease: which one of the processes on a shop file delivers and polls.

A lock file beside the shop file, held by the operating system: when its holder dies, however it
dies, the next process can take it at once. Must not send anything, nor touch the shop file.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from shopbell.errors import DiskTrouble

_MOST_BYTES = 1000
"""What a holder writes about itself is shorter; anything longer is not ours."""

_NAME_AT = 1
"""Windows locks the first byte against reading too, so the holder's name begins at the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who delivers now."""

    who: str
    """The program in plain words, for example "the counter screen"."""
    host: str
    """The computer's own name."""
    pid: int
    since: datetime | None
    """When it took the lease; None if it has not said so yet."""

    def __str__(self) -> str:
        return f"{self.who} on {self.host}" if self.host else self.who


_UNNAMED = Holder(who="another Shopbell window", host="", pid=0, since=None)
"""A holder that has the lock but has not written its name yet, or wrote nonsense."""


class Lease:
    """One process's hold, or wish to hold, on the sender lease of one shop file."""

    def __init__(self, file: Path) -> None:
        resolved = file.resolve()
        self._path = resolved.with_name(resolved.name + ".sender")
        # Taken on one thread and given back on another.
        self._lock = FileLock(self._path, timeout=0, mode=0o600, thread_local=False)
        self._holder: Holder | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lease."""
        return self._holder is not None

    def try_take(self, who: str, now: datetime) -> bool:
        """Take the lease unless somebody has it; returns whether it is ours, at once.

        Raises:
            DiskTrouble: the lock file cannot be written beside the shop file.
        """
        if self._holder is not None:
            return True
        if not self._try_lock():
            return False
        holder = Holder(who=who, host=platform.node(), pid=os.getpid(), since=now)
        try:
            self._write_name(holder)
        except OSError as error:
            self._unlock()
            raise _no_lease() from error
        self._holder = holder
        return True

    def release(self) -> None:
        """Give the lease back, if it is ours; no lock file stays behind."""
        if self._holder is not None:
            self._holder = None
            self._unlock()

    def holder(self) -> Holder | None:
        """Return who has the lease, or None if nobody has."""
        if self._holder is not None:
            return self._holder
        # A name in the file means nothing once its writer is dead: only the lock tells.
        if not self._path.exists():
            return None
        if self._try_lock():
            self._unlock()
            return None
        return self._read_name()

    def _try_lock(self) -> bool:
        if not self._path.parent.is_dir():
            raise _no_lease()  # filelock would make the folder
        try:
            self._lock.acquire()
        except Timeout:
            return False
        except OSError as error:
            raise _no_lease() from error
        return True

    def _unlock(self) -> None:
        # On POSIX the name goes before the lock does. Whoever opened the old file meanwhile gets
        # its lock only afterwards, sees that the file has no name any more, and starts afresh with
        # the new one (filelock checks the link count under the lock), so two can never hold it.
        # Windows deletes no open file: there the name goes after the lock, unless somebody was
        # quicker to open the file, in which case it is theirs now and stays.
        if sys.platform != "win32":
            with suppress(OSError):
                self._path.unlink()
        self._lock.release()
        if sys.platform == "win32":
            with suppress(OSError):
                self._path.unlink()

    def _write_name(self, holder: Holder) -> None:
        since = None if holder.since is None else holder.since.isoformat()
        name = {"who": holder.who, "host": holder.host, "pid": holder.pid, "since": since}
        text = json.dumps(name).encode()[: _MOST_BYTES - _NAME_AT]
        # flock belongs to the open file it was taken on, so that closing another one is harmless.
        with self._path.open("r+b", buffering=0) as file:
            file.seek(_NAME_AT)
            file.write(text)
            file.truncate()

    def _read_name(self) -> Holder:
        try:
            with self._path.open("rb", buffering=0) as file:
                file.seek(_NAME_AT)
                name = json.loads(file.read(_MOST_BYTES))
            return Holder(
                who=str(name["who"]),
                host=str(name["host"]),
                pid=int(name["pid"]),
                since=datetime.fromisoformat(name["since"]),
            )
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return _UNNAMED


def _no_lease() -> DiskTrouble:
    return DiskTrouble(
        "The note of who delivers cannot be kept beside the shop file.",
        "Check that you may write to the file's folder.",
    )
