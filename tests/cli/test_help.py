"""Help, version and what they must not load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from shopbell import __version__
from shopbell.cli.app import COMMANDS, shopbell
from till import Till

HEAVY = ("textual", "httpx", "sqlite_utils", "sqlcipher3", "openpyxl", "holidays", "phonenumbers")


def every_command(
    command: click.Command, ctx: click.Context, path: tuple[str, ...] = ()
) -> list[tuple[tuple[str, ...], click.Command]]:
    found = [(path, command)]
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            inner = command.get_command(ctx, name)
            assert inner is not None, name
            found += every_command(inner, ctx, (*path, name))
    return found


ALL = every_command(shopbell, click.Context(shopbell))
BY_PATH = dict(ALL)


@pytest.mark.parametrize("line", [("--help",), ("--version",)])
def test_help_and_version_load_none_of_the_heavy_libraries(line: tuple[str, ...]) -> None:
    code = (
        "import sys\n"
        "from shopbell.__main__ import main\n"
        f"sys.argv = ['shopbell', *{line!r}]\n"
        "try:\n    main()\n"
        "except SystemExit as end:\n"
        "    assert end.code == 0, end.code\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "LOADED []"


def test_help_lists_every_command_with_its_line(till: Till) -> None:
    ran = till.run("--help")
    words = " ".join(ran.out.split())
    assert ran.code == 0
    for name, (_, about) in COMMANDS.items():
        assert f"{name} {about}" in words


def test_version_is_the_packages(till: Till) -> None:
    assert till.run("--version").out == f"shopbell {__version__}\n"


def test_python_dash_m_runs_the_same(till: Till) -> None:
    assert till.run_apart("--version").out == f"shopbell {__version__}\n"


@pytest.mark.parametrize("path", BY_PATH, ids=lambda path: " ".join(path) or "shopbell")
def test_every_command_explains_itself_and_takes_the_common_options(
    till: Till, path: tuple[str, ...]
) -> None:
    command, ran = BY_PATH[path], till.run(*path, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: {' '.join(('shopbell', *path))}")
    assert command.help
    assert command.help.splitlines()[0].endswith((".", "(JSONL)."))
    common = ran.out.partition("Common options:")[2]
    assert all(f"--{name}" in common for name in ("file", "passphrase-fd", "json", "now"))


def test_the_page_about_the_command_line_names_every_command() -> None:
    page = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    for path, command in ALL:
        if path and not isinstance(command, click.Group):
            assert f"`{' '.join(path)}" in page, path


def test_no_command_takes_a_passphrase_as_an_argument() -> None:
    for path, command in ALL:
        for param in command.params:
            names = {name.strip("-") for name in param.opts}
            assert not names & {"passphrase", "password", "token", "key", "secret"}, path


@pytest.mark.parametrize(
    "line",
    [
        ("frobnicate",),
        ("contacts", "frobnicate"),
        ("send",),
        ("send", "+12125550101"),
        ("--frobnicate",),
        ("contacts", "list", "--limit", "many"),
        ("opt-in", "+12125550101", "--purpose", "love", "--how", "paper", "--wording", "x"),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_2_and_says_where_help_is(till: Till, line: tuple[str, ...]) -> None:
    ran = till.run(*line)
    assert (ran.code, ran.out) == (2, "")
    assert "--help" in ran.err
    ran = till.run(*line, "--json")
    assert (ran.code, ran.error) == (2, "usage")
    assert ran.json["error"]["message"]
    assert "--help" in ran.json["error"]["hint"]
    assert ran.err == ""


def test_after_two_dashes_json_is_a_word_and_no_wish(till: Till) -> None:
    ran = till.run("frobnicate", "--", "--json")
    assert ran.code == 2
    assert ran.out == ""
