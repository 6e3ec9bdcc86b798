"""The command line as a till script uses it, run inside the test's process.

Everything is real but the process: the file, the services, the practice gateway over HTTP.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from shopbell.cli.app import shopbell
from shopbell.services.clock import SystemClock
from shopbell.wiring import real_tools

PASSPHRASE = "maple harbor violin candle"
NOW = "2026-11-24T10:42"
"""A Tuesday morning in the shop's own New York."""

ANA = "+12125550101"
BO = "+12125550102"
WORDS = "Text me when my order is ready."
READY = "your order is ready."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object that is all of standard output."""
        (line,) = self.out.splitlines()
        return json.loads(line)

    @property
    def lines(self) -> list[Any]:
        """The JSON objects of a stream."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def error(self) -> str:
        """The code of the error object."""
        return str(self.json["error"]["code"])


@dataclass(slots=True, kw_only=True)
class Till:
    """One shop file and the environment its commands run in."""

    file: Path
    now: str | None = NOW
    passphrase: str | None = PASSPHRASE
    extra: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str | None]:
        """Return the variables of the command's environment."""
        return {
            "SHOPBELL_FILE": str(self.file),
            "SHOPBELL_PASSPHRASE": self.passphrase,
            "SHOPBELL_NOW": self.now,
            **self.extra,
        }

    def run(self, *args: str, stdin: str | None = None) -> Ran:
        """Run one command line in this process."""
        result = CliRunner().invoke(
            shopbell,
            args,
            input=stdin,
            env=self.environment(),
            obj=real_tools(SystemClock()),
            prog_name="shopbell",
        )
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return Ran(code=result.exit_code, out=result.stdout, err=result.stderr)

    def json(self, *args: str, code: int = 0, stdin: str | None = None) -> Any:
        """Run one command with `--json`, check its exit code, return what it printed."""
        ran = self.run(*args, "--json", stdin=stdin)
        assert ran.code == code, ran
        return ran.json

    def agree(self, number: str = ANA, *options: str, purpose: str = "service") -> None:
        """Record a yes from a paper sheet."""
        line = ("opt-in", number, "--purpose", purpose, "--how", "paper", "--wording", WORDS)
        self.json(*line, *options)

    def use(self, account: Mapping[str, str], *options: str) -> None:
        """Set up the practice gateway."""
        self.json(
            "gateway",
            "set",
            "practice",
            *(part for key, value in account.items() for part in ("--account", f"{key}={value}")),
            "--price",
            "0.0079",
            "--currency",
            "USD",
            *options,
        )

    def start(
        self, *args: str, program: tuple[str, ...] = ("-m", "shopbell"), **changes: Any
    ) -> subprocess.Popen[str]:
        """Start one command line, or another Python program, in a process of its own."""
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        for key, value in self.environment().items():
            environment.pop(key, None)
            if value is not None:
                environment[key] = value
        return subprocess.Popen(
            [sys.executable, *program, *args],
            **{
                "stdin": subprocess.DEVNULL,
                "stdout": subprocess.PIPE,
                "stderr": subprocess.PIPE,
                "text": True,
                "env": environment,
                **changes,
            },
        )

    def run_apart(self, *args: str, stdin: str | None = None, **changes: Any) -> Ran:
        """Run one command line to its end in a process of its own."""
        if stdin is not None:
            changes["stdin"] = subprocess.PIPE
        with self.start(*args, **changes) as process:
            out, err = process.communicate(stdin, timeout=60)
        return Ran(code=process.returncode, out=out, err=err)
