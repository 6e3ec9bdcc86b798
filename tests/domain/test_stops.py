from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_files import packaged_rules
from shopbell.domain.replies import Band, Intent, Reading
from shopbell.domain.stops import read_reply


def read(text: str, language: str = "en", question_open: bool = False) -> Reading:
    return read_reply(text, language, question_open, rules=packaged_rules().stops)


OPT_OUT = [
    # the table the patterns were made against
    *("STOP", "stop.", "S T O P", "s.t.o.p", "STOP!!", "stooop", "Stop please", "please stop"),
    *("stop it", "STOP ALL", "CANCEL", "end", "opt out", "unsubcribe"),
    *("please take me off the list", "stop texting me, I said no", "don't text me again"),
    *("wrong number", "I never signed up for this, remove me", "stop by? no, stop texting me"),
    *("no more texts pls", "Don't! Stop messaging me", "Stop sending me this"),
    *("I don't want any more of these messages", "how do I unsubscribe?", "Revoke my consent"),
    *("ARRÊT", "arret", "BAJA", "SAIR", "Abmelden", "alto"),
    # the same wishes as phones write them
    *(
        "\u200bSTOP\u200b",
        "STOP\n\n",
        "\ufeffstop",
        "Don\u2019t text me",
        "\uff33\uff34\uff2f\uff30",
        "STOP 🛑",
        "STOP STOP STOP",
    ),
    *(
        "s-t-o-p",
        "S*T*O*P",
        "s t o p texting me",
        "stoppppp",
        "STOPALL",
        "Unsubscribe!!!",
        "unsubscibe",
    ),
    *(
        "unsubsrcibe",
        "unsubscrib",
        "unsubscribee",
        "xunsubscribe",
        "quit",
        "Remove me",
        "pls stop now thanks",
        "OK stop",
        "Stop.\nThanks.",
    ),
    *("ARRE\u0302T", "désabonner", "no más", "stopp", "停止", "СТОП", "बंद", "STOP s'il vous plaît"),
    *(
        "lose my number",
        "leave me alone",
        "delete my number",
        "opt me out",
        "I withdraw my consent",
    ),
    *(
        "nobody here by that name",
        "this isn't my number... not my number",
        "do not ever contact me",
    ),
    *("stop with the messages", "quit spamming", "dont text me", "cease all contact"),
    *("Reply STOP to opt out", "STOP to end", "  stop to end.  "),
    *(
        "What a sale\n> yes\nplease stop",
        "STOP\n\nSent from my phone",
    ),
]
HOLD = [
    *("enough already", "not interested", "new phone who dis", "what time do you stop serving?"),
    *("stop tomorrow's delivery", "🛑", "too many", "is this spam?", "who gave you this number"),
    *(
        "> STOP",
        "No thanks",
        "I will report you",
        "how annoying",
        "new number, who is this?",
        "Stop?!? why",
    ),
]
NONE = [
    *(
        "don't stop by until 5",
        "can I stop by tomorrow?",
        "please don't stop the texts, I love them",
    ),
    *("I can't stop laughing", "cancel my 3pm", "can you cancel the order"),
    *("see you at the end of the week", "is the sale at the end?", "don't call, text is fine"),
    *(
        "no more flowers please, just the bill",
        "the bus stop is closed",
        "remove the onions please",
    ),
    *(
        "do not disturb the dog when you stop by",
        "quit my job today lol",
        "never mind",
        "shop",
        "YES",
    ),
    *("Sounds good! Reply STOP to opt out", "Sounds good!\n> Reply STOP to opt out"),
    *(
        "",
        "   ",
        "👍",
        "Loved “Fern & Finch: sale. STOP to end”",
        "step",
        "soon",
        "Fine",
        "No",
    ),
    *("I'll stop in at noon", "Non-stop rain here", "Have a nice weekend", "\ud83d", "\x00", "123"),
    *("Can we remove the appointment? I'd rather come Monday", "stop sign on Main St?", "top"),
]


@pytest.mark.parametrize("text", OPT_OUT)
def test_a_stop_in_any_reasonable_words_is_a_stop(text: str) -> None:
    assert read(text).band is Band.OPT_OUT


@pytest.mark.parametrize("text", HOLD)
def test_what_may_be_a_stop_waits_for_a_person(text: str) -> None:
    reading = read(text)
    assert (reading.band, reading.intent) == (Band.HOLD, None)
    assert reading.why.endswith("please judge.")


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_stop_is_none(text: str) -> None:
    assert read(text).band is Band.NONE


@pytest.mark.parametrize(
    ("text", "language", "band"),
    [
        ("fine", "it", Band.OPT_OUT),
        ("fine", "en", Band.NONE),
        ("Para", "es", Band.OPT_OUT),
        ("para", "pt", Band.NONE),
        ("no", "es-MX", Band.OPT_OUT),
        ("aus", "DE", Band.OPT_OUT),
        ("aus", "en", Band.NONE),
        ("annuler", "en", Band.HOLD),
        ("annuler", "fr-CA", Band.OPT_OUT),
        ("Fine, thanks!", "IT", Band.OPT_OUT),
        ("no gracias", "es", Band.HOLD),
        ("uit", "nl", Band.OPT_OUT),
        ("dur", "tr", Band.OPT_OUT),
        ("annuler", "fr", Band.OPT_OUT),
        ("TD", "zh", Band.OPT_OUT),
        ("TD", "en", Band.NONE),
        ("my card is from TD bank", "zh", Band.NONE),
        ("stop", "xx", Band.OPT_OUT),
        ("stop", "", Band.OPT_OUT),
    ],
)
def test_some_words_mean_stop_only_in_the_persons_own_language(
    text: str, language: str, band: Band
) -> None:
    assert read(text, language).band is band


@pytest.mark.parametrize(
    ("text", "question_open", "intent"),
    [
        ("HELP", False, Intent.HELP),
        ("help!", True, Intent.HELP),
        ("Ayuda", False, Intent.HELP),
        ("Can you help me choose?", False, None),
        ("START", False, Intent.START),
        ("unstop", False, Intent.START),
        ("Join", False, Intent.START),
        ("When do you start?", False, None),
        ("YES", True, Intent.YES),
        ("Yes please!", True, Intent.YES),
        ("Sí", True, Intent.YES),
        ("yes", False, None),
        ("Yes, at noon", True, None),
        ("no", True, Intent.STOP),
        ("No thanks", True, Intent.STOP),
        ("NEIN", True, Intent.STOP),
        ("no", False, None),
        ("STOP", True, Intent.STOP),
        ("wrong person", False, Intent.WRONG_PERSON),
        ("is this not her phone", False, Intent.WRONG_PERSON),
    ],
)
def test_other_words_are_read_as_whole_messages(
    text: str, question_open: bool, intent: Intent | None
) -> None:
    assert read(text, question_open=question_open).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "I want to kill myself",
        "sometimes I think about suicide",
        "feeling suicidal tonight",
        "self harm again",
        "I'm going to end my life",
        "I just want to die",
    ],
)
def test_to_somebody_in_danger_nothing_goes_until_a_person_has_looked(text: str) -> None:
    reading = read(text)
    assert reading.band is Band.HOLD
    assert reading.intent is None
    assert reading.words


@pytest.mark.parametrize(
    "text",
    [
        "those cupcakes are to die for",
        "I could kill for one of your wreaths",
        "my phone died, what time was it?",
        "I'll take my own vase",
        "the roses want water or they die",
    ],
)
def test_a_manner_of_speaking_holds_nothing(text: str) -> None:
    assert read(text).band is Band.NONE


def test_the_reason_names_the_words() -> None:
    assert read("please stop texting me").why == 'They wrote "stop texting".'
    assert read("CANCLE!").why == 'The whole message is the stop word "cancel".'
    assert read("Arre\u0302te tes messages").why == 'They wrote "arrête tes messages".'
    assert read("wrong number").why.startswith('They wrote "wrong number": the number is not')
    assert read("no thanks", question_open=True).why == 'They answered "no thanks" to our question.'
    assert read("stop?").why == 'They asked "stop?": it may be a stop, please judge.'
    assert read("> stop").why == "They quote a stop: it may be a stop, please judge."
    assert read("STOP to end").why == "They sent the way out back."


@pytest.mark.parametrize(
    ("text", "question_open", "words"),
    [
        ("Please take me off your list!", False, "take me off your list"),
        ("Wrong number, sorry", False, "wrong number"),
        ("S.T.O.P.", False, "stop"),
        ("ok\nCANCLE", False, "cancel"),
        ("See you then. Unsubscribe.", False, "unsubscribe"),
        ("See you then. Cancel.", False, "cancel"),
        ("stop?", False, "stop"),
        ("not interested", False, "not interested"),
        ("\U0001f6d1", False, "\U0001f6d1"),
        ("No", True, "no"),
        ("Yes!", True, "yes"),
        ("HELP", False, "help"),
        ("start", False, "start"),
        ("lovely roses", False, ""),
        ("STOP to end", False, ""),
        ("> stop", False, ""),
    ],
)
def test_the_words_that_made_it_so_are_kept(text: str, question_open: bool, words: str) -> None:
    reading = read(text, question_open=question_open)
    assert reading.words == words
    assert words in reading.why


def test_a_reason_stays_short_and_holds_nothing_that_cannot_be_shown() -> None:
    reading = read("please stop " + "\x1b[31m\u202ea\u0301" * 900 + " texting me")
    assert reading.band is Band.OPT_OUT
    assert len(reading.why) < 200
    assert not set(reading.why) & {"\x1b", "\u202e"}


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("a" * 9_000 + " stop " + "b" * 900, Band.HOLD),
        ("stop texting me " + "la " * 9_000, Band.OPT_OUT),
        ("la " * 9_000 + "stop texting me", Band.OPT_OUT),
        ("la " * 4_500 + "stop texting me" + " la" * 4_500, Band.HOLD),
        ("la " * 9_000, Band.HOLD),
        ("la " * 3_000, Band.NONE),
        (" " * 90_000 + "ok", Band.NONE),
        ("\ufdfa " * 9_000, Band.HOLD),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_of_a_very_long_text_the_ends_are_read_and_a_person_looks(text: str, band: Band) -> None:
    assert read(text).band is band


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("Cancel\nCan I stop by at noon?", Band.OPT_OUT),
        ("I'll stop by. Cancel", Band.HOLD),
        ("the bus stop\nSTOP texting me", Band.OPT_OUT),
        ("Don't text me\nbefore nine", Band.HOLD),
        ("don't text me at work. In fact stop texting me", Band.OPT_OUT),
        ("Where is the bus stop? Unsubscribe", Band.OPT_OUT),
        ("stop?\nwhat is this", Band.HOLD),
        ("I don't need that\ne-mail me instead", Band.OPT_OUT),
        ("lunch?\nST OP", Band.OPT_OUT),
        ("hi, unsubscribe, thanks a lot", Band.OPT_OUT),
        ("fine\n-----Original Message-----\nSale today\nplease quit texting me now", Band.HOLD),
        ("You never stop. Wrong number!", Band.OPT_OUT),
        ("-----Original Message-----\n" * 300, Band.NONE),
        ("> " * 3_000 + "stop", Band.HOLD),
        ("-----Original Message-----\nSale! STOP to end\nSTOP", Band.OPT_OUT),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_what_is_cut_out_hides_no_stop_beside_it(text: str, band: Band) -> None:
    assert read(text).band is band


@pytest.mark.parametrize(
    "hostile",
    [
        "stop " * 200_000,
        "s.t." * 250_000,
        "\u0301\u200d\x00" * 330_000,
        "&amp;\x1b[1m" * 110_000,
        " " * 100_000,
        "stop " * 20_000,
        "stop a" * 20_000,
        "> " * 50_000,
        "\n" * 100_000,
        "s " * 50_000,
        "s.t." * 25_000,
        "don't " * 20_000,
        "text stop " * 10_000,
        "stop " + "a" * 100_000,
        "o" * 100_000,
        "i don't want " + "a b " * 25_000,
        "at by to until " * 7_000,
        "\u0301" * 100_000,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_a_huge_text_is_read_too(hostile: str) -> None:
    assert read(hostile + "\nplease stop texting me").band is Band.OPT_OUT


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert read(text).why.endswith((".", "judge."))


@given(st.sampled_from(["STOP", "unsubscribe", "Cancel"]), st.text(" .!\n\u200b\u00a0", max_size=9))
def test_marks_and_blanks_around_a_stop_word_change_nothing(word: str, around: str) -> None:
    assert read(around + word + around).band is Band.OPT_OUT
