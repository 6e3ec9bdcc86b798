"""Where this computer seems to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from shopbell.services.place_guess import guessed_country, guessed_zone


@pytest.mark.parametrize(
    ("environ", "country"),
    [
        ({"LANG": "en_US.UTF-8"}, "US"),
        ({"LANG": "de_AT@euro"}, "AT"),
        ({"LANG": "fr-CA"}, "CA"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "GB"),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LANG": "en_USA"}, ""),
        ({}, ""),
    ],
)
def test_the_country_is_that_of_the_language(environ: dict[str, str], country: str) -> None:
    assert guessed_country(environ) == country


def test_the_zone_is_what_the_environment_says(tmp_path: Path) -> None:
    assert guessed_zone({"TZ": ":Europe/Paris"}, tmp_path / "none") == "Europe/Paris"


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Argentina/Salta"])
def test_the_zone_is_where_the_link_points(tmp_path: Path, zone: str) -> None:
    target = tmp_path / "zoneinfo" / zone
    target.parent.mkdir(parents=True)
    target.touch()
    (tmp_path / "localtime").symlink_to(target)
    assert guessed_zone({"TZ": "nonsense"}, tmp_path / "localtime") == zone


def test_nobody_knows_without_either(tmp_path: Path) -> None:
    assert guessed_zone({}, tmp_path / "none") == ""
