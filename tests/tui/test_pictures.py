"""The pictures of the README: they show the app as it is, and nothing of any machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pictures import ROOT, SHOP, SHOWN, Picture, draw
from shopbell.services.themes import read_themes, shipped_folder
from tui.screens import words_of

README = (ROOT / "README.md").read_text(encoding="utf-8")


def words_in(path: Path) -> str:
    return words_of(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("picture", SHOP[1:3], ids=lambda picture: picture.name)
async def test_a_picture_shows_what_the_app_shows_now(picture: Picture, tmp_path: Path) -> None:
    drawn = await draw(picture, tmp_path, ROOT / "sample.db")
    assert words_in(drawn) == words_in(SHOWN / f"{picture.name}.svg")


def test_every_picture_of_the_readme_is_one_that_is_drawn() -> None:
    linked = set(re.findall(r"\(docs/pictures/([^)]+)\)", README))
    drawn = {f"{picture.name}.svg" for picture in SHOP}
    assert linked == drawn == {path.name for path in SHOWN.iterdir()}


def test_the_pictures_wear_different_themes_that_are_shipped() -> None:
    shipped = {theme.name for theme in read_themes([shipped_folder()]).good}
    worn = {picture.theme for picture in SHOP}
    assert worn <= shipped
    assert len(worn) >= 4


@pytest.mark.parametrize("picture", SHOP, ids=lambda picture: picture.name)
def test_no_picture_shows_a_whole_number_a_folder_or_a_secret(picture: Picture) -> None:
    shown = words_in(SHOWN / f"{picture.name}.svg")
    assert "Fern & Finch (practice)" in shown
    assert not re.search(r"\+\d{8,}|/home/|/root|/tmp|passphrase", shown)


def test_a_picture_has_no_names_that_chance_gave_its_parts() -> None:
    for picture in SHOP:
        svg = (SHOWN / f"{picture.name}.svg").read_text(encoding="utf-8")
        named = set(re.findall(r'id="(terminal-[^"]*?)-(?:clip|line)', svg))
        assert named == {f"terminal-{picture.name}"}
