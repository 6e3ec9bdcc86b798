"""Places and zones as people type them at the counter."""

from __future__ import annotations

import pytest

from shopbell.domain.places import place_typed
from shopbell.domain.zones import zone_called


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("US-FL", "US-FL"),
        ("us-fl", "US-FL"),
        ("FL", "US-FL"),
        ("Florida", "US-FL"),
        ("new york", "US-NY"),
        ("GB", "GB"),
        ("England", "GB"),
        ("ireland", "IE"),
        ("CA", "US-CA"),
        ("Canada", "CA"),
        ("CA-ON", "CA-ON"),
        ("GA", "US-GA"),
        ("ga", "US-GA"),
        ("DE", "US-DE"),
        ("IN", "US-IN"),
        ("US", "US"),
        ("India", "IN"),
        ("Georgia", "US-GA"),
        ("Gabon", None),
        ("FR", "FR"),
        ("US-GA", "US-GA"),
        (" Ohio ", "US-OH"),
        ("Ontario", None),
        ("US-ZZ", None),
        ("XX", None),
        ("XX-FL", None),
        ("US-", None),
        ("[/]", None),
        ("", None),
    ],
)
def test_a_place_is_read_as_people_type_it_in_an_american_shop(
    typed: str, place: str | None
) -> None:
    assert place_typed(typed, "US") == place


def test_a_state_belongs_to_the_shops_country() -> None:
    assert place_typed("Ontario", "CA") == "CA-ON"
    assert place_typed("ON", "CA") == "CA-ON"
    assert place_typed("PE", "CA") == "CA-PE"
    assert place_typed("FL", "CA") is None
    assert place_typed("GA", "CA") == "GA"
    assert place_typed("GA", "GB") == "GA"
    assert place_typed("CA", "GB") == "CA"
    assert place_typed("CA", "CA") == "CA"
    assert place_typed("FL", "GB") is None


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("America/Chicago", "America/Chicago"),
        ("america/chicago", "America/Chicago"),
        ("Chicago", "America/Chicago"),
        ("los angeles", "America/Los_Angeles"),
        ("  New   York ", "America/New_York"),
        ("Europe/London", "Europe/London"),
        ("UTC", "UTC"),
        ("Central", None),
        ("Mars/Phobos", None),
        ("../etc/passwd", None),
        ("\0", None),
        ("", None),
    ],
)
def test_a_zone_is_read_by_its_name_or_its_city(typed: str, zone: str | None) -> None:
    assert zone_called(typed) == zone
