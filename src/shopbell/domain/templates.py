"""The shop's own texts, filled in: welcome, STOP and HELP answers, apology, reminder.

Must not send them, and must not check what a person made of them: see `domain.template_checks`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from shopbell.domain.hours_words import hours_words
from shopbell.domain.shop import ShopProfile
from shopbell.domain.template_rules import (
    Field,
    LanguageWords,
    Template,
    TemplateKind,
    TemplateRules,
)
from shopbell.errors import BadInput

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_MAY_BE_EMPTY = frozenset({Field.RATES, Field.STOP_AT})

_NEEDED = {
    Field.SHOP: "the shop's name",
    Field.N: "how many texts are promised",
    Field.PER: "in what time they are promised",
    Field.A_PER: "in what time they are promised",
    Field.CONTACT: "a phone number or an e-mail address for questions",
    Field.PERSON: "the customer's name",
    Field.SIGNER: "the name of whoever sees to it",
    Field.WHEN: "a day or a time",
    Field.ITEM: "what is ready",
    Field.NOTED: "what was noted",
    Field.CHOICES: "what they can choose",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a template is filled in with. What is not known stays None."""

    shop: ShopProfile
    country: str | None = None
    """Of the number the text goes to; None if unknown."""
    promised_n: int | None = None
    """At most so many texts ..."""
    promised_days: int | None = None
    """... in so many days."""
    topics: tuple[str, ...] = ("offers",)
    """Ids of what the person said yes to."""
    contact: str | None = None
    """Where help is; the shop's phone if None."""
    stop_code: str | None = None
    """Where STOP is sent when the texts' own number takes no answers ("36111" in France)."""
    person: str | None = None
    signer: str | None = None
    """Who sees to a complaint."""
    when: str | None = None
    """A day and time in words: "today before 5pm"."""
    item: str | None = None
    """What is ready: "your bouquet"."""
    noted: str | None = None
    """What was noted: "no offers until 24 Dec"."""
    choices: str | None = None
    """What they can choose, numbered: "1 offers, 2 events"."""


def template(
    kind: TemplateKind, language: str, country: str | None, rules: TemplateRules
) -> tuple[Template, str]:
    """Return the template that is right for a number, and the language it is written in.

    Another kind takes its place where this one is not for that country, English where it is not
    written in that language.
    """
    chosen = rules.templates[kind]
    if chosen.only_in and country not in chosen.only_in and chosen.elsewhere is not None:
        chosen = rules.templates[chosen.elsewhere]
    return chosen, language if language in chosen.texts else "en"


def language_for(wished: str, country: str, rules: TemplateRules) -> str:
    """Return the language of the shop's own texts to a person.

    Args:
        wished: what the person wished for, as in BCP 47; empty if nothing.
        country: of the shop.
        rules: the templates.
    """
    if wished:
        return wished.partition("-")[0]
    spoken = (name for name, words in rules.languages.items() if country in words.spoken_in)
    return next(spoken, "en")


def fill(kind: TemplateKind, language: str, details: Details, rules: TemplateRules) -> str:
    """Return the text of a kind with everything filled in; the shop's name stands in it.

    Args:
        kind: which text.
        language: of the person, two letters.
        details: what is known.
        rules: the templates.

    Raises:
        BadInput: something the text cannot do without is not known; names it.
    """
    chosen, language = template(kind, language, details.country, rules)
    words = rules.languages[language]
    values = _values(details, words, rates=details.country in rules.rates_in)
    text = _OPTIONAL.sub(lambda piece: _piece(piece[1], values), chosen.texts[language])
    for name in map(Field, _PLACEHOLDER.findall(text)):
        if not values[name] and name not in _MAY_BE_EMPTY:
            raise BadInput(
                f"The {chosen.kind.value.replace('_', ' ')} text cannot be written without"
                f" {_NEEDED.get(name, name.value)}.",
                "Add it, then try again.",
                code="template",
            )
    return _PLACEHOLDER.sub(lambda found: values[Field(found[1])], text)


def _piece(text: str, values: Mapping[Field, str]) -> str:
    """Return a part that may be left out, or nothing if something in it is not known."""
    return text if all(values[Field(name)] for name in _PLACEHOLDER.findall(text)) else ""


def _values(details: Details, words: LanguageWords, *, rates: bool) -> dict[Field, str]:
    n, days = details.promised_n, details.promised_days
    several = 0 if n == 1 else 1
    values = {
        Field.SHOP: details.shop.name,
        Field.N: str(n) if n else "",
        Field.TEXTS: words.texts[several],
        Field.MSGS: words.msgs[several],
        Field.TOPICS: _joined(details.topics, words.topics, words),
        Field.KIND: _joined(details.topics, words.kinds, words),
        Field.HOURS: hours_words(details.shop.hours, words.hours),
        Field.CONTACT: details.contact or details.shop.phone or "",
        Field.PERSON: details.person or "",
        Field.SIGNER: details.signer or "",
        Field.WHEN: details.when or "",
        Field.ITEM: details.item or "",
        Field.NOTED: details.noted or "",
        Field.CHOICES: details.choices or "",
    }
    said = {name: " ".join(_UNPRINTABLE.sub(" ", value).split()) for name, value in values.items()}
    stop_at = words.stop_at.replace("{code}", details.stop_code) if details.stop_code else ""
    return {
        **said,
        Field.PER: words.per.of(days) if days else "",
        Field.A_PER: words.a_per.of(days) if days else "",
        Field.RATES: words.rates if rates else "",
        Field.STOP_AT: stop_at,
    }


def _joined(topics: tuple[str, ...], named: Mapping[str, str], words: LanguageWords) -> str:
    said = [named.get(topic, topic) for topic in topics]
    if len(said) < 2:
        return "".join(said)
    return f"{', '.join(said[:-1])}{words.joined_by}{said[-1]}"
