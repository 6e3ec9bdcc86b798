"""One table of commands, and everything that comes from it."""

from __future__ import annotations

from itertools import chain

import pytest

from key_table import NAMES, README, key_table, page_with_names, readme_with_keys
from shopbell.tui.app import ShopbellApp
from shopbell.tui.commands import (
    BOXES,
    COMMANDS,
    PLACES,
    Command,
    Scope,
    bindings,
    command,
    of_scope,
)
from shopbell.tui.everywhere import Everywhere
from shopbell.tui.key_labels import is_typing_key, label
from shopbell.tui.own_keys import is_changeable, shown_key
from shopbell.tui.screens.campaign import CampaignScreen
from shopbell.tui.screens.campaigns import CampaignsScreen
from shopbell.tui.screens.chosen import ChosenScreen
from shopbell.tui.screens.columns import Columns
from shopbell.tui.screens.consent_desk import ConsentDesk
from shopbell.tui.screens.contact import ContactScreen
from shopbell.tui.screens.dossier import DossierBox
from shopbell.tui.screens.doubles import DoublesScreen
from shopbell.tui.screens.draft import DraftScreen
from shopbell.tui.screens.gateways import GatewaysScreen
from shopbell.tui.screens.import_file import ImportScreen
from shopbell.tui.screens.ours_or_theirs import OursOrTheirs
from shopbell.tui.screens.outbox import OutboxScreen
from shopbell.tui.screens.palette import matching
from shopbell.tui.screens.past_imports import PastScreen
from shopbell.tui.screens.people import PeopleScreen
from shopbell.tui.screens.quick_text import QuickText
from shopbell.tui.screens.real_texts import RealTexts
from shopbell.tui.screens.reconfirm import ReconfirmScreen
from shopbell.tui.screens.reminders import RemindersScreen
from shopbell.tui.screens.replies import RepliesScreen
from shopbell.tui.screens.reports import ReportsScreen
from shopbell.tui.screens.rules import RulesScreen
from shopbell.tui.screens.settings import SettingsScreen
from shopbell.tui.screens.stop_all import StopAll
from shopbell.tui.screens.stop_list import StopListScreen
from shopbell.tui.screens.thread import ThreadScreen
from shopbell.tui.screens.today import TodayScreen
from shopbell.tui.screens.two_yeses import TwoYeses
from shopbell.tui.screens.week_hours import WeekHours

SCREENS: dict[Scope, tuple[type, ...]] = {
    Scope.EVERYWHERE: (Everywhere, ShopbellApp),
    Scope.TODAY: (TodayScreen,),
    Scope.PEOPLE: (PeopleScreen,),
    Scope.CONTACT: (ContactScreen,),
    Scope.TEXT: (QuickText,),
    Scope.REPLIES: (RepliesScreen,),
    Scope.THREAD: (ThreadScreen,),
    Scope.OUTBOX: (OutboxScreen,),
    Scope.IMPORT: (ImportScreen,),
    Scope.RULES: (RulesScreen,),
    Scope.STOPS: (StopListScreen,),
    Scope.PAST: (PastScreen,),
    Scope.DOUBLES: (DoublesScreen,),
    Scope.RECONFIRM: (ReconfirmScreen,),
    Scope.REMINDERS: (RemindersScreen,),
    Scope.CONSENT: (ConsentDesk,),
    Scope.CAMPAIGNS: (CampaignsScreen,),
    Scope.GATEWAYS: (GatewaysScreen,),
    Scope.REPORTS: (ReportsScreen,),
    Scope.SETTINGS: (SettingsScreen,),
    Scope.CAMPAIGN: (CampaignScreen,),
    Scope.CHOSEN: (ChosenScreen,),
    Scope.DRAFT: (DraftScreen,),
    Scope.PROOF: (DossierBox,),
    Scope.WEEK: (WeekHours,),
    Scope.NAMES: (TwoYeses,),
    Scope.RIGHT: (OursOrTheirs,),
    Scope.COLUMNS: (Columns,),
    Scope.REAL: (RealTexts,),
    Scope.SWITCH: (StopAll,),
}


def test_ids_are_unique_and_name_their_scope() -> None:
    ids = [one.id for one in COMMANDS]
    assert len(ids) == len(set(ids))
    assert all(one.id.startswith(one.scope.name.lower() + ".") for one in COMMANDS)


@pytest.mark.parametrize("one", COMMANDS, ids=lambda one: one.id)
def test_every_command_is_done_by_its_screen(one: Command) -> None:
    assert any(callable(getattr(screen, f"do_{one.name}", None)) for screen in SCREENS[one.scope])


@pytest.mark.parametrize("scope", Scope)
def test_no_key_means_two_things_in_one_place(scope: Scope) -> None:
    # Keys a list takes itself, and the steps of one text, follow one another on the same key.
    here = [one for one in of_scope(scope) if not one.by_widget]
    over_the_frame = [] if scope in BOXES else list(of_scope(Scope.EVERYWHERE))
    listed = {id(one): one for one in chain(here, over_the_frame)}
    keys = [key for one in listed.values() for key in one.keys]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("one", COMMANDS, ids=lambda one: one.id)
def test_a_function_key_always_has_a_letter_twin(one: Command) -> None:
    if any(key[0] == "f" and key[1:].isdigit() for key in one.keys):
        assert any(is_typing_key(key) for key in one.keys)


@pytest.mark.parametrize("one", COMMANDS, ids=lambda one: one.id)
def test_no_command_is_reached_by_control_keys_only(one: Command) -> None:
    assert not one.keys or not all(key.startswith("ctrl+") for key in one.keys)


@pytest.mark.parametrize("one", COMMANDS, ids=lambda one: one.id)
def test_every_command_explains_itself_in_one_sentence(one: Command) -> None:
    assert one.help[0].isupper()
    assert one.help.endswith(".")
    assert len(one.help) < 62
    assert len(one.words) <= 12


def test_the_places_are_on_the_digits_in_order() -> None:
    assert [command(f"everywhere.{place}").keys[0] for place in PLACES] == [*"01234578"]


def test_an_unknown_id_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        command("everywhere.nothing")


def test_bindings_call_run_with_the_id_and_leave_the_lists_keys_alone() -> None:
    bound = bindings(Scope.PEOPLE)[0]
    assert bound.key == "n"
    assert bound.action == "run('people.sign_up')"
    assert not bound.priority


def test_function_keys_work_over_boxes_and_letters_do_not() -> None:
    above = {binding.key for binding in bindings(Scope.EVERYWHERE) if binding.priority}
    assert above == {"f1", "f6", "f10", "f12", "ctrl+q"}


def test_what_must_work_while_somebody_types_has_a_key_that_is_no_letter() -> None:
    for id_ in ("blank", "lock", "help", "palette", "quit", "back"):
        assert shown_key(command(f"everywhere.{id_}"), typing=True) is not None


@pytest.mark.parametrize(
    ("id_", "typing", "expected"),
    [
        ("everywhere.text", False, "t"),
        ("everywhere.text", True, None),
        ("everywhere.help", False, "?"),
        ("everywhere.help", True, "f1"),
        ("everywhere.back", True, "esc"),
        ("text.why", False, "w"),
        ("text.why", True, "f3"),
        ("everywhere.themes", False, None),
    ],
)
def test_the_key_that_is_shown_is_one_that_works(
    id_: str, typing: bool, expected: str | None
) -> None:
    assert shown_key(command(id_), typing=typing) == expected


@pytest.mark.parametrize(
    ("key", "expected"), [("slash", "/"), ("enter", "↵"), ("ctrl+p", "ctrl+p")]
)
def test_keys_are_printed_as_people_know_them(key: str, expected: str) -> None:
    assert label(key) == expected


@pytest.mark.parametrize(
    ("words", "first"),
    [("lock", "everywhere.lock"), ("COLOURS", "everywhere.themes"), ("take back", "outbox.cancel"),
     ("unknown outcome", None), ("gateway unknown", "outbox.settle")],
)  # fmt: skip
def test_the_palette_finds_by_any_words_and_puts_the_best_first(
    words: str, first: str | None
) -> None:
    found = matching(words, COMMANDS)
    assert (found[0].id if found else None) == first


def test_the_palette_shows_everything_for_no_words() -> None:
    assert set(matching("", COMMANDS)) == set(COMMANDS)


def test_the_keys_in_the_readme_are_the_keys_of_the_program() -> None:
    page = README.read_text(encoding="utf-8")
    assert page == readme_with_keys(page), "run: python tests/key_table.py"


def test_the_page_of_names_is_as_the_table_of_commands_has_it() -> None:
    page = NAMES.read_text(encoding="utf-8")
    assert page == page_with_names(page), "run: python tests/key_table.py"


def test_the_page_names_every_command_that_can_have_another_key_and_no_other() -> None:
    page = NAMES.read_text(encoding="utf-8")
    for one in COMMANDS:
        assert (f"| `{one.id}` |" in page) is is_changeable(one), one.id


def test_the_key_table_names_every_key_once_per_place() -> None:
    table = key_table()
    assert table.startswith("| where | key | does |")
    for one in COMMANDS:
        assert (one.help in table) == bool(one.keys)
    assert "| Everywhere | `?` `f1` | Show the keys of this place. |" in table
