"""Whatever ends a command early becomes words and one of the exit codes, and shows no value."""

from __future__ import annotations

import json

import click
import pytest

from shopbell import errors
from shopbell.cli.exits import EXIT_OF_STATE, EXIT_OF_VERDICT, Exit, exit_of_error
from shopbell.cli.failing import explain, places
from shopbell.cli.output import Output
from shopbell.cli.running import Stopped
from shopbell.domain.decision import Verdict
from shopbell.domain.texts import State

CANARY = "Canary Reyes +12125550101"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.BadInput, 2),
        (errors.GatewayTrouble, 5),
        (errors.OutcomeUnknown, 7),
        (errors.WrongPassphrase, 6),
        (errors.FileMissing, 6),
        (errors.Damaged, 6),
        (errors.Busy, 6),
        (errors.ReadOnly, 6),
        (errors.DiskFull, 6),
        (errors.ShopbellError, 1),
    ],
)
def test_each_kind_of_error_has_its_exit_code(
    kind: type[errors.ShopbellError], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    error = kind("It happened.", "Do this.")
    assert exit_of_error(error) == code
    assert explain(error, Output(as_json=True)) == code
    assert json.loads(capsys.readouterr().out) == {
        "error": {"code": error.code, "message": "It happened.", "hint": "Do this."}
    }


def test_the_table_covers_every_verdict_and_every_state() -> None:
    assert set(EXIT_OF_VERDICT) == set(Verdict)
    assert set(EXIT_OF_STATE) == set(State)
    assert EXIT_OF_VERDICT[Verdict.REFUSE] is Exit.REFUSED
    assert EXIT_OF_STATE[State.UNKNOWN] is Exit.UNKNOWN
    assert [code.value for code in Exit] == list(range(8))


def raise_deeply(name: str) -> None:
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ValueError(f"cannot use {name}") from error


def failed() -> ValueError:
    try:
        raise_deeply(CANARY)
    except ValueError as error:
        return error
    raise AssertionError


@pytest.mark.parametrize("as_json", [False, True])
def test_a_mistake_of_ours_is_told_calmly_without_a_value(
    as_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(failed(), Output(as_json=as_json)) is Exit.FAILED
    said = "".join(capsys.readouterr())
    assert "Something went wrong inside Shopbell" in said
    assert "ValueError" in said
    assert "KeyError" in said
    assert "test_failing.py:" in said
    assert "Canary" not in said
    assert "0101" not in said
    assert "Traceback" not in said


def test_the_places_of_an_error_end_even_when_its_causes_go_in_a_circle() -> None:
    one, other = ValueError("a"), KeyError("b")
    one.__cause__, other.__cause__ = other, one
    assert places(one) == ("ValueError", "KeyError")


def test_folders_above_a_file_are_not_named() -> None:
    (line, _) = places(failed())
    assert "/cli/" not in line.replace("cli/test_failing.py", "")
    assert line.count("/") == 1


@pytest.mark.parametrize("wish", [Stopped(), KeyboardInterrupt(), click.Abort()])
def test_being_stopped_is_no_mistake(
    wish: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(wish, Output(as_json=True)) is Exit.FAILED
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "stopped"


def test_wrong_usage_names_the_commands_own_help(capsys: pytest.CaptureFixture[str]) -> None:
    ctx = click.Context(click.Command("send"), info_name="shopbell send")
    explain(click.UsageError("Missing argument 'TEXT'.", ctx), Output(as_json=False))
    assert capsys.readouterr().err == "Missing argument 'TEXT'.\nSee: shopbell send --help\n"
    assert explain(click.FileError("x", "gone"), Output(as_json=False)) is Exit.USAGE
