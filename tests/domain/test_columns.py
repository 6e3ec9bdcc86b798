"""Which column means what: known exports, guesses by name and value, and the owner's own word."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make_files
from shopbell.domain.columns import (
    column_called,
    header_fingerprint,
    is_header,
    is_unnamed,
    map_columns,
    names_a_phone,
    unnamed,
    word_for,
)
from shopbell.domain.headers import column_index, column_letter, header_key
from shopbell.domain.importing import Mapping, Target
from shopbell.errors import BadInput

PHONES = ("(212) 555-0142", "+13055550143", "415-555-0144")


def mapped(
    header: str, *rows: str, country: str = "US", chosen: dict[Target, str] | None = None
) -> Mapping:
    samples = [row.split(",") for row in rows]
    return map_columns(header.split(","), samples, country, chosen)


def names(mapping: Mapping, header: str) -> dict[str, list[str]]:
    columns = header.split(",")
    return {target.value: [columns[i] for i in found] for target, found in mapping.columns.items()}


def test_a_square_export_is_known_by_its_header() -> None:
    mapping = mapped(make_files.SQUARE)

    assert mapping.profile == "square"
    assert names(mapping, make_files.SQUARE) == {
        "first_name": ["First Name"],
        "last_name": ["Last Name"],
        "name": ["Nickname", "Company Name"],
        "phone": ["Phone Number"],
        "email": ["Email Address"],
        "note": ["Memo"],
        "state": ["State"],
        "postcode": ["Postal Code"],
        "birthday": ["Birthday"],
    }


@pytest.mark.parametrize(
    ("header", "phones"),
    [
        (make_files.SHOPIFY_NEW, ["Phone", "Default Address Phone"]),
        (make_files.SHOPIFY_OLD, ["Phone"]),
        ("First Name,Last Name,Email,Phone,Accepts Marketing,Orders Count", ["Phone"]),
    ],
)
def test_shopify_exports_of_every_age_are_known(header: str, phones: list[str]) -> None:
    mapping = mapped(header)

    assert mapping.profile == "shopify"
    assert names(mapping, header)["phone"] == phones
    assert names(mapping, header)["last_name"] == ["Last Name"]


def test_a_new_google_export_has_labels_for_its_phones() -> None:
    header = make_files.GOOGLE_NEW.split(",")
    mapping = map_columns(header, [], "US")

    assert mapping.profile == "google"
    assert names(mapping, make_files.GOOGLE_NEW)["phone"] == [
        "Phone 1 - Value",
        "Phone 2 - Value",
        "Phone 3 - Value",
    ]
    assert {header[value]: header[label] for value, label in mapping.phone_labels.items()} == {
        f"Phone {n} - Value": f"Phone {n} - Label" for n in (1, 2, 3)
    }
    assert names(mapping, make_files.GOOGLE_NEW)["first_name"] == ["First Name", "Middle Name"]


def test_an_old_google_export_has_types_and_one_name() -> None:
    mapping = mapped(make_files.GOOGLE_OLD)
    found = names(mapping, make_files.GOOGLE_OLD)

    assert (mapping.profile, found["name"]) == ("google", ["Name", "Nickname"])
    assert "first_name" not in found
    assert len(mapping.phone_labels) == 2


def test_a_google_export_in_another_spelling_is_known_too() -> None:
    header = (
        "First Name,Last Name,Organisation name,Email 1 - Value,Phone 1 - Label,"
        "Phone 1 \u2013 Value,Address 1 - Postcode"
    )
    mapping = mapped(header)

    assert mapping.profile == "google"
    assert names(mapping, header)["name"] == ["Organisation name"]
    assert names(mapping, header)["postcode"] == ["Address 1 - Postcode"]
    assert mapping.phone_labels == {5: 4}


OUTLOOK = (
    "First Name,Middle Name,Last Name,Title,Suffix,Nickname,Given Yomi,Surname Yomi,"
    "E-mail Address,E-mail 2 Address,Home Phone,Home Phone 2,Business Phone,Mobile Phone,Car Phone,"
    "Other Phone,Primary Phone,Pager,Business Fax,Home Fax,Other Fax,Company Main Phone,Callback,"
    "Radio Phone,Telex,TTY/TDD Phone,IMAddress,Company,Assistant's Phone,Business State,"
    "Business Country/Region,Home State,Home Postal Code,Home Country/Region,Birthday,Notes"
)
MAILCHIMP = (
    "Email Address,First Name,Last Name,Phone Number,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,"
    "CONFIRM_TIME,CONFIRM_IP,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS"
)

KNOWN = [
    (OUTLOOK, "outlook", ["Mobile Phone", "Primary Phone", "Home Phone", "Home Phone 2",
                          "Other Phone", "Business Phone"],
     {"name": ["Nickname", "Company"], "email": ["E-mail Address", "E-mail 2 Address"],
      "country": ["Home Country/Region", "Business Country/Region"], "birthday": ["Birthday"]}),
    (MAILCHIMP, "mailchimp", ["Phone Number"],
     {"tags": ["TAGS"], "note": ["NOTES"], "country": None, "state": None}),
    (f"{MAILCHIMP},UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON", "mailchimp-unsubscribed",
     ["Phone Number"], {"first_name": ["First Name"]}),
    ("Email,Klaviyo ID,First Name,Last Name,Phone Number,Country,SMS Marketing Consent",
     "klaviyo", ["Phone Number"], {"country": ["Country"]}),
    ("FromPhoneNumber,ToPhoneNumber,Content,SendTime(optional)", "httpsms", ["ToPhoneNumber"], {}),
    ("name,phone,order_id,total", "textbee", ["phone"], {"name": ["name"]}),
    ("firstName,lastName,cell,zip,external_id", "spoke", ["cell"], {"postcode": ["zip"]}),
]  # fmt: skip


@pytest.mark.parametrize(("header", "profile", "phones", "more"), KNOWN)
def test_other_programs_are_known_by_their_columns(
    header: str, profile: str, phones: list[str], more: dict[str, list[str] | None]
) -> None:
    mapping = mapped(header)
    found = names(mapping, header)

    assert (mapping.profile, found["phone"]) == (profile, phones)
    assert {target: found.get(target) for target in more} == more


def test_a_fax_a_pager_or_an_assistant_is_no_phone_of_an_outlook_contact() -> None:
    phones = names(mapped(OUTLOOK), OUTLOOK)["phone"]

    assert not {"Pager", "Home Fax", "Assistant's Phone", "TTY/TDD Phone"} & set(phones)


def test_columns_that_say_when_somebody_unsubscribed_are_listed() -> None:
    header = f"{MAILCHIMP},UNSUB_TIME,UNSUB_REASON"
    listed = [header.split(",")[i] for i in mapped(header).consent_columns]

    assert listed == ["OPTIN_TIME", "OPTIN_IP", "UNSUB_TIME", "UNSUB_REASON"]


GUESSED = [
    ("Name,Phone", {"name": ["Name"], "phone": ["Phone"]}),
    ("CUSTOMER_NAME,phone-number", {"name": ["CUSTOMER_NAME"], "phone": ["phone-number"]}),
    ("firstName,lastName,cell", {"first_name": ["firstName"], "phone": ["cell"]}),
    ("Phone,Mobile", {"phone": ["Mobile", "Phone"]}),
    ("Hotel,Total,Tel", {"phone": ["Tel"]}),
    ("Client Phone (day),E-mail", {"phone": ["Client Phone (day)"], "email": ["E-mail"]}),
    ("Name,Vorname,Handy", {"last_name": ["Name"], "first_name": ["Vorname"], "phone": ["Handy"]}),
    ("Prénom,Nom,Téléphone portable", {"first_name": ["Prénom"], "last_name": ["Nom"]}),
    ("Name,Surname,Mobile No", {"first_name": ["Name"], "last_name": ["Surname"]}),
    ("Home Fax,Primary Phone,Mobile Phone,Pager", {"phone": ["Mobile Phone", "Primary Phone"]}),
    ("Name,Tel,Geburtsdatum", {"phone": ["Tel"], "birthday": ["Geburtsdatum"]}),
    ("Phonetic First Name,Phone,Phone Label", {"phone": ["Phone"]}),
    ("Name,Phone,Memo,Groups,ZIP,Country,State",
     {"note": ["Memo"], "tags": ["Groups"], "postcode": ["ZIP"], "country": ["Country"]}),
]  # fmt: skip


@pytest.mark.parametrize(("header", "expected"), GUESSED)
def test_columns_are_guessed_by_the_names_people_give_them(
    header: str, expected: dict[str, list[str]]
) -> None:
    mapping = mapped(header)
    found = names(mapping, header)

    assert mapping.profile == "guessed"
    assert {target: found.get(target) for target in expected} == expected


def test_without_a_telling_name_the_column_of_numbers_is_the_phone() -> None:
    mapping = mapped(
        "Who,Ref,Reach them,City",
        f"Ana,A12,{PHONES[0]},Rome",
        f"Bo,A13,{PHONES[1]},Oslo",
        "Cy,A14,ask her,Bern",
    )

    assert mapping.columns[Target.PHONE] == (2,)


def test_a_column_named_for_numbers_that_holds_none_gives_way() -> None:
    rows = [f"K{i},x,{phone}" for i, phone in enumerate(PHONES)]

    assert mapped("Number,Sort,Reach them", *rows).columns[Target.PHONE] == (2,)
    assert mapped("To,Sort,Day phone", *rows).columns[Target.PHONE] == (2,)


def test_a_column_called_phone_stays_the_phone_even_if_its_numbers_are_bad() -> None:
    mapping = mapped("Phone,Ref", f"555-0105,{PHONES[0]}", f"555-0106,{PHONES[1]}")

    assert mapping.columns[Target.PHONE] == (0,)


@pytest.mark.parametrize("fax", ["Fax", "Home Fax Number", "Pager", "Assistant's Phone"])
def test_a_fax_or_somebody_elses_phone_is_never_taken(fax: str) -> None:
    with pytest.raises(BadInput):
        mapped(f"Name,{fax}", *(f"Ana,{phone}" for phone in PHONES))


def test_columns_about_consent_are_listed_and_fill_nothing() -> None:
    header = "Name,Phone,SMS Opt-In,Unsubscribed,Subscriber status,Consent,DNC,Do not text,Tags"
    mapping = mapped(header, *(f"Ana,{phone},yes,no,x,y,0,,vip" for phone in PHONES))
    used = {i for columns in mapping.columns.values() for i in columns}

    assert mapping.consent_columns == (2, 3, 4, 5, 6, 7)
    assert used == {0, 1, 8}


@pytest.mark.parametrize(
    ("header", "listed"),
    [
        (make_files.SQUARE, ["Email Subscription Status", "Blocked from online booking"]),
        (make_files.SHOPIFY_OLD, ["Accepts Email Marketing", "Accepts SMS Marketing"]),
        (make_files.GOOGLE_NEW, []),
    ],
)
def test_known_exports_list_their_columns_about_consent(header: str, listed: list[str]) -> None:
    columns = header.split(",")

    assert [columns[i] for i in mapped(header).consent_columns] == listed


@pytest.mark.parametrize("word", ["Reach them", " reach_THEM ", "3", "C", "c"])
def test_the_owner_names_a_column_by_name_number_or_letter(word: str) -> None:
    mapping = mapped("Phone,Who,Reach them", "", chosen={Target.PHONE: word})

    assert mapping.columns[Target.PHONE] == (2,)
    assert mapping.profile == "chosen"


def test_a_name_counts_before_a_letter_or_number() -> None:
    assert mapped("x,Phone,A", chosen={Target.NAME: "A"}).columns[Target.NAME] == (2,)
    assert mapped("x,Phone,1", chosen={Target.NAME: "1"}).columns[Target.NAME] == (2,)


def test_a_chosen_name_replaces_first_and_last_name() -> None:
    mapping = mapped(make_files.SQUARE, chosen={Target.NAME: "Nickname"})

    assert mapping.columns[Target.NAME] == (5,)
    assert Target.FIRST_NAME not in mapping.columns
    assert mapping.profile == "square"


def test_what_was_chosen_before_counts_and_gives_way_to_a_new_word() -> None:
    header = ["Phone", "Who", "Reach them"]
    saved = {Target.PHONE: (2,), Target.NAME: (1,), Target.NOTE: (9,)}
    mapping = map_columns(header, [], "US", saved=saved)

    assert mapping.columns == {Target.PHONE: (2,), Target.NAME: (1,)}
    assert mapping.profile == "chosen"
    again = map_columns(header, [], "US", {Target.PHONE: "Phone", Target.NAME: ""}, saved)
    assert again.columns == {Target.PHONE: (0,)}


def test_a_header_is_known_again_whatever_its_spelling() -> None:
    known = header_fingerprint(("First Name", "Phone"))

    assert header_fingerprint(("first_name", " PHONE ")) == known
    assert header_fingerprint(("Phone", "First Name")) != known
    assert header_fingerprint(("First", "Name Phone")) != known


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        (["Name", "Phone"], True),
        (["Who", "Client Phone (day)"], True),
        (["Square Customer ID", "Creation Source"], True),
        (["Our customers"], False),
        (["Name", "Fax phone"], False),
        ([], False),
    ],
)
def test_a_row_that_names_a_phone_column_is_known(cells: list[str], named: bool) -> None:
    assert names_a_phone(cells) is named


def test_an_empty_word_takes_a_field_away() -> None:
    assert Target.NOTE not in mapped("Phone,Note", chosen={Target.NOTE: ""}).columns


def test_a_chosen_phone_column_has_no_labels() -> None:
    mapping = mapped(make_files.GOOGLE_NEW, chosen={Target.PHONE: "Phone 2 - Value"})

    assert (len(mapping.columns[Target.PHONE]), mapping.phone_labels) == (1, {})


@pytest.mark.parametrize("word", ["Nope", "0", "4", "D", "ZZZ", "ZZZZ", "9" * 5000, "-", "\x00"])
def test_a_column_that_is_not_there_is_refused_with_those_that_are(word: str) -> None:
    with pytest.raises(BadInput) as refused:
        mapped("Name,Phone,Note", chosen={Target.NOTE: word})

    assert "Name, Phone, Note" in refused.value.hint


def test_a_name_that_two_columns_share_must_be_said_by_letter() -> None:
    with pytest.raises(BadInput, match="A and C"):
        mapped("Phone,Name,Phone", chosen={Target.PHONE: "phone"})


def test_a_file_without_phones_is_refused_with_its_columns_and_the_next_step() -> None:
    with pytest.raises(BadInput) as refused:
        mapped("Name,E-mail,," + ",".join(f"c{i}" for i in range(20)), "Ana,ana@example.com,,")

    assert "Name, E-mail, (column C), c0" in refused.value.message
    assert "and 11 more" in refused.value.message
    assert "--map phone=" in refused.value.hint


@pytest.mark.parametrize(
    ("row", "is_named"),
    [
        (["Name", "Phone"], True),
        (["Phone 1 - Value", "2024"], True),
        (["Ana", "(212) 555-0142"], False),
        (["+12125550142"], False),
        (["Ana", "555-0105"], False),
        (["Ana", "5 5 5-0 1 0 5"], False),
        (["Ana", "ana@example.com"], False),
        ([""], True),
    ],
)
def test_the_first_row_is_a_header_unless_it_holds_data(row: list[str], is_named: bool) -> None:
    assert is_header(row, "US") is is_named


def test_a_file_without_header_gets_letters_and_its_names_by_value() -> None:
    header = unnamed(3)
    samples = [["7", "Ana Reyes", "+12125550142"], ["8", "Bo Lind", "+13055550143"]]
    mapping = map_columns(header, samples, "US")

    assert header == ("Column A", "Column B", "Column C")
    assert is_unnamed(header)
    assert mapping.columns == {Target.NAME: (1,), Target.PHONE: (2,)}


@settings(deadline=None, max_examples=50)
@given(index=st.integers(0, 18_000))
def test_column_letters_count_as_a_spreadsheet_does(index: int) -> None:
    assert column_index(column_letter(index)) == index


def test_column_letters_go_on_after_z() -> None:
    assert [column_letter(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert column_index("7") is None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("E-mail 1 - Value", "email1value"),
        ("\ufeff Prénom ", "prenom"),
        ("PHONE_NUMBER", "phonenumber"),
        ("\uff30\uff48one", "phone"),
        ("---", ""),
    ],
)
def test_spelling_habits_make_no_difference(name: str, key: str) -> None:
    assert header_key(name) == key


@settings(deadline=None, max_examples=100)
@given(
    header=st.lists(st.text(max_size=20), max_size=6),
    samples=st.lists(st.lists(st.text(max_size=20), max_size=6), max_size=3),
)
def test_any_header_is_mapped_inside_the_file_or_refused(
    header: list[str], samples: list[list[str]]
) -> None:
    with suppress(BadInput):
        mapping = map_columns(header, samples, "US")
        assert all(0 <= i < len(header) for found in mapping.columns.values() for i in found)
        assert mapping.columns[Target.PHONE]


@pytest.mark.parametrize(
    ("header", "index", "word"),
    [
        (("Name", "Phone"), 1, "Phone"),
        (("Phone", "Phone"), 0, "1"),
        (("Phone", "Phone"), 1, "2"),
        (("", "Phone"), 0, "1"),
        (("2", "x", "", "x"), 1, "B"),
    ],
)
def test_a_column_has_a_word_by_which_it_is_found(
    header: tuple[str, ...], index: int, word: str
) -> None:
    assert word_for(index, header) == word
    assert column_called(word, header) == index


def test_a_column_that_no_word_finds_is_refused() -> None:
    with pytest.raises(BadInput):
        word_for(2, ("3", "C", "x", "x"))


@given(st.lists(st.text(max_size=3), min_size=1, max_size=5), st.data())
def test_a_word_finds_the_column_it_was_made_for(header: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(header) - 1))
    with suppress(BadInput):
        assert column_called(word_for(index, header), header) == index
