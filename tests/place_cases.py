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

NUMBERS = {
    "AT": "+43660000000",
    "AU": "+61491570156",
    "BR": "+5511900000000",
    "CH": "+41790000000",
    "DE": "+4915228817386",
    "ES": "+34600000000",
    "FR": "+33639980123",
    "GB": "+447700900123",
    "IE": "+353850000000",
    "IN": "+919000000000",
    "IT": "+393200000000",
    "MX": "+525500000000",
    "NZ": "+64210000000",
    "SE": "+46700000000",
    "ZA": "+27600000000",
}
"""One number of a country, of a range for films and tests where the country has one."""

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
