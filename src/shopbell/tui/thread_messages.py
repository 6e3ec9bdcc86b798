"""What the screens of threads ask the app to open. Must not open it."""

from __future__ import annotations

from textual.message import Message


class ThreadWanted(Message):
    """All that was said by and to somebody is wanted: a number, or a sender without one.

    With `unread`, the next thread that nobody has seen is wanted instead, if there is another one.
    """

    def __init__(self, sender: str = "", *, unread: bool = False) -> None:
        super().__init__()
        self.sender = sender
        self.unread = unread
