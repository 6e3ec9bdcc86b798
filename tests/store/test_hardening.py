"""Secrets stay out of core dumps and out of reach of the same user's other programs."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from store.conftest import TESTS

PROBE = """
import ctypes, resource
resource.setrlimit(resource.RLIMIT_CORE, (4096, 4096))
from shopbell.store.hardening import harden
harden()
harden()
print(resource.getrlimit(resource.RLIMIT_CORE))
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
print(open("/proc/self/mountinfo").read() != "")
"""


def run(code: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(TESTS.parent / "src")},
    )
    assert done.stderr == ""
    return done.stdout.split("\n")


linux_only = pytest.mark.parametrize("platform", ["linux"] if sys.platform == "linux" else [])


@linux_only
def test_a_hardened_process_writes_no_core_and_cannot_be_read_by_its_peers(platform: str) -> None:
    # prctl(PR_GET_DUMPABLE) answers 0: https://man7.org/linux/man-pages/man2/prctl.2.html
    assert run(PROBE)[:3] == ["(0, 0)", "0", "True"]


def test_on_windows_there_is_nothing_to_do() -> None:
    code = (
        "import sys; sys.platform = 'win32'; sys.modules['resource'] = None;"
        "from shopbell.store.hardening import harden; print(harden())"
    )
    assert run(code)[0] == "None"
