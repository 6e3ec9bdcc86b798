"""settings.toml: what is remembered, and whatever else its owner wrote there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.services.settings_file import Density, Settings, read_settings, save_setting


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
