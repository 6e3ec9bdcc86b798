"""Passphrases, keys and the recovery code."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopbell.domain.secret import Secret
from shopbell.errors import RecoveryCodeMistyped, WrongPassphrase
from shopbell.store.keys import (
    ITERATIONS,
    Key,
    check_passphrase,
    derive,
    file_number,
    read_file_number,
    read_recovery_code,
    recovery_code,
    suggest_passphrase,
)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SALT = bytes(range(16))
KEY = Key(hashlib.sha256(b"a key for tests").digest())


@pytest.mark.parametrize(
    "text",
    [
        "maple harbor violin",
        "exactly12chr",
        "with 'quotes' and \"more\"",
        "x'00' but longer than that",
        "日本語のパスフレーズは長くできます",
        "rosé & crème brûlée",
    ],
)
def test_a_good_passphrase_has_nothing_against_it(text: str) -> None:
    assert check_passphrase(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Type a passphrase"),
        ("elevenchars", "at least 12 characters"),
        (" maple harbor violin", "begin or end with a blank"),
        ("maple harbor violin\u00a0", "begin or end with a blank"),
        ("maple harbor\0violin", "cannot be typed again"),
        ("maple harbor\x1b[31mviolin", "cannot be typed again"),
        ("maple harbor \ud800 violin", "cannot be typed again"),
        ("x'" + "00" * 32 + "'", "the form x'...'"),
        ("X'00112233445566'", "the form x'...'"),
        ("a" * 1001, "at most 1,000 characters"),
        # Twelve code points, but six letters once composed.
        ("e\u0301" * 6, "at least 12 characters"),
    ],
)
def test_a_bad_passphrase_is_refused_with_its_own_sentence(text: str, reason: str) -> None:
    sentence = check_passphrase(text)
    assert sentence is not None
    assert reason in sentence


def test_a_suggested_passphrase_is_five_words_and_never_the_same() -> None:
    suggestions = {suggest_passphrase().reveal() for _ in range(20)}
    assert len(suggestions) == 20
    assert all(check_passphrase(text) is None for text in suggestions)
    assert all(len(text.split(" ")) == 5 for text in suggestions)


def test_the_key_is_the_one_sqlcipher_would_derive() -> None:
    expected = hashlib.pbkdf2_hmac("sha512", b"maple harbor violin", SALT, ITERATIONS, 32)
    assert derive(Secret("maple harbor violin"), SALT).reveal() == expected
    assert ITERATIONS == 256_000


def test_composed_and_decomposed_spellings_give_the_same_key() -> None:
    text = "crème brûlée au café"
    spellings = [unicodedata.normalize(form, text) for form in ("NFC", "NFD")]
    assert spellings[0] != spellings[1]
    assert len({derive(Secret(spelling), SALT) for spelling in spellings}) == 1


def test_a_passphrase_no_keyboard_can_type_opens_nothing() -> None:
    with pytest.raises(WrongPassphrase, match="does not open"):
        derive(Secret("maple harbor \ud800 violin"), SALT)


def test_a_key_never_shows_itself() -> None:
    for shown in (repr(KEY), str(KEY), f"{KEY}", repr([KEY])):
        assert KEY.reveal().hex() not in shown
        assert repr(KEY.reveal()) not in shown
        assert "•••" in shown


def test_a_key_has_exactly_32_bytes() -> None:
    for length in (0, 31, 33):
        with pytest.raises(ValueError, match="32 bytes"):
            Key(bytes(length))


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_code_reads_back_as_the_key_it_was_made_of(raw: bytes) -> None:
    code = recovery_code(Key(raw)).reveal()
    assert [len(group) for group in code.split("-")] == [5] * 11
    assert read_recovery_code(Secret(code)) == Key(raw)


@given(st.binary(min_size=16, max_size=16))
def test_a_file_number_reads_back_as_the_salt_it_was_made_of(salt: bytes) -> None:
    number = file_number(salt)
    assert [len(group) for group in number.split("-")] == [5] * 6
    assert read_file_number(number) == salt


@pytest.mark.parametrize(
    "spelling",
    [
        str.lower,
        lambda code: code.replace("-", " "),
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", "\u2013"),
        lambda code: f"\n  {code}\t",
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: code.replace("0", "o").replace("1", "I"),
        lambda code: " ".join(code),
    ],
)
def test_a_recovery_code_may_be_typed_in_any_tidy_or_untidy_way(spelling: object) -> None:
    code = recovery_code(KEY).reveal()
    assert "0" in code
    assert "1" in code
    assert read_recovery_code(Secret(spelling(code))) == KEY  # type: ignore[operator]


def test_every_single_wrong_character_of_a_recovery_code_is_noticed() -> None:
    letters = recovery_code(KEY).reveal().replace("-", "")
    tried = 0
    for at, right in enumerate(letters):
        for wrong in ALPHABET:
            if wrong != right:
                tried += 1
                with pytest.raises(RecoveryCodeMistyped, match="typing mistake"):
                    read_recovery_code(Secret(letters[:at] + wrong + letters[at + 1 :]))
    assert tried == 55 * 31


def test_every_pair_of_swapped_neighbours_in_a_recovery_code_is_noticed() -> None:
    letters = recovery_code(KEY).reveal().replace("-", "")
    for at in range(54):
        if letters[at] != letters[at + 1]:
            swapped = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
            with pytest.raises(RecoveryCodeMistyped, match="typing mistake"):
                read_recovery_code(Secret(swapped))


# Always the same examples: one in 524,288 would pass by luck.
@settings(derandomize=True)
@given(st.lists(st.sampled_from(ALPHABET), min_size=55, max_size=55).map("".join))
def test_a_made_up_recovery_code_is_noticed(letters: str) -> None:
    with pytest.raises(RecoveryCodeMistyped):
        read_recovery_code(Secret(letters))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "this one has 0"),
        ("ABC", "this one has 3"),
        ("A" * 54, "this one has 54"),
        ("A" * 56, "this one has 56"),
        ("A" * 5_000_000, "55 letters and digits in 11 groups"),
        ("0" * 55, "typing mistake"),
        ("Z" * 55, "typing mistake"),
        ("A" * 12 + "U" + "A" * 42, "Group 3 of the recovery code has a character"),
        ("A" * 54 + "\x1b", "Group 11 of the recovery code has a character"),
        ("\ud800" * 55, "Group 1 of the recovery code has a character"),
    ],
)
def test_a_mistyped_recovery_code_says_what_to_look_at(typed: str, sentence: str) -> None:
    with pytest.raises(RecoveryCodeMistyped, match=sentence) as caught:
        read_recovery_code(Secret(typed))
    assert "\x1b" not in caught.value.message
    assert caught.value.hint


def test_a_file_number_is_not_taken_for_a_recovery_code() -> None:
    with pytest.raises(RecoveryCodeMistyped, match="this one has 30"):
        read_recovery_code(Secret(file_number(SALT)))
    with pytest.raises(RecoveryCodeMistyped, match="A file number has 30 letters"):
        read_file_number(recovery_code(KEY).reveal())
