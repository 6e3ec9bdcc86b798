"""Trying the gateway and proving the STOP path at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopbell.gateways.practice import PracticeGateway
from till import Till

OWN = "+12125550177"


def test_a_practice_shop_needs_no_proof(counter: Till) -> None:
    proved = counter.json("gateway", "prove")
    assert (proved["way"], proved["open"], proved["good_until"]) == ("practice", True, None)
    assert "Campaigns can start." in counter.run("gateway", "prove").out


def test_without_a_gateway_there_is_nothing_to_prove(till: Till) -> None:
    ran = till.run("gateway", "prove")
    assert ran.code == 4
    assert "No gateway is set up." in ran.out
    assert "Campaigns stay locked." in ran.out


@pytest.fixture
def deaf(tmp_path: Path) -> Till:
    """A real shop over a gateway that can't tell of replies and is never reached."""
    till = Till(file=tmp_path / "shop.db", now=None)
    till.json(
        *("new", str(till.file), "--name", "Fern & Finch", "--country", "US"),
        *("--timezone", "America/New_York"),
    )
    till.extra = {"SHOPBELL_GATEWAY_KEY": "hush"}
    set_up = till.json(
        *("gateway", "set", "generic", "--account", "url=http://127.0.0.1:9/send"),
    )
    assert set_up["stop_path"]["way"] == "deaf"
    return till


def test_a_deaf_gateway_says_so_when_it_is_set_up_and_shown(deaf: Till) -> None:
    ran = deaf.run("gateway", "set", "generic", "--account", "url=http://127.0.0.1:9/x")
    assert "can't tell Shopbell about replies" in ran.out
    assert "can't tell Shopbell about replies" in deaf.run("gateway", "show").out
    assert deaf.json("gateway", "show")["stop_path"]["open"] is False


def test_a_promise_opens_the_way_and_is_shown(deaf: Till) -> None:
    assert deaf.json("gateway", "prove", code=4)["way"] == "deaf"
    promised = deaf.json("gateway", "prove", "--instead", "Ana reads the phone every evening")
    assert (promised["way"], promised["open"]) == ("promised", True)
    assert promised["instead"] == "Ana reads the phone every evening."
    assert promised["good_until"]
    assert "Ana reads the phone every evening." in deaf.run("gateway", "show").out
    assert deaf.json("gateway", "prove", "--no-fetch")["way"] == "promised"


def test_an_empty_promise_is_refused(deaf: Till) -> None:
    ran = deaf.run("gateway", "prove", "--instead", "  ", "--json")
    assert ran.code == 2
    assert ran.error == "bad_promise"


def test_a_dry_run_shows_the_request_without_the_secret(deaf: Till) -> None:
    ran = deaf.run("gateway", "dry-run", OWN, "your order & cake are ready.")
    assert ran.code == 0
    assert "POST http://127.0.0.1:9/send" in ran.out
    assert "your order & cake are ready." in ran.out
    assert len(ran.out.splitlines()) > 2, "one field a line"
    assert "⏎" not in ran.out
    assert "Fern & Finch: " in ran.out
    shown = deaf.json("gateway", "dry-run", OWN)["request"]
    assert "trial text" in shown
    assert "hush" not in ran.out + ran.err + shown


def test_a_text_to_myself_arrives(counter: Till, practice: PracticeGateway) -> None:
    sent = counter.json("gateway", "text-me", OWN)
    assert sent["decision"] == "allow"
    assert sent["state"] == "delivered"
    assert [text.to for text in practice.seen()] == [OWN]
    again = counter.run("gateway", "text-me", OWN)
    assert "Did it arrive? Answer STOP to it" in again.out


def test_a_text_to_a_phone_that_said_stop_is_refused(
    counter: Till, practice: PracticeGateway
) -> None:
    practice.reply(OWN, "STOP")
    counter.json("inbox", "sync")
    ran = counter.run("gateway", "text-me", OWN, "--json")
    assert ran.code == 2
    assert ran.error == "own_phone_stopped"
    assert practice.seen() == ()


def test_another_gateway_can_be_used_again(counter: Till, practice: PracticeGateway) -> None:
    counter.use(practice.account, "--name", "second")
    assert counter.json("gateway", "show")["name"] == "second"
    used = counter.json("gateway", "use", "practice")
    assert (used["name"], used["active"]) == ("practice", True)
    assert counter.json("gateway", "show")["name"] == "practice"
    assert counter.run("gateway", "use", "nothing", "--json").error == "no_gateway"


def test_a_gateway_that_is_away_is_told(counter: Till, practice: PracticeGateway) -> None:
    assert counter.json("gateway", "show")["alarms"] == []
    practice.stop()
    counter.run("run", "--once")
    (alarm,) = counter.json("gateway", "show")["alarms"]
    assert alarm["kind"] == "unreachable"
    assert alarm["sentence"] in counter.run("gateway", "list").out
    assert alarm["hint"] in counter.run("gateway", "show").out


def test_a_campaign_says_what_to_do_first(deaf: Till) -> None:
    made = deaf.json(
        *("campaign", "new", "--name", "Wreaths", "--text", "Wreaths are here."),
        *("--purpose", "marketing", "--topic", "offers"),
    )
    ran = deaf.run("campaign", "start", str(made["campaign_id"]), "--json")
    assert ran.code == 2
    assert ran.error == "stop_unproved"
    assert "gateway prove --instead" in ran.json["error"]["hint"]


def test_listening_needs_an_address_to_listen_on(counter: Till) -> None:
    ran = counter.run("listen", "--json")
    assert ran.code == 2
    assert ran.error == "no_listening"
    assert "Fill in listen and word" in ran.json["error"]["hint"]


def test_a_tunnel_without_a_signing_key_is_refused_at_set_up(deaf: Till) -> None:
    deaf.extra = {"SHOPBELL_GATEWAY_KEY": "hush", "SHOPBELL_GATEWAY_WORD": "Sesame0123456789"}
    pushed = ("listen=http://127.0.0.1:18082", "public=https://shop.example", "from=+12125550100")
    pairs = [part for one in pushed for part in ("--account", one)]
    ran = deaf.run("gateway", "set", "telnyx", *pairs)
    assert ran.code == 2
    assert "Through a tunnel anybody can knock" in ran.err
    key = "signing_key=" + "A" * 43 + "="
    ready = deaf.json("gateway", "set", "telnyx", *pairs, "--account", key)
    assert ready["stop_path"]["way"] == "unseen"
    assert ready["account"]["word"] == "•••"


def test_a_gateway_that_could_push_but_has_no_address_is_deaf(deaf: Till) -> None:
    set_up = deaf.json("gateway", "set", "telnyx", "--account", "from=+12125550100")
    assert set_up["stop_path"]["way"] == "deaf"


@pytest.mark.parametrize("preset", ["twilio", "smsgate-local"])
def test_a_stop_from_the_own_phone_is_proof_end_to_end(
    deaf: Till, practice: PracticeGateway, preset: str
) -> None:
    """A real shop, a real preset, and a stand-in that speaks its words."""
    port = practice.url.rpartition(":")[2]
    token = practice.account["token"]
    deaf.extra = {"SHOPBELL_GATEWAY_TOKEN": token, "SHOPBELL_GATEWAY_PASSWORD": token}
    pairs = {
        "twilio": ("sid=AC1", "from=+12125550100", f"address={practice.url}"),
        "smsgate-local": ("host=127.0.0.1", f"port={port}", "user=sms"),
    }[preset]
    given = [part for one in pairs for part in ("--account", one)]
    assert deaf.json("gateway", "set", preset, *given)["stop_path"]["way"] == "unseen"
    assert deaf.json("gateway", "test")["ok"] is True
    assert deaf.json("gateway", "prove", code=4)["way"] == "unseen"
    practice.reply(OWN, "Hello?")
    assert deaf.json("gateway", "prove", code=4)["way"] == "unseen"
    practice.reply(OWN, "STOP")
    proved = deaf.json("gateway", "prove")
    assert (proved["way"], proved["open"]) == ("seen", True)
    assert proved["good_until"] > proved["seen_at"]
    assert "A STOP came in" in deaf.run("gateway", "show").out
    assert token not in deaf.run("gateway", "show").out
