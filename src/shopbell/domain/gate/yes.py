"""What somebody has said yes to, as the rules about permission look at it. Must not decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from shopbell.domain.consent import Act, ConsentEvent, Purpose, standing, standing_topics
from shopbell.domain.facts import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Yes:
    """What stands on file for one purpose."""

    grants: tuple[ConsentEvent, ...]
    """The grants that no later revocation undid, oldest first."""
    topics: frozenset[str]
    """The topics said yes to."""

    @property
    def is_general(self) -> bool:
        """Whether a yes to the purpose as a whole stands."""
        return any(not grant.topics for grant in self.grants)

    @property
    def stands(self) -> bool:
        """Whether any yes stands: a general one, or one topic at least."""
        return bool(self.topics) or self.is_general


@lru_cache(maxsize=8)
def yes_on_file(facts: Facts, now: datetime) -> Yes:
    """Return what stands for the purpose of the text."""
    return yes_to(known_by(facts.person.consents, now), facts.draft.purpose)


def yes_to(events: tuple[ConsentEvent, ...], purpose: Purpose) -> Yes:
    """Return what stands for `purpose`."""
    return Yes(grants=standing(events, purpose), topics=standing_topics(events, purpose))


def known_by(events: tuple[ConsentEvent, ...], now: datetime) -> tuple[ConsentEvent, ...]:
    """Return the events without grants of the future: a yes counts from when it is said."""
    return tuple([event for event in events if event.act is Act.REVOKED or event.at <= now])


def covering(facts: Facts, now: datetime) -> tuple[ConsentEvent, ...]:
    """Return the standing grants that a text of this purpose and topic rests on, oldest first.

    Where none names the topic, all of the purpose: that the topic is missing is told elsewhere.
    """
    wanted = facts.draft.topic
    grants = yes_on_file(facts, now).grants
    if wanted is None:
        fitting = [grant for grant in grants if not grant.topics]
    else:
        fitting = [grant for grant in grants if wanted in grant.topics]
    return tuple(fitting) or grants
