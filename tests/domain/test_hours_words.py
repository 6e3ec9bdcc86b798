from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_files import packaged_rules
from shopbell.domain.hours_words import hours_words
from shopbell.domain.segments import measure
from shopbell.domain.shop import Week, Window
from shopbell.domain.texts import Encoding
from shopbell.domain.weeks import read_week

LANGUAGES = packaged_rules().texts.templates.languages


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("mon-fri 10:00-18:00", "weekdays 10-6"),
        ("mon-fri 09:00-18:00", "weekdays 9-6"),
        ("mon-fri 10:00-18:00; sat 10:00-17:00", "weekdays 10-6, Sat 10-5"),
        ("mon-sat 09:30-18:00", "Mon-Sat 9:30-6"),
        ("mon-sun 10:00-20:30", "daily 10-8:30"),
        ("tue-sat 10:00-18:00", "Tue-Sat 10-6"),
        ("sat 10:00-17:00", "Sat 10-5"),
        ("mon-fri 07:00-21:00", "weekdays 7am-9pm"),
        ("mon-fri 08:00-20:00", "weekdays 8am-8pm"),
        ("mon-fri 08:00-11:00", "weekdays 8am-11am"),
        ("mon-fri 13:00-18:00", "weekdays 1pm-6pm"),
        ("mon-fri 12:00-18:00", "weekdays noon-6pm"),
        ("mon-fri 09:00-12:00", "weekdays 9am-noon"),
        ("fri-sat 18:00-24:00", "Fri-Sat 6pm-midnight"),
        ("mon-sun 00:00-24:00", "daily midnight-midnight"),
        ("sat-sun 00:30-09:00", "Sat-Sun 12:30am-9am"),
        ("mon-wed 10:00-18:00; fri 10:00-18:00", "Mon-Wed 10-6, Fri 10-6"),
    ],
)
def test_hours_are_said_the_way_a_shop_says_them(hours: str, said: str) -> None:
    assert hours_words(read_week(hours), LANGUAGES["en"].hours) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "lun-sam 9h-18h30, dim 10h-12h"),
        ("es", "lun-sab 9-18:30h, dom 10-12h"),
        ("de", "Mo-Sa 9-18:30 Uhr, So 10-12 Uhr"),
        ("en", "Mon-Sat 9-6:30, Sun 10am-noon"),
    ],
)
def test_each_language_has_its_own_way(language: str, said: str) -> None:
    week = read_week("mon-sat 09:00-18:30; sun 10:00-12:00")
    assert hours_words(week, LANGUAGES[language].hours) == said


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "mon-fri 08:00-12:00, 13:00-18:00",
        "mon 10:00-18:00; wed 10:00-18:00; fri 10:00-18:00",
        "mon 09:00-18:00; tue 10:00-18:00; wed 11:00-18:00",
        "mon-tue 07:15-21:45; thu-fri 06:45-22:15",
    ],
)
def test_hours_that_take_many_words_are_called_the_shops(hours: str) -> None:
    assert hours_words(read_week(hours), LANGUAGES["en"].hours) == "in shop hours"
    assert hours_words(read_week(hours), LANGUAGES["de"].hours) == "zu den Ladenzeiten"


windows = st.tuples(st.integers(0, 95), st.integers(1, 96)).filter(lambda w: w[0] < w[1])
days = st.just(()) | windows.map(lambda w: (Window(start=w[0] * 15, end=w[1] * 15),))
weeks = st.tuples(days, days, days, days, days, days, days).map(lambda seven: Week(days=seven))


@given(weeks, st.sampled_from(sorted(LANGUAGES)))
def test_hours_are_short_and_in_the_small_alphabet(week: Week, language: str) -> None:
    said = hours_words(week, LANGUAGES[language].hours)
    assert 0 < len(said) <= 40
    assert measure(said).encoding is Encoding.GSM7


@given(windows, windows)
def test_different_hours_are_never_said_the_same(
    one: tuple[int, int], two: tuple[int, int]
) -> None:
    def said(window: tuple[int, int]) -> str:
        same = (Window(start=window[0] * 15, end=window[1] * 15),)
        return hours_words(Week(days=(same,) * 7), LANGUAGES["en"].hours)  # type: ignore[arg-type]

    assert (said(one) == said(two)) is (one == two)
