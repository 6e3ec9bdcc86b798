"""The dossier in words: the answer first, nothing left out, nothing softened, nothing run."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NEW_YORK, NOW, a_contact, a_no, a_shop, a_stop, a_yes
from shopbell.domain.consent import Basis, ConsentEvent, How, Purpose
from shopbell.domain.decision import Code, Decision, Layer, Reason, Verdict
from shopbell.domain.dossier import ChainVerdict, Dossier, LedgerEntry, TextStory
from shopbell.domain.dossier_masked import as_masked_text
from shopbell.domain.dossier_page import as_html, as_text, sections
from shopbell.domain.ids import E164, DecisionId, Ref, TextId
from shopbell.domain.numbers import number_of
from shopbell.domain.texts import Encoding, FinalText, OutboundText, State, TextEvent

EVIL = "</p><script>alert(1)</script>[/]\x1b[31m\u202e"


def an_entry(event: ConsentEvent) -> LedgerEntry:
    return LedgerEntry(
        event=event,
        wording_id=3,
        wording_sha256="a" * 64,
        previous_hash="b" * 64,
        hash="c" * 64,
    )


def a_story(
    purpose: Purpose = Purpose.MARKETING,
    *,
    state: State = State.DELIVERED,
    topic: str | None = None,
    at: datetime = NOW - timedelta(days=3),
    id_: int = 1,
    body: str = "Fern & Finch: tulips are in.",
) -> TextStory:
    text = OutboundText(
        id=TextId(id_),
        ref=Ref("R"),
        number=NEW_YORK,
        contact_id=None,
        name="Dana Reyes",
        purpose=purpose,
        topic=topic,
        body=body,
        final=FinalText(
            text=body,
            encoding=Encoding.GSM7,
            units=len(body),
            segments=1,
            name_added=False,
            footer_added="",
        ),
        price_micros=None,
        currency=None,
        state=state,
        decision_id=DecisionId(10 + id_),
        gateway="drill",
        gateway_id=None,
        not_before=None,
        expires_at=None,
        attempts=1,
        started_at=at,
        detail="",
        created_at=at,
        updated_at=at,
    )
    return TextStory(
        text=text, events=(TextEvent(at=at, state=state, word="DELIVRD", detail="arrived"),)
    )


def a_decision(
    verdict: Verdict = Verdict.ALLOW, *reasons: Reason, at: datetime = NOW - timedelta(days=3)
) -> Decision:
    return Decision(
        verdict=verdict,
        reasons=reasons,
        next_allowed_at=None,
        window_ends_at=None,
        decided_at=at,
        rules_version="2026-11-21",
    )


NO_CONSENT = Reason(
    code=Code.NO_CONSENT,
    verdict=Verdict.REFUSE,
    layer=Layer.LAW,
    rule="US.consent",
    citation="47 CFR 64.1200(a)(2)",
    sentence="Nobody has asked this person yet.",
)


def a_dossier(**changes: object) -> Dossier:
    whole = Dossier(
        shop=a_shop(),
        number=number_of(NEW_YORK),
        contact=a_contact(),
        suppression=None,
        entries=(an_entry(a_yes()),),
        texts=(a_story(),),
        decisions=((DecisionId(11), a_decision()),),
        replies=(),
        chain=ChainVerdict(entries=12, first_bad=None, head="d" * 64),
        made_at=NOW,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


OTHER = E164("+447700900123")


def answer(dossier: Dossier) -> str:
    return " ".join(
        f"{line.words} {line.quote or ''}".strip() for line in sections(dossier)[0].lines
    )


def test_the_answer_comes_first_and_names_the_yes_and_its_words() -> None:
    text = as_text(a_dossier())
    assert text.startswith("Fern & Finch: texts to Dana Reyes, (212) 555-0142\n")
    assert answer(a_dossier()) == (
        "Fern & Finch has sent 1 text to this number, on 21 Nov 2026. "
        "The last one was a marketing text. It rests on this yes: yes to marketing texts, given on "
        "paper on 8 May 2026 11:42. "
        "Text me about offers from Fern & Finch. Up to 4 a month. Reply STOP to end. "
        "This number is not on the stop list."
    )


def test_everything_that_proves_a_yes_is_there() -> None:
    event = replace(
        a_yes(promised_n=4, promised_days=30, topics=("offers",)), evidence_sha256="e" * 64
    )
    text = as_text(a_dossier(entries=(an_entry(event),)))
    for said in (
        "Entry 1: yes to marketing texts, for offers, given on paper on 8 May 2026 11:42.",
        "wording 3:",
        "    Text me about offers from Fern & Finch.",
        "Witness: Ana.",
        f"Evidence file, SHA-256 {'e' * 64}.",
        "Promised: at most 4 texts in 30 days.",
        f"Words, SHA-256 {'a' * 64}.",
        f"Link {'c' * 64}, after {'b' * 64}.",
    ):
        assert said in text


def test_the_place_and_a_weaker_basis_are_part_of_the_proof() -> None:
    event = replace(a_yes(), place="the market stall", basis=Basis.INQUIRY)
    text = as_text(a_dossier(entries=(an_entry(event),)))
    assert "Place: the market stall." in text
    assert "It rests on an inquiry, not on a clear yes." in text
    plain = as_text(a_dossier(entries=(an_entry(a_yes()),)))
    assert "Place:" not in plain
    assert "a clear yes" not in plain


def test_what_is_missing_is_said_to_be_missing() -> None:
    event = replace(a_yes(), witness=None)
    text = as_text(a_dossier(entries=(an_entry(event),)))
    assert "No witness is named." in text
    assert "No evidence file is named." in text


EMPTY = {
    "texts": "Fern & Finch has not texted this number.",
    "entries": "No yes and no no is on file for this number.",
    "decisions": "No decision about this number is on file.",
    "replies": "This number has not written to the shop.",
}


@pytest.mark.parametrize(("part", "said"), EMPTY.items(), ids=EMPTY)
def test_an_empty_part_says_so(part: str, said: str) -> None:
    assert said in as_text(a_dossier(**{part: ()}))


@pytest.mark.parametrize(
    ("state", "counted"),
    [
        (State.DELIVERED, True),
        (State.SENT, True),
        (State.UNKNOWN, True),
        (State.SENDING, True),
        (State.HELD, False),
        (State.CANCELED, False),
        (State.FAILED, False),
        (State.WAITING, False),
    ],
)
def test_only_what_may_have_arrived_counts_as_sent(state: State, counted: bool) -> None:
    said = "has sent 1 text" if counted else "has not texted"
    assert said in answer(a_dossier(texts=(a_story(state=state),)))


def test_a_text_without_a_yes_is_not_made_to_look_better() -> None:
    assert "No yes that covers it was on file then." in answer(a_dossier(entries=()))


def test_a_yes_typed_in_after_the_text_proves_nothing_for_it() -> None:
    late = replace(a_yes(), recorded_at=NOW - timedelta(days=1))
    assert "No yes that covers it" in answer(a_dossier(entries=(an_entry(late),)))


def test_a_yes_taken_back_before_the_text_proves_nothing_for_it() -> None:
    entries = (an_entry(a_yes()), an_entry(a_no()))
    assert "No yes that covers it" in answer(a_dossier(entries=entries))


def test_a_yes_for_another_topic_proves_nothing_for_it() -> None:
    entries = (an_entry(a_yes(topics=("events",))),)
    texts = (a_story(topic="offers"),)
    assert "No yes that covers it" in answer(a_dossier(entries=entries, texts=texts))
    entries = (an_entry(a_yes(topics=("offers",))),)
    assert "for offers" in answer(a_dossier(entries=entries, texts=texts))


def test_a_conversation_needs_no_yes_and_says_so() -> None:
    texts = (a_story(Purpose.CONVERSATION),)
    assert "Such a text needs no recorded yes" in answer(a_dossier(entries=(), texts=texts))


def test_a_stop_is_told_with_what_left_after_it() -> None:
    before = a_dossier(suppression=a_stop(NOW - timedelta(days=1)))
    assert "said stop by text on 23 Nov 2026 10:42." in answer(before)
    assert "No text has left since." in answer(before)
    after = a_dossier(suppression=a_stop(NOW - timedelta(days=5)))
    assert "1 text left after that: 1." in answer(after)


def test_every_decision_is_listed_with_its_reasons_and_sources() -> None:
    refused = a_decision(Verdict.REFUSE, NO_CONSENT)
    text = as_text(a_dossier(decisions=((DecisionId(9), refused), (DecisionId(11), a_decision()))))
    assert (
        "Decision 9, 21 Nov 2026 10:42: refused by rules 2026-11-21. Nobody has asked this person "
        "yet. [NO_CONSENT; law; US.consent; 47 CFR 64.1200(a)(2)]"
    ) in text
    assert "Decision 11, text 1, 21 Nov 2026 10:42: allowed by rules 2026-11-21." in text


def test_a_text_is_told_word_for_word_with_its_history() -> None:
    text = as_text(a_dossier())
    assert "Text 1, 21 Nov 2026 10:42: delivered (marketing; decision 11; gateway drill)." in text
    assert "    Fern & Finch: tulips are in." in text
    assert "21 Nov 2026 10:42: delivered DELIVRD arrived" in text


def test_a_whole_ledger_says_what_that_proves_and_what_it_does_not() -> None:
    text = as_text(a_dossier())
    assert "12 entries" in text
    assert "d" * 64 in text
    assert "does not prove by itself that the person said yes" in text


def test_a_broken_ledger_is_said_plainly() -> None:
    chain = ChainVerdict(entries=12, first_bad=5, head="d" * 64)
    text = as_text(a_dossier(chain=chain))
    assert "No. Entry 5 of the shop's ledger does not link" in text
    assert "Yes. The shop's ledger" not in text


def test_every_way_of_saying_it_has_words() -> None:
    for how in How:
        assert "given " in as_text(a_dossier(entries=(an_entry(replace(a_yes(), how=how)),)))


class Page(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_hostile_words_are_shown_and_do_nothing() -> None:
    dossier = a_dossier(
        shop=a_shop(name=EVIL),
        contact=a_contact(name=EVIL),
        entries=(an_entry(replace(a_yes(), wording=EVIL, witness=EVIL, topics=(EVIL,))),),
        texts=(a_story(body=EVIL),),
        suppression=replace(a_stop(), note=EVIL),
    )
    page = Page(as_html(dossier))
    assert "script" not in page.tags
    assert "alert(1)" in page.words
    for out in (as_html(dossier), as_text(dossier)):
        assert not re.search("[\x1b\u202e]", out)


@given(words=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_text_and_page_say_the_same(words: str) -> None:
    dossier = a_dossier(entries=(an_entry(replace(a_yes(), wording=words, witness=words)),))
    page = Page(as_html(dossier))
    assert page.tags <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "blockquote")
    }
    flat = " ".join(page.words.split())
    for line in as_text(dossier).splitlines()[:3]:
        assert " ".join(line.split()) in flat


@pytest.mark.parametrize("country", ["US", "GB"])
def test_for_a_screen_the_number_is_cut_down_however_it_is_printed(country: str) -> None:
    dossier = a_dossier(shop=replace(a_shop(), country=country))
    text = as_masked_text(dossier)
    assert f"…{NEW_YORK[-4:]}" in text.splitlines()[0]
    assert NEW_YORK.removeprefix("+1") in re.sub(r"[^0-9\n]", "", as_text(dossier))
    assert NEW_YORK.removeprefix("+1") not in re.sub(r"[^0-9\n]", "", text)


@pytest.mark.parametrize("whose", ["same_person", "household"])
def test_so_are_their_other_numbers_and_those_they_live_with(whose: str) -> None:
    dossier = a_dossier(**{whose: (replace(a_contact(), number=OTHER, name=""),)})
    assert OTHER in as_text(dossier)
    text = as_masked_text(dossier)
    assert OTHER not in text
    assert "…0123" in text


def test_but_all_else_on_the_screen_is_as_it_is_on_paper() -> None:
    note = "her sister is 212-555-0188"
    dossier = a_dossier(contact=replace(a_contact(), note=note))
    paper, screen = as_text(dossier).splitlines(), as_masked_text(dossier).splitlines()
    assert paper[1:] == screen[1:]
    assert f"    {note}" in screen
    assert len(paper[0]) > len(screen[0])
