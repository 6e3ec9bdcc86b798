"""What a whole look at the shop file showed, for scripts. Must not look itself."""

from __future__ import annotations

from shopbell.cli.output import Json
from shopbell.domain.checked import Checked


def checked_json(found: Checked) -> dict[str, Json]:
    """Return everything that was found."""
    ledger = found.ledger
    noted: Json = None
    if found.noted:
        noted = {"head": found.noted, "entry": ledger.noted_at, "since": ledger.since}
    return {
        "ok": found.ok,
        "file": {"ok": not found.faults, "faults": list(found.faults)},
        "ledger": {
            "ok": found.ledger_ok,
            "entries": ledger.entries,
            "first_bad": ledger.first_bad,
            "head": ledger.head,
            "noted": noted,
        },
        "balances": {
            one.name: {"ok": one.ok, "looked_at": one.looked_at, "faults": list(one.faults)}
            for one in found.balances
        },
    }
