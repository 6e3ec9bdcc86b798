"""Asks what a shop's web site kept about one sign-up. Must not say whether that is enough."""

from __future__ import annotations

import ipaddress
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.containers import Vertical

from shopbell.domain.given import Given
from shopbell.domain.web_form import WebForm, form_fault
from shopbell.errors import BadInput
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
        sender = self._typed("sender")
        is_address = _is_address(sender)
        form = WebForm(
            page=self._typed("page"),
            ip=sender if is_address else "",
            form_id="" if is_address else sender,
        )
        if (why := form_fault(form)) is not None:
            raise BadInput(why, "", code="bad_form")
        return Given(at=self._moment(zone, now), words=self._typed("page-words"), form=form)

    def _moment(self, zone: str, now: datetime) -> datetime:
        typed = self._typed("sent-at")
        try:
            at = datetime.fromisoformat(typed)
            at = at.replace(tzinfo=ZoneInfo(zone)) if at.tzinfo is None else at
            is_past = at <= now
        except (ValueError, OverflowError):
            raise BadInput(
                f"“{typed[:20]}” is no date and time.",
                "Write when the form was sent, like 2026-11-24 10:42.",
                code="bad_time",
            ) from None
        if not is_past:
            raise BadInput(
                "That moment is still to come.", "Look at the site again.", code="bad_time"
            )
        return at

    def _typed(self, id_: str) -> str:
        return self.query_one(f"#{id_}", PlainInput).value.strip()


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
