"""settings.toml: what is remembered, and whatever else its owner wrote there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.services.settings_file import (
    Density,
    Settings,
    read_settings,
    save_keys,
    save_setting,
)


def test_what_was_chosen_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.toml"
    assert read_settings(path) == Settings(theme="fern", density=Density.ROOMY, lock_minutes=10)
    assert save_setting(path, "theme", "paper")
    assert save_setting(path, "density", Density.COMPACT)
    assert save_setting(path, "lock_minutes", 3)
    assert read_settings(path) == Settings(theme="paper", density=Density.COMPACT, lock_minutes=3)
    assert [child.name for child in path.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize(
    ("line", "plain", "troubled"),
    [("plain = true", True, False), ("plain = false", False, False), ("plain = 1", False, True)],
)
def test_line_mode_is_chosen_by_true(
    tmp_path: Path, line: str, plain: bool, troubled: bool
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"{line}\n", encoding="utf-8")
    settings = read_settings(path)
    assert (settings.plain, bool(settings.troubles)) == (plain, troubled)


def test_comments_and_other_keys_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('# my colours\ntheme = "fern"  # warm\nelse = 3\n', encoding="utf-8")
    assert save_setting(path, "theme", "contrast")
    assert path.read_text(encoding="utf-8") == (
        '# my colours\ntheme = "contrast"  # warm\nelse = 3\n'
    )


BROKEN = (
    (b"theme =", "it ends too early"),
    (b"theme = \n", "line 1 makes no sense"),
    (b'theme = "fern"\n[[[', "line 2 makes no sense"),
    (b"\x00", "line 1 makes no sense"),
    (b"\xff\xfe theme", "it is not text in UTF-8"),
    (b"x" * 100_000, "it is too long"),
    (b"a = " + b"[" * 5_000, "nested too deeply"),
    (b"a = " + b"9" * 5_000, "a number that is too long"),
)


@pytest.mark.parametrize(("data", "why"), BROKEN)
def test_a_broken_file_is_named_does_not_count_and_is_kept(
    tmp_path: Path, data: bytes, why: str
) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(data)
    settings = read_settings(path)
    (trouble,) = settings.troubles
    assert str(path) in trouble
    assert why in trouble
    assert settings == Settings(troubles=(trouble,))
    assert not save_setting(path, "theme", "paper")
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("theme = 7", "theme has to be the name of colours"),
        ("theme = ['fern']", "theme has to be the name of colours"),
        ("density = 'airy'", 'density has to be "roomy" or "compact"'),
        ("density = 1", 'density has to be "roomy" or "compact"'),
        ("lock_minutes = 0", "lock_minutes has to be a number from 1 to 120"),
        ("lock_minutes = 121", "lock_minutes has to be a number from 1 to 120"),
        ("lock_minutes = -5", "lock_minutes has to be a number from 1 to 120"),
        ("lock_minutes = 2.5", "lock_minutes has to be a number from 1 to 120"),
        ("lock_minutes = true", "lock_minutes has to be a number from 1 to 120"),
        ("lock_minutes = 'never'", "lock_minutes has to be a number from 1 to 120"),
        ("bell = 'yes'", "bell has to be true or false"),
        ("desnity = 'roomy'", "“desnity” in “settings.toml” is no setting."),
        ("'[/]' = 1", "“[/]” in “settings.toml” is no setting."),
    ],
)
def test_a_line_that_makes_no_sense_is_named_and_the_others_count(
    tmp_path: Path, line: str, says: str
) -> None:
    path = tmp_path / "settings.toml"
    other = 'theme = "paper"' if not line.startswith("theme") else "lock_minutes = 4"
    path.write_text(f"{other}\n{line}\n", encoding="utf-8")
    settings = read_settings(path)
    (trouble,) = settings.troubles
    assert says in trouble
    assert trouble.endswith("It does not count.")
    assert settings.theme == "paper" or settings.lock_minutes == 4
    assert settings.density is Density.ROOMY


@pytest.mark.parametrize("minutes", [1, 10, 120])
def test_minutes_are_taken_up_to_two_hours(tmp_path: Path, minutes: int) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"lock_minutes = {minutes}", encoding="utf-8")
    assert read_settings(path) == Settings(lock_minutes=minutes)


def test_many_troubles_do_not_fill_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("\n".join(f"a{n} = 1" for n in range(500)), encoding="utf-8")
    assert len(read_settings(path).troubles) == 20


def test_a_folder_in_its_place_is_named_and_no_file_is_no_trouble(tmp_path: Path) -> None:
    (trouble,) = read_settings(tmp_path).troubles
    assert "is a directory" in trouble
    assert not save_setting(tmp_path, "theme", "paper")
    assert read_settings(tmp_path / "none.toml") == Settings()
    (tmp_path / "file").write_text("x")
    below = tmp_path / "file" / "settings.toml"
    assert read_settings(below) == Settings()
    assert not save_setting(below, "theme", "paper")


@given(st.text(max_size=200))
def test_any_text_is_settings_or_a_named_trouble(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "settings.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    settings = read_settings(path)
    assert 1 <= settings.lock_minutes <= 120
    assert all(path.name in trouble for trouble in settings.troubles)


KEYS = (
    # lines under [keys]; what is read
    ('people.narrow = "z"', (("people.narrow", ("z",)),)),
    ('"people.narrow" = "z"', (("people.narrow", ("z",)),)),
    ('people.narrow = " z  f9 "', (("people.narrow", ("z", "f9")),)),
    ('people.narrow = ["z", "f9"]', (("people.narrow", ("z", "f9")),)),
    ('people.narrow = "z"\npeople.number = "?"',
     (("people.narrow", ("z",)), ("people.number", ("?",)))),
    ('everywhere = "z"', (("everywhere", ("z",)),)),
    ("", ()),
)  # fmt: skip


@pytest.mark.parametrize(("lines", "keys"), KEYS)
def test_keys_are_read_as_people_write_them(
    tmp_path: Path, lines: str, keys: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f'theme = "paper"\n\n[keys]\n{lines}\n', encoding="utf-8")
    assert read_settings(path) == Settings(theme="paper", keys=keys)


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ("[keys]\npeople.narrow = 3", "people.narrow has to be a key like"),
        ('[keys]\npeople.narrow = ""', "people.narrow has to be a key like"),
        ("[keys]\npeople.narrow = []", "people.narrow has to be a key like"),
        ('[keys]\npeople.narrow = ["z", 3]', "people.narrow has to be a key like"),
        ('[keys]\na.b.c = "z"', "a.b has to be a key like"),
        ('keys = "z"', "keys has to be a table of its own"),
        (f"[keys]\n{'x' * 300} = 3", f"{'x' * 40} has to be a key like"),
    ],
)
def test_a_line_about_keys_that_makes_no_sense_is_named_and_the_others_count(
    tmp_path: Path, lines: str, named: str
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f'theme = "paper"\n{lines}\n', encoding="utf-8")
    read = read_settings(path)
    assert read.theme == "paper"
    assert not read.keys
    assert any(named in trouble for trouble in read.troubles)


def test_a_file_of_many_keys_is_read_in_bounds(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[keys]\n" + "".join(f'k{i} = "z"\n' for i in range(3_000)), encoding="utf-8")
    assert len(read_settings(path).keys) == 200


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[keys]\n"people.narrow" = "z f9"\n'),
        ('theme = "fern" # ok\n', 'theme = "fern" # ok\n\n[keys]\n"people.narrow" = "z f9"\n'),
        ('[keys]\n# mine\npeople.narrow = "v"\n', '[keys]\n# mine\npeople.narrow = "z f9"\n'),
        ('[keys]\n"people.narrow" = "v"\n', '[keys]\n"people.narrow" = "z f9"\n'),
        ('[keys]\npeople.number = "v"\n',
         '[keys]\npeople.number = "v"\n"people.narrow" = "z f9"\n'),
    ],
)  # fmt: skip
def test_keys_are_remembered_in_the_way_the_file_has_them(
    tmp_path: Path, before: str, after: str
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(before, encoding="utf-8")
    assert save_keys(path, "people.narrow", ("z", "f9"))
    assert path.read_text(encoding="utf-8") == after
    assert ("people.narrow", ("z", "f9")) in read_settings(path).keys
    assert save_keys(path, "people.narrow", ())
    assert "narrow" not in path.read_text(encoding="utf-8")
    assert "people.narrow" not in dict(read_settings(path).keys)


@pytest.mark.parametrize("text", ['keys = "z"\n', "keys = [1]\n", "keys = [", "\x00"])
def test_keys_are_not_written_into_a_file_they_do_not_fit(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    assert not save_keys(path, "people.narrow", ("z",))
    assert path.read_text(encoding="utf-8") == text
