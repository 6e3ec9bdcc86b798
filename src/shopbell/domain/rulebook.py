"""The rulebook: every row of law, the default manners and the reply words, read from rule files.

Must not decide, and must not open files: their texts come in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from shopbell.domain.area_codes import AreaCodes, read_area_codes, read_part_zones
from shopbell.domain.carriers import Carriers, read_carriers
from shopbell.domain.jurisdiction_rows import read_jurisdiction
from shopbell.domain.jurisdictions import UNKNOWN_PART, Jurisdiction
from shopbell.domain.policy import Policy, read_policy
from shopbell.domain.rule_table import RuleTable
from shopbell.domain.state_rows import read_states
from shopbell.domain.stop_rules import StopRules
from shopbell.domain.text_rules import TEXT_FILES, TextRules, text_rules
from shopbell.errors import BadInput

POLICY_FILE = "policy.toml"
AREA_CODE_FILE = "area_codes.toml"
CARRIER_FILE = "carriers.toml"
PART_ZONE_FILE = "part_zones.toml"
STATES_FILE_END = "-states.toml"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rulebook:
    """Everything the gate and the reply reader go by.

    Two rulebooks are the same only if they are one: what was found out about one can be kept.
    """

    version: str
    """Changes with every change of any rule file; stored with each decision."""
    jurisdictions: tuple[Jurisdiction, ...]
    policy: Policy
    area_codes: AreaCodes
    part_zones: Mapping[str, tuple[str, ...]]
    """The zones of states whose numbers do not tell them: by "AU-NSW"."""
    carriers: Carriers
    by_place: Mapping[str, tuple[Jurisdiction, ...]]
    """The rows that cover a place, of every time."""
    texts: TextRules
    """Rules about words, read when they are first needed."""

    @property
    def stops(self) -> StopRules:
        """The words and phrases by which replies are read."""
        return self.texts.stops

    def rows_for(self, place: str, day: date) -> tuple[Jurisdiction, ...]:
        """Return the rows that bind in `place` ("US", "US-FL") on `day`, the country's first.

        Empty if there is no row for the country: the caller must then fail closed.
        """
        return tuple(row for row in self.rows_of(place) if row.in_force(day))

    def rows_of(self, place: str) -> tuple[Jurisdiction, ...]:
        """Return the rows that bind in `place` at any time, the country's first."""
        country = place.partition("-")[0]
        of_country = self.by_place.get(country, ())
        if country == place or not of_country:
            return of_country
        return of_country + self.by_place.get(place, ())

    def located(self, place: str) -> str:
        """Return `place`, or "US-unknown" where a state is called for and is missing or unheard of.

        Countries whose parts have no rows stay as they are.
        """
        country, _, part = place.partition("-")
        unknown = f"{country}-{UNKNOWN_PART}"
        if unknown not in self.by_place or (part and place in self.by_place):
            return place
        return unknown


def parse_rules(files: Mapping[str, str]) -> Rulebook:
    """Return the rulebook that the rule files say.

    Args:
        files: the text of each file by its name: `policy.toml`, `stop.toml`, `area_codes.toml`,
            `part_zones.toml`, `carriers.toml`, those of `text_rules`, one file per jurisdiction,
            named after it ("CA.toml"), and one for all states of a country ("US-states.toml").

    Raises:
        BadInput: a file is missing, is no TOML, or lacks, misspells or misuses a key; the message
            names the file and the key.
    """
    policy = read_policy(_needed(files, POLICY_FILE))
    area_codes = read_area_codes(_needed(files, AREA_CODE_FILE))
    part_zones = read_part_zones(_needed(files, PART_ZONE_FILE))
    carriers = read_carriers(_needed(files, CARRIER_FILE))
    rows = tuple(_rows(files))
    _refuse_doubles(rows)
    newest = max(
        policy.version,
        area_codes.version,
        carriers.version,
        *(row.version for row in rows),
    )
    by_place: dict[str, tuple[Jurisdiction, ...]] = {}
    for row in rows:
        for place in row.covers:
            by_place[place] = (*by_place.get(place, ()), row)
    return Rulebook(
        version=f"{newest}+{_fingerprint(files)}",
        jurisdictions=rows,
        policy=policy,
        area_codes=area_codes,
        part_zones=part_zones,
        carriers=carriers,
        by_place=by_place,
        texts=text_rules(files),
    )


_NOT_A_PLACE = frozenset({POLICY_FILE, AREA_CODE_FILE, PART_ZONE_FILE, CARRIER_FILE}) | TEXT_FILES


def _needed(files: Mapping[str, str], name: str) -> RuleTable:
    if name not in files:
        raise BadInput(f"The rule file {name} is missing.", "Install Shopbell again.", code="rules")
    return RuleTable.parsed(name, files[name])


def _rows(files: Mapping[str, str]) -> Iterable[Jurisdiction]:
    """Yield the rows of every file about places, sorted by file."""
    tables = {
        name: RuleTable.parsed(name, text)
        for name, text in sorted(files.items())
        if name not in _NOT_A_PLACE
    }
    for name, table in tables.items():
        if name.endswith(STATES_FILE_END):
            yield from read_states(table)
        else:
            yield _row(name, table, tables)


def _row(name: str, table: RuleTable, tables: Mapping[str, RuleTable]) -> Jurisdiction:
    if table.has("extends"):
        base = tables.get(f"{table.text('extends')}.toml")
        if base is None or base.has("extends"):
            raise table.error("extends", "must name a file that extends no other")
        table = table.over(base)
    row = read_jurisdiction(table)
    if name != f"{row.id}.toml":
        raise table.error("id", f'says "{row.id}", but the file is named {name}')
    return row


def _refuse_doubles(rows: Iterable[Jurisdiction]) -> None:
    """Refuse two rows of one id that are in force on the same day: which one would be right?"""
    by_id: dict[str, list[Jurisdiction]] = {}
    for row in rows:
        by_id.setdefault(row.id, []).append(row)
    for row_id, same in by_id.items():
        for one, other in combinations(same, 2):
            starts = max(one.effective_from or date.min, other.effective_from or date.min)
            if one.in_force(starts) and other.in_force(starts):
                raise BadInput(
                    f"The rule files have two rows for {row_id} in force on one day.",
                    "Give the older one an effective_to.",
                    code="rules",
                )


def _fingerprint(files: Mapping[str, str]) -> str:
    """Return eight letters that change when any rule file changes."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{name}\0{files[name]}\0".encode())
    return whole.hexdigest()[:8]
