"""What the words of a text say, at the command line: findings, changes offered, reasons typed."""

from __future__ import annotations

from typing import Any

import pytest

from shopbell.gateways.practice import PracticeGateway
from till import ANA, READY, Till

PROMOTES = "your order is ready. 20% off all wreaths!"
REASON = "The wreath in this order was sold at that price."
CURLY = "we\u2019re ready \u2013 your order can be collected at the back door of the shop now."
STRAIGHT = "we're ready - your order can be collected at the back door of the shop now."
WORDS = {"purpose", "lint", "promotion", "true_until", "costliest", "straighten"}
FINDING = {
    *("code", "severity", "layer", "rule", "citation", "confidence"),
    *("sentence", "start", "end", "instead"),
}


def rules_of(found: Any, severity: str) -> set[str]:
    return {one["rule"] for one in found["lint"] if one["severity"] == severity}


@pytest.mark.parametrize("command", ["check", "send"])
def test_both_commands_say_what_the_words_say(counter: Till, command: str) -> None:
    counter.agree()
    found = counter.json(command, ANA, "URGENT!!! your order is ready, see you today")
    assert set(found) >= WORDS
    assert rules_of(found, "warn") >= {"lint.urgency", "lint.repeated"}
    assert [set(one) for one in found["lint"]] == [FINDING] * len(found["lint"])
    assert found["true_until"] == "2026-11-25T04:59:59+00:00"
    assert (found["purpose"], found["promotion"]) == ("service", None)


def test_a_finding_points_at_the_words_as_they_were_typed(counter: Till) -> None:
    counter.agree()
    body = "\u00e9 reply CANCEL to cancel"
    (found,) = [
        one
        for one in counter.json("check", ANA, body)["lint"]
        if one["rule"] == "lint.reserved_stop"
    ]
    assert body[found["start"] : found["end"]] == "CANCEL"
    assert found["instead"] == "CHANGE"
    assert found["code"] == "LINT_STYLE"


@pytest.mark.parametrize(
    ("body", "code", "rule"),
    [
        ("new vapes are in", "FORBIDDEN_CONTENT", "lint.tobacco"),
        ("your photos: bit.ly/3xyz", "PUBLIC_SHORTENER", "lint.shortener"),
    ],
)
def test_what_blocks_is_a_reason_and_a_finding(
    counter: Till, practice: PracticeGateway, body: str, code: str, rule: str
) -> None:
    counter.agree()
    for command in ("check", "send"):
        found = counter.json(command, ANA, body, code=3)
        (reason,) = found["reasons"]
        assert (reason["code"], reason["layer"], reason["rule"]) == (code, "carrier", rule)
        assert rules_of(found, "block") == {rule}
    assert practice.seen() == ()


def test_a_secret_is_refused_by_both_and_repeated_by_neither(counter: Till) -> None:
    counter.agree()
    for command in ("check", "send"):
        ran = counter.run(command, ANA, "your PIN is 482193")
        assert ran.code == 3
        assert "SECRET_IN_TEXT" in ran.out
    ran = counter.run("send", ANA, "your PIN is 482193")
    assert "482193" not in ran.out
    assert counter.json("messages", "list")["total"] == 0


class TestPromotion:
    def test_without_a_yes_to_marketing_it_is_refused(
        self, counter: Till, practice: PracticeGateway
    ) -> None:
        counter.agree()
        refused = counter.json("send", ANA, PROMOTES, code=3)
        codes = [reason["code"] for reason in refused["reasons"]]
        assert codes == ["PROMOTION_IN_SERVICE", "CONSENT_WRONG_CATEGORY"]
        assert refused["purpose"] == "marketing"
        assert refused["promotion"]["counts_as"] == "marketing"
        start, end = refused["promotion"]["start"], refused["promotion"]["end"]
        assert PROMOTES[start:end] == "20% off"
        out = counter.run("check", ANA, PROMOTES).out
        assert out.count("“20% off” is promotion") == 1
        assert "It counts as marketing. If it only serves their order: --really-service" in out
        assert practice.seen() == ()

    def test_with_one_it_goes_as_marketing_and_says_so(
        self, counter: Till, practice: PracticeGateway
    ) -> None:
        counter.agree()
        counter.agree(purpose="marketing")
        out = counter.run("check", ANA, PROMOTES).out
        assert "It counts as marketing. “20% off” is promotion" in out
        sent = counter.json("send", ANA, PROMOTES)
        assert (sent["state"], sent["purpose"]) == ("accepted", "marketing")
        assert counter.json("messages", "show", "1")["purpose"] == "marketing"
        assert practice.seen()[0].text.endswith("STOP to end")

    def test_the_owners_reason_is_kept_and_told_years_later(
        self, counter: Till, practice: PracticeGateway
    ) -> None:
        counter.agree()
        sent = counter.json("send", ANA, PROMOTES, "--really-service", REASON)
        assert (sent["state"], sent["purpose"]) == ("accepted", "service")
        assert sent["promotion"]["really_service"] == REASON
        why = counter.json("why", "1")
        assert (why["purpose"], why["really_service"]) == ("service", REASON)
        assert (
            f"It went as a text about orders and appointments, because: “{REASON}”"
            in counter.run("why", "1").out
        )
        assert counter.json("messages", "show", "1")["really_service"] == REASON
        assert len(practice.seen()) == 1

    @pytest.mark.parametrize("command", ["check", "send"])
    @pytest.mark.parametrize("reason", ["ok", "  because ", "          "])
    def test_a_word_is_no_reason(self, counter: Till, command: str, reason: str) -> None:
        counter.agree()
        ran = counter.run(command, ANA, PROMOTES, "--really-service", reason, "--json")
        assert (ran.code, ran.error) == (2, "no_reason")
        assert counter.json("messages", "list")["total"] == 0

    def test_a_reason_nobody_needed_changes_nothing(self, counter: Till) -> None:
        counter.agree()
        found = counter.json("check", ANA, READY, "--really-service", REASON)
        assert (found["decision"], found["promotion"]) == ("allow", None)
        assert "because" not in counter.run("check", ANA, READY, "--really-service", REASON).out

    def test_a_hostile_reason_is_shown_harmless(self, counter: Till) -> None:
        counter.agree()
        trap = "[/] \x1b]52;c;aGk=\x07 because \u202e it is so"
        counter.json("send", ANA, PROMOTES, "--really-service", trap)
        assert counter.json("why", "1")["really_service"] == trap
        out = counter.run("why", "1").out
        assert "because: “[/] " in out
        assert not set(out) & {"\x1b", "\x07", "\u202e"}


class TestWordsThatPass:
    def test_the_text_says_until_when(self, counter: Till) -> None:
        counter.agree()
        out = counter.run("check", ANA, "here until 5 today").out
        assert (
            "“until 5 today” is true until Tue 24 Nov 16:59; the text does not leave later." in out
        )

    def test_at_night_it_is_refused_not_held(self, counter: Till) -> None:
        counter.agree()
        counter.now = "2026-11-24T20:00"
        refused = counter.json("send", ANA, "see you tonight", code=3)
        assert [one["code"] for one in refused["reasons"]] == ["STALE_WORDS", "QUIET_HOURS"]
        assert counter.json("send", ANA, "see you soon", code=4)["decision"] == "hold"

    def test_a_text_for_saturday_means_saturday(self, counter: Till) -> None:
        counter.agree()
        saturday = ("--at", "2026-11-28T11:00")
        found = counter.json("check", ANA, "open until 4 today", *saturday)
        assert (found["decision"], found["true_until"]) == ("allow", "2026-11-28T20:59:59+00:00")
        sent = counter.json("send", ANA, "open until 4 today", *saturday)
        assert sent["state"] == "waiting"
        counter.now = "2026-11-30T11:00"
        assert counter.run("run").code == 0
        shown = counter.json("messages", "show", "1")
        assert shown["state"] == "canceled"
        assert [one["code"] for one in shown["decision"]["reasons"]] == ["STALE_WORDS"]

    def test_why_tells_by_when_it_had_to_arrive(self, counter: Till) -> None:
        counter.agree()
        counter.json("send", ANA, "here until 5 today")
        assert counter.json("why", "1")["expires_at"] == "2026-11-24T21:59:59+00:00"
        assert "It had to arrive by Tue 24 Nov 2026, 16:59." in counter.run("why", "1").out


class TestDearCharacters:
    def test_the_change_is_offered_as_a_diff_and_not_made(
        self, counter: Till, practice: PracticeGateway
    ) -> None:
        counter.agree()
        found = counter.json("check", ANA, CURLY)
        assert (found["segments"], found["price"], found["price_per_part"]) == (2, 0.0158, 0.0079)
        assert found["straighten"] == {
            "changes": [
                {"start": 2, "end": 3, "old": "\u2019", "new": "'"},
                {"start": 12, "end": 13, "old": "\u2013", "new": "-"},
            ],
            "text": STRAIGHT,
            "segments": 1,
            "saved": 1,
        }
        assert "make this 2 parts; without them it is 1." in found["costliest"]
        lines = counter.run("check", ANA, CURLY).out.splitlines()
        assert "With --straighten it takes 1 part instead of 2:" in lines
        assert "  we[\u2019 -> ']re ready \u2013 y" in lines
        assert "  we\u2019re ready [\u2013 -> -] your order" in lines
        counter.json("send", ANA, CURLY)
        assert CURLY in practice.seen()[0].text

    def test_straighten_makes_it(self, counter: Till, practice: PracticeGateway) -> None:
        counter.agree()
        found = counter.json("check", ANA, CURLY, "--straighten")
        assert (found["segments"], found["straighten"], found["costliest"]) == (1, None, None)
        counter.json("send", ANA, CURLY, "--straighten")
        assert STRAIGHT in practice.seen()[0].text
        assert counter.json("messages", "show", "1")["text"] == STRAIGHT

    def test_a_name_keeps_its_letters(self, counter: Till, practice: PracticeGateway) -> None:
        counter.agree()
        counter.json("send", ANA, "Hi Zo\u00eb, it\u2019s ready", "--straighten")
        assert "Hi Zo\u00eb, it's ready" in practice.seen()[0].text


class TestPrices:
    def test_the_rate_for_the_number_comes_before_the_gateways_price(self, counter: Till) -> None:
        counter.agree()
        counter.json("rules", "price", "+1", "0.02", "--currency", "EUR")
        counter.json("rules", "price", "+1212", "0.03")
        found = counter.json("check", ANA, "y" * 200)
        assert (found["segments"], found["price_per_part"]) == (2, 0.03)
        assert (found["price"], found["currency"]) == (0.06, "EUR")
        assert ", 2 x 0.03 = 0.06 EUR." in counter.run("check", ANA, "y" * 200).out

    def test_the_price_is_kept_with_the_text_when_the_rate_changes(self, counter: Till) -> None:
        counter.agree()
        counter.json("rules", "price", "+1", "0.02", "--currency", "USD")
        counter.json("send", ANA, "y" * 200)
        counter.json("rules", "price", "+1", "0.5")
        shown = counter.json("messages", "show", "1")
        assert (shown["price"], shown["price_per_part"], shown["currency"]) == (0.04, 0.02, "USD")
        assert "Parts: 2, 2 x 0.02 = 0.04 USD." in counter.run("messages", "show", "1").out

    def test_a_country_will_do(self, counter: Till) -> None:
        shown = counter.json("rules", "price", "gb", "0.04", "--currency", "GBP")
        assert shown["rates"] == [{"prefix": "+44", "micros": 40_000}]
        ran = counter.run("rules", "price", "GB", "0.05")
        assert "One part to +44 costs 0.05 GBP." in ran.out
        assert "begin with +44 too: GG, IM, JE." in ran.err
        counter.json("rules", "price", "FR", "0.06")
        assert counter.run("rules", "price", "fr", "0.07").err == ""
        assert counter.json("rules", "price", "FR", "--forget")["rates"] == [
            {"prefix": "+44", "micros": 50_000}
        ]

    @pytest.mark.parametrize("word", ["XX", "Britain", "44", "GB1"])
    def test_what_is_no_country_and_no_prefix_is_refused(self, counter: Till, word: str) -> None:
        assert counter.run("rules", "price", word, "0.04", "--currency", "GBP").code == 2

    def test_without_any_rate_there_is_no_price(self, till: Till) -> None:
        till.agree()
        found = till.json("check", ANA, "y" * 200)
        assert (found["price"], found["price_per_part"], found["currency"]) == (None, None, None)
        assert "2 parts" not in till.run("check", ANA, READY).out
        assert ", no price set." in till.run("check", ANA, "y" * 200).out
