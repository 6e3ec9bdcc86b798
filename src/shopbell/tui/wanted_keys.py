"""Which of the keys an owner wants can be: known, free, and needed by nobody for typing or moving.

What cannot be is named in a sentence and does not count. Must not read the settings file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shopbell.tui.commands import BOXES, COMMANDS, Command, Scope, is_above_all
from shopbell.tui.key_labels import is_free_for_commands, is_typing_key, key_named, label
from shopbell.tui.own_keys import OwnKeys, is_changeable

Wanted = Iterable[tuple[str, tuple[str, ...]]]
"""Names of commands, each with keys as people write them."""

_BY_ID = {one.id: one for one in COMMANDS}
_OF_BOXES = "f2"
_MOST_SHOWN = 40
_BEFORE, _AFTER = "In “{file}”, ", " It does not count."

_Asked = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clash:
    """Two commands want one key where both can be meant."""

    id: str
    key: str
    holder: Command


def own_keys(wanted: Wanted, file: str = "settings.toml") -> OwnKeys:
    """Return what of `wanted` can be, and a sentence for all that cannot.

    Who asks first gets a key. A command none of whose wanted keys can be keeps its own.
    """
    troubles: list[str] = []
    asked: dict[str, tuple[str, ...]] = {}
    for name, texts in wanted:
        keys, said = _read(name, texts)
        troubles += said
        if keys:
            asked[name] = keys
    while True:
        given, clashes = _share_out(asked)
        lost = {id_ for id_, keys in given.items() if not keys}
        troubles += [_taken(clash) for clash in clashes if clash.id in lost or not lost]
        if not lost:
            break
        asked = {id_: keys for id_, keys in asked.items() if id_ not in lost}
    told = tuple(_BEFORE.format(file=file) + one + _AFTER for one in troubles)
    return OwnKeys(changed=_beside_typing(given), troubles=told)


def plainly(trouble: str, file: str) -> str:
    """Return a trouble as it is said to somebody who has just typed the key."""
    return trouble.removeprefix(_BEFORE.format(file=file)).removesuffix(_AFTER)


def _read(name: str, texts: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """Return the keys that commands may have, and what is wrong with the others."""
    one = _BY_ID.get(name)
    if one is None:
        return (), [f"“{name[:_MOST_SHOWN]}” under [keys] is nothing Shopbell can do."]
    if not is_changeable(one):
        taken = " and ".join(map(label, one.keys))
        return (), [f"{name} cannot get another key: {taken} belongs to lists, boxes and fields."]
    keys: list[str] = []
    troubles = []
    for text in texts:
        key = key_named(text)
        if key is None:
            troubles.append(f"“{text[:_MOST_SHOWN]}” for {name} is no key Shopbell knows.")
        elif not is_free_for_commands(key):
            troubles.append(f"{label(key)} for {name} is needed for typing, moving or leaving.")
        elif key == _OF_BOXES and one.scope is Scope.EVERYWHERE:
            troubles.append(f"{label(key)} for {name} is needed in boxes, where it keeps things.")
        elif key not in keys:
            keys.append(key)
    return tuple(keys), troubles


def _share_out(asked: _Asked) -> tuple[dict[str, tuple[str, ...]], list[_Clash]]:
    """Give every command what nobody else holds; whoever is not asked for holds what it had."""
    given: dict[str, tuple[str, ...]] = {}
    clashes = []
    for id_, keys in asked.items():
        held = {
            one: given.get(one.id, ()) if one.id in asked else one.keys
            for one in COMMANDS
            if not one.by_widget and one.id != id_
        }
        got = []
        for key in keys:
            holder = next(
                (one for one, theirs in held.items() if key in theirs and _meet(one, id_, key)),
                None,
            )
            if holder is None:
                got.append(key)
            else:
                clashes.append(_Clash(id=id_, key=key, holder=holder))
        given[id_] = tuple(got)
    return given, clashes


def _beside_typing(given: _Asked) -> dict[str, tuple[str, ...]]:
    """Leave a command the keys that work while somebody types, unless others of them are wanted."""
    whole = dict(given)
    for id_, keys in given.items():
        if all(map(is_typing_key, keys)):
            whole[id_] = keys + tuple(
                key
                for key in _BY_ID[id_].keys
                if not is_typing_key(key)
                and not any(
                    key in theirs and _meet(_BY_ID[other], id_, key)
                    for other, theirs in given.items()
                    if other != id_
                )
            )
    return whole


def _meet(one: Command, id_: str, key: str) -> bool:
    """Return whether a key could mean both commands at one place."""
    scopes = {one.scope, _BY_ID[id_].scope}
    if Scope.EVERYWHERE in scopes and scopes & BOXES:
        return is_above_all(key)
    return len(scopes) == 1 or Scope.EVERYWHERE in scopes


def _taken(clash: _Clash) -> str:
    holder = clash.holder
    return (
        f"{label(clash.key)} for {clash.id} is taken by {holder.id} "
        f"(“{holder.words}”, {holder.scope})."
    )
