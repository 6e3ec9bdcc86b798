"""The sentences people read about a gateway's answers. Must not decide what an answer means."""

from __future__ import annotations

from shopbell.domain.gateway import Outcome
from shopbell.domain.showing import shown
from shopbell.gateways.redact import Redactor
from shopbell.gateways.reply import Reply

MAX_DETAIL = 500
_MAX_QUOTE = 300

_SENTENCES = {
    Outcome.ACCEPTED: "The gateway took the text.",
    Outcome.ALREADY_ACCEPTED: "The gateway had this text already; it was not sent again.",
    Outcome.OPTED_OUT: "The gateway says this person has opted out; nothing was sent.",
    Outcome.BAD_NUMBER: "The gateway can't send to this number; nothing was sent.",
    Outcome.BAD_REQUEST: "The gateway could not use the request; nothing was sent.",
    Outcome.BAD_LOGIN: "The gateway refused the login. Check it in the gateway settings.",
    Outcome.NO_CREDIT: "The gateway account has no credit left; nothing was sent.",
    Outcome.NOT_SENT_RETRY: "The gateway was not ready; nothing was sent.",
    Outcome.TRY_LATER: "The gateway asks to slow down.",
    Outcome.UNKNOWN: "The answer does not say whether the text was sent.",
}


def cleaned(text: str, redact: Redactor, most: int = _MAX_QUOTE) -> str:
    """Return outside text on one line, without secrets, safe to show and at most `most` long."""
    # Redact first: a secret that was cut or squeezed would no longer be recognised.
    line = shown(" ".join(redact(text).split()), one_line=True)
    return line if len(line) <= most else line[: most - 1] + "…"


def sentence_for(
    outcome: Outcome, reply: Reply, said: str, redact: Redactor, advice: str = ""
) -> str:
    """Return what happened and what to do, in plain words, with what the gateway said about it."""
    parts = [_SENTENCES[outcome], *([advice] if advice else [])]
    if outcome is Outcome.UNKNOWN:
        parts.insert(0, kind_of_answer(reply))
    quote = cleaned(said, redact)
    if quote:
        parts.append(f"It said: {quote}")
    return " ".join(parts)[:MAX_DETAIL]


def kind_of_answer(reply: Reply) -> str:
    """Return what sort of answer this is when it is not the expected one."""
    if 300 <= reply.status < 400:
        return "The gateway answered with a redirect, which Shopbell does not follow."
    if reply.is_page:
        return f"The gateway answered with a web page ({reply.status}); is the address right?"
    if not reply.content.strip():
        return f"The gateway answered {reply.status} without a word."
    return f"The gateway answered {reply.status} in an unexpected form."
