"""A program that breaks while it is on the screen: run by `test_breaking.py` in a real terminal."""

from __future__ import annotations

import sys

from shopbell.__main__ import main
from shopbell.tui.screens.people import PeopleScreen

SECRET = "canary-0142-biscuit"


class BrokenError(Exception):
    """Carries what nobody may read."""


def breaks(_screen: PeopleScreen) -> None:
    raise BrokenError(SECRET)


if __name__ == "__main__":
    setattr(PeopleScreen, sys.argv.pop(1), breaks)
    main()
