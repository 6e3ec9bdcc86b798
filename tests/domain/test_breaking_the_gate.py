"""The mutation check of the gate breaks everything it promises to, and nothing for good."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from builders import NOW, a_person, a_stop, a_stranger, facts_for
from rule_files import packaged_rules
from shopbell.domain import gate
from shopbell.domain.decide import RULES
from shopbell.domain.gate.stopped import suppressed
from shopbell.domain.gate.words import empty
from shopbell.domain.gate.yes import yes_on_file

ROOT = Path(__file__).parents[2]
STOPPED = facts_for(person=a_person(suppression=a_stop()))
PLAIN = facts_for()


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the script, as `python -m benchmarks.mutate_gate` would find it."""
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module("benchmarks.mutate_gate")


def stop_holds() -> bool:
    return bool(suppressed(STOPPED, packaged_rules(), NOW))


def silence_is_kept() -> bool:
    return empty(PLAIN, packaged_rules(), NOW) == []


def stranger_has_no_yes() -> bool:
    facts = facts_for(person=a_stranger())
    return not yes_on_file(facts, NOW).stands


def test_every_module_of_the_gate_is_broken(check: ModuleType) -> None:
    files = {path.stem for path in Path(gate.__path__[0]).glob("*.py")} - {"__init__"}
    broken = {name.rpartition(".")[2] for name in check.MODULES}
    assert broken == files | {"caps", "decide"}


def test_every_rule_is_made_to_say_nothing_and_to_object_always(check: ModuleType) -> None:
    names = {mutant.name for mutant in check.mutants([])}
    for rule in RULES:
        called = f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"
        assert {f"{called}: always []", f"{called}: always [an unfounded reason]"} <= names


def test_what_is_said_to_make_no_difference_is_a_change_that_is_tried(check: ModuleType) -> None:
    same = check.same()
    tried = [mutant.name for mutant in check.mutants([], every=True)]
    assert len(tried) == len(set(tried))
    assert set(same) <= set(tried)
    assert all(reason.endswith(".") and len(reason) > 40 for reason in same.values())


@pytest.mark.parametrize(
    ("name", "notices", "stays_quiet"),
    [
        ("stopped.suppressed: always []", stop_holds, silence_is_kept),
        ("words.empty: always [an unfounded reason]", silence_is_kept, stop_holds),
        ("yes.Yes.stands: always True", stranger_has_no_yes, silence_is_kept),
    ],
)
def test_a_break_is_noticed_by_who_looks_there_and_by_nobody_else(
    check: ModuleType, name: str, notices: object, stays_quiet: object
) -> None:
    (mutant,) = [one for one in check.mutants([name.partition(":")[0]]) if one.name == name]
    assert check.noticed(mutant, notices)
    assert not check.noticed(mutant, stays_quiet)
    # It was broken in a process of its own.
    assert stop_holds()
    assert silence_is_kept()
    assert stranger_has_no_yes()


def test_words_choose_what_is_broken(check: ModuleType) -> None:
    assert {one.module.__name__ for one in check.mutants(["caps."])} == {"shopbell.domain.caps"}
    assert {one.label for one in check.mutants(["hours.quiet_hours"])} == {"quiet_hours"}
    assert len(list(check.mutants(["caps."], every=True))) > len(list(check.mutants(["caps."])))
