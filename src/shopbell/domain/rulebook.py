"""The rulebook: every row of law, the default manners and the reply words, read from rule files.

Must not decide, and must not open files: their texts come in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shopbell.domain.jurisdictions import Jurisdiction, read_jurisdiction
from shopbell.domain.policy import Policy, read_policy
from shopbell.domain.rule_table import RuleTable
from shopbell.domain.stop_rules import StopRules, read_stop_rules
from shopbell.domain.text_rules import TEXT_FILES, TextRules, text_rules
from shopbell.errors import BadInput

POLICY_FILE = "policy.toml"
STOP_FILE = "stop.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Everything the gate and the reply reader go by."""

    version: str
    """Changes with every change of any rule file; stored with each decision."""
    jurisdictions: tuple[Jurisdiction, ...]
    policy: Policy
    stops: StopRules
    texts: TextRules
    """Rules about words, read when they are first needed."""

    def rows_for(self, place: str, day: date) -> tuple[Jurisdiction, ...]:
        """Return the rows that bind in `place` ("US", "US-FL") on `day`, the country's first.

        Empty if there is no row for the country: the caller must then fail closed.
        """
        country = place.partition("-")[0]
        of_country = self._covering(country, day)
        if country == place or not of_country:
            return of_country
        return of_country + self._covering(place, day)

    def _covering(self, place: str, day: date) -> tuple[Jurisdiction, ...]:
        return tuple(row for row in self.jurisdictions if place in row.covers and row.in_force(day))


def parse_rules(files: Mapping[str, str]) -> Rulebook:
    """Return the rulebook that the rule files say.

    Args:
        files: the text of each file by its name: `policy.toml`, `stop.toml`, and one
            file per jurisdiction, named after it ("US.toml", "US-FL.toml").

    Raises:
        BadInput: a file is missing, is no TOML, or lacks, misspells or misuses a key; the message
            names the file and the key.
    """
    for name in (POLICY_FILE, STOP_FILE):
        if name not in files:
            raise BadInput(
                f"The rule file {name} is missing.", "Install Shopbell again.", code="rules"
            )
    policy = read_policy(RuleTable.parsed(POLICY_FILE, files[POLICY_FILE]))
    stops = read_stop_rules(RuleTable.parsed(STOP_FILE, files[STOP_FILE]))
    rows = tuple(
        _row(name, text) for name, text in sorted(files.items()) if name not in _NOT_A_PLACE
    )
    newest = max(policy.version, stops.version, *(row.version for row in rows), "")
    return Rulebook(
        version=f"{newest}+{_fingerprint(files)}",
        jurisdictions=rows,
        policy=policy,
        stops=stops,
        texts=text_rules(files),
    )


_NOT_A_PLACE = frozenset({POLICY_FILE, STOP_FILE}) | TEXT_FILES


def _row(name: str, text: str) -> Jurisdiction:
    table = RuleTable.parsed(name, text)
    row = read_jurisdiction(table)
    if name != f"{row.id}.toml":
        raise table.error("id", f'says "{row.id}", but the file is named {name}')
    return row


def _fingerprint(files: Mapping[str, str]) -> str:
    """Return eight letters that change when any rule file changes."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{name}\0{files[name]}\0".encode())
    return whole.hexdigest()[:8]
