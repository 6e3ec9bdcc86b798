"""The table `data/places.txt`: the hours of every place, one decision a line, as cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from builders import a_contact, a_draft, a_person, a_shop, facts_for
from rule_files import packaged_rules
from shopbell.domain.decide import decide
from shopbell.domain.decision import Decision
from shopbell.domain.facts import Facts
from shopbell.domain.numbers import number_of
from shopbell.domain.shop_rules import HolidayWish, ShopRules
from shopbell.domain.weeks import read_week
from shopbell.domain.whereabouts import whereabouts_of

RESERVED = {
    "AU": "+61491570156",  # ACMA: 0491 570 156 to 159 and some more, for creative works
    "DE": "+4915228817386",  # Bundesnetzagentur: 0152 28817386, for films and broadcasts
    "FR": "+33639980123",  # Arcep: 06 39 98 00 00 to 99 99, for films and broadcasts
    "GB": "+447700900123",  # Ofcom: 07700 900000 to 900999, for drama
    "SE": "+46701740605",  # PTS: 070-1740605 to 1740699, for invented people
}
"""Mobile numbers that the country's regulator keeps for films, books and tests."""

ZEROS = {
    "AT": "+43660000000",
    "BR": "+5511900000000",
    "CH": "+41790000000",
    "ES": "+34600000000",
    "IE": "+353850000000",
    "IN": "+919000000000",
    "IT": "+393200000000",
    "MX": "+525500000000",
    "NZ": "+64210000000",
    "ZA": "+27600000000",
}
"""Mobile numbers whose own part is all zeros, where no mobile range is known to be reserved.

Ireland reserves 020 91x xxxx, but that is no mobile range, and the gate would refuse it as no
number for texts; and a number the plan does not know at all is of no country. So these have a real
beginning and then nothing but zeros. That nobody holds such a number is likely, not verified
country by country.
What is certain: none can ring from here, for every text of these cases ends at the decision.
"""

NUMBERS = {**ZEROS, **RESERVED}
"""One number of a country."""

ROUND_THE_CLOCK = read_week("mon-sun 00:00-24:00")


@dataclass(frozen=True, kw_only=True)
class PlaceCase:
    line: int
    number: str
    region: str | None
    zone: str | None
    when: str
    reasons: tuple[str, ...]
    goes: str | None
    """On the person's own clock; None for at once."""

    @property
    def clock(self) -> ZoneInfo:
        contact = a_contact(self.number, zone=self.zone, region=self.region)
        known = whereabouts_of(number_of(contact.number), contact, packaged_rules())
        return ZoneInfo(known.zones[0])

    def moment(self, there: str) -> datetime:
        return datetime.strptime(there, "%a %Y-%m-%d %H:%M").replace(tzinfo=self.clock)

    @property
    def facts(self) -> Facts:
        return facts_for(
            a_draft("Tulips are here", number=self.number),
            a_person(contact=a_contact(self.number, zone=self.zone, region=self.region)),
            a_shop(zone=self.clock.key, hours=ROUND_THE_CLOCK),
            self.moment(self.when),
            ShopRules(holidays=HolidayWish.OPEN, contact="fern.example"),
        )

    def decide(self) -> Decision:
        return decide(self.facts, packaged_rules(), self.moment(self.when))


@lru_cache(maxsize=1)
def place_cases() -> tuple[PlaceCase, ...]:
    path = Path(__file__).parent / "data" / "places.txt"
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return tuple(_case(n, line) for n, line in lines if not line.startswith("#"))


def _case(line: int, text: str) -> PlaceCase:
    number, noted, when, reasons, goes = (cell.strip() for cell in text.split("|"))
    words = [] if noted == "-" else noted.split()
    return PlaceCase(
        line=line,
        number=NUMBERS.get(number) or f"+1{number}5550142",
        region=next((word for word in words if "/" not in word), None),
        zone=next((word for word in words if "/" in word), None),
        when=when,
        reasons=() if reasons == "-" else tuple(reasons.split(", ")),
        goes=None if goes == "at once" else goes,
    )
