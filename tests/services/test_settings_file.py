"""settings.toml: remembered colours, and whatever else its owner wrote there."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopbell.services.settings_file import Settings, read_settings, save_theme


def test_what_was_chosen_is_remembered(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.toml"
    assert read_settings(path) == Settings(theme="fern")
    assert save_theme(path, "paper")
    assert read_settings(path) == Settings(theme="paper")
    assert [child.name for child in path.parent.iterdir()] == ["settings.toml"]


def test_comments_and_other_keys_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('# my colours\ntheme = "fern"  # warm\nelse = 3\n', encoding="utf-8")
    assert save_theme(path, "contrast")
    assert path.read_text(encoding="utf-8") == (
        '# my colours\ntheme = "contrast"  # warm\nelse = 3\n'
    )


@pytest.mark.parametrize(
    "text", ["theme = 7", "theme =", "\x00", "[[[", "theme = ['fern']", "x" * 100_000]
)
def test_a_file_that_makes_no_sense_means_the_defaults(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, encoding="utf-8")
    assert read_settings(path) == Settings()


def test_a_file_in_the_middle_of_being_edited_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("theme = ", encoding="utf-8")
    assert not save_theme(path, "paper")
    assert path.read_text(encoding="utf-8") == "theme = "


def test_bytes_that_are_no_text_and_folders_are_no_crash(tmp_path: Path) -> None:
    broken = tmp_path / "settings.toml"
    broken.write_bytes(b"\xff\xfe theme")
    assert read_settings(broken) == Settings()
    assert read_settings(tmp_path) == Settings()
    assert not save_theme(tmp_path / "settings.toml" / "below", "paper")
