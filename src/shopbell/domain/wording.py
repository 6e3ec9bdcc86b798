"""The text exactly as it leaves: shop name, the words, the way out. Must not decide or send."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from shopbell.domain.consent import Purpose
from shopbell.domain.policy import FooterWhen
from shopbell.domain.rulebook import Rulebook
from shopbell.domain.segments import measure
from shopbell.domain.shop import ShopProfile
from shopbell.domain.shop_rules import NOTHING_CHANGED, ShopRules
from shopbell.domain.texts import FinalText

_UNSENDABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_INTRODUCED_WITHIN = 60
"""Characters from the start within which "this is Fern & Finch" still counts as signed."""


def final_text(
    body: str,
    shop: ShopProfile,
    purpose: Purpose,
    place: str | None,
    footer_due: bool,
    rules: Rulebook,
    *,
    shop_rules: ShopRules = NOTHING_CHANGED,
    also: tuple[str, ...] = (),
) -> FinalText:
    """Return what leaves when somebody types `body`.

    The shop's name comes first unless the words already begin with it or introduce the shop. The
    footer of the number's place comes last where the purpose asks for one, unless the words
    already say how to stop; where a place wants to know how to reach the shop, that comes with it.
    An empty body stays empty.

    Args:
        body: what was typed, as typed.
        shop: whose name it carries.
        purpose: decides whether there is a footer.
        place: of the number, "US" or "CA-QC"; None if unknown.
        footer_due: for purposes with a footer first and monthly, whether it is due now.
        rules: where the footers are.
        shop_rules: where the shop's contact and short code are.
        also: further places the person may be in.
    """
    words = _sendable(body)
    if not words:
        return _measured("", name_added=False, footer="")
    name = _one_line(shop.name)
    name_added = bool(name) and not _is_signed(words, name)
    text = f"{name}: {words}" if name_added else words
    when = rules.policy.purposes[purpose].footer
    wanted = when is FooterWhen.ALWAYS or (when is FooterWhen.FIRST_AND_MONTHLY and footer_due)
    footer = _footer(words, (place, *also), rules, shop_rules) if wanted else ""
    return _measured(text + footer, name_added=name_added, footer=footer)


def says_how_to_stop(final: FinalText, rules: Rulebook) -> bool:
    """Return whether the text carries a way out, put there by rule or by the writer."""
    return bool(final.footer_added) or rules.policy.footers.stands_in(final.text)


def names_the_shop(final: FinalText, shop: ShopProfile) -> bool:
    """Return whether the text says who sends it."""
    name = _one_line(shop.name)
    return bool(name) and (final.name_added or _is_signed(final.text, name))


def _footer(
    words: str, places: tuple[str | None, ...], rules: Rulebook, shop_rules: ShopRules
) -> str:
    footers, contact = rules.policy.footers, shop_rules.contact
    first = footers.for_place(places[0])
    footer = "" if footers.stands_in(words) else first.filled(contact, shop_rules.short_code)
    if not contact or contact in words + footer:
        return footer
    return footer + next(filter(None, (footers.for_place(p).contact(contact) for p in places)), "")


def _measured(text: str, *, name_added: bool, footer: str) -> FinalText:
    size = measure(text)
    return FinalText(
        text=text,
        encoding=size.encoding,
        units=size.units,
        segments=size.segments,
        name_added=name_added,
        footer_added=footer,
        costly=size.costly,
    )


def _sendable(body: str) -> str:
    """Return the words without what no phone can show; letters and accents become one character."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", _UNSENDABLE.sub("", lines)).strip()


def _one_line(name: str) -> str:
    return " ".join(_sendable(name).split())


def _is_signed(words: str, name: str) -> bool:
    begins, introduces = _signatures(_plain(name))
    start = _plain(words[:_INTRODUCED_WITHIN])
    return bool(begins.match(start) or introduces.search(start))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return " ".join(text.split())


@lru_cache(maxsize=64)
def _signatures(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    quoted = re.escape(name)
    return (
        re.compile(rf"{quoted}(?!\w)"),
        re.compile(rf"\b(?:this is|here is|it is|it's|from)\s(?:{quoted})(?!\w)"),
    )
