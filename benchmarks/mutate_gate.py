"""`python -m benchmarks.mutate_gate [--every] [WORD...]`: breaks the gate; each is to be noticed.

Every function of the gate is broken in turn: it answers nothing, or it always objects, or a no is
a yes. With `--every`, every comparison, condition, number and return as well, one at a time. Each
is tried in a process of its own: the gate's table of cases is asked, and where that notices nothing
the gate's tests. What nobody notices is printed, and the exit code is 1, except what
`benchmarks/same_gate.toml` says makes no difference, and why. With words, only functions whose
name (`hours.quiet_hours`) has one of them. Needs an operating system that can fork.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
import tomllib
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.mutants import Mutant, functions_of, signs_changed, turned_round
from shopbell.domain.decision import Code, Layer, Reason, Verdict
from shopbell.domain.gate.yes import Yes

ROOT = Path(__file__).parents[1]
MODULES = (
    *(
        f"shopbell.domain.gate.{name}"
        for name in (
            *("stopped", "place", "permission", "yes", "expiry", "wishes", "words", "rows"),
            *("openings", "hours", "enough", "occasions", "content", "elsewhere", "unconfirmed"),
        )
    ),
    "shopbell.domain.caps",
    "shopbell.domain.decide",
)
TESTS = (
    "test_gate_edges.py",
    "test_gate_content.py",
    "test_gate_waiting.py",
    "test_gate_openings.py",
    "test_gate_answers.py",
    "test_caps.py",
    "test_decide.py",
    "test_judging_many.py",
    "test_decide_properties.py",
)
"""The quickest first: one that fails is enough."""

SAME = Path(__file__).with_name("same_gate.toml")
"""What makes no difference however it is broken, by the name of the change, and why."""


class StandIn:
    """What broken code answers instead: plausible, and wrong."""

    reason = Reason(
        code=Code.EMERGENCY_BAN,
        verdict=Verdict.REFUSE,
        layer=Layer.POLICY,
        rule="mutant",
        citation="",
        sentence="No.",
    )
    verdict = Verdict.ALLOW
    yes = Yes(grants=(), topics=frozenset())
    datetime = datetime(2000, 1, 1, tzinfo=UTC)

    @staticmethod
    def fail() -> None:
        """Break: there is nothing that looks like an answer."""
        raise LookupError


def mutants(only: list[str], *, every: bool = False) -> Iterator[Mutant]:
    """Yield the broken functions of the gate: turned round, and with `every` at each sign too."""
    for name in MODULES:
        for module, function, label, whole in functions_of(name):
            called = f"{name.rpartition('.')[2]}.{label}"
            if only and not any(word in called for word in only):
                continue
            ways = [*turned_round(whole), *(signs_changed(whole) if every else ())]
            told = Counter[str]()
            for change, tree in ways:
                told[change] += 1
                words = change if told[change] == 1 else f"{change} ({told[change]})"
                yield Mutant(module=module, function=function, label=label, change=words, tree=tree)


def noticed(mutant: Mutant, check: Callable[[], bool]) -> bool:
    """Return whether `check`, run with the mutant in a process of its own, fails or breaks."""
    with warnings.catch_warnings():
        # Newer Pythons warn of forking beside threads; none of ours holds a lock the child needs.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        try:
            mutant.apply(StandIn)
            _forget()
            survived = check()
        except BaseException:
            survived = False
        os._exit(7 if survived else 0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != 7


def _forget() -> None:
    """Drop what functions of the gate remember: it was found out by the real ones."""
    for name in (*MODULES, "shopbell.domain.whereabouts"):
        for value in vars(importlib.import_module(name)).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def cases_hold() -> bool:
    """Return whether every case of the gate's table comes out as it says."""
    import test_decide

    for case in test_decide.EVERY_CASE:
        test_decide.test_the_gate(case)
        test_decide.test_every_reason_tells_its_source_and_what_to_do(case)
    return True


def tests_hold() -> bool:
    """Return whether the gate's tests pass."""
    import pytest

    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 - a file descriptor is wanted
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        paths = [str(ROOT / "tests" / "domain" / name) for name in TESTS]
        return pytest.main(["-x", "-q", "-n", "0", "-p", "no:cacheprovider", *paths]) == 0


def same() -> dict[str, str]:
    """Return the changes that make no difference, with the reason of each."""
    return dict(tomllib.loads(SAME.read_text("utf-8"))["same"])


def main(arguments: list[str]) -> int:
    """Break everything in turn; return 1 if something goes unnoticed."""
    every, only = "--every" in arguments, [word for word in arguments if word != "--every"]
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "domain")]
    os.chdir(ROOT)
    if not cases_hold():
        return 2
    begin, total, known, no_matter, survivors = time.monotonic(), 0, same(), 0, 0
    for mutant in mutants(only, every=every):
        total += 1
        if mutant.name in known:
            no_matter += 1
        elif not noticed(mutant, cases_hold) and not noticed(mutant, tests_hold):
            survivors += 1
            print(f"unnoticed: {mutant.name}", flush=True)
    seconds = time.monotonic() - begin
    print(
        f"{total} broken: {total - no_matter - survivors} noticed, {no_matter} make no difference, "
        f"{survivors} unnoticed; {seconds:.0f} s"
    )
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
