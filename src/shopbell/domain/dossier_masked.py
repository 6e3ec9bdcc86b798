"""A dossier for a screen that others may see: numbers are cut down. Must not hide anything else."""

from __future__ import annotations

from shopbell.domain.dossier import Dossier
from shopbell.domain.dossier_page import as_text
from shopbell.domain.people import masked
from shopbell.domain.printed_numbers import printed


def as_masked_text(dossier: Dossier) -> str:
    """Return the dossier with only the last four digits of every number that is on file.

    What somebody wrote themselves stays as they wrote it.
    """
    number = dossier.number.e164
    text = as_text(dossier).replace(printed(dossier.number, dossier.shop.country), masked(number))
    others = (one.number for one in (*dossier.same_person, *dossier.household))
    for whole in (number, *others):
        text = text.replace(whole, masked(whole))
    return text
