"""The one place that imports the SQLCipher driver, and sqlite-utils on top of it.

Importing this module loads neither: `--help` must stay light. Must not open files.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from types import ModuleType


@cache
def load() -> ModuleType:
    """Return the driver, a DB-API module, after putting it where sqlite-utils looks for one.

    sqlite-utils takes its exception classes from a module named `pysqlite3` if there is one, so the
    alias has to stand before sqlite-utils is first imported.
    """
    # Linux resolves symbols in load order: were an ordinary SQLite loaded before ours, our driver
    # would call into that one and write a plain file. Deep binding makes its own symbols win.
    deep = getattr(os, "RTLD_DEEPBIND", 0)
    if deep:
        before = sys.getdlopenflags()
        sys.setdlopenflags(os.RTLD_NOW | os.RTLD_LOCAL | deep)
    try:
        import sqlcipher3
        import sqlcipher3.dbapi2 as driver
    finally:
        if deep:
            sys.setdlopenflags(before)
    sys.modules.setdefault("pysqlite3", sqlcipher3)
    sys.modules.setdefault("pysqlite3.dbapi2", driver)
    import sqlite_utils  # noqa: F401

    return driver  # type: ignore[no-any-return]
