"""How long the words of a text stay true: "today", "tonight", "until 5", "this Saturday".

A text that says "today" must not leave tomorrow: the last true moment becomes its last sending
moment. Where words can be read two ways the earlier reading counts. Must not send or hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from zoneinfo import ZoneInfo

from shopbell.domain.day_clock import Limit, moment, times_beside, where_it_begins
from shopbell.domain.day_mentions import DAY_MINUTES, Kind, Mention, mentions_in
from shopbell.domain.folding import Span, fold, hidden, name_pattern
from shopbell.domain.stale_rules import StaleRules
from shopbell.domain.telling import day_and_clock

_SECOND = timedelta(seconds=1)
_A_WEEK = timedelta(days=7)
_SMALL_NUMBERS = {"two": 2.0, "three": 3.0, "few": 3.0, "half an": 0.5}
_HOUR_LETTERS = ("h", "st")
"""How the words for an hour begin: h, hr, hour, heure, hora, std, Stunde; minutes begin with m."""

_Place = tuple[int, int, datetime]
"""Where words stand in the folded text, and the first moment they are wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """Words that are true until a moment."""

    span: Span
    words: str
    """As typed. Show them with `shown`."""
    last: datetime
    """The last moment they are true (aware, UTC). Before `now` if they are wrong already."""
    sentence: str
    """What follows from it. Repeats the writer's words: show it with `shown`."""


def pins(
    body: str, now: datetime, zone: ZoneInfo, rules: StaleRules, shop_name: str = ""
) -> tuple[Pin, ...]:
    """Return every stretch of words that is true for a while only, in order of place.

    Args:
        body: what was typed.
        now: when it was written; aware.
        zone: of the shop's counter: whose "today" it is.
        rules: the words, in all languages at once.
        shop_name: no word to be judged: "Sunday Bakery" is open all week.
    """
    folded = fold(body)
    plain = hidden(folded.text, [name_pattern(shop_name), *rules.not_meant])
    here = now.astimezone(zone)
    mentions = mentions_in(body, folded, plain, here.date(), rules)
    found = [*_soon(plain, now.astimezone(UTC), rules)]
    after = 0
    for mention, follower in zip_longest(mentions, mentions[1:]):
        before = where_it_begins(plain, follower, mention.end) if follower else len(plain)
        found.append(_bound(plain, mention, here, after=after, before=before))
        after = mention.end
    return tuple(
        _pin(body, folded.span(start, end), wrong_from - _SECOND, here)
        for start, end, wrong_from in sorted(found)
    )


def last_true(
    body: str, now: datetime, zone: ZoneInfo, rules: StaleRules, shop_name: str = ""
) -> Pin | None:
    """Return the pin that runs out first: after its `last` the text must not leave any more."""
    return min(
        pins(body, now, zone, rules, shop_name), key=lambda pin: (pin.last, pin.span), default=None
    )


def _bound(plain: str, mention: Mention, here: datetime, *, after: int, before: int) -> _Place:
    """Return the words about one day, with a time beside them, and when they become wrong."""
    now = here.astimezone(UTC)
    times = [*times_beside(plain, mention, here, after=after, before=before)]
    ends = [one for one in times if one.limit is Limit.ENDS]
    begins = [one for one in times if one.limit is Limit.BEGINS]
    if not mention.clock:
        ends = begins = []
    for one in sorted(ends or begins, key=lambda time: time.minute):
        wrong_from = moment(mention.day, one.minute, here)
        if wrong_from <= now and mention.kind in {Kind.WEEKDAY, Kind.SHORT}:
            wrong_from = moment(mention.day + _A_WEEK, one.minute, here)
        if wrong_from > now or one.limit is Limit.ENDS:
            return min(one.start, mention.start), max(one.end, mention.end), wrong_from
    wrong_from = moment(mention.day, mention.ends, here)
    if wrong_from <= now:
        # "Your parcel came this morning", said at three: true all day.
        wrong_from = moment(mention.day, DAY_MINUTES, here)
    return mention.start, mention.end, wrong_from


def _soon(plain: str, now: datetime, rules: StaleRules) -> Iterator[_Place]:
    """Return where a text counts from the moment of writing: "ready in 20 minutes"."""
    for pattern in rules.soon:
        for match in pattern.finditer(plain):
            written = match["n"] or "1"
            count = float(written) if written.isdecimal() else _SMALL_NUMBERS.get(written, 1.0)
            hours = match["unit"].startswith(_HOUR_LETTERS)
            length = timedelta(hours=count) if hours else timedelta(minutes=count)
            yield match.start("said"), match.end("said"), now + length


def _pin(body: str, span: Span, last: datetime, here: datetime) -> Pin:
    words = " ".join(body[slice(*span)].split())
    if last < here.astimezone(UTC):
        sentence = f"\u201c{words}\u201d is over already. Change the words."
    else:
        until = day_and_clock(last, str(here.tzinfo))
        sentence = f"\u201c{words}\u201d is true until {until}; the text does not leave later."
    return Pin(span=span, words=words, last=last, sentence=sentence)
