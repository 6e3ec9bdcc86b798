"""`budget` on the command line, and what `send`, `run` and `campaign` say when it is used up."""

from __future__ import annotations

import pytest

from shopbell.gateways.practice import PracticeGateway
from till import ANA, BO, READY, WORDS, Till


def test_it_is_set_shown_and_taken_away(counter: Till) -> None:
    shown = counter.json("budget", "show")
    assert (shown["texts"], shown["money"], shown["texts_left"], shown["spent"]) == (
        None,
        None,
        None,
        False,
    )
    line = ("--texts", "400", "--money", "20", "--currency", "usd")
    made = counter.json("budget", "set", *line)
    assert (made["texts"], made["money"], made["currency"]) == (400, 20.0, "USD")
    assert (made["texts_left"], made["money_left"]) == (400, 20.0)
    assert made["month_ends_at"].startswith("2026-12-01T05:00")
    counter.agree()
    counter.json("send", ANA, READY)
    assert counter.run("budget", "show").out.splitlines() == [
        "1 text of 400 texts used this month, 399 left.",
        "0.0079 USD of 20 USD used this month, 19.9921 USD left.",
        "The next month begins on 1 Dec 2026.",
    ]
    assert counter.json("budget", "set", "--none")["texts"] is None
    out = counter.run("budget", "show").out
    assert out == "No budget is set. 1 text left the shop this month.\n"


def test_a_used_up_budget_holds_a_text_and_says_so(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree()
    counter.json("budget", "set", "--texts", "1")
    counter.json("send", ANA, "one.")
    held = counter.json("send", ANA, "two.", code=4)
    assert (held["state"], held["decision"]) == ("waiting", "allow")
    assert held["stopped"] == "This month's budget of 1 text is used up."
    told = counter.run("send", ANA, "three.")
    assert told.code == 4
    assert "is used up. See: shopbell sending status, shopbell budget show" in told.out
    assert counter.run("run").out.startswith("This month's budget of 1 text is used up.\n")
    assert len(practice.seen()) == 1
    out = counter.run("budget", "show").out
    assert "This month's budget of 1 text is used up. Nothing leaves." in out
    counter.json("budget", "set", "--texts", "3")
    counter.run("run")
    assert len(practice.seen()) == 3


def test_a_campaign_pauses_and_goes_on_when_it_is_raised(
    counter: Till, practice: PracticeGateway
) -> None:
    for number, name in ((ANA, "Ana Reyes"), (BO, "Bo Lind")):
        counter.json("contacts", "add", number, "--name", name)
        line = ("opt-in", number, "--purpose", "marketing", "--topic", "offers")
        counter.json(*line, "--how", "paper", "--wording", WORDS)
    line = ("--name", "Wreaths", "--text", "{first_name}, wreaths!", "--topic", "offers")
    counter.json("campaign", "new", *line)
    counter.json("budget", "set", "--texts", "1")
    counter.json("campaign", "approve", "1")
    ended = counter.json("campaign", "start", "1", "--hold", "0", "--wait")
    assert (ended["state"], ended["pause"], ended["sent"], ended["waiting"]) == (
        "paused",
        "budget",
        1,
        1,
    )
    assert "budget of 1 text is used up" in ended["why"]
    counter.now = "2026-11-24T10:44"
    counter.json("budget", "set", "--texts", "2")
    counter.run("run")
    assert counter.json("campaign", "show", "1")["state"] == "done"
    assert len(practice.seen()) == 2


def test_texts_without_a_price_are_told(counter: Till, practice: PracticeGateway) -> None:
    counter.agree()
    counter.json("budget", "set", "--money", "1", "--currency", "USD")
    account = [
        part for key, value in practice.account.items() for part in ("--account", f"{key}={value}")
    ]
    counter.json("budget", "set", "--texts", "5")
    counter.json("gateway", "set", "practice", *account)
    counter.json("send", ANA, READY)
    counter.use(practice.account)
    counter.json("budget", "set", "--money", "1", "--currency", "USD")
    assert counter.json("budget", "show")["unpriced"] == 1
    assert "Not counted: 1 text without a price." in counter.run("budget", "show").out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ((), "usage"),
        (("--texts", "5", "--none"), "usage"),
        (("--money", "5"), "usage"),
        (("--texts", "5", "--currency", "USD"), "usage"),
        (("--texts", "-1"), "usage"),
        (("--texts", "many"), "usage"),
        (("--money", "five", "--currency", "USD"), "bad_price"),
        (("--money", "-5", "--currency", "USD"), "bad_price"),
        (("--money", "5", "--currency", "dollars"), "bad_currency"),
        (("--money", "5", "--currency", "EUR"), "no_price"),
    ],
)
def test_what_is_no_budget_is_refused(counter: Till, line: tuple[str, ...], code: str) -> None:
    assert counter.json("budget", "set", *line, code=2)["error"]["code"] == code
    assert counter.json("budget", "show")["texts"] is None
