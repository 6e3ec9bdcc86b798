"""The words on sign-up sheets and posters, by language. Must not lay out a page.

What a person ticks or texts is what goes on record, so the wording is composed once, here, and
printed exactly as it is stored. It holds what the sample wording holds: what, from whom, how often,
that buying does not depend on it, what it costs, and how it ends (CTIA Messaging Principles 5.1;
47 CFR 64.1200(f)(9)). The translations were not checked by a lawyer of their country.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shopbell.domain.consent import Purpose
from shopbell.domain.printed_numbers import JoinNumber
from shopbell.domain.promises import Frequency
from shopbell.domain.topics import TOPICS, Topic

JOIN = "JOIN"
"""The word a person texts to sign up; every language's stop reader takes it for a start."""

_RATES_NOTICE = frozenset({"US", "CA"})

_USUAL = {topic.id: topic.words for topic in TOPICS}


class Language(StrEnum):
    """The languages a sheet can be printed in."""

    ENGLISH = "en"
    SPANISH = "es"
    FRENCH = "fr"
    GERMAN = "de"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language. Braces are filled in; topics are named the person's way and the shop's way."""

    topics: Mapping[str, tuple[str, str]]
    """Topic id -> ("my orders", "your orders")."""
    both: str
    """Between the last two of a list."""
    texts: tuple[str, str]
    """One text, several texts."""
    periods: Mapping[int, str]
    """Days -> "a month"."""
    period: str
    """Any other number of days."""
    at_most: str
    only_news: str
    at_most_and_news: str
    at_most_about: str
    """One of several promises, with the topics it is about."""
    rates: str
    sheet: str
    sheet_join: str
    poster: str
    # What stands around the wording and is no part of it.
    title: str
    instruction: str
    columns: tuple[str, str, str, str, str]
    """Date, name, mobile number, signature, who witnessed it."""
    headline: str
    text_us: str
    camera: str
    wording: str


def words_in(language: Language) -> Words:
    """Return the words of one language."""
    return _WORDS[language]


def topic_words(words: Words, topic: Topic) -> tuple[str, str]:
    """Return how a topic is named, the person's way and the shop's; the owner's own stay as is."""
    ours = words.topics.get(topic.id)
    return ours if ours and topic.words == _USUAL.get(topic.id) else (topic.words, topic.words)


def sheet_wording(
    language: Language,
    shop: str,
    country: str,
    topics: Sequence[Topic],
    often: Frequency | None,
    to: JoinNumber | None,
    join: str = JOIN,
) -> str:
    """Return the words somebody agrees to who ticks boxes on the sheet.

    Args:
        language: of the sheet.
        shop: its name, showable.
        country: of the shop; decides whether the notice about rates is due.
        topics: one box each.
        often: promised for marketing altogether; None = each topic keeps its own promise.
        to: where a text "JOIN" may go instead, for the marketing topics; None leaves that out.
        join: the word to text there.
    """
    words = _WORDS[language]
    text = words.sheet.format(
        topics=_listed(words, topics, 0),
        shop=shop,
        often=_often(words, topics, often),
        rates=words.rates if country in _RATES_NOTICE else "",
    )
    offered = [topic for topic in topics if topic.purpose is Purpose.MARKETING]
    if to is None or not offered:
        return text
    said = words.sheet_join.format(join=join, number=to.printed, topics=_listed(words, offered, 1))
    return f"{text} {said}"


def poster_wording(
    language: Language,
    shop: str,
    country: str,
    topics: Sequence[Topic],
    often: Frequency | None,
    to: JoinNumber,
    join: str = JOIN,
) -> str:
    """Return the words somebody agrees to who texts JOIN after reading the poster."""
    words = _WORDS[language]
    return words.poster.format(
        join=join,
        number=to.printed,
        shop=shop,
        topics=_listed(words, topics, 1),
        often=_often(words, topics, often),
        rates=words.rates if country in _RATES_NOTICE else "",
    )


def _often(words: Words, topics: Sequence[Topic], often: Frequency | None) -> str:
    promised: dict[Frequency, list[Topic]] = {}
    for topic in topics:
        own = topic.often if often is None or topic.purpose is not Purpose.MARKETING else often
        if own is not None:
            promised.setdefault(own, []).append(topic)
    news = any(topic.often is None for topic in topics)
    if not promised:
        return words.only_news
    if len(promised) == 1:
        (only,) = promised
        template = words.at_most_and_news if news else words.at_most
        return template.format(**_frequency(words, only))
    several = f" {words.both} ".join(
        words.at_most_about.format(**_frequency(words, own), topics=_listed(words, about, 1))
        for own, about in promised.items()
    )
    return f"{several[:1].upper()}{several[1:]}." + (f" {words.only_news}" if news else "")


def _frequency(words: Words, often: Frequency) -> dict[str, object]:
    return {
        "n": often.n,
        "texts": words.texts[often.n != 1],
        "period": words.periods.get(often.days, words.period.format(days=often.days)),
    }


def _listed(words: Words, topics: Sequence[Topic], whose: int) -> str:
    named = [topic_words(words, topic)[whose] for topic in topics]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} {words.both} {named[-1]}"


_WORDS = {
    Language.ENGLISH: Words(
        topics={
            "orders": ("my orders", "your orders"),
            "offers": ("offers", "offers"),
            "events": ("events", "events"),
        },
        both="and",
        texts=("text", "texts"),
        periods={1: "a day", 7: "a week", 30: "a month", 31: "a month", 365: "a year"},
        period="in any {days} days",
        at_most="Up to {n} {texts} {period}.",
        only_news="Only when there is news about an order.",
        at_most_and_news="Up to {n} {texts} {period}; about orders only when there is news.",
        at_most_about="up to {n} {texts} {period} about {topics}",
        rates=" Message and data rates may apply.",
        sheet="Text me about what I tick here: {topics}. From {shop}. {often} This is my free "
        "choice and not a condition of purchase.{rates} Reply STOP to end, HELP for help.",
        sheet_join="Or text {join} to {number} to say yes to {topics}.",
        poster="By texting {join} to {number} you ask {shop} to text you about {topics}. {often} "
        "This is your free choice and not a condition of purchase.{rates} Reply STOP to end, HELP "
        "for help.",
        title="Texts from {shop}",
        instruction="Tick what you would like and leave the rest empty.",
        columns=("Date", "Name", "Mobile number", "Signature", "Staff"),
        headline="Hear from us by text",
        text_us="Text {join} to",
        camera="Point your camera here, then press send.",
        wording="Wording {id}",
    ),
    Language.SPANISH: Words(
        topics={
            "orders": ("mis pedidos", "sus pedidos"),
            "offers": ("ofertas", "ofertas"),
            "events": ("eventos", "eventos"),
        },
        both="y",
        texts=("mensaje", "mensajes"),
        periods={1: "al día", 7: "a la semana", 30: "al mes", 31: "al mes", 365: "al año"},
        period="cada {days} días",
        at_most="Hasta {n} {texts} {period}.",
        only_news="Solo cuando haya novedades de un pedido.",
        at_most_and_news="Hasta {n} {texts} {period}; de pedidos, solo cuando haya novedades.",
        at_most_about="hasta {n} {texts} {period} sobre {topics}",
        rates=" Pueden aplicarse tarifas de mensajes y datos.",
        sheet="Envíenme mensajes de texto sobre lo que marco aquí: {topics}. De {shop}. {often} Es "
        "mi libre elección y no una condición de compra.{rates} Responda STOP para terminar, AYUDA "
        "para recibir ayuda.",
        sheet_join="O envíe {join} al {number} para decir sí a {topics}.",
        poster="Al enviar {join} al {number} usted pide a {shop} mensajes de texto sobre {topics}. "
        "{often} Es su libre elección y no una condición de compra.{rates} Responda STOP para "
        "terminar, AYUDA para recibir ayuda.",
        title="Mensajes de {shop}",
        instruction="Marque lo que desee y deje lo demás en blanco.",
        columns=("Fecha", "Nombre", "Móvil", "Firma", "Personal"),
        headline="Noticias nuestras por mensaje",
        text_us="Envíe {join} al",
        camera="Apunte aquí con la cámara y pulse enviar.",
        wording="Texto {id}",
    ),
    Language.FRENCH: Words(
        topics={
            "orders": ("mes commandes", "vos commandes"),
            "offers": ("offres", "offres"),
            "events": ("événements", "événements"),
        },
        both="et",
        texts=("SMS", "SMS"),
        periods={1: "par jour", 7: "par semaine", 30: "par mois", 31: "par mois", 365: "par an"},
        period="tous les {days} jours",
        at_most="{n} {texts} {period} au maximum.",
        only_news="Seulement s'il y a du nouveau pour une commande.",
        at_most_and_news="{n} {texts} {period} au maximum ; pour les commandes, seulement s'il y a "
        "du nouveau.",
        at_most_about="{n} {texts} {period} au maximum sur ceci : {topics}",
        rates=" Des frais de messages et de données peuvent s'appliquer.",
        sheet="Envoyez-moi des SMS sur ce que je coche ici : {topics}. De {shop}. {often} C'est "
        "mon libre choix et non une condition d'achat.{rates} Répondez STOP pour arrêter, AIDE "
        "pour obtenir de l'aide.",
        sheet_join="Ou envoyez {join} au {number} pour dire oui à ceci : {topics}.",
        poster="En envoyant {join} au {number}, vous demandez à {shop} des SMS sur ceci : "
        "{topics}. {often} C'est votre libre choix et non une condition d'achat.{rates} Répondez "
        "STOP pour arrêter, AIDE pour obtenir de l'aide.",
        title="Les SMS de {shop}",
        instruction="Cochez ce que vous souhaitez et laissez le reste vide.",
        columns=("Date", "Nom", "Mobile", "Signature", "Équipe"),
        headline="De nos nouvelles par SMS",
        text_us="Envoyez {join} au",
        camera="Visez ici avec l'appareil photo, puis envoyez.",
        wording="Texte {id}",
    ),
    Language.GERMAN: Words(
        topics={
            "orders": ("meine Bestellungen", "Ihre Bestellungen"),
            "offers": ("Angebote", "Angebote"),
            "events": ("Events", "Events"),
        },
        both="und",
        texts=("SMS", "SMS"),
        periods={1: "pro Tag", 7: "pro Woche", 30: "pro Monat", 31: "pro Monat", 365: "pro Jahr"},
        period="in {days} Tagen",
        at_most="Höchstens {n} {texts} {period}.",
        only_news="Nur wenn es zu einer Bestellung etwas Neues gibt.",
        at_most_and_news="Höchstens {n} {texts} {period}; zu Bestellungen nur, wenn es etwas Neues "
        "gibt.",
        at_most_about="höchstens {n} {texts} {period} zu {topics}",
        rates=" Es können Gebühren für Nachrichten und Daten anfallen.",
        sheet="Schicken Sie mir SMS zu dem, was ich hier ankreuze: {topics}. Von {shop}. {often} "
        "Das ist freiwillig und keine Bedingung für einen Kauf.{rates} Antworten Sie STOP zum "
        "Beenden, HILFE für Hilfe.",
        sheet_join="Oder senden Sie {join} an {number} und sagen damit ja zu: {topics}.",
        poster="Mit {join} an {number} bitten Sie {shop} um SMS zu: {topics}. {often} Das ist "
        "freiwillig und keine Bedingung für einen Kauf.{rates} Antworten Sie STOP zum Beenden, "
        "HILFE für Hilfe.",
        title="SMS von {shop}",
        instruction="Bitte ankreuzen, was Sie möchten; den Rest leer lassen.",
        columns=("Datum", "Name", "Mobilnummer", "Unterschrift", "Team"),
        headline="Neues von uns per SMS",
        text_us="{join} senden an",
        camera="Kamera hierhin halten, dann auf Senden tippen.",
        wording="Text {id}",
    ),
}
