"""Asks what a shop's web site kept about one sign-up. Must not say whether that is enough."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical

from shopbell.domain.given import Given
from shopbell.domain.web_form import read_form, read_sent_at
from shopbell.tui.form import row
from shopbell.tui.plain import PlainInput


class WebFormFields(Vertical):
    """Four fields in place of those about paper and witnesses."""

    DEFAULT_CSS = """
    WebFormFields { height: auto; margin-bottom: 1; display: none; }
    WebFormFields .label { width: 12; color: $text-muted; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the fields."""
        for label, id_, hint in (
            ("Page", "page", "https://fernandfinch.example/sms"),
            ("Sent at", "sent-at", "2026-11-24 10:42, as the site says"),
            ("From", "sender", "internet address, or the site's number of it"),
            ("Its words", "page-words", "if not those below"),
        ):
            yield row(label, PlainInput(placeholder=hint, id_=id_, limit=500), close=True)

    def read(self, zone: str, now: datetime) -> Given:
        """Return what was typed; a time without an offset is the clock's of the shop.

        Raises:
            BadInput: something is missing, or cannot be read.
        """
        form = read_form(self._typed("page"), self._typed("sender"))
        at = read_sent_at(self._typed("sent-at"), zone, now)
        return Given(at=at, words=self._typed("page-words"), form=form)

    def _typed(self, id_: str) -> str:
        return self.query_one(f"#{id_}", PlainInput).value.strip()
