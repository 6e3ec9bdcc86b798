"""Choosing, setting up, testing and trying gateways; secrets never shown."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from shopbell.cli.accounts import variable
from shopbell.gateways.practice import PracticeGateway
from till import PASSPHRASE, Ran, Till

CANARY = "canary-s3cret-token"
PRESETS = ("generic", "infobip", "kannel", "practice", "smsgate-local", "telnyx", "twilio")


@pytest.fixture(scope="module")
def made_real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    till = Till(file=tmp_path_factory.mktemp("real") / "shop.db", now=None)
    till.json(
        *("new", str(till.file), "--name", "Fern & Finch", "--country", "US"),
        *("--timezone", "America/New_York"),
    )
    return till.file


@pytest.fixture
def real(tmp_path: Path, made_real: Path) -> Till:
    """A till over a shop that is no practice shop."""
    shutil.copyfile(made_real, tmp_path / "real.db")
    return Till(file=tmp_path / "real.db", now=None)


def on_a_descriptor(text: str, folder: Path) -> int:
    path = folder / "account.json"
    path.write_text(text, encoding="utf-8")
    return os.open(path, os.O_RDONLY)


def test_presets_are_listed_with_what_they_ask(till: Till) -> None:
    listed = till.json("gateway", "list")
    assert set(listed) >= {"presets", "configured"}
    presets = {preset["id"]: preset for preset in listed["presets"]}
    assert set(presets) >= set(PRESETS)
    assert [f["key"] for f in presets["practice"]["fields"]] == ["url", "token"]
    assert [f["secret"] for f in presets["practice"]["fields"]] == [False, True]
    assert listed["configured"] == []
    assert "shopbell gateway set PRESET" in till.run("gateway", "list").out


def test_a_gateway_that_is_set_up_is_in_use_and_its_secret_hidden(
    till: Till, practice: PracticeGateway
) -> None:
    till.use(practice.account, "--name", "drill")
    (state,) = till.json("gateway", "list")["configured"]
    assert (state["name"], state["preset"], state["active"]) == ("drill", "practice", True)
    assert (state["price"], state["currency"]) == (0.0079, "USD")
    assert state["account"] == {"token": "•••", "url": practice.url}
    for shown in (till.json("gateway", "show"), till.json("gateway", "show", "drill")):
        assert state.items() <= shown.items()
        assert (shown["stop_path"]["way"], shown["alarms"]) == ("practice", [])
    assert till.json("gateway", "test")["ok"] is True
    for command in ("list", "show", "test"):
        for options in ((), ("--json",)):
            assert practice.account["token"] not in said(till.run("gateway", command, *options))


def said(ran: Ran) -> str:
    return ran.out + ran.err


def test_the_newest_gateway_is_the_one_in_use(till: Till, practice: PracticeGateway) -> None:
    till.use(practice.account, "--name", "one")
    till.use(practice.account, "--name", "two")
    listed = till.json("gateway", "list")["configured"]
    assert [(state["name"], state["active"]) for state in listed] == [("two", True), ("one", False)]


def test_a_secret_can_come_from_the_environment(till: Till, practice: PracticeGateway) -> None:
    till.extra = {variable(key): value for key, value in practice.account.items()}
    assert till.json("gateway", "set", "practice")["account"]["url"] == practice.url
    assert till.json("gateway", "test")["ok"] is True


def test_a_secret_can_come_on_a_file_descriptor(
    till: Till, practice: PracticeGateway, tmp_path: Path
) -> None:
    descriptor = on_a_descriptor(json.dumps(practice.account), tmp_path)
    till.json("gateway", "set", "practice", "--account-fd", str(descriptor))
    assert till.json("gateway", "test")["ok"] is True


def test_a_secret_on_the_command_line_is_warned_about(
    till: Till, practice: PracticeGateway
) -> None:
    pairs = [part for item in practice.account.items() for part in ("--account", "=".join(item))]
    ran = till.run("gateway", "set", "practice", *pairs)
    assert "“token” was typed on the command line" in ran.err
    assert practice.account["token"] not in said(ran)


def test_what_is_missing_is_named_with_the_ways_to_give_it(real: Till) -> None:
    phone = ("smsgate-local", "--account", "host=192.168.1.20")
    ran = real.run("gateway", "set", *phone)
    assert ran.code == 2
    assert "(user)" in ran.err
    assert "--account user=VALUE" in ran.err
    ran = real.run("gateway", "set", *phone, "--account", "user=sms")
    assert ran.code == 2
    assert "(password)" in ran.err
    assert "SHOPBELL_GATEWAY_PASSWORD" in ran.err
    assert "--account-fd" in ran.err
    assert "--account password" not in ran.err
    assert real.json("gateway", "list")["configured"] == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("nonsense",), "no_preset"),
        (("practice", "--account", "colour=red"), "bad_account"),
        (("practice", "--account", CANARY), "bad_account"),
        (
            ("practice", "--account", "token=x", "--price", "cheap", "--currency", "USD"),
            "bad_price",
        ),
        (("practice", "--account", "token=x", "--price", "1", "--currency", "$"), "bad_currency"),
        (("practice", "--account", "token=x", "--price", "1"), "usage"),
        (("practice", "--account", "token=x", "--account", "url=http://192.0.2.1"), None),
        (("practice", "--account", "token=x", "--account", "url=ftp://127.0.0.1"), None),
        (("practice", "--account", f"token={CANARY}\x1b"), None),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_a_set_up_that_cannot_work_is_refused_and_nothing_stored(
    till: Till, options: tuple[str, ...], code: str | None
) -> None:
    ran = till.run("gateway", "set", *options, "--json")
    assert ran.code == 2
    assert code is None or ran.error == code
    assert CANARY not in said(ran)
    assert till.json("gateway", "list")["configured"] == []


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"token": 1}', '"x"', "[" * 50_000])
def test_a_descriptor_without_an_account_is_refused(till: Till, tmp_path: Path, text: str) -> None:
    descriptor = on_a_descriptor(text, tmp_path)
    ran = till.run("gateway", "set", "practice", "--account-fd", str(descriptor), "--json")
    assert ran.code == 2
    assert ran.error in {"bad_account", "bad_fd"}


def test_a_practice_shop_takes_the_practice_gateway_only(till: Till) -> None:
    line = ("twilio", "--account", "sid=AC1", "--account", "from=+12125550100")
    till.extra = {"SHOPBELL_GATEWAY_TOKEN": CANARY}
    ran = till.run("gateway", "set", *line, "--json")
    assert (ran.code, ran.error) == (2, "practice_file")
    assert CANARY not in said(ran)


def test_a_real_shop_keeps_its_secret_to_itself(real: Till) -> None:
    real.extra = {"SHOPBELL_GATEWAY_TOKEN": CANARY}
    line = ("twilio", "--account", "sid=AC1", "--account", "from=+12125550100")
    ran = real.run("gateway", "set", *line, "--json")
    assert ran.code == 0
    assert ran.json["account"] == {"from": "+12125550100", "sid": "AC1", "token": "•••"}
    assert CANARY not in said(real.run("gateway", "show"))
    assert CANARY.encode() not in real.file.read_bytes()


def test_a_test_of_a_gateway_that_does_not_answer_exits_5(till: Till) -> None:
    till.use({"url": "http://127.0.0.1:9", "token": CANARY})
    tested = till.json("gateway", "test", code=5)
    assert tested["ok"] is False
    assert CANARY not in tested["detail"]


def test_a_wrong_login_is_said(till: Till, practice: PracticeGateway) -> None:
    till.use({**practice.account, "token": CANARY})
    tested = till.json("gateway", "test", code=5)
    assert "login" in tested["detail"]


def test_without_a_gateway_there_is_nothing_to_test_or_show(till: Till) -> None:
    assert till.json("gateway", "test", code=5)["error"]["code"] == "no_gateway"
    assert till.json("gateway", "show", code=2)["error"]["code"] == "no_gateway"
    assert till.json("gateway", "show", "x", code=2)["error"]["code"] == "no_gateway"


def test_every_preset_that_ships_survives_hostile_texts(till: Till) -> None:
    checked = till.json("gateway", "preset-check")
    assert checked["refused"] == []
    assert set(checked["good"]) >= set(PRESETS)


def test_a_preset_file_of_ones_own_is_checked_and_its_mistake_named(
    till: Till, tmp_path: Path
) -> None:
    shipped = (Path(__file__).parents[2] / "src/shopbell/gateways/presets/practice.toml").read_text(
        encoding="utf-8"
    )
    good, typo, leaking, missing = (
        tmp_path / f"{name}.toml" for name in ("good", "typo", "l", "m")
    )
    good.write_text(shipped, encoding="utf-8")
    typo.write_text(shipped.replace("base_url", "base_ulr"), encoding="utf-8")
    leaking.write_text(shipped.replace('text = "{text}"', 'text = "{ref}"'), encoding="utf-8")
    assert till.json("gateway", "preset-check", str(good)) == {"good": [str(good)], "refused": []}
    files = [str(path) for path in (good, typo, leaking, missing)]
    checked = till.json("gateway", "preset-check", *files, code=2)
    reasons = {bad["file"]: bad["reason"] for bad in checked["refused"]}
    assert set(reasons) == {str(typo), str(leaking), str(missing)}
    assert "base_url" in reasons[str(typo)]
    assert "no file" in reasons[str(missing)]
    assert "base_url" in till.run("gateway", "preset-check", str(typo)).out


def test_a_refused_file_in_the_owners_folder_is_listed_with_its_reason(
    till: Till, tmp_path: Path
) -> None:
    folder = tmp_path / "config" / "shopbell" / "gateways"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("id = 1", encoding="utf-8")
    till.extra = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    (refused,) = till.json("gateway", "list")["refused"]
    assert refused["file"] == "mine.toml"
    assert refused["reason"]
    assert till.json("gateway", "preset-check", code=2)["refused"] == [refused]


def test_the_passphrase_is_no_gateway_secret_and_never_shown(till: Till) -> None:
    assert PASSPHRASE not in said(till.run("gateway", "list", "--json"))
