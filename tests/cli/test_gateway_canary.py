"""Every gateway set up at the command line: no secret of any of them is ever said or left open."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from gateways.setups import PACKAGED, packaged
from gateways.wire_cases import account_at, wire_case
from till import Till

CANARY = "Zyzzyva+Hush0123456789"
NOBODY = "http://127.0.0.1:19"
OWN = "+12125550177"


def forms(secret: str) -> set[str]:
    return {secret, quote(secret, safe=""), quote_plus(secret), "zyzzyva"}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Till:
    till = Till(file=tmp_path_factory.mktemp("canary") / "shop.db", now=None)
    till.json(
        *("new", str(till.file), "--name", "Fern & Finch", "--country", "US"),
        *("--timezone", "America/New_York"),
    )
    return till


def set_up(till: Till, name: str) -> tuple[str, ...]:
    """The options that set `name` up over nobody's address; its secrets in the environment."""
    account = account_at(wire_case(name), NOBODY)
    secrets, options = {}, []
    for asked in packaged(name).account:
        key = asked.field.key
        if asked.field.secret:
            secret = CANARY if asked.pattern is None else CANARY.replace("+", "x")
            secrets[f"SHOPBELL_GATEWAY_{key.upper()}"] = secret
        elif key in account:
            options += ["--account", f"{key}={account[key]}"]
    till.extra = secrets
    return ("gateway", "set", name, *options)


@pytest.mark.parametrize("name", [name for name in PACKAGED if name != "practice"])
def test_no_secret_of_a_gateway_is_said_by_any_command(real: Till, name: str) -> None:
    commands = (
        set_up(real, name),
        ("gateway", "show"),
        ("gateway", "test", "--json"),
        ("gateway", "dry-run", OWN, "your order & cake are ready"),
    )
    outcomes = [real.run(*command) for command in commands]
    assert [ran.code for ran in outcomes] == [0, 0, 5, 0]
    said = "\n".join(ran.out + ran.err for ran in outcomes)
    for form in forms(CANARY):
        assert form.casefold() not in said.casefold()
    assert "•••" in outcomes[1].out
    assert "your order & cake are ready" in outcomes[3].out


def test_none_of_them_stands_in_the_file_or_beside_it(real: Till) -> None:
    for name in ("twilio", "kannel", "smsgate-local"):
        assert real.run(*set_up(real, name)).code == 0
    for path in Path(real.file).parent.rglob("*"):
        if path.is_file():
            assert b"zyzzyva" not in path.read_bytes().lower(), path.name
