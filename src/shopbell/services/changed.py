"""What can change in a shop file, as the screens are told. Must not know who changes it, or how."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Changed(StrEnum):
    """Which kind of thing changed; a screen reloads when it shows that kind."""

    PEOPLE = "people"
    CONSENT = "consent"
    TEXTS = "texts"
    REPLIES = "replies"
    GATEWAYS = "gateways"
    CAMPAIGNS = "campaigns"
    SENDING = "sending"
    ANYTHING = "anything"
    """Another process wrote to the file."""


Listener = Callable[[Changed], None]
