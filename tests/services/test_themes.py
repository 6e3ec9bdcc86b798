"""Theme files: what is good, what is refused, and in which words."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopbell.services.contrast import contrast, is_colour, luminance, rgb
from shopbell.services.themes import (
    COLOURS,
    READABLE,
    Themes,
    read_themes,
    shipped_folder,
)

GOOD = """
name = "night-garden"
about = "Blue hour."
dark = true

[colours]
background = "#000"
surface = "#0a0a0a"
panel = "#141414"
line = "#444444"
foreground = "#ffffff"
muted = "#bbbbbb"
accent = "#99ddff"
on_accent = "#000000"
success = "#99ddaa"
warning = "#ffcc77"
error = "#ff9999"
"""

Matrix = tuple[tuple[float, float, float], ...]

SIGHTS: dict[str, Matrix] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red cones": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green cones": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue cones": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Machado, Oliveira and Fernandes 2009, severity 1.0, on linear light."""

channel = st.integers(0, 255)
colour = st.tuples(channel, channel, channel)


def read(folder: Path, text: str | bytes, name: str = "it.toml") -> Themes:
    raw = text if isinstance(text, bytes) else text.encode()
    (folder / name).write_bytes(raw)
    return read_themes([folder])


def test_a_good_file_is_read_as_it_stands(tmp_path: Path) -> None:
    themes = read(tmp_path, GOOD)

    assert themes.refused == ()
    (theme,) = themes.good
    assert (theme.name, theme.about, theme.dark) == ("night-garden", "Blue hour.", True)
    assert theme.at_least == READABLE
    assert theme.colours["accent"] == "#99ddff"
    assert set(theme.colours) == set(COLOURS)
    assert themes.named("night-garden") is theme
    assert themes.named("gone") is None


@pytest.mark.parametrize(
    ("change", "by", "reason"),
    [
        ('name = "night-garden"', "", "It needs a name"),
        ('name = "night-garden"', 'name = "Night Garden"', "It needs a name"),
        ('name = "night-garden"', 'name = "[/]"', "It needs a name"),
        ('name = "night-garden"', "name = 3", "It needs a name"),
        ("Blue hour.", "\\u001b]0;x", '"about" must be one line'),
        ("Blue hour.", "\\u202e", '"about" must be one line'),
        ("Blue hour.", "b" * 81, '"about" must be one line'),
        ("dark = true", 'dark = "yes"', '"dark" must be true or false'),
        ("dark = true", "at_least = true", '"at_least" must be a number'),
        ("dark = true", "at_least = 2", '"at_least" must be from 4.5 to 21'),
        ("dark = true", "at_least = nan", '"at_least" must be from 4.5 to 21'),
        ("dark = true", "css = 'x'", '"css" is not a theme setting'),
        ("[colours]", "[colors]", '"colors" is not a theme setting'),
        ("[colours]", "colours = 3\n[ignored]", '"ignored" is not a theme setting'),
        ('"#99ddff"', '"sky"', 'The colour "accent" must look like "#2f6b4f".'),
        ('"#99ddff"', '"#99ddf"', 'The colour "accent" must look like'),
        ('"#99ddff"', '"#99ddff; color: red"', 'The colour "accent" must look like'),
        ('"#99ddff"', "7", 'The colour "accent" must look like'),
        ('accent = "#99ddff"', "", "These colours are missing: accent."),
        ('accent = "#99ddff"', 'boost = "#99ddff"', '"boost" is not a colour Shopbell uses'),
        ('"#bbbbbb"', '"#555555"', '"muted" on "background" is hard to read'),
        ('on_accent = "#000000"', 'on_accent = "#ffffff"', '"on_accent" on "accent" is hard'),
        ("dark = true", "at_least = 12", "is hard to read: contrast "),
        ("[colours]", "[colours", "It is not valid TOML"),
        ("dark = true", "dark = " + "9" * 5_000, "It is not valid TOML"),
    ],
)
def test_a_bad_file_is_refused_with_what_to_mend(
    tmp_path: Path, change: str, by: str, reason: str
) -> None:
    assert change in GOOD
    themes = read(tmp_path, GOOD.replace(change, by, 1))

    assert themes.good == ()
    (refused,) = themes.refused
    assert reason in refused.reason
    assert refused.file == str(tmp_path / "it.toml")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\xff\xfe", "not plain text in UTF-8"),
        (b"", "It needs a name"),
        (b"#" * 20_000, "too large for a theme"),
        (b"a = " + b"[" * 5_000, "not valid TOML"),
    ],
)
def test_a_file_that_is_no_theme_at_all_is_refused(tmp_path: Path, raw: bytes, reason: str) -> None:
    (refused,) = read(tmp_path, raw).refused
    assert reason in refused.reason


def test_one_bad_file_does_not_cost_the_others(tmp_path: Path) -> None:
    (tmp_path / "a-folder.toml").mkdir()
    (tmp_path / "notes.txt").write_text("not a theme")
    read(tmp_path, "nonsense", "bad.toml")
    themes = read(tmp_path, GOOD, "good.toml")

    assert [theme.name for theme in themes.good] == ["night-garden"]
    assert [Path(refused.file).name for refused in themes.refused] == ["a-folder.toml", "bad.toml"]


def test_a_later_folder_wins_and_says_so(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()
    (first / "a.toml").write_text(GOOD)
    (second / "b.toml").write_text(GOOD.replace("Blue hour.", "Mine."))

    themes = read_themes([first, second])

    assert [theme.about for theme in themes.good] == ["Mine."]
    (note,) = themes.notes
    assert str(second / "b.toml") in note
    assert str(first / "a.toml") in note


def test_a_missing_folder_is_no_mistake(tmp_path: Path) -> None:
    assert read_themes([tmp_path / "nowhere"]) == Themes(good=(), refused=())


def test_the_terminals_own_colours_are_allowed_and_not_measured(tmp_path: Path) -> None:
    plain = re.sub(r'"#\w+"', '"ansi_default"', GOOD)
    (theme,) = read(tmp_path, plain).good
    assert theme.colours["accent"] == "ansi_default"


def test_the_shipped_themes_are_all_good_and_there_is_one_for_every_counter() -> None:
    themes = read_themes([shipped_folder()])

    assert themes.refused == ()
    assert [theme.name for theme in themes.good] == [
        "contrast",
        "daylight",
        "dusk",
        "fern",
        "iris",
        "paper",
        "slate",
        "terminal",
    ]
    for theme in themes.good:
        assert theme.about
        assert Path(theme.path).stem == theme.name
        assert tomllib.loads(Path(theme.path).read_text())["name"] == theme.name


def test_the_high_contrast_theme_reaches_seven_to_one() -> None:
    theme = read_themes([shipped_folder()]).named("contrast")
    assert theme is not None
    assert theme.at_least >= 7


def seen_by(sight: Matrix, colour: str) -> tuple[float, float, float]:
    """Return the colour as somebody of that sight sees it, in linear light."""
    found = rgb(colour)
    assert found is not None
    light = [luminance((channel, channel, channel)) for channel in found]
    red, green, blue = (sum(a * b for a, b in zip(row, light, strict=True)) for row in sight)
    return red, green, blue


@pytest.mark.parametrize("sight", SIGHTS, ids=list(SIGHTS))
def test_good_warning_and_wrong_are_told_apart_by_every_kind_of_eye(sight: str) -> None:
    theme = read_themes([shipped_folder()]).named("iris")
    assert theme is not None
    signs = [
        seen_by(SIGHTS[sight], theme.colours[name]) for name in ("success", "warning", "error")
    ]

    for one, other in combinations(signs, 2):
        assert dist(one, other) > 0.25


def test_the_measure_of_telling_apart_knows_red_from_green_only_with_all_cones() -> None:
    red, green = "#b04030", "#5a7030"
    apart = {
        name: dist(seen_by(sight, red), seen_by(sight, green)) for name, sight in SIGHTS.items()
    }

    assert apart["no red cones"] < 0.25 < apart["all cones"]


@pytest.mark.parametrize("colour", COLOURS)
def test_the_terminals_own_theme_chooses_no_colour_itself(colour: str) -> None:
    theme = read_themes([shipped_folder()]).named("terminal")
    assert theme is not None
    assert theme.colours[colour].startswith("ansi_")


def test_the_night_theme_has_no_bright_patch() -> None:
    theme = read_themes([shipped_folder()]).named("dusk")
    assert theme is not None
    found = [rgb(theme.colours[name]) for name in COLOURS]
    assert max(luminance(colour) for colour in found if colour is not None) < 0.55


def test_there_is_a_dark_and_a_light_theme() -> None:
    assert {theme.dark for theme in read_themes([shipped_folder()]).good} == {True, False}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#fff", (255, 255, 255)),
        ("#2f6b4f", (0x2F, 0x6B, 0x4F)),
        ("#2F6B4F", (0x2F, 0x6B, 0x4F)),
        ("2f6b4f", None),
        ("#2f6b4", None),
        ("#2f6b4f\n", None),
        ("#٣٣٣", None),
        ("ansi_red", None),
    ],
)
def test_a_colour_is_three_or_six_digits(text: str, expected: object) -> None:
    assert rgb(text) == expected


@pytest.mark.parametrize("text", ["ansi_default", "ansi_bright_blue", "#123"])
def test_known_colours_are_colours(text: str) -> None:
    assert is_colour(text)


@pytest.mark.parametrize("text", ["", "red", "ansi_pink", "auto 87%", "$accent", "rgb(1,2,3)"])
def test_anything_else_is_no_colour(text: str) -> None:
    assert not is_colour(text)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),  # the example everybody knows: just short of AA
        ("#767676", "#ffffff", 4.54),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_agrees_with_published_examples(one: str, other: str, expected: float) -> None:
    first, second = rgb(one), rgb(other)
    assert first is not None
    assert second is not None
    assert contrast(first, second) == pytest.approx(expected, abs=0.005)


@given(one=colour, other=colour)
def test_contrast_is_the_same_both_ways_and_within_bounds(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21
    assert 0 <= luminance(one) <= 1
