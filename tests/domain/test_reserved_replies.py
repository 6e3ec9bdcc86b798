from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_files import packaged_rules
from shopbell.domain.consent import Purpose
from shopbell.domain.findings import Finding, Severity
from shopbell.domain.replies import Band, Intent
from shopbell.domain.reserved_replies import reserved_replies
from shopbell.domain.stops import read_reply

RULES = packaged_rules()
LINT, STOPS = RULES.texts.lint, RULES.stops


def traps(
    body: str, purpose: Purpose = Purpose.SERVICE, language: str = "en"
) -> tuple[Finding, ...]:
    return reserved_replies(body, purpose, LINT, STOPS, language)


@pytest.mark.parametrize(
    ("body", "rule", "word", "instead"),
    [
        ("Reply CANCEL to cancel your appointment", "stop", "CANCEL", "CHANGE"),
        ("Please reply cancel if you can't come", "stop", "cancel", "CHANGE"),
        ("Reply with 'Cancel' please", "stop", "Cancel", "CHANGE"),
        ("Reply back with CANCEL.", "stop", "CANCEL", "CHANGE"),
        ("Text END when the children are done", "stop", "END", "DONE"),
        ("Text QUIT for the quiz", "stop", "QUIT", "DONE"),
        ("Reply 1, 2 or CANCEL", "stop", "CANCEL", "CHANGE"),
        ("Reply 1/CANCEL", "stop", "CANCEL", "CHANGE"),
        ("Answer REMOVE for no onions", "stop", "REMOVE", "SKIP"),
        ("Reply STOP to skip this week", "stop", "STOP", "SKIP"),
        ("Reply STOP if it is too much", "stop", "STOP", "SKIP"),
        ("Reply STOP to cancel your delivery", "stop", "STOP", "SKIP"),
        ("CANCEL to cancel", "stop", "CANCEL", "CHANGE"),
        ("STOPALL to stop all deliveries", "stop", "STOPALL", "1"),
        ("Reply STOP ALL to stop the boxes", "stop", "STOP ALL", "1"),
        ("CANCEL for another day", "stop", "CANCEL", "CHANGE"),
        ("Reply YES to confirm", "yes", "YES", "OK"),
        ("Please answer yes or no", "yes", "yes", "OK"),
        ("YES to keep the slot", "yes", "YES", "OK"),
        ("Reply START when you leave", "start", "START", "GO"),
        ("Reply JOIN for our class on Sunday", "start", "JOIN", "ME TOO"),
        ("Reply JOIN", "start", "JOIN", "ME TOO"),
        ("Text INFO for the price list", "help", "INFO", "MORE"),
        ("Reply INFO", "help", "INFO", "MORE"),
        ("Reply HELP to volunteer", "help", "HELP", "QUESTION"),
        ("Envoyez STOP pour reporter", "stop", "STOP", "SKIP"),
        ("Responde CANCELAR si no puedes venir", "stop", "CANCELAR", "CAMBIO"),
        ("Responde BAJA para otra hora", "stop", "BAJA", "OTRO"),
        ("Antworte mit STOPP wenn du nicht kannst", "stop", "STOPP", "AUSLASSEN"),
        ("Sende ENDE wenn fertig", "stop", "ENDE", "FERTIG"),
        ("R\u00e9pondez ARR\u00caT pour d\u00e9placer", "stop", "ARR\u00caT", "PASSER"),
    ],
)
def test_a_word_that_means_something_else_is_named_with_a_better_one(
    body: str, rule: str, word: str, instead: str
) -> None:
    found = traps(body)[0]
    assert found.rule == f"lint.reserved_{rule}"
    assert found.severity is Severity.WARN
    assert found.span is not None
    assert body[slice(*found.span)] == word
    assert found.instead == instead
    assert f"\u201c{word}\u201d" in found.sentence
    assert f"\u201c{instead}\u201d" in found.sentence


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Reply STOP to end, HELP for help",
        "Reply STOP to opt out",
        "Reply STOP anytime",
        "Reply STOP.",
        "Text STOP to unsubscribe",
        "STOP to end",
        "STOP to cancel",
        "STOP to cancel texts",
        "Opt out: reply STOP",
        "Abmelden: STOP",
        "BAJA: responde STOP",
        "BAJA o STOP para salir",
        "STOP au 36111 pour ne plus recevoir",
        "AIDE pour aide, AYUDA para ayuda, HILFE f\u00fcr Hilfe",
        "Reply HELP or STOP",
        "Reply JOIN to sign up",
        "Reply START to come back",
        "Reply C to change",
        "Reply 1 for red, 2 for white",
        "Reply OK, LATER or SKIP",
        "Reply no later than 5",
        "Please reply by the end of the week",
        "Please answer the door",
        "We'll send info on Monday",
        "Text you soon",
        "Send more photos to the end of the list",
        "You can cancel your order any time",
        "Can you stop by?",
        "The class ends at 5, start is at 3",
        "Start to finish in an hour",
        "We END the season with a party",
        "Help for beginners",
    ],
)
def test_proper_use_and_other_words_are_left_in_peace(body: str) -> None:
    assert traps(body) == ()


def test_a_sign_up_question_rightly_asks_for_yes() -> None:
    body = "Please confirm. Reply YES to get our offers. HELP for help, STOP to end."
    assert traps(body, Purpose.COMPLIANCE) == ()
    assert [one.rule for one in traps(body, Purpose.MARKETING)] == ["lint.reserved_yes"]


def test_even_a_sign_up_question_must_not_ask_for_cancel() -> None:
    found = traps("Reply CANCEL if you'd rather not", Purpose.COMPLIANCE)
    assert [one.rule for one in found] == ["lint.reserved_stop"]


@pytest.mark.parametrize(
    ("body", "language", "caught"),
    [
        ("R\u00e9pondez ANNULER si besoin", "fr", True),
        ("R\u00e9pondez ANNULER si besoin", "en", False),
        ("Responde NO si no puedes", "es", True),
        ("Reply NO if you can't come", "en", False),
        ("Antworte AUS wenn nicht", "de", True),
    ],
)
def test_words_of_one_language_are_reserved_in_it(body: str, language: str, caught: bool) -> None:
    assert bool(traps(body, language=language)) is caught


def test_each_reserved_word_is_named_once() -> None:
    found = traps("Reply YES or CANCEL. Again: YES or CANCEL, YES to confirm")
    assert [one.rule for one in found] == ["lint.reserved_yes", "lint.reserved_stop"]
    assert [one.span for one in found] == [(6, 9), (13, 19)]


@pytest.mark.parametrize(
    ("body", "words", "instead"),
    [
        ("Reply C to cancel", "C to cancel", "C to change"),
        ("Reply 1 to confirm, 2 to cancel", "2 to cancel", "2 to change"),
        ("Responde C para cancelar", "C para cancelar", "C para cambiar"),
        ("R\u00e9pondez 2 pour annuler", "2 pour annuler", "2 pour modifier"),
        ("Antworte mit C zum Stornieren", "C zum Stornieren", "C zum Verlegen"),
    ],
)
def test_a_letter_that_stands_for_cancel_will_be_written_out(
    body: str, words: str, instead: str
) -> None:
    (found,) = traps(body)
    assert found.rule == "lint.reserved_letter"
    assert found.span is not None
    assert body[slice(*found.span)] == words
    assert found.instead == instead


@pytest.mark.parametrize(
    "body",
    [
        "Tell us to cancel and we will",
        "Reply C to change, we have until 5 to cancel the baker",
        "Call 2 to cancel",
        "Text 2 to cancel these texts",
    ],
)
def test_other_talk_of_cancelling_is_left_in_peace(body: str) -> None:
    assert "lint.reserved_letter" not in [one.rule for one in traps(body)]


def test_no_better_word_is_itself_reserved() -> None:
    better = [*LINT.reserved.instead.values(), LINT.reserved.instead_otherwise]
    assert better
    for word in better:
        for language in ("en", "fr", "es", "de", "it"):
            reading = read_reply(word, language, rules=STOPS)
            assert (reading.band, reading.intent) == (Band.NONE, None), word
        assert traps(f"Reply {word}") == (), word


@pytest.mark.parametrize("word", sorted(LINT.reserved.gateway_words.stop))
def test_every_word_a_gateway_takes_as_a_stop_is_a_trap_in_a_draft(word: str) -> None:
    (found,) = traps(f"Reply {word.upper()} if you cannot come")
    assert found.rule == "lint.reserved_stop"


@pytest.mark.parametrize("word", sorted(STOPS.stop))
def test_every_word_our_reader_takes_as_a_stop_is_a_trap_in_a_draft(word: str) -> None:
    (found,) = traps(f'Reply "{word}" if you cannot come')
    assert found.rule == "lint.reserved_stop"
    assert read_reply(word, rules=STOPS).intent is Intent.STOP


def test_a_list_is_read_as_far_as_people_read() -> None:
    assert traps("Reply A, B, C, D, E, F, G or cancel.") == ()
    assert len(traps("Reply A, B, C, D or cancel.")) == 1


@given(st.text(max_size=100), st.sampled_from(Purpose))
def test_any_draft_can_be_read(body: str, purpose: Purpose) -> None:
    for found in traps(body, purpose):
        assert found.span is not None
        assert 0 <= found.span[0] < found.span[1] <= len(body)


@given(st.sampled_from(["Reply", "Please reply", "Answer", "Text"]), st.integers(1, 4))
def test_a_reserved_word_is_found_wherever_it_stands_in_a_list(cue: str, others: int) -> None:
    listed = ", ".join(f"A{n}" for n in range(others))
    assert [one.instead for one in traps(f"{cue} {listed} or CANCEL")] == ["CHANGE"]
