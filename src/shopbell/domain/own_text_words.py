"""What the shop sends by itself, in a few words for both doors. Must not decide or send."""

from __future__ import annotations

from shopbell.domain.own_texts import AnswerTo, Welcoming

WELCOMING_WORDS = {
    Welcoming.ASK: "shown after each yes, and sent when you say so",
    Welcoming.ALWAYS: "sent by itself after each yes",
    Welcoming.NEVER: "not sent after a yes, unless you ask for it",
}
ASKS_WORDS = {
    True: "asks which topics they want, and whether they prefer a call or e-mail",
    False: "asks nothing",
}
"""Of the welcome."""

OCCASION_WORDS = {
    AnswerTo.STOP: "somebody says stop",
    AnswerTo.WRONG_NUMBER: "the number is somebody else's",
    AnswerTo.HELP: "somebody asks for help",
    AnswerTo.START: "somebody who said stop wants texts again",
    AnswerTo.JOIN: "somebody joins or confirms by text",
    AnswerTo.WISH: "somebody texts a wish, like PAUSE 30",
    AnswerTo.CLOSED: "somebody writes while the shop is closed",
}


def answer_words(what: AnswerTo, *, on: bool) -> str:
    """Return on what occasion, and whether it is answered by itself."""
    return f"{OCCASION_WORDS[what]}, {'answered by itself' if on else 'not answered by itself'}"
