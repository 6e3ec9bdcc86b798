"""Opens a file of appointments: a calendar (ICS) or a table (CSV, XLSX). Must not match people.

Everything here blocks, so it belongs on a thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path

from shopbell.domain.appointment_rows import Part, appointments_in, parts_of
from shopbell.domain.appointments import HORIZON, Appointments
from shopbell.domain.calendar_events import appointments_of
from shopbell.domain.calendar_lines import Events
from shopbell.domain.dates import DateOrder
from shopbell.domain.shop import ShopProfile
from shopbell.domain.text_lines import TextLines, as_utf8
from shopbell.services.outside_file import open_outside
from shopbell.services.reading import open_table

_CALENDAR = b"BEGIN:VCALENDAR"


def read_appointments(
    path: Path,
    shop_file: Path,
    profile: ShopProfile,
    now: datetime,
    *,
    columns: Mapping[Part, str],
    order: DateOrder | None,
) -> Appointments:
    """Return the appointments of a file from now on, as far ahead as is looked.

    Raises:
        BadInput: it cannot be opened or read, or is no list of appointments.
    """
    until = now + HORIZON
    source = open_outside(path, shop_file)
    try:
        _, blocks = as_utf8(source.blocks())
        head = next(blocks, b"")
        if head.lstrip()[: len(_CALENDAR)].upper() == _CALENDAR:
            events = Events(TextLines(chain((head,), blocks), source.name))
            found = appointments_of(events, profile.zone, profile.country, now, until)
            source.refuse_if_changed()
            return found
    finally:
        source.close()
    with open_table(path, profile.country, shop_file) as table:
        parts = parts_of(table.header, columns)
        return appointments_in(
            table,
            parts,
            zone=profile.zone,
            country=profile.country,
            order=order,
            now=now,
            until=until,
        )
