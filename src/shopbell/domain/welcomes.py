"""Which yeses a welcome is due for, and how it reads. Must not send it: see `domain.occasions`."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta

from shopbell.domain.consent import ConsentEvent, Purpose, standing, standing_topics
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.ids import ConsentId
from shopbell.domain.occasions import together
from shopbell.domain.promises import Frequency
from shopbell.domain.shop import ShopProfile
from shopbell.domain.template_rules import TemplateKind, TemplateRules
from shopbell.domain.templates import Details, fill
from shopbell.domain.topics import TOPICS, Topic

_USUAL = {topic.id: topic.words for topic in TOPICS}
_WELCOMED = (Purpose.MARKETING, Purpose.SERVICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The yeses one welcome is about."""

    yeses: tuple[ConsentEvent, ...]
    topics: tuple[str, ...]
    """As the texts name them: ids of the usual topics, the owner's words for the others."""
    often: Frequency
    """What the words they agreed to promise, all yeses together."""
    at: datetime
    """When the newest of them was said (aware, UTC)."""


def due(
    events: tuple[ConsentEvent, ...],
    topics: tuple[Topic, ...],
    *,
    wanted: str | None,
    welcomed: Container[ConsentId],
    from_lists: Container[ConsentId],
    within: timedelta,
    now: datetime,
) -> Due | Reason:
    """Return what a welcome is due for, or why none is.

    Args:
        events: every act of the person.
        topics: of the shop; they name what is not usual.
        wanted: only yeses that name this topic; None = all.
        welcomed: yeses that were welcomed before.
        from_lists: yeses that an import brought: those are never welcomed.
        within: how old a yes may be.
        now: aware.
    """
    grants = [
        grant
        for purpose in _WELCOMED
        for grant in standing(events, purpose)
        if wanted is None or wanted in grant.topics
    ]
    if not grants:
        return _no(Code.NO_CONSENT, _NO_YES)
    stated = [grant for grant in grants if grant.promised_n and grant.promised_days]
    if not stated:
        return _no(Code.WORDS_MISSING, _NO_NUMBER)
    typed = [grant for grant in stated if grant.id not in from_lists]
    if not typed:
        return _no(Code.NOT_CALLED_FOR, _FROM_A_LIST)
    open_ = [grant for grant in typed if grant.id not in welcomed]
    if not open_:
        return _no(Code.NOT_CALLED_FOR, _WELCOMED_BEFORE)
    fresh = tuple(grant for grant in open_ if now - grant.at < within)
    if not fresh:
        return _no(Code.NOT_CALLED_FOR, _TOO_OLD.format(days=within.days))
    often = together(tuple(map(_promise, fresh)))
    if often is None:
        raise AssertionError("every one of them states a number")
    return Due(
        yeses=fresh,
        topics=_named(fresh, events, topics),
        often=often,
        at=max(grant.at for grant in fresh),
    )


def welcome_text(
    due_: Due,
    language: str,
    shop: ShopProfile,
    country: str | None,
    rules: TemplateRules,
    *,
    kind: TemplateKind = TemplateKind.WELCOME,
    contact: str | None = None,
    stop_code: str | None = None,
    choices: str | None = None,
) -> str:
    """Return the welcome as the shop's own settings make it.

    Raises:
        BadInput: something it cannot do without is not known; names it.
    """
    details = Details(
        shop=shop,
        country=country,
        promised_n=due_.often.n,
        promised_days=due_.often.days,
        topics=due_.topics,
        contact=contact,
        stop_code=stop_code,
        choices=choices,
    )
    return fill(kind, language, details, rules)


def named(ids: tuple[str, ...], topics: tuple[Topic, ...]) -> tuple[str, ...]:
    """Return topics as texts name them: a template knows the usual ones, the owner the others."""
    own = {topic.id: topic.words for topic in topics if topic.words != _USUAL.get(topic.id)}
    return tuple(own.get(id_, id_) for id_ in ids)


def _named(
    grants: tuple[ConsentEvent, ...], events: tuple[ConsentEvent, ...], topics: tuple[Topic, ...]
) -> tuple[str, ...]:
    ids: list[str] = []
    for grant in grants:
        alive = standing_topics(events, grant.purpose)
        general = "offers" if grant.purpose is Purpose.MARKETING else "orders"
        ids += [topic for topic in grant.topics if topic in alive] or [general]
    return named(tuple(dict.fromkeys(ids)), topics)


def _promise(grant: ConsentEvent) -> Frequency:
    return Frequency(n=grant.promised_n or 0, days=grant.promised_days or 1)


_NO_YES = "There is no yes on file to welcome. Ask first, then write it down."
_NO_NUMBER = (
    "Their yes states no number of texts, so there is nothing to promise. "
    "A welcome goes to who said yes to a number, like 4 a month."
)
_FROM_A_LIST = "Their yes came in a list. Nobody is texted because of a list."
_WELCOMED_BEFORE = "Their yes was welcomed already: once is enough."
_TOO_OLD = "Their yes is more than {days} days old: too late for a welcome."


def _no(code: Code, sentence: str) -> Reason:
    return Reason(
        code=code,
        verdict=Verdict.REFUSE,
        layer=Layer.POLICY,
        rule="policy.welcome",
        citation="",
        sentence=sentence,
    )
