"""How a yes was given that was not given just now, in the shop's present words. Only a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shopbell.domain.web_form import WebForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What somebody ticked on a sheet or sent from a page."""

    at: datetime
    words: str
    """Those of the sheet or the page; "" when they are the shop's present ones."""
    form: WebForm | None = None
    """What the shop's site kept, of a page."""
