"""Which words pin the last sending moment, and when that is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rule_files import packaged_rules
from shop_words import SERVICE_TEXTS
from shopbell.domain.stale import Pin, last_true, pins

RULES = packaged_rules().texts.stale
NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = datetime(2026, 11, 24, 10, 42, tzinfo=NEW_YORK)
"""Tue 24 Nov 2026, 10:42 at the counter."""


def pinned(body: str, now: datetime = TUESDAY, name: str = "Fern & Finch") -> tuple[Pin, ...]:
    return pins(body, now, NEW_YORK, RULES, name)


def last_of(body: str, now: datetime = TUESDAY) -> str | None:
    pin = last_true(body, now, NEW_YORK, RULES)
    return None if pin is None else f"{pin.last.astimezone(NEW_YORK):%a %d %b %H:%M:%S}"


TODAY_ENDS = "Tue 24 Nov 23:59:59"
SATURDAY_ENDS = "Sat 28 Nov 23:59:59"
SUNDAY_ENDS = "Sun 29 Nov 23:59:59"


@pytest.mark.parametrize(
    "body",
    [
        "Ready today",
        "TODAY only",
        "Today\u2019s bread is out",
        "Order today, collect later",
        "Come by later today",
        "See you tonight",
        "Live music this evening",
        "We are closed tomorrow",
        "Back the day after tomorrow",
        "You asked yesterday",
        "Ready tomorrow at 9",
        "Pr\u00eat aujourd\u2019hui",
        "\u00c0 ce soir",
        "Votre commande sera l\u00e0 demain",
        "Apr\u00e8s-demain matin",
        "Listo hoy",
        "Esta noche hay m\u00fasica",
        "Ma\u00f1ana cerramos",
        "Ma\u00f1ana por la ma\u00f1ana",
        "Pasado ma\u00f1ana",
        "Heute fertig",
        "Heute Abend Musik",
        "Morgen geschlossen",
        "\u00dcbermorgen geht es weiter",
        "Ab morgen wieder da",
    ],
)
def test_words_of_the_day_are_true_until_midnight_at_the_counter(body: str) -> None:
    assert last_of(body) == TODAY_ENDS


@pytest.mark.parametrize(
    ("body", "last"),
    [
        ("Come in this morning", "Tue 24 Nov 11:59:59"),
        ("Ce matin seulement", "Tue 24 Nov 11:59:59"),
        ("Esta ma\u00f1ana", "Tue 24 Nov 11:59:59"),
        ("Heute Vormittag", "Tue 24 Nov 11:59:59"),
        ("Heute Morgen frisch", "Tue 24 Nov 11:59:59"),
        ("Soup this lunchtime", "Tue 24 Nov 13:59:59"),
        ("Ce midi, soupe", "Tue 24 Nov 13:59:59"),
        ("Heute Mittag Suppe", "Tue 24 Nov 13:59:59"),
        ("Cake this afternoon", "Tue 24 Nov 17:59:59"),
        ("Cet apr\u00e8s-midi", "Tue 24 Nov 17:59:59"),
        ("Heute Nachmittag", "Tue 24 Nov 17:59:59"),
        ("Esta tarde", "Tue 24 Nov 20:59:59"),
        ("This week only", SUNDAY_ENDS),
        ("New stock next week", SUNDAY_ENDS),
        ("Open this weekend", SUNDAY_ENDS),
        ("Cette semaine", SUNDAY_ENDS),
        ("Este fin de semana", SUNDAY_ENDS),
        ("Diese Woche", SUNDAY_ENDS),
        ("Am Wochenende zu", SUNDAY_ENDS),
        ("All of this month", "Mon 30 Nov 23:59:59"),
        ("Le mois prochain", "Mon 30 Nov 23:59:59"),
        ("Este mes", "Mon 30 Nov 23:59:59"),
        ("Diesen Monat", "Mon 30 Nov 23:59:59"),
    ],
)
def test_parts_of_the_day_weeks_and_months_end_when_they_end(body: str, last: str) -> None:
    assert last_of(body) == last


@pytest.mark.parametrize(
    ("body", "last"),
    [
        ("until 5 today", "Tue 24 Nov 16:59:59"),
        ("today until 5", "Tue 24 Nov 16:59:59"),
        ("today until 5pm", "Tue 24 Nov 16:59:59"),
        ("today until 5 p.m.", "Tue 24 Nov 16:59:59"),
        ("Today we are open until 5.", "Tue 24 Nov 16:59:59"),
        ("today only, by 5:30", "Tue 24 Nov 17:29:59"),
        ("till 17:00 today", "Tue 24 Nov 16:59:59"),
        ("today 10-5", "Tue 24 Nov 16:59:59"),
        ("Open today 10-5.", "Tue 24 Nov 16:59:59"),
        ("today from 10 to 5", "Tue 24 Nov 16:59:59"),
        ("today 10am\u20135pm", "Tue 24 Nov 16:59:59"),
        ("today 9-12", "Tue 24 Nov 11:59:59"),
        ("today 2-6", "Tue 24 Nov 17:59:59"),
        ("today 8-10", "Tue 24 Nov 21:59:59"),
        ("today 6pm-2am", TODAY_ENDS),
        ("today 22-2", TODAY_ENDS),
        ("until noon today", "Tue 24 Nov 11:59:59"),
        ("today until midnight", TODAY_ENDS),
        ("until 9 today", "Tue 24 Nov 20:59:59"),
        ("before 11 today", "Tue 24 Nov 10:59:59"),
        ("the choir sings at 5 today", "Tue 24 Nov 16:59:59"),
        ("Tonight at 8", "Tue 24 Nov 19:59:59"),
        ("tonight until 10", "Tue 24 Nov 21:59:59"),
        ("aujourd\u2019hui jusqu'\u00e0 17h30", "Tue 24 Nov 17:29:59"),
        ("ce soir \u00e0 20h", "Tue 24 Nov 19:59:59"),
        ("aujourd\u2019hui jusqu'\u00e0 midi", "Tue 24 Nov 11:59:59"),
        ("hoy hasta las 5", "Tue 24 Nov 16:59:59"),
        ("hoy hasta las 17:30", "Tue 24 Nov 17:29:59"),
        ("hoy hasta el mediod\u00eda", "Tue 24 Nov 11:59:59"),
        ("heute bis 17 Uhr", "Tue 24 Nov 16:59:59"),
        ("heute von 10 bis 17 Uhr", "Tue 24 Nov 16:59:59"),
        ("heute Abend um 8 Uhr", "Tue 24 Nov 19:59:59"),
        ("bis 17.30 Uhr heute", "Tue 24 Nov 17:29:59"),
        ("heute bis Mittag", "Tue 24 Nov 11:59:59"),
        ("this Saturday until 5", "Sat 28 Nov 16:59:59"),
        ("by 5 this Saturday", "Sat 28 Nov 16:59:59"),
        ("Saturday 10-5", "Sat 28 Nov 16:59:59"),
        ("Sat 10-5", "Sat 28 Nov 16:59:59"),
        ("Sat at 5", "Sat 28 Nov 16:59:59"),
        ("Saturday until 9", "Sat 28 Nov 20:59:59"),
        ("your table, Saturday 7pm", "Sat 28 Nov 18:59:59"),
        ("Sat 28 Nov, 19:30", "Sat 28 Nov 19:29:59"),
        ("Samstag 14 Uhr", "Sat 28 Nov 13:59:59"),
        ("samedi 14h", "Sat 28 Nov 13:59:59"),
        ("today 3pm", "Tue 24 Nov 14:59:59"),
        ("Saturday until 11", "Sat 28 Nov 10:59:59"),
        ("Saturday until 11pm", "Sat 28 Nov 22:59:59"),
        ("Sonntag von 10 bis 17 Uhr", "Sun 29 Nov 16:59:59"),
        ("samedi jusqu'\u00e0 17h", "Sat 28 Nov 16:59:59"),
        ("el s\u00e1bado hasta las 14:00", "Sat 28 Nov 13:59:59"),
    ],
)
def test_a_time_beside_the_day_makes_it_shorter(body: str, last: str) -> None:
    assert last_of(body) == last


@pytest.mark.parametrize(
    "body",
    [
        "today by 5 people",
        "today for $5",
        "today 5% off at 5.99",
        "today at 5 euros",
        "today at 25",
        "today by 5:75",
        "aujourd\u2019hui \u00e0 5 euros",
        "today. Until 5 there is cake",
        "today 10:75-11:80",
        "today 5-25",
        "today there is cake for all of you until 5",
        "today 11pm-11:30am",
        "heute bis 5 Tage",
    ],
)
def test_other_figures_are_no_times(body: str) -> None:
    assert last_of(body) == TODAY_ENDS


@pytest.mark.parametrize(
    "body",
    [
        "this Saturday",
        "See you Saturday!",
        "on Saturday",
        "SATURDAY",
        "next Saturday",
        "Saturday's market",
        "samedi",
        "ce samedi",
        "samedi prochain",
        "el s\u00e1bado",
        "este s\u00e1bado",
        "am Samstag",
        "Sonnabend",
        "am Samstagabend",
        "sale Thu-Sat 10-5",
        "Thursday to Saturday",
        "Donnerstag bis Samstag",
        "jeudi au samedi",
        "jueves a s\u00e1bado",
        "28 Nov",
        "Nov 28",
        "November 28th",
        "the 28th of November",
        "Sat 28 Nov",
        "Saturday, 28 November 2026",
        "le samedi 28 novembre",
        "s\u00e1bado 28 de noviembre",
        "Samstag, den 28. November",
        "2026-11-28",
        "28.11.2026",
        "before Sunday",
        "avant dimanche",
        "antes del domingo",
        "vor Sonntag",
    ],
)
def test_a_day_that_is_named_pins_itself(body: str) -> None:
    last = last_of(body)
    assert last is not None
    assert last.startswith("Sat 28 Nov")


@pytest.mark.parametrize(
    ("body", "last"),
    [
        ("Tue 3 Mar", "Wed 03 Mar 23:59:59"),
        ("3 March 2026 was nice", None),
        ("12 Dec to 3 Jan", "Sun 03 Jan 23:59:59"),
        ("24.12.2026", "Thu 24 Dec 23:59:59"),
        ("31 Feb", None),
        ("99 May", None),
        ("by 24 Dec, 14:00", "Thu 24 Dec 13:59:59"),
        ("24 Dec until 2", "Thu 24 Dec 13:59:59"),
        ("jusqu'au 24 d\u00e9cembre", "Thu 24 Dec 23:59:59"),
        ("hasta el 24 de diciembre", "Thu 24 Dec 23:59:59"),
        ("bis zum 24. Dezember", "Thu 24 Dec 23:59:59"),
        ("ordered on 12 Nov", None),
        ("before 24 Dec", "Wed 23 Dec 23:59:59"),
        ("this Tuesday", TODAY_ENDS),
        ("before Tuesday", "Mon 30 Nov 23:59:59"),
        ("Fri-Mon 10-5", "Mon 30 Nov 16:59:59"),
    ],
)
def test_dates_pin_themselves_in_the_year_that_is_meant(body: str, last: str | None) -> None:
    assert last_of(body) == last


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Your order is ready",
        "every Saturday",
        "every other Saturday",
        "on Saturdays",
        "closed Mondays",
        "tous les samedis",
        "le lundi",
        "chaque lundi",
        "los lunes",
        "todos los lunes",
        "cada lunes",
        "jeden Montag",
        "montags geschlossen",
        "since Monday",
        "last Monday",
        "from Monday on",
        "seit Montag",
        "ab Montag",
        "letzten Montag",
        "depuis lundi",
        "lundi dernier",
        "desde el lunes",
        "el lunes pasado",
        "Black Friday wreaths",
        "Easter Monday eggs",
        "Sunday roast",
        "Guten Morgen Dana",
        "por la ma\u00f1ana",
        "buenos d\u00edas",
        "Sun hats are in",
        "We sat 5 tables",
        "newly wed 2026",
        "mon jeu",
        "La mer, le jeu",
        "so 10 Uhr, wie immer",
        "di 14 sowieso",
        "may 5 people come",
        "march 10 times",
        "in an hour, watches repaired",
        "repairs in 20 minutes",
        "open for 2 hours each day",
        "Todayish",
        "hier ist es",
        "from 3 March",
        "Come in any time, Mon to Sat 9-6",
        "Mon-Fri 9-6",
        "Monday to Friday",
        "abrimos de lunes a viernes",
        "du lundi au samedi",
        "Mo-Fr 9-18 Uhr",
        "ab 3. M\u00e4rz",
        "since 12 Nov",
    ],
)
def test_words_that_stay_true_pin_nothing(body: str) -> None:
    assert last_of(body) is None


@pytest.mark.parametrize(
    ("body", "minutes"),
    [
        ("ready in 20 minutes", 20),
        ("Ready in about 5 min", 5),
        ("We're closing in half an hour", 30),
        ("back in an hour", 60),
        ("for the next 2 hours", 120),
        ("in the next hour", 60),
        ("within the hour", 60),
        ("We open in one hour", 60),
        ("pr\u00eat dans 20 minutes", 20),
        ("listo en 20 minutos", 20),
        ("cerramos en una hora", 60),
        ("in 20 Minuten fertig", 20),
        ("in einer Stunde da", 60),
    ],
)
def test_counting_from_now_runs_out_by_the_minute(body: str, minutes: int) -> None:
    pin = last_true(body, TUESDAY, NEW_YORK, RULES)
    assert pin is not None
    assert pin.last == TUESDAY + timedelta(minutes=minutes) - timedelta(seconds=1)
    assert body[slice(*pin.span)] == pin.words
    assert pin.last.tzinfo is UTC


@pytest.mark.parametrize(
    ("hour", "body", "over"),
    [
        (18, "until 5 today", True),
        (18, "until 5pm today", True),
        (13, "until noon today", True),
        (18, "heute bis 17 Uhr", True),
        (13, "today 9-12", True),
        (18, "we called you at 5 today", False),
        (15, "it came this morning", False),
        (20, "it came this afternoon", False),
        (12, "until 5 today", False),
    ],
)
def test_what_is_over_already_is_told_and_what_is_looked_back_at_is_not(
    hour: int, body: str, over: bool
) -> None:
    now = TUESDAY.replace(hour=hour, minute=30)
    pin = last_true(body, now, NEW_YORK, RULES)
    assert pin is not None
    assert (pin.last < now) is over
    assert ("is over already" in pin.sentence) is over
    if not over and hour != 12:
        assert last_of(body, now) == TODAY_ENDS


def test_saturday_said_late_on_saturday_is_the_next_one() -> None:
    now = TUESDAY.replace(day=28, hour=18)
    assert last_of("Saturday until 5", now) == "Sat 05 Dec 16:59:59"
    assert last_of("Saturday", now) == SATURDAY_ENDS


def test_the_words_that_run_out_first_count() -> None:
    body = "Workshop this Saturday at 2, sign up until 5 today"
    assert [pin.words for pin in pinned(body)] == ["Saturday at 2", "until 5 today"]
    assert last_of(body) == "Tue 24 Nov 16:59:59"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("today until 5, Saturday until 8", ["today until 5", "Saturday until 8"]),
        ("until 5 today, until 8 on Saturday", ["until 5 today", "until 8 on Saturday"]),
        ("Sat 10-5, Sun 11-4", ["Sat 10-5", "Sun 11-4"]),
        ("today until 5, tomorrow until 8", ["today until 5", "tomorrow"]),
    ],
)
def test_each_time_belongs_to_its_own_day(body: str, words: list[str]) -> None:
    assert [pin.words for pin in pinned(body)] == words


def test_a_pin_shows_the_words_as_typed_and_says_until_when() -> None:
    body = "Caf\u00e9 & cake \u2013 TODAY until 5!"
    (pin,) = pinned(body)
    assert body[slice(*pin.span)] == pin.words == "TODAY until 5"
    assert pin.sentence == (
        "\u201cTODAY until 5\u201d is true until Tue 24 Nov 16:59; the text does not leave later."
    )


def test_the_shop_may_be_called_sunday_bakery() -> None:
    assert pinned("Sunday Bakery: fresh rolls", name="Sunday Bakery") == ()
    assert len(pinned("Sunday Bakery: open Sunday", name="Sunday Bakery")) == 1
    assert len(pinned("Sunday Bakery: fresh rolls")) == 1


@pytest.mark.parametrize("body", SERVICE_TEXTS)
def test_no_everyday_service_text_is_over_before_it_leaves(body: str) -> None:
    assert all(pin.last > TUESDAY for pin in pinned(body))


@pytest.mark.parametrize(
    ("zone", "now", "last"),
    [
        # The night clocks go back has 25 hours, the night they go forward 23.
        ("America/New_York", "2026-11-01T00:30-04:00", "2026-11-02T04:59:59+00:00"),
        ("America/New_York", "2027-03-14T00:30-05:00", "2027-03-15T03:59:59+00:00"),
        # In Santiago and Cairo midnight itself is skipped: the day ends an hour early.
        ("America/Santiago", "2026-09-05T12:00-04:00", "2026-09-06T03:59:59+00:00"),
        ("Asia/Kathmandu", "2026-11-24T10:00+05:45", "2026-11-24T18:14:59+00:00"),
        ("Pacific/Kiritimati", "2026-11-24T10:00+14:00", "2026-11-24T09:59:59+00:00"),
        ("Pacific/Pago_Pago", "2026-11-24T10:00-11:00", "2026-11-25T10:59:59+00:00"),
    ],
)
def test_today_ends_by_the_clock_on_the_wall(zone: str, now: str, last: str) -> None:
    pin = last_true("today", datetime.fromisoformat(now), ZoneInfo(zone), RULES)
    assert pin is not None
    assert pin.last == datetime.fromisoformat(last)


def test_the_day_is_that_of_the_counter_not_of_the_computer() -> None:
    late = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
    assert last_of("today", late) == TODAY_ENDS
    assert last_of("today", late + timedelta(hours=2)) == "Wed 25 Nov 23:59:59"


def test_the_last_day_of_the_year_is_no_trouble() -> None:
    now = datetime(2026, 12, 31, 10, 0, tzinfo=NEW_YORK)
    assert last_of("today", now) == "Thu 31 Dec 23:59:59"
    assert last_of("5 Jan", now) == "Tue 05 Jan 23:59:59"
    assert last_of("28 Dec", now) is None


moments = st.integers(0, 4 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
zones = st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland"])


@given(moments, zones, st.sampled_from(["today", "heute", "hoy", "aujourd'hui", "tomorrow"]))
def test_today_is_true_now_and_wrong_on_the_next_day(now: datetime, zone: str, word: str) -> None:
    here = ZoneInfo(zone)
    pin = last_true(f"Tulips {word}!", now, here, RULES)
    assert pin is not None
    assert pin.last > now - timedelta(seconds=1)
    assert pin.last.astimezone(here).date() == now.astimezone(here).date()
    assert (pin.last + timedelta(seconds=1)).astimezone(here).date() > now.astimezone(here).date()


@given(moments, zones, st.sampled_from("monday tuesday wednesday thursday friday saturday".split()))
def test_a_weekday_is_pinned_within_a_week_on_that_very_day(
    now: datetime, zone: str, day: str
) -> None:
    here = ZoneInfo(zone)
    pin = last_true(f"See you {day}", now, here, RULES)
    assert pin is not None
    assert f"{pin.last.astimezone(here):%A}".lower() == day
    assert timedelta(0) <= pin.last + timedelta(seconds=1) - now <= timedelta(days=7, hours=1)


@given(st.text(max_size=120), moments)
def test_any_text_can_be_read(body: str, now: datetime) -> None:
    for pin in pinned(body, now):
        assert 0 <= pin.span[0] < pin.span[1] <= len(body)
        assert pin.last.tzinfo is UTC


words = st.sampled_from(
    "today until 5 pm mon - fri 10 to 3 mar at 17 uhr heute bis le samedi hasta las . , !".split()
)


@given(st.lists(words, max_size=14).map(" ".join), moments)
def test_any_heap_of_such_words_can_be_read(body: str, now: datetime) -> None:
    found = pinned(body, now)
    assert list(found) == sorted(found, key=lambda pin: pin.span)
    for pin in found:
        assert pin.last < now + timedelta(days=370)


@pytest.mark.parametrize(
    "text",
    ["today " * 16_000, "mon-" * 25_000, "10-5 " * 20_000, "5 mar " * 16_000, "until 5 " * 12_000],
    ids=["days", "ranges", "times", "dates", "ends"],
)
def test_a_huge_text_is_read_too(text: str) -> None:
    assert last_of(f"{text}. This morning") is not None
