"""The packaged rulebook says what the reference says, and finds the rows of a place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rule_files import packaged_rule_files, packaged_rules
from shopbell.domain.consent import Basis, Purpose
from shopbell.domain.decision import Layer
from shopbell.domain.jurisdictions import Confidence, Jurisdiction
from shopbell.domain.policy import Cap, FooterWhen, Need
from shopbell.domain.replies import Band
from shopbell.domain.rulebook import parse_rules
from shopbell.domain.stops import read_reply
from shopbell.domain.weeks import intersected, week_text

TODAY = date(2026, 11, 24)


def row(row_id: str, day: date = TODAY) -> Jurisdiction:
    (found,) = (r for r in packaged_rules().jurisdictions if r.id == row_id and r.in_force(day))
    return found


def test_the_packaged_federal_row_says_what_the_law_says() -> None:
    (federal,) = packaged_rules().rows_for("US", TODAY)
    (hours,) = federal.hours
    assert week_text(hours.week) == "mon-sun 08:00-21:00"
    assert hours.applies_to == (Purpose.MARKETING,)
    assert (hours.layer, hours.citation) == (Layer.LAW, "47 CFR 64.1200(c)(1), (e)")
    consent = federal.consent_for(Purpose.MARKETING)
    assert consent is not None
    assert consent.kind == "prior express written consent"
    assert consent.accepts == (Basis.EXPRESS,)
    assert federal.consent_for(Purpose.SAFETY) is None
    assert (federal.confidence, federal.review_by) == (Confidence.V2, date(2027, 1, 31))
    assert federal.stop is not None
    assert (federal.stop.deadline, federal.stop.keep_years) == ("10 business days", 10)
    assert federal.proof is not None
    assert federal.proof.keep_years == 5


def test_the_packaged_policy_is_the_default_of_the_house() -> None:
    policy = packaged_rules().policy
    assert week_text(policy.hours) == "mon-fri 10:00-18:00; sat 10:00-17:00"
    marketing, service = policy.purposes[Purpose.MARKETING], policy.purposes[Purpose.SERVICE]
    assert marketing.caps == (Cap(n=1, per=timedelta(days=7)), Cap(n=4, per=timedelta(days=30)))
    assert service.caps == (Cap(n=3, per=timedelta(days=7)),)
    assert (marketing.footer, service.footer) == (FooterWhen.ALWAYS, FooterWhen.FIRST_AND_MONTHLY)
    assert policy.purposes[Purpose.CONVERSATION].need is Need.RECENT_INBOUND
    assert policy.deliver_margin == timedelta(minutes=10)
    assert (marketing.gap, service.gap) == (timedelta(hours=20), None)
    assert (marketing.silent_months, service.silent_months) == (18, 18)


@pytest.mark.parametrize("place", ["US", "PR", "VI", "GU", "AS", "MP", "US-ZZ"])
def test_the_federal_row_covers_the_states_and_territories(place: str) -> None:
    assert [row.id for row in packaged_rules().rows_for(place, TODAY)] == ["US"]


@pytest.mark.parametrize(
    ("place", "rows"),
    [
        ("US-FL", ["US", "US-FL"]),
        ("US-GA", ["US", "US-GA"]),
        ("US-unknown", ["US", "US-unknown"]),
        ("CA-ON", ["CA"]),
        ("FR", ["FR"]),
        ("DE-BY", ["DE"]),
        *((member, ["EU"]) for member in "AT BE BG HR CY CZ DK EE FI GR HU LV LT LU".split()),
        *((member, ["EU"]) for member in "MT NL PL PT RO SK SI SE".split()),
    ],
)
def test_a_place_has_the_rows_of_its_country_and_its_own(place: str, rows: list[str]) -> None:
    assert [row.id for row in packaged_rules().rows_for(place, TODAY)] == rows


@pytest.mark.parametrize("place", ["CH", "NO", "MX", "JP", "SG", "AE", "JE", "ZZ", "", "-FL", "us"])
def test_a_place_without_a_row_has_none(place: str) -> None:
    assert packaged_rules().rows_for(place, TODAY) == ()


@pytest.mark.parametrize(
    ("place", "located"),
    [
        ("US", "US-unknown"),
        ("US-ZZ", "US-unknown"),
        ("US-NY", "US-NY"),
        ("US-GA", "US-GA"),
        ("GB", "GB"),
        ("CA", "CA"),
        ("DE-BY", "DE-BY"),
        ("ZZ", "ZZ"),
    ],
)
def test_a_state_is_called_for_only_where_states_have_rows(place: str, located: str) -> None:
    assert packaged_rules().located(place) == located


def test_every_state_and_territory_has_its_row() -> None:
    places = {row.id for row in packaged_rules().jurisdictions if row.id.startswith("US-")}
    assert places - {"US-unknown"} == {f"US-{part}" for part in STATES.split()}


STATES = """AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS
MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY"""


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 10, 17), "mon-sun 08:00-21:00"),
        (date(2026, 10, 18), "mon-sat 09:00-19:00"),
    ],
)
def test_pennsylvania_has_a_row_before_and_after_its_new_act(day: date, hours: str) -> None:
    assert week_text(row("US-PA", day).hours[0].week) == hours
    assert [r.id for r in packaged_rules().rows_for("US-PA", day)] == ["US", "US-PA"]


def test_the_row_for_an_unknown_state_is_what_all_states_allow_and_no_more() -> None:
    states = [r for r in packaged_rules().jurisdictions if r.id.startswith("US")]
    others = [r for r in states if r.id != "US-unknown"]
    weeks = [hours.week for r in others for hours in r.hours]
    unknown = row("US-unknown")
    assert unknown.hours[0].week == intersected(*weeks)
    assert unknown.hours[0].layer is Layer.POLICY
    assert unknown.caps[0].n == min(cap.n for r in others for cap in r.caps)
    assert unknown.caps[0].per == max(cap.per for r in others for cap in r.caps)
    closed = [r.holidays.calendar for r in others if r.holidays is not None]
    assert unknown.holidays is not None
    for day in range(20454, 20454 + 3 * 365):  # 2026 to 2028
        shut = any(calendar.shuts(day) for calendar in closed)
        assert unknown.holidays.calendar.shuts(day) is shut, day


def test_a_row_that_extends_another_has_all_it_does_not_say_itself() -> None:
    baseline, spain, france = row("EU"), row("ES"), row("FR")
    assert spain.hours == baseline.hours
    assert france.hours != baseline.hours
    assert spain.sources != baseline.sources
    assert spain.covers == ("ES",)
    assert row("IT").sender == baseline.sender


def test_every_row_has_its_source_its_age_and_a_day_to_look_again() -> None:
    for each in packaged_rules().jurisdictions:
        assert each.checked < each.review_by
        assert each.scope
        assert bool(each.sources) == (each.id != "US-unknown")
        for hours in each.hours:
            assert hours.citation or hours.layer is Layer.POLICY
        for consent in each.consents:
            assert consent.citation


LANGUAGES = {"CA": "fr", "DE": "de", "ES": "es", "FR": "fr", "IT": "it", "BR": "pt"}


def test_the_reply_reader_knows_every_word_a_row_names() -> None:
    for each in packaged_rules().jurisdictions:
        language = LANGUAGES.get(each.id, "en")
        for word in each.stop.words if each.stop is not None else ():
            reading = read_reply(
                word, language=language, question_open=False, rules=packaged_rules().stops
            )
            assert reading.band is Band.OPT_OUT, (each.id, word)


def test_a_shop_can_be_run_without_any_row_of_law() -> None:
    files = packaged_rule_files()
    del files["US.toml"]
    assert parse_rules(files).rows_for("US", TODAY) == ()
