"""People in outline, made from all that is known of them, and audiences judged person by person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.crowd import Crowd, Said
from shopbell.domain.facts import Judged, PersonFacts, ShopFacts, TextDraft
from shopbell.domain.ids import ContactId
from shopbell.domain.judge import judge
from shopbell.domain.judging_many import Judging
from shopbell.domain.outlines import Outline, SaidAct
from shopbell.domain.promises import Frequency
from shopbell.domain.shop import ShopProfile
from shopbell.domain.shop_rules import NOTHING_CHANGED, ShopRules
from shopbell.domain.spots import looks_back
from shopbell.domain.texts import COUNTS_FOR_CAPS
from shopbell.domain.wishes import NO_WISHES


def outline_of(person: PersonFacts, purpose: Purpose, past_since: datetime) -> Outline:
    """Return what an outline of a person must say."""
    events = sorted(person.consents, key=lambda event: (event.at, event.id))
    past = [text for text in person.past if text.state in COUNTS_FOR_CAPS]
    contact = person.contact
    heard = [text.at for text in past]
    heard += [] if person.last_inbound_at is None else [person.last_inbound_at]
    return Outline(
        contact_id=None if contact is None else ContactId(contact.id),
        name="" if contact is None else contact.name,
        region=None if contact is None else contact.region,
        zone=None if contact is None else contact.zone,
        stands_out=person.suppression is not None
        or person.complained_at is not None
        or person.unclear_stop_at is not None
        or bool(person.linked)
        or bool(person.open_yeses)
        or replace(person.wishes, language="") != NO_WISHES,
        acts=tuple(
            SaidAct(
                act=event.act,
                purpose=event.purpose,
                topics=event.topics,
                basis=event.basis,
                promised=(
                    None
                    if event.promised_n is None or event.promised_days is None
                    else Frequency(n=event.promised_n, days=event.promised_days)
                ),
            )
            for event in events
        ),
        first_act_at=min((event.at for event in events), default=None),
        last_act_at=max((event.at for event in events), default=None),
        welcomed=tuple(dict.fromkeys(welcome.often for welcome in person.welcomes)),
        last_heard_at=max(heard, default=None),
        last_footer_at=max(
            (text.at for text in past if text.had_footer and text.at > past_since), default=None
        ),
        past=tuple(
            sorted(text.at for text in past if text.purpose is purpose and text.at > past_since)
        ),
    )


class Audience:
    """A crowd that is asked as a plan asks it, with the answer of `judge` beside each."""

    def __init__(
        self,
        draft: TextDraft,
        shop: ShopProfile,
        now: datetime,
        shop_rules: ShopRules = NOTHING_CHANGED,
        **more: int,
    ) -> None:
        rules = packaged_rules()
        self.draft = replace(draft, filled_from=draft.filled_from or draft.body)
        self.here = ShopFacts(profile=shop, rules=shop_rules)
        self.now = now
        since = now - looks_back(shop_rules, rules)
        self.crowd = Crowd(self.draft, self.here, rules, now, since, **more)

    def says(self, person: PersonFacts, number: str = "", body: str | None = None) -> bool:
        """Hold the crowd's answer against that of the gate; return whether it was shared."""
        draft = replace(
            self.draft,
            number=number or self.draft.number,
            body=self.draft.body if body is None else body,
        )
        crowd, rules = self.crowd, packaged_rules()
        outline = outline_of(person, crowd.purpose, crowd.past_since)
        spot = crowd.where(draft.number, outline)
        seems_alike = crowd.has_met(spot, outline)
        shared = crowd.ask(spot, draft.body, outline)
        said = crowd.meet(spot, draft, outline, person) if shared is None else shared
        alone = judge(draft, person, self.here.profile, rules, self.now, self.here.rules)
        assert said == Said(final=alone.final, decision=alone.decision)
        assert seems_alike or shared is None or shared.decision.reasons
        return shared is not None


def judged_together(
    people: Iterable[tuple[TextDraft, PersonFacts]],
    shop: ShopProfile,
    now: datetime,
    shop_rules: ShopRules = NOTHING_CHANGED,
) -> Iterator[Judged]:
    """Judge one after another, each with all that is known, in one go."""
    judging = Judging(shop, packaged_rules(), now, shop_rules)
    for draft, person in people:
        yield judging.judge(draft, person)
