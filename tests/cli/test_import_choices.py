"""Imports by the command line with the owner's word on yeses, stops, dates and parked rows."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shopbell.gateways.practice import PracticeGateway
from till import ANA, BO, Till

WORDING = "Text me offers, up to 4 a month. Reply STOP to end."
SHOPIFY = "First Name,Last Name,Phone,Accepts SMS Marketing,Signed up,Words\n"
RULE = "purpose=marketing,topic=offers,how=web,column=Accepts SMS Marketing,date-column=Signed up"


def a_file(till: Till, content: str | bytes, name: str = "till.csv") -> str:
    path = till.file.parent / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def read_is_the_sum(done: dict[str, Any]) -> bool:
    counts = ("new", "updated", "unchanged", "parked", "duplicates", "suppressed")
    return bool(done["read"] == sum(done[key] for key in counts))


def test_a_yes_with_date_and_words_is_recorded_and_one_without_is_only_claimed(till: Till) -> None:
    path = a_file(
        till,
        SHOPIFY
        + f'Ana,Reyes,212-555-0101,yes,2026-03-09,"{WORDING}"\n'
        + f'Bo,Lind,212-555-0102,yes,,"{WORDING}"\n'
        + f'Cy,Moss,212-555-0103,no,2026-03-09,"{WORDING}"\n'
        + "Di,Park,212-555-0104,yes,2026-03-09,\n",
    )
    done = till.json("import", path, "--consent", f"{RULE},wording-column=Words")
    assert done["consents"] == {"granted": 1, "already": 0, "claimed": 2}
    assert done["new"] == 4
    (yes,) = till.json("contacts", "show", ANA)["consents"]
    assert (yes["purpose"], yes["topics"], yes["how"]) == ("marketing", ["offers"], "web")
    assert yes["at"].startswith("2026-03-09T04:00:00")
    assert yes["wording"] == WORDING
    assert till.json("contacts", "show", BO)["consents"] == []
    again = till.json("import", path, "--consent", f"{RULE},wording-column=Words")
    assert again["consents"] == {"granted": 0, "already": 1, "claimed": 0}
    assert till.json("verify")["ok"] is True


def test_the_wording_may_hold_commas_and_the_evidence_is_a_file(till: Till) -> None:
    scan = a_file(till, b"a scan of the sign-up sheet", "sheet.pdf")
    path = a_file(till, SHOPIFY + "Ana,Reyes,212-555-0101,yes,9 March 2026,\n")
    with_words = till.json(
        "import", path, "--consent", f"{RULE},wording={WORDING},witness=Dana,promised=4/30"
    )
    assert with_words["consents"]["granted"] == 1
    (yes,) = till.json("contacts", "show", ANA)["consents"]
    assert (yes["wording"], yes["witness"]) == (WORDING, "Dana")
    with_scan = till.json(
        "import", path, "--consent", f"purpose=service,how=paper,date-column=5,evidence-file={scan}"
    )
    assert with_scan["consents"]["granted"] == 1
    service = till.json("contacts", "show", ANA)["consents"][-1]
    digest = hashlib.sha256(b"a scan of the sign-up sheet").hexdigest()
    assert service["evidence_sha256"] == digest
    assert "sheet.pdf" in service["wording"]


def test_the_order_of_dates_is_asked_for_and_nothing_is_written_until_it_is_said(
    till: Till,
) -> None:
    path = a_file(till, SHOPIFY + "Ana,Reyes,212-555-0101,yes,3/9/2026,\n")
    line = ("import", path, "--consent", f"{RULE},wording=Yes.")
    ran = till.run(*line, "--json")
    assert (ran.code, ran.error) == (2, "date_order")
    assert "3 September 2026 or 9 March 2026" in ran.json["error"]["message"]
    assert "--date-order" in ran.json["error"]["hint"]
    assert till.json("contacts", "list")["total"] == 0
    assert till.json(*line, "--date-order", "mdy")["consents"]["granted"] == 1
    (yes,) = till.json("contacts", "show", ANA)["consents"]
    assert yes["at"].startswith("2026-03-09")


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "yes please",
        "purpose=marketing",
        "how=web",
        "purpose=love,how=web",
        "purpose=conversation,how=web",
        "purpose=marketing,how=import",
        "purpose=marketing,how=telepathy",
        "purpose=marketing,how=web,how=paper",
        "purpose=marketing,how=web,column=",
        "purpose=marketing,how=web,promised=often",
        "purpose=marketing,how=web,wording=a,wording-column=b",
        "purpose=marketing,how=web,date-column=No such column",
        "purpose=marketing,how=web,evidence-file=/nowhere/at/all.pdf",
    ],
)
def test_a_consent_rule_that_says_too_little_or_too_much_is_refused(till: Till, rule: str) -> None:
    path = a_file(till, SHOPIFY + "Ana,Reyes,212-555-0101,yes,2026-03-09,\n")
    ran = till.run("import", path, "--consent", rule, "--json")
    assert ran.code == 2
    assert ran.json["error"]["hint"]
    assert till.json("contacts", "list")["total"] == 0


def test_a_status_that_means_stop_stops_before_anything_else(
    counter: Till, practice: PracticeGateway
) -> None:
    counter.agree(ANA, "--topic", "offers", purpose="marketing")
    path = a_file(
        counter,
        "Name,Phone,Status,When\n"
        "Ana Reyes,212-555-0101, Opted  OUT ,2026-03-09\n"
        "Bo Lind,212-555-0102,active,2026-03-09\n"
        "Cy Moss,212-555-0103,STOP,2026-03-09\n",
    )
    done = counter.json(
        *("import", path, "--stop-column", "Status=opted out,stop"),
        *("--consent", "purpose=marketing,how=web,date-column=When,wording=Yes."),
    )
    assert (done["new"], done["suppressed"], done["stopped"]) == (1, 2, 2)
    assert done["consents"] == {"granted": 1, "already": 0, "claimed": 0}
    assert read_is_the_sum(done)
    for number in (ANA, "+12125550103"):
        assert counter.json("contacts", "show", number)["suppressed"] is True
    refused = counter.run("send", ANA, "Hello", "--purpose", "marketing", "--json")
    assert refused.code == 3
    assert practice.seen() == ()
    again = counter.json("import", path)
    assert again["suppressed"] == 2


def test_any_value_of_a_stop_column_can_count(till: Till) -> None:
    path = a_file(till, "Name,Phone,UNSUB_TIME\nAna,212-555-0101,2026-01-01\nBo,212-555-0102,\n")
    done = till.json("import", path, "--stop-column", "UNSUB_TIME=*", "--dry-run")
    assert (done["new"], done["suppressed"], done["stopped"]) == (1, 1, 1)
    assert till.json("contacts", "show", ANA)["suppressed"] is False


@pytest.mark.parametrize("text", ["Status", "=stop", "Status=", "Status= , ", "Nothing=stop"])
def test_a_stop_column_that_says_nothing_is_refused(till: Till, text: str) -> None:
    path = a_file(till, "Name,Phone,Status\nAna,212-555-0101,stop\n")
    assert till.run("import", path, "--stop-column", text, "--json").code == 2


def test_a_do_not_text_list_comes_first_and_holds(counter: Till, practice: PracticeGateway) -> None:
    path = a_file(counter, "212-555-0101\n+1 212 555 0101\n212-555-0102 / 212-555-0103\ncall her\n")
    done = counter.json("import", path, "--do-not-text", "--who", "Ana")
    assert (done["stopped"], done["already"], done["duplicates"], done["parked"]) == (2, 0, 1, 1)
    assert (done["numbers"], done["batch_id"]) == (3, 1)
    assert read_is_the_sum(done)
    assert [row["row"] for row in done["parked_rows"]] == [4]
    contacts = a_file(counter, "Name,Phone\nAna,212-555-0101\nDi,212-555-0104\n", "people.csv")
    assert counter.json("import", contacts)["suppressed"] == 1
    again = counter.json("import", path, "--do-not-text")
    assert (again["stopped"], again["already"], again["numbers"]) == (0, 2, 0)
    assert counter.run("send", ANA, "Hello").code == 3
    assert practice.seen() == ()


def test_numbers_can_be_typed_in(till: Till) -> None:
    done = till.json("import", "-", "--do-not-text", stdin="212-555-0101\nBo 212-555-0102\n")
    assert (done["stopped"], done["file"]) == (2, "standard input")
    people = till.json("import", "-", stdin="Cy Moss, 212-555-0103\n212-555-0104 Di\n")
    assert people["new"] == 2
    names = {row["name"] for row in till.json("contacts", "list")["contacts"]}
    assert names == {"Cy Moss", "Di"}
    assert till.run("import", "-", "--json", stdin="").code == 2


TWILIO = (
    "From,To,Body,Status,SentDate,ApiVersion,NumSegments,ErrorCode,AccountSid,Sid,Direction,"
    "Price,PriceUnit\n"
)
LOG = (
    TWILIO
    + "+12125550101,+12125550100,Stop texting me,received,2026-03-09T10:00:00Z,,1,,AC1,SM1,"
    + "inbound,,USD\n"
    + "+12125550100,+12125550102,Sale!,failed,2026-03-10T10:00:00Z,,1,21610,AC1,SM2,"
    + "outbound-api,,USD\n"
    + "+12125550100,+12125550103,Sale!,delivered,2026-03-10T10:00:00Z,,1,,AC1,SM3,"
    + "outbound-api,,USD\n"
    + "+12125550104,+12125550100,thanks!,received,2026-03-10T10:00:00Z,,1,,AC1,SM4,inbound,,USD\n"
)


def test_a_twilio_log_gives_its_stops_and_no_contacts(till: Till) -> None:
    path = a_file(till, LOG)
    refused = till.run("import", path, "--json")
    assert (refused.code, refused.error) == (2, "message_log")
    assert "--do-not-text" in refused.json["error"]["hint"]
    done = till.json("import", path, "--do-not-text")
    assert (done["profile"], done["stopped"], done["unchanged"]) == ("twilio-log", 2, 2)
    assert read_is_the_sum(done)
    for number, stopped in ((ANA, True), (BO, True), ("+12125550103", False)):
        assert till.json("contacts", "show", number)["suppressed"] is stopped
    assert till.json("contacts", "show", ANA)["suppression"]["at"].startswith("2026-03-09T10:00")
    assert till.json("contacts", "list")["total"] == 0


def test_only_some_rows_of_a_list_may_count(till: Till) -> None:
    path = a_file(till, "Phone,State\n212-555-0101,gone\n212-555-0102,here\n")
    out = till.run("import", path, "--do-not-text", "--stop-column", "State=gone").out.splitlines()
    assert "Put on the stop list: 1" in out
    assert "No stop: 1" in out


@pytest.mark.parametrize(
    "options",
    [
        ("--consent", "purpose=marketing,how=web"),
        ("--map", "name=A"),
        ("--fix", "2:A=x"),
        ("--date-order", "dmy"),
    ],
)
def test_a_do_not_text_list_takes_nothing_about_contacts(
    till: Till, options: tuple[str, str]
) -> None:
    path = a_file(till, "212-555-0101\n")
    ran = till.run("import", path, "--do-not-text", *options, "--json")
    assert (ran.code, ran.error) == (2, "usage")


def test_parked_rows_are_corrected_and_come_in_with_the_rest(till: Till) -> None:
    path = a_file(till, "Name,Phone\nAna,212-555-0101\nBo,555-0102\nCy,1.55512E+10\n")
    done = till.json("import", path, "--fix", "3:Phone=212-555-0102", "--fix", "3:Name=Bo Lind")
    assert (done["new"], done["parked"]) == (2, 1)
    assert till.json("contacts", "show", BO)["contact"]["name"] == "Bo Lind"
    for wrong in ("3", "2:Phone=212-555-0109", "3:Nothing=x", "x:Phone=1"):
        ran = till.run("import", path, "--fix", wrong, "--json")
        assert ran.code == 2, wrong


def test_an_import_is_taken_back_and_told(till: Till) -> None:
    till.json("contacts", "add", BO, "--name", "Bo")
    path = a_file(till, "Name,Phone\nAna,212-555-0101\nBo Lind,212-555-0102\nCy,212-555-0103\n")
    batch = till.json("import", path, "--who", "Dana")["batch_id"]
    till.now = "2026-11-24T10:50"
    till.json("contacts", "edit", ANA, "--name", "Ana Reyes")
    undone = till.json("import-undo", str(batch))
    assert (undone["removed"], undone["restored"], undone["kept"]) == (1, 1, 1)
    assert undone["kept_people"][0]["number"] == ANA
    names = {row["name"] for row in till.json("contacts", "list")["contacts"]}
    assert names == {"Ana Reyes", "Bo"}
    (past,) = till.json("imports")["imports"]
    assert (past["batch_id"], past["who"], past["new"]) == (batch, "Dana", 2)
    assert past["sha256"] == hashlib.sha256(Path(path).read_bytes()).hexdigest()
    assert past["undone"]["removed"] == 1
    assert "taken back" in till.run("imports").out
    second = till.run("import-undo", str(batch), "--json")
    assert (second.code, second.error) == (2, "undone")


def test_a_person_reads_what_taking_back_did(till: Till) -> None:
    path = a_file(till, "Name,Phone\nAna,212-555-0101\n")
    till.json("import", path)
    till.now = "2026-11-24T10:50"
    till.json("contacts", "edit", ANA, "--name", "\x1b[31mAna")
    ran = till.run("import-undo", "1")
    assert "People left as they are: 1" in ran.out.splitlines()
    assert "changed since" in ran.out
    assert "\x1b" not in ran.out


def test_stops_are_never_taken_back(till: Till) -> None:
    path = a_file(till, "212-555-0101\n")
    batch = till.json("import", path, "--do-not-text")["batch_id"]
    ran = till.run("import-undo", str(batch), "--json")
    assert (ran.code, ran.error) == (2, "stops_stay")
    assert till.json("contacts", "show", ANA)["suppressed"] is True
    assert till.run("import-undo", "99", "--json").error == "no_import"
    assert till.run("imports").out.count("1 numbers stopped") == 1


def test_columns_are_remembered_for_the_next_file_with_this_header(till: Till) -> None:
    first = a_file(till, "Who,Home,Reach\nAna,212-555-0109,212-555-0101\n")
    till.json("import", first, "--map", "phone=Reach", "--map", "name=Who")
    second = a_file(till, "Who,Home,Reach\nBo,212-555-0108,212-555-0102\n", "next.csv")
    done = till.json("import", second)
    assert done["mapping"] == {"phone": ["Reach"], "name": ["Who"]}
    forgotten = till.json("import", second, "--ignore-saved", "--dry-run")
    assert forgotten["mapping"]["phone"] != ["Reach"]


def test_nobody_imported_anything_yet(till: Till) -> None:
    assert till.json("imports") == {"imports": []}
    assert till.run("imports").out == "Nothing was imported yet.\n"


def test_a_dry_run_shows_field_by_field_what_would_change(till: Till) -> None:
    till.json("contacts", "add", ANA, "--name", "Ana", "--email", "old@example.com")
    path = a_file(till, "Name,Phone,Email\nAna Reyes,212-555-0101,new@example.com\n")
    done = till.json("import", path, "--dry-run")
    (row,) = done["rows"]["updated"]
    assert row["changes"] == [
        {"field": "name", "old": "Ana", "new": "Ana Reyes"},
        {"field": "email", "old": "old@example.com", "new": "new@example.com"},
    ]
    out = till.run("import", path, "--dry-run").out
    assert "Row 2, Ana Reyes: name: “Ana” becomes “Ana Reyes”" in out
    till.json("import", path)
    assert till.json("import", path, "--dry-run")["rows"]["unchanged"][0]["name"] == "Ana Reyes"


def test_workbooks_and_cards_are_imported_like_tables(till: Till) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Name", "Phone", "Birthday"])
    book.active.append(["Ana Reyes", 2125550101, "1985-03-09"])
    path = till.file.parent / "people.xlsx"
    book.save(path)
    assert till.json("import", str(path))["new"] == 1
    card = a_file(till, "BEGIN:VCARD\r\nFN:Bo\r\nTEL:+12125550102\r\nEND:VCARD\r\n", "phone.vcf")
    done = till.json("import", card)
    assert (done["new"], done["profile"]) == (1, "vcard")
    assert done["mapping"]["phone"][0] == "Phone 1 number"


CLASHES = "Name,Phone,Email\nAnna Reyes,212-555-0101,new@example.com\nRob Lind,212-555-0102,\n"


def two_known(till: Till) -> str:
    till.json("contacts", "add", ANA, "--name", "Ana Reyes", "--email", "old@example.com")
    till.json("contacts", "add", BO, "--name", "Bo Lind")
    return a_file(till, CLASHES)


@pytest.mark.parametrize(
    ("options", "names", "email"),
    [
        ((), ("Anna Reyes", "Rob Lind"), "new@example.com"),
        (("--keep", "name"), ("Ana Reyes", "Bo Lind"), "new@example.com"),
        (("--keep", "name", "--take", "3:name"), ("Ana Reyes", "Rob Lind"), "new@example.com"),
        (("--keep", "2:name"), ("Ana Reyes", "Rob Lind"), "new@example.com"),
        (("--keep", "2:name", "--keep", "2:e-mail"), ("Ana Reyes", "Rob Lind"), "old@example.com"),
        (("--keep", "Name", "--keep", " 2:EMAIL "), ("Ana Reyes", "Bo Lind"), "old@example.com"),
        (("--keep", "birthday", "--keep", "place"), ("Anna Reyes", "Rob Lind"), "new@example.com"),
    ],
)
def test_a_field_of_a_known_person_stays_where_the_owner_says_so(
    till: Till, options: tuple[str, ...], names: tuple[str, str], email: str
) -> None:
    till.json("import", two_known(till), *options)
    ana, bo = (till.json("contacts", "show", number)["contact"] for number in (ANA, BO))
    assert (ana["name"], bo["name"]) == names
    assert ana["email"] == email


def test_what_stays_is_told_in_words_and_in_json(till: Till) -> None:
    path = two_known(till)
    done = till.json("import", path, "--keep", "name", "--dry-run")
    assert read_is_the_sum(done)
    assert [(row["row"], row["kept"]) for row in done["kept"]] == [
        (2, [{"field": "name", "old": "Ana Reyes", "new": "Anna Reyes"}]),
        (3, [{"field": "name", "old": "Bo Lind", "new": "Rob Lind"}]),
    ]
    assert done["rows"]["updated"][0]["changes"][0]["field"] == "email"
    out = till.run("import", path, "--keep", "name", "--dry-run").out
    assert "Rows in which a field stays as it was: 2" in out
    assert "Row 3, Bo Lind: name stays “Bo Lind”; the file says “Rob Lind”" in out


@pytest.mark.parametrize(
    "options",
    [
        ("--keep", "shoe size"),
        ("--keep", "phone"),
        ("--keep", "two:name"),
        ("--keep", "2:"),
        ("--keep", ""),
        ("--take", "name"),
        ("--keep", "2:name", "--take", "2:name"),
        ("--take", "2:\x1b[31m"),
    ],
)
def test_a_word_on_who_is_right_that_makes_no_sense_is_refused(
    till: Till, options: tuple[str, ...]
) -> None:
    ran = till.run("import", two_known(till), *options, "--json")
    assert (ran.code, ran.error) == (2, "bad_keep")
    assert till.json("imports") == {"imports": []}


@pytest.mark.parametrize("option", ["--keep", "--take"])
def test_a_do_not_text_list_has_no_fields_to_keep(till: Till, option: str) -> None:
    assert till.run("import", two_known(till), "--do-not-text", option, "2:name").code == 2


def test_a_long_file_comes_in_by_parts_and_says_which_is_next(till: Till) -> None:
    path = a_file(till, "Name,Phone\nAna Reyes,212-555-0101\nBo Lind,212-555-0102\n")
    done = till.json("import", path, "--part", "1")
    assert done["new"] == 2
    assert done["notes"] == ["This is part 1: rows 1 to 2 of 2. It is the last part."]
    assert till.json("imports")["imports"][0]["file"] == "till.csv, part 1"
    ran = till.run("import", path, "--part", "2", "--json")
    assert (ran.code, ran.error) == (2, "no_part")
    told = till.run("import", path, "--part", "2").err
    assert "has no part 2: its 2 rows are one part only. Nothing was changed." in " ".join(
        told.split()
    )
    assert till.run("import", path, "--part", "0").code == 2


def test_a_long_do_not_text_list_comes_in_by_parts_and_says_which_is_next(till: Till) -> None:
    path = a_file(till, "Name,Phone\nAna Reyes,212-555-0101\nBo Lind,212-555-0102\n")
    looked = till.run("import", path, "--do-not-text", "--part", "1", "--dry-run").out
    assert "This is part 1: rows 1 to 2 of 2. It is the last part." in looked.splitlines()
    done = till.json("import", path, "--do-not-text", "--part", "1")
    assert done["stopped"] == 2
    assert done["notes"] == ["This is part 1: rows 1 to 2 of 2. It is the last part."]
    assert till.json("imports")["imports"][0]["file"] == "till.csv, part 1"
    ran = till.run("import", path, "--do-not-text", "--part", "2", "--json")
    assert (ran.code, ran.error) == (2, "no_part")
