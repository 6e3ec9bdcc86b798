from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import stop_report
from reply_corpus import CORPUS, FRESH, labelled
from shopbell.domain.replies import Band, Intent

MESSAGES = [message for path in (CORPUS, *FRESH) for message in labelled(path)]
RULES_TABLE = [message for message in MESSAGES if message.tag == "rules-table"]


@cache
def read(language: str | None) -> list[stop_report.Read]:
    """Return all messages as read for a person of that language, or of their own."""
    return stop_report.read_all(MESSAGES, language)


@pytest.mark.parametrize("language", [None, "en"])
def test_every_message_is_read_as_a_person_labelled_it(language: str | None) -> None:
    wrong = [
        f"{result.message} [{result.message.tag}] is {result.reading}"
        for result in read(language)
        if result.language in result.message.languages and not result.is_as_expected
    ]
    assert wrong == []


def test_no_stop_is_known_to_be_missed() -> None:
    assert [str(result.message) for result in read(None) if result.is_missed] == []


def test_every_false_alarm_is_one_we_know_and_argue_for() -> None:
    argued = stop_report.PAGE.read_text(encoding="utf-8")
    for result in read(None):
        if result.is_false_alarm:
            assert result.reading.band is Band.HOLD, result.message
            assert f'"{result.message.tag}"' in argued, result.message


def test_the_tables_in_the_documents_are_those_of_today() -> None:
    page = stop_report.PAGE.read_text(encoding="utf-8")
    assert stop_report.page_with_tables(page, read(None)) == page


def test_the_corpus_is_large_and_covers_bands_intents_and_languages() -> None:
    bands = Counter(message.band for message in MESSAGES)
    assert bands[Band.OPT_OUT] >= 800
    assert bands[Band.HOLD] >= 200
    assert bands[Band.NONE] >= 500
    languages = Counter(message.language for message in MESSAGES)
    assert all(languages[code] >= 40 for code in ("en", "fr", "es", "pt", "de", "it", "nl", "pl"))
    assert set("ru zh ja ko ar hi tr".split()) <= set(languages)
    assert {message.intent for message in MESSAGES} == {None, *Intent}
    assert any(message.question_open for message in MESSAGES)


def test_the_whole_table_the_rules_were_made_from_is_in_it() -> None:
    counted = Counter(message.band for message in RULES_TABLE)
    assert counted == {Band.OPT_OUT: 32, Band.HOLD: 6, Band.NONE: 19}


def test_no_message_is_there_twice() -> None:
    counted = Counter((m.text, m.language, m.question_open) for m in MESSAGES)
    assert [message for message, times in counted.items() if times > 1] == []


def test_every_number_in_it_is_one_for_fiction() -> None:
    for message in MESSAGES:
        digits = re.sub(r"(?<=\d)[ .-](?=\d)", "", message.text)
        for number in re.findall(r"\d{7,}", digits):
            assert re.fullmatch(r"1?[2-9]\d\d55501\d\d", number), message


@pytest.mark.parametrize(
    "group",
    [
        'tag = "a"\nband = "none"\nintent = "none"\nlanguage = "en"\ntexts = []',
        'tag = "a"\nband = "nope"\nintent = "none"\nlanguage = "en"\ntexts = ["a"]',
        'tag = "a"\nband = "none"\nintent = "nope"\nlanguage = "en"\ntexts = ["a"]',
        'tag = "a"\nband = "none"\nintent = "none"\ntexts = ["a"]',
        'tag = "a"\nband = "none"\nintent = "none"\nlanguage = "en"\ntexts = ["a"]\nlabel = "b"',
    ],
)
def test_a_group_with_a_mistake_in_it_is_refused(tmp_path: Path, group: str) -> None:
    path = tmp_path / "replies.toml"
    path.write_text(f"[[group]]\n{group}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"group|nope"):
        labelled(path)


def test_the_report_lists_what_is_read_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "replies.toml"
    path.write_text(
        '[[group]]\ntag = "on purpose"\nband = "none"\nintent = "none"\nlanguage = "en"\n'
        'texts = ["STOP", "ok", "\\u200bstop?"]\n'
        '[[group]]\ntag = "on purpose"\nband = "opt_out"\nintent = "stop"\nlanguage = "en"\n'
        'texts = ["lovely", "wrong number"]\n',
        encoding="utf-8",
    )
    stop_report.main([path])
    printed = capsys.readouterr().out
    assert "| opt_out | 1 | 0 | 1 | 2 |" in printed
    assert "| none | 1 | 1 | 1 | 3 |" in printed
    assert "| en | 5 | 3 |" in printed
    assert "Misses: 1" in printed
    assert 'opt_out/stop read as none/-  "lovely"  [on purpose]' in printed
    assert "False alarms: 2" in printed
    assert "none/- read as hold/-  '\\u200bstop?'" in printed
    assert "Right band, other intent: 1" in printed
