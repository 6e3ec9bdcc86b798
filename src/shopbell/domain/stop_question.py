"""The one question to a person whose reply may be a stop. Must not send it, nor read the answer.

It asks for YES to keep the texts and STOP to end them, so that every answer is read as those to our
sign-up question are.
"""

from __future__ import annotations

from datetime import timedelta

UNCLEAR_FOR = timedelta(days=1)
"""How long a reply may stay unclear; after that it counts as a stop."""

_ENGLISH = "Do you still want texts from us? Reply YES to keep them or STOP to end them."
_QUESTIONS = {
    "de": "Möchten Sie weiter SMS von uns? Antworten Sie JA dafür oder STOP dagegen.",
    "es": "¿Quiere seguir recibiendo mensajes? Responda SI para seguir o STOP para terminar.",
    "fr": "Voulez-vous encore nos SMS ? Répondez OUI pour les garder ou STOP pour arrêter.",
}

QUESTIONS = (_ENGLISH, *_QUESTIONS.values())
"""The question in every language it is asked in."""


def question_in(language: str) -> str:
    """Return the question in a person's language, in English where we have no other words."""
    return _QUESTIONS.get(language[:2].lower(), _ENGLISH)
