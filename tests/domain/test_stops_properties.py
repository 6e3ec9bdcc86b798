from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reply_corpus import Labelled, labelled
from rule_files import packaged_rules
from shopbell.domain.replies import Band, Reading
from shopbell.domain.stops import read_reply

CORPUS = labelled()
STOPS = [m for m in CORPUS if m.band is Band.OPT_OUT]
HELD = [m for m in CORPUS if m.band is Band.HOLD]
OTHERS = [m for m in CORPUS if m.band is Band.NONE and m.accepted is None]
SPOKEN = [m for m in OTHERS if any(map(str.isalnum, m.text))]
ENGLISH_STOPS = [
    m for m in STOPS if m.language == "en" and not m.question_open and m.tag != "way out sent back"
]

BLANKS = st.text(" \t\n\u00a0\u2003", max_size=4)
MARKS = st.text(".!,;:\u2026\u3002\u00a1\u200b\u200d\ufe0f\U0001f64f\U0001f621", max_size=4)
UNSEEN = st.sampled_from(["\u200b", "\u2060", "\u00ad", "\ufeff", "\u200e", "\x00", "\ud83d"])
COURTESY = st.sampled_from(["please", "Thanks!", "ok", "pls", "hi,", "thank you", "now"])
KEYWORDS = st.sampled_from(
    "STOP Stop stopall UNSUBSCRIBE unsub Cancel END quit Arrêt BAJA SAIR Stopp Abmelden basta"
    " afmelden wypisz СТОП".split()
)


def read(text: str, message: Labelled | None = None) -> Reading:
    language, is_open = (message.language, message.question_open) if message else ("en", False)
    return read_reply(text, language, is_open, rules=packaged_rules().stops)


@given(st.sampled_from(STOPS), st.sampled_from([str.upper, str.lower, str.swapcase, str.title]))
def test_case_never_hides_a_stop(message: Labelled, cased: object) -> None:
    assert callable(cased)
    assert read(cased(message.text), message).band is not Band.NONE


@given(st.sampled_from(STOPS), BLANKS, BLANKS)
def test_blanks_around_change_no_stop(message: Labelled, before: str, after: str) -> None:
    assert read(before + message.text + after, message).band is Band.OPT_OUT


@given(st.sampled_from(STOPS), MARKS, MARKS)
def test_punctuation_around_never_hides_a_stop(message: Labelled, before: str, after: str) -> None:
    assert read(before + message.text + after, message).band is not Band.NONE


@given(KEYWORDS, MARKS, MARKS)
def test_punctuation_around_a_stop_word_changes_nothing(word: str, before: str, after: str) -> None:
    assert read(before + word + after).band is Band.OPT_OUT


@given(KEYWORDS, st.lists(COURTESY, max_size=2), st.lists(COURTESY, max_size=2))
def test_courtesy_around_a_stop_word_changes_nothing(
    word: str, before: list[str], after: list[str]
) -> None:
    assert read(" ".join([*before, word, *after])).band is Band.OPT_OUT


@given(st.sampled_from(ENGLISH_STOPS), COURTESY)
def test_courtesy_never_hides_a_stop(message: Labelled, word: str) -> None:
    assert read(f"{word} {message.text}").band is not Band.NONE
    assert read(f"{message.text} {word}").band is not Band.NONE


@given(st.sampled_from(STOPS), UNSEEN, st.data())
def test_what_cannot_be_seen_changes_no_stop(
    message: Labelled, unseen: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(message.text)))
    text = message.text[:at] + unseen + message.text[at:]
    assert read(text, message).band is Band.OPT_OUT


@given(st.text(max_size=120))
def test_a_line_that_says_stop_is_a_stop_whatever_stands_above_it(text: str) -> None:
    assert read(f"{text}\nSTOP").band is Band.OPT_OUT


@given(st.sampled_from(CORPUS), st.sampled_from(ENGLISH_STOPS))
def test_a_stop_in_a_line_of_its_own_is_never_hidden_by_another_line(
    one: Labelled, stop: Labelled
) -> None:
    assert read(f"{one.text}\n{stop.text}").band is not Band.NONE


def our_footers() -> list[str]:
    footers = packaged_rules().policy.footers
    return sorted(
        {
            footer.filled(contact, short_code)
            for footer in (*footers.by_place.values(), footers.elsewhere)
            for contact, short_code in (
                ("", ""),
                ("fern.example", "36000"),
                ("hi@fern.example", ""),
            )
        }
        # What nobody can tell from a stop, and is one when it comes back.
        - {" STOP"}
    )


QUOTED = [
    *our_footers(),
    *(f"\n> Fern & Finch: 20% off roses.{footer}" for footer in our_footers()),
    *(f"\n> {footer.strip()}" for footer in our_footers()),
    "\nOn Tue, Nov 24, 2026 Fern & Finch wrote:\n> Sale today. STOP to end",
    "\n-----Original Message-----\nFern & Finch: the sale never stops. Reply STOP to opt out",
    " Reply HELP for help, STOP to end.",
]


@settings(max_examples=400)
@given(message=st.sampled_from(SPOKEN), quoted=st.sampled_from(QUOTED))
def test_our_own_words_sent_along_never_make_a_stop(message: Labelled, quoted: str) -> None:
    reading = read(message.text.rstrip() + quoted, message)
    assert reading.band is not Band.OPT_OUT, reading.why


@settings(max_examples=400)
@given(message=st.sampled_from(STOPS), quoted=st.sampled_from(QUOTED))
def test_our_own_words_sent_along_never_hide_a_stop(message: Labelled, quoted: str) -> None:
    end = "." if quoted.startswith(" ") else ""
    assert read(message.text + end + quoted, message).band is not Band.NONE


@pytest.mark.parametrize("footer", our_footers(), ids=ascii)
def test_every_footer_we_send_is_known_when_it_comes_back(footer: str) -> None:
    assert read(f"Is the shop open on Friday?{footer}").band is Band.NONE
    assert read(footer).band is Band.OPT_OUT


@given(st.sampled_from(STOPS + HELD), st.sampled_from(["en", "es", "it", "", "xx", "zh-TW"]))
def test_an_open_question_never_makes_a_stop_harmless(message: Labelled, language: str) -> None:
    rules = packaged_rules().stops
    if message.only_own_language:
        language = message.language
    assert read_reply(message.text, language, True, rules=rules).band is not Band.NONE


@given(st.text(max_size=200), st.text(max_size=4), st.booleans())
def test_any_text_is_read_and_the_reason_can_be_shown(
    text: str, language: str, question_open: bool
) -> None:
    reading = read_reply(text, language, question_open, rules=packaged_rules().stops)
    assert reading.why.endswith(".")
    assert not any(0xD800 <= ord(c) <= 0xDFFF or ord(c) < 32 for c in reading.why)
    assert (reading.intent is None) or (reading.band is not Band.HOLD)
