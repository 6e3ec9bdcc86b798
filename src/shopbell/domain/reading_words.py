"""Puts what a reply was read as into a sentence for people. Must not read replies."""

from __future__ import annotations

from shopbell.domain.replies import Band, Intent, Reading

_BANDS = {
    Band.OPT_OUT: "It is a stop: no text goes to this number any more.",
    Band.HOLD: "It may be a stop: a person decides, and after a day without a word it is one.",
    Band.NONE: "It is no stop.",
}
_INTENTS = {
    Intent.WRONG_PERSON: "The number is somebody else's: no text goes to it any more.",
    Intent.HELP: "It is no stop: they ask who this is.",
    Intent.START: "It is no stop: they want texts again; what their stop ended comes back.",
    Intent.YES: "It is no stop: they said yes to our question.",
}


def meaning(reading: Reading) -> str:
    """Return what a reading means for the texts to that person."""
    intent = reading.intent
    return _BANDS[reading.band] if intent is None else _INTENTS.get(intent, _BANDS[reading.band])
