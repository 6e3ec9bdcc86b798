from __future__ import annotations

import tomllib

import pytest

from rule_files import packaged_rule_files
from shopbell.domain.rule_table import RuleTable
from shopbell.domain.stop_rules import StopRules, read_stop_rules
from shopbell.domain.stop_text import folded
from shopbell.domain.text_rules import STOP_FILE
from shopbell.errors import BadInput

TEXT = packaged_rule_files()[STOP_FILE]
RULES = read_stop_rules(RuleTable.parsed(STOP_FILE, TEXT))
LANGUAGES = tomllib.loads(TEXT)["language"]


def changed(old: str, new: str) -> StopRules:
    assert TEXT.count(old) >= 1, f"{old!r} is not in {STOP_FILE} any more"
    return read_stop_rules(RuleTable.parsed(STOP_FILE, TEXT.replace(old, new, 1)))


def test_the_languages_of_the_rules_are_all_there() -> None:
    assert set(LANGUAGES) == set("en fr es pt de it nl pl tr ru ar hi zh ja ko".split())


def test_words_of_all_languages_count_and_are_folded() -> None:
    assert {"stop", "arret", "baja", "sair", "abmelden", "basta", "afmelden"} <= RULES.stop
    assert {"wypisz", "стоп", "停止", "중지", "الغاء", "बंद"} <= RULES.stop
    assert {"help", "aide", "ayuda", "hilfe", "ajuda", "aiuto", "pomoc"} <= RULES.help
    assert {"start", "unstop", "reprise", "alta"} <= RULES.start
    assert {"yes", "oui", "si", "sim", "ja", "tak"} <= RULES.yes
    assert RULES.stop_if_theirs["it"] == {"fine"}
    assert RULES.stop_if_theirs["en"] == frozenset()


def test_no_word_is_both_a_stop_and_something_else() -> None:
    others = RULES.help | RULES.start | RULES.yes | RULES.hold | RULES.declines
    assert not RULES.stop & others
    assert not RULES.stop_in_sentence & others
    assert RULES.stop_in_sentence <= RULES.stop | {"stop now"}


def test_no_filler_is_a_stop_word_a_start_or_an_answer() -> None:
    assert not RULES.fillers & (RULES.stop | RULES.start | RULES.help | RULES.yes | RULES.no)


def test_no_correction_changes_a_word_that_is_right() -> None:
    for wrong, right in RULES.spelling.corrections.items():
        assert wrong != right
        assert wrong not in RULES.stop
        assert all(part in RULES.spelling.known for part in right.split()), right


def test_every_phrase_is_there_once() -> None:
    for code, language in LANGUAGES.items():
        for key in ("guards", "wrong_person", "limits", "phrases", "signed", "holds"):
            written = [" ".join(folded(one).split()) for one in language.get(key, [])]
            assert len(written) == len(set(written)), (code, key)


def test_every_set_is_used() -> None:
    for code, language in LANGUAGES.items():
        patterns = " ".join(
            one for key in language if isinstance(language[key], list) for one in language[key]
        )
        for name in language.get("sets", {}).keys() - {"title"}:
            assert f"{{{name}}}" in patterns, (code, name)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("guards = [", 'guards = ["(stop",', r'language.en.guards has the phrase "\(stop", which'),
        ("phrases = [", 'phrases = ["stop(ped)",', "glued to a word"),
        ("holds = [", 'holds = ["{nouns_}",', "names the set nouns_, which there is not"),
        ("no_blanks = true", "no_blanks = false", "language.zh.*has a"),
        ("help = [", 'help = ["Help",', 'language.en.help has "Help", which must be in lower'),
        ('anywhere = ["🛑"', 'anywhere = ["stop"', 'signs.anywhere has "stop", which must be one'),
        ("fuzzy_least_length = 8", "fuzzy_least_length = 3", "at least 5"),
        ("stop = 1", "stop = 0", "spelling.mistyped.stop must be a whole number"),
        ("[signs]", "[sings]", "signs is missing"),
        ("[quotes]", "[quotes]\nmood = 1", "quotes.mood is not a key"),
        ("[language.fr]", "[language.fr]\nmood = 1", "language.fr.mood is not a key"),
        ("[language.tr]", "[language.tr]\nphrases = 3", "language.tr.phrases must be a list"),
        ("lines = [", "lines = ['(',", "quotes.lines has a pattern that cannot be read"),
    ],
)
def test_a_mistake_is_named_with_its_key(old: str, new: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        changed(old, new)


def test_an_own_word_is_read_without_touching_the_code() -> None:
    rules = changed('"stop", "stopall"', '"nimmer", "stop", "stopall"')
    assert "nimmer" in rules.stop
    assert "nimmer" in rules.spelling.known
