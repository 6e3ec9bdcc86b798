"""A small export of every program shops come from: who comes in, who is parked, what is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

import make_programs
from make_programs import GB, A, B, C
from shopbell.domain.ids import E164
from shopbell.domain.importing import ImportReport, RowFate
from shopbell.errors import BadInput
from shopbell.services.import_reading import MESSAGE_LOG
from shops import Counter, open_counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What becomes of a file."""

    people: tuple[tuple[str, str], ...]
    """Name and number of everybody who comes in."""
    profile: str = "guessed"
    parked: tuple[int, ...] = ()
    about_consent: tuple[str, ...] = ()
    """Columns that are shown to the owner because they tell of permission."""


BOTH = (("Ana Reyes", A), ("Bo Lind", B))
MAILCHIMP = ("OPTIN_TIME", "OPTIN_IP")

EXPECTED = {
    "mailchimp.csv": Expected(
        people=BOTH, profile="mailchimp", parked=(4,), about_consent=MAILCHIMP
    ),
    "mailchimp-unsubscribed.csv": Expected(
        people=BOTH[:1],
        profile="mailchimp-unsubscribed",
        about_consent=(
            *MAILCHIMP,
            *("UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_CAMPAIGN_ID", "UNSUB_REASON"),
            "UNSUB_REASON_OTHER",
        ),
    ),
    "klaviyo.csv": Expected(
        people=(BOTH[0], ("Bo Lind", GB)),
        profile="klaviyo",
        parked=(4,),
        about_consent=("SMS Marketing Consent",),
    ),
    "klaviyo-excel.csv": Expected(people=(("Ana", A), ("Ivy", GB)), profile="klaviyo"),
    "httpsms.csv": Expected(people=(("", A), ("", B)), profile="httpsms"),
    "textbee.csv": Expected(people=BOTH, profile="textbee"),
    "spoke.csv": Expected(people=BOTH, profile="spoke", parked=(4,)),
    "spoke-aliases.csv": Expected(people=BOTH),
    "rumbleup.csv": Expected(people=BOTH),
    "textflow.csv": Expected(people=(("Ana", A), ("Bo", B))),
    "systeme-io.csv": Expected(people=(BOTH[0], ("Bo Lind", GB))),
    "simpletexting.csv": Expected(
        people=BOTH, about_consent=("Opt-in date", "Opted out", "Status")
    ),
    "eztexting.csv": Expected(people=BOTH, about_consent=("Unsubscribed",)),
    "shopify-oldest.csv": Expected(
        people=BOTH, profile="shopify", about_consent=("Accepts Marketing",)
    ),
    "google-localised.csv": Expected(people=(("Ivy Hart", GB),), profile="google", parked=(3,)),
    "square-template.csv": Expected(
        people=(*BOTH, ("Cy Moss", C)),
        profile="square",
        parked=(5,),
        about_consent=("Email Subscription Status",),
    ),
    "outlook.csv": Expected(
        people=(("José Núñez", A), ("Bo Lind", B)), profile="outlook", parked=(4,)
    ),
    "outlook-german.csv": Expected(people=(("Jörg Müller", A), ("Zoë Groß", B))),
}


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def counter(
    anyio_backend: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Counter]:
    """One shop that every file is only looked at in."""
    counter = await open_counter(tmp_path_factory.mktemp("programs") / "shop.db")
    yield counter
    await counter.shop.close()


async def looked_at(counter: Counter, name: str) -> ImportReport:
    return await counter.shop.imports.run(make_programs.FOLDER / name, dry_run=True)


@pytest.mark.parametrize("name", EXPECTED)
async def test_a_programs_export_brings_exactly_these_people(counter: Counter, name: str) -> None:
    expected = EXPECTED[name]
    report = await looked_at(counter, name)
    assert tuple((row.name, row.number) for row in report.rows[RowFate.NEW]) == expected.people
    assert tuple(row.row for row in report.parked) == expected.parked
    assert report.counts.read == len(expected.people) + len(expected.parked)
    assert report.mapping.profile == expected.profile
    shown = tuple(report.header[column] for column in report.mapping.consent_columns)
    assert shown == expected.about_consent


@pytest.mark.parametrize("name", EXPECTED)
async def test_no_programs_export_makes_anybody_agreed_or_stops_anybody(
    counter: Counter, name: str
) -> None:
    consents = (await looked_at(counter, name)).consents
    assert (consents.granted, consents.already, consents.stopped) == (0, 0, 0)


async def test_a_message_log_is_no_list_of_people_and_gives_its_stops(counter: Counter) -> None:
    with pytest.raises(BadInput) as refused:
        await looked_at(counter, "twilio-log.csv")
    assert refused.value.code == MESSAGE_LOG
    log = make_programs.FOLDER / "twilio-log.csv"
    report = await counter.shop.imports.do_not_text(log, dry_run=True)
    assert [row.number for row in report.rows] == [A, B]
    assert (report.counts.stopped, report.counts.passed_over, report.counts.read) == (2, 2, 4)


async def test_what_a_program_knows_besides_the_number_comes_along(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    counter = await open_counter(tmp_path_factory.mktemp("kept") / "shop.db")
    people = counter.shop.people

    async def ana() -> tuple[str, str, tuple[str, ...], str]:
        found = await people.by_number(E164(A))
        assert found is not None
        return found.email, found.note, found.tags, found.birthday

    try:
        await counter.shop.imports.run(make_programs.FOLDER / "textbee.csv")
        assert await ana() == ("", "", (), "")
        await counter.shop.imports.run(make_programs.FOLDER / "mailchimp.csv")
        assert await ana() == ("ana@example.com", "likes peonies", ("VIP", "Blog"), "")
        await counter.shop.imports.run(make_programs.FOLDER / "simpletexting.csv")
        assert (await ana())[3] == "1985-03-09"
        await counter.shop.imports.run(make_programs.FOLDER / "shopify-oldest.csv")
        assert (await ana())[2] == ("VIP", "Blog", "vip", "weekly")
        await counter.shop.imports.run(make_programs.FOLDER / "square-template.csv")
        assert (await ana())[3] == "1985-03-09", "a day without its year takes no year away"
    finally:
        await counter.shop.close()


def test_every_file_is_looked_at_and_is_what_the_script_makes() -> None:
    there = {path.name for path in make_programs.FOLDER.iterdir()}
    assert there == {*EXPECTED, "twilio-log.csv"} == set(make_programs.FILES)
    for name, content in make_programs.FILES.items():
        assert (make_programs.FOLDER / name).read_bytes() == content, name
