"""Makes appointments of the rows of a table. Must not open it, nor look anybody up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from shopbell.domain.appointments import MOST_APPOINTMENTS, Appointment, Appointments
from shopbell.domain.cells import PhoneRead, read_phone, text_in
from shopbell.domain.columns import column_called
from shopbell.domain.dates import DateOrder, DateRead, UnclearDate, read_date
from shopbell.domain.headers import header_key
from shopbell.domain.importing import ParkedRow, TableRow
from shopbell.domain.parking import parked
from shopbell.errors import BadInput


class Part(StrEnum):
    """What a column of an appointment list may hold; the word of `--map`."""

    START = "start"
    DATE = "date"
    TIME = "time"
    PHONE = "phone"
    NAME = "name"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"
    WHAT = "what"
    WHERE = "where"
    STATUS = "status"
    ID = "id"


_ALIASES: dict[Part, tuple[str, ...]] = {
    Part.START: (
        *("start", "starttime", "startdatetime", "startdateandtime", "startsat", "begins"),
        *("appointmenttime", "appointmentstart", "datetime", "dateandtime", "when", "debut"),
    ),
    Part.DATE: (
        *("date", "startdate", "appointmentdate", "day", "datum", "fecha", "jour", "bookingdate"),
    ),
    Part.TIME: ("time", "timeofday", "clock", "uhrzeit", "hora", "heure", "hour", "bookingtime"),
    Part.PHONE: (
        *("phone", "phonenumber", "mobile", "mobilephone", "cell", "cellphone", "telephone"),
        *("customerphone", "clientphone", "customerphonenumber", "clientphonenumber", "telefon"),
        *("contactnumber", "mobilenumber", "number", "telefono", "portable", "clientmobile"),
    ),
    Part.NAME: (
        *("name", "customer", "client", "customername", "clientname", "fullname", "guest", "who"),
        *("patient", "kunde", "cliente", "nom", "attendee", "invitee", "inviteename"),
    ),
    Part.FIRST_NAME: ("firstname", "customerfirstname", "clientfirstname", "givenname", "vorname"),
    Part.LAST_NAME: ("lastname", "customerlastname", "clientlastname", "surname", "familyname"),
    Part.WHAT: (
        *("what", "service", "services", "appointmenttype", "type", "treatment", "subject"),
        *("title", "event", "eventtype", "eventtypename", "item", "reason", "servicio"),
    ),
    Part.WHERE: ("where", "location", "place", "room", "address", "ort", "lieu"),
    Part.STATUS: ("status", "state", "appointmentstatus", "bookingstatus"),
    Part.ID: (
        *("id", "appointmentid", "bookingid", "reference", "confirmationnumber", "uid"),
        *("bookingreference", "eventid", "confirmation"),
    ),
}

_OFF = frozenset(
    "cancelled canceled cancelledbycustomer canceledbycustomer cancelledbyclient canceledbyclient"
    " cancelledbyseller canceledbyseller declined deleted noshow storniert annule".split()
)
_LONGEST_CELL = 500


def read_parts(pairs: Iterable[str]) -> dict[Part, str]:
    """Read what somebody says about columns: each `part=column`.

    Raises:
        BadInput: it is no such pair, or nobody knows the part.
    """
    parts: dict[Part, str] = {}
    for pair in pairs:
        word, _, column = pair.partition("=")
        try:
            parts[Part(word.strip().lower())] = column.strip()
        except ValueError:
            raise BadInput(
                f"--map: “{pair[:60]}” is not PART=COLUMN.",
                f"A part is one of: {', '.join(Part)}.",
                code="bad_map",
            ) from None
    return parts


def parts_of(header: Sequence[str], chosen: Mapping[Part, str]) -> dict[Part, int]:
    """Return which column holds which part.

    Args:
        header: the names of the columns.
        chosen: the owner's own word on some of them.

    Raises:
        BadInput: a chosen column is not there, or no column says when or who.
    """
    keys = [header_key(name) for name in header]
    found: dict[Part, int] = {}
    for part, aliases in _ALIASES.items():
        named = next((keys.index(alias) for alias in aliases if alias in keys), None)
        if named is not None and named not in found.values():
            found[part] = named
    for part, word in chosen.items():
        found = {other: at for other, at in found.items() if other is not part}
        if word:
            found[part] = column_called(word, header)
    if Part.START not in found and Part.DATE not in found:
        raise _lacks("says when an appointment begins", header, "--map start=COLUMN")
    if not {Part.PHONE, Part.NAME, Part.FIRST_NAME, Part.LAST_NAME} & set(found):
        raise _lacks("says who comes", header, "--map phone=COLUMN or --map name=COLUMN")
    return found


def appointments_in(
    rows: Iterable[TableRow],
    parts: Mapping[Part, int],
    *,
    zone: str,
    country: str,
    order: DateOrder | None,
    now: datetime,
    until: datetime,
) -> Appointments:
    """Return the appointments between `now` and `until`.

    Args:
        rows: of the table, without its header.
        parts: which column holds what.
        zone: of the shop, for times that name none.
        country: of the shop, for numbers without a country code.
        order: how the file writes days, where that is not clear.
        now: what began before is past.
        until: the last moment that is looked at.

    Raises:
        BadInput: there are more than anybody has.
    """
    found: list[Appointment] = []
    unused: list[ParkedRow] = []
    beyond = 0
    for row in rows:
        one = row if isinstance(row, ParkedRow) else _read(row, parts, zone, country, order)
        if one is None:
            continue
        if isinstance(one, ParkedRow):
            unused.append(one)
        elif now < one.starts_at <= until:
            found.append(one)
        else:
            beyond += 1
        if max(len(found), len(unused)) > MOST_APPOINTMENTS:
            raise BadInput(
                f"The file has more than {MOST_APPOINTMENTS:,} appointments ahead.",
                "Export the coming weeks only.",
                code="too_many_appointments",
            )
    return Appointments(found=tuple(found), parked=tuple(unused), beyond=beyond)


def _read(
    row: tuple[int, Sequence[str]],
    parts: Mapping[Part, int],
    zone: str,
    country: str,
    order: DateOrder | None,
) -> Appointment | ParkedRow | None:
    number, cells = row
    if not any(cell.strip() for cell in cells):
        return None

    def cell(part: Part) -> str:
        at = parts.get(part)
        text = "" if at is None or at >= len(cells) else text_in(cells[at])
        return " ".join(text[:_LONGEST_CELL].split())

    starts = _start(cell(Part.START), cell(Part.DATE), cell(Part.TIME), order)
    if isinstance(starts, str):
        return parked(number, starts, cells)
    phone = read_phone(cell(Part.PHONE), country)
    name = cell(Part.NAME) or f"{cell(Part.FIRST_NAME)} {cell(Part.LAST_NAME)}".strip()
    if phone is not None and not isinstance(phone, PhoneRead) and not name:
        return parked(number, phone.sentence, cells)
    try:
        at = starts.moment(zone)
    except OverflowError:
        return parked(number, "It has no day that can be read.", cells)
    return Appointment(
        row=number,
        uid=cell(Part.ID),
        starts_at=at,
        names=(name,) if name else (),
        numbers=(phone.number,) if isinstance(phone, PhoneRead) else (),
        what=cell(Part.WHAT),
        where=cell(Part.WHERE),
        canceled=header_key(cell(Part.STATUS)) in _OFF,
    )


def _start(start: str, day: str, time: str, order: DateOrder | None) -> DateRead | str:
    read = read_date(start or f"{day} {time}".strip(), order)
    if isinstance(read, UnclearDate):
        return f"{read.sentence} Say which with --date-order."
    if read is None:
        return "It has no day that can be read."
    return "It has a day but no time." if read.at is None else read


def _lacks(what: str, header: Sequence[str], way: str) -> BadInput:
    names = ", ".join(name[:40] for name in header[:12])
    return BadInput(
        f"No column of this file {what}.",
        f"Say which: {way}. There are: {names}.",
        code="no_such_column",
    )
