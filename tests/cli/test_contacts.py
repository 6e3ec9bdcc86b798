"""Contacts: added, changed, tagged, found, shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from till import ANA, BO, Till

HOSTILE = "[/] [bold]Ana \x1b[31m‮ gro"


def test_a_contact_is_added_changed_and_found(till: Till) -> None:
    added = till.json(
        *("contacts", "add", "(212) 555-0101", "--name", "Ana Reyes", "--note", "likes peonies"),
        *("--email", "ana@example.com", "--tag", "weekly", "--tag", "wedding"),
        *("--timezone", "America/Chicago", "--region", "US-IL"),
    )
    assert added["number"] == ANA
    assert added["tags"] == ["weekly", "wedding"]
    assert (added["timezone"], added["region"]) == ("America/Chicago", "US-IL")
    edited = till.json("contacts", "edit", ANA, "--name", "Ana R.", "--timezone", "")
    assert (edited["name"], edited["timezone"]) == ("Ana R.", None)
    assert (edited["note"], edited["email"]) == ("likes peonies", "ana@example.com")
    found = till.json("contacts", "list", "--find", "ana r")
    assert [row["number"] for row in found["contacts"]] == [ANA]
    assert till.json("contacts", "list", "--find", "nobody") == {"contacts": [], "total": 0}


def test_tags_are_put_on_once_and_taken_away(till: Till) -> None:
    till.json("contacts", "add", ANA, "--tag", "weekly")
    assert till.json("contacts", "tag", ANA, "weekly", "wedding")["tags"] == ["weekly", "wedding"]
    assert till.json("contacts", "tag", ANA, "weekly", "--remove")["tags"] == ["wedding"]
    assert till.run("contacts", "tag", ANA, "wedding", "--remove").out == "Tags now: none.\n"


def test_a_list_can_be_read_in_pages(till: Till) -> None:
    for last in range(5):
        till.json("contacts", "add", f"+1212555010{last}", "--name", f"N{last}")
    page = till.json("contacts", "list", "--limit", "2", "--from", "2")
    assert [row["name"] for row in page["contacts"]] == ["N2", "N3"]
    assert page["total"] == 5
    lines = till.run("contacts", "list", "--limit", "2", "--from", "2").out.splitlines()
    assert lines[-1] == "1 more. See them with --from 4."


def test_a_person_sees_the_end_of_a_number_until_they_ask(till: Till) -> None:
    till.json("contacts", "add", ANA, "--name", "Ana")
    for command in (("contacts", "list"), ("contacts", "show", ANA)):
        assert ANA not in till.run(*command).out
        assert "…0101" in till.run(*command).out
        assert ANA in till.run(*command, "--reveal").out


def test_the_sheet_says_what_stands_and_why_not_now(till: Till) -> None:
    till.json("contacts", "add", ANA, "--name", "Ana")
    till.agree(ANA, "--topic", "orders")
    sheet = till.json("contacts", "show", ANA)
    service = next(s for s in sheet["standings"] if s["purpose"] == "service")
    marketing = next(s for s in sheet["standings"] if s["purpose"] == "marketing")
    assert (service["yes"], service["topics"]) == (True, ["orders"])
    assert (marketing["yes"], marketing["asked"]) == (False, False)
    (decided,) = service["decisions"]
    assert (decided["topic"], decided["decision"]) == ("orders", "allow")
    assert sheet["consents"][0]["wording"] == "Text me when my order is ready."
    assert sheet["wishes"] == []
    lines = till.run("contacts", "show", ANA).out
    assert "Service: yes since Tue 24 Nov 2026, 10:42 (paper), for orders." in lines
    assert "Marketing: not asked yet." in lines


def test_the_sheet_of_somebody_held_says_when_next(till: Till) -> None:
    till.agree()
    till.now = "2026-11-24T20:00"
    (decided,) = till.json("contacts", "show", ANA)["standings"][1]["decisions"]
    assert decided["decision"] == "hold"
    assert decided["next_allowed_at"] == "2026-11-25T15:00:00+00:00"
    assert "Held until Wed 25 Nov 2026, 10:00." in till.run("contacts", "show", ANA).out


def test_a_number_nobody_knows_has_a_sheet_too(till: Till) -> None:
    sheet = till.json("contacts", "show", BO)
    assert (sheet["contact"], sheet["suppressed"]) == (None, False)
    assert "Not a contact yet." in till.run("contacts", "show", BO).out


def test_a_stop_is_on_the_sheet_and_in_the_list(till: Till) -> None:
    till.json("contacts", "add", ANA, "--name", "Ana")
    till.json("opt-out", ANA, "--how", "spoken", "--note", "at the till")
    sheet = till.json("contacts", "show", ANA)
    assert sheet["suppression"]["note"] == "at the till"
    assert "Said stop on Tue 24 Nov 2026, 10:42 (spoken)." in till.run("contacts", "show", ANA).out
    assert till.json("contacts", "list")["contacts"][0]["suppressed"] is True
    assert "said stop" in till.run("contacts", "list").out


def test_hostile_names_are_kept_as_they_are_and_shown_harmless(till: Till) -> None:
    till.json("contacts", "add", ANA, "--name", HOSTILE, "--note", "\x1b]0;pwned\x07")
    assert till.json("contacts", "list")["contacts"][0]["name"] == HOSTILE
    for command in (("contacts", "list"), ("contacts", "show", ANA)):
        out = till.run(*command).out
        assert "[/] [bold]Ana ␛[31m" in out
        assert "\x1b" not in out
        assert "‮" not in out
        assert "\x07" not in out


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "empty"),
        ("555-0101", "short"),
        ("911", "emergency"),
        ("+1 212 555 0101 ext 4", "extension"),
        ("1.55512E+10", "spreadsheet"),
        ("call me", "not-a-number"),
        ("+999 212 555 0101", "country"),
        ("2" * 5000, "long"),
        ('=HYPERLINK("x")', "not-a-number"),
        ("+1\x1b[31m", None),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_a_bad_number_is_refused_with_what_is_wrong(till: Till, raw: str, code: str | None) -> None:
    for command in (("contacts", "add"), ("contacts", "show")):
        ran = till.run(*command, "--json", "--", raw)
        assert ran.code == 2
        assert code is None or ran.error == code
        assert ran.json["error"]["message"]
    assert till.json("contacts", "list")["total"] == 0


def test_adding_twice_and_changing_nobody_are_refused(till: Till) -> None:
    till.json("contacts", "add", ANA)
    assert till.json("contacts", "add", ANA, code=2)["error"]["code"] == "contact_exists"
    assert till.json("contacts", "edit", BO, "--name", "x", code=2)["error"]["code"] == "no_contact"
    assert till.json("contacts", "tag", BO, "x", code=2)["error"]["code"] == "no_contact"


def test_an_empty_shop_says_what_to_do(till: Till) -> None:
    assert "shopbell import" in till.run("contacts", "list").out
    till.json("contacts", "add", ANA)
    assert till.run("contacts", "list", "--find", "zz").out == "Nobody matches.\n"


def test_the_three_answers_are_told_apart_in_list_and_sheet(till: Till) -> None:
    till.json("contacts", "add", ANA, "--name", "Ana")
    till.json("contacts", "add", BO, "--name", "Bo")
    till.agree(ANA, "--topic", "offers", purpose="marketing")
    ana, bo = till.json("contacts", "list")["contacts"]
    assert ana["answers"] == {"marketing": "yes", "service": "not-asked"}
    assert bo["answers"] == {"marketing": "not-asked", "service": "not-asked"}
    assert (ana["marketing"], bo["marketing"]) == (True, False)
    lines = till.run("contacts", "list").out.splitlines()
    assert lines == ["…0101  Ana  yes to marketing", "…0102  Bo  not asked yet"]
    sheet = till.json("contacts", "show", ANA)
    marketing = next(s for s in sheet["standings"] if s["purpose"] == "marketing")
    assert marketing["answer"] == "yes"
    assert marketing["about"] == {"offers": "yes", "events": "not-asked"}
    shown = till.run("contacts", "show", ANA).out
    assert "  Events: not asked yet." in shown
    assert "Service: not asked yet." in shown


def test_an_old_yes_says_how_old_it_is(till: Till) -> None:
    till.agree(ANA, "--topic", "orders", "--at", "2025-06-24T10:00")
    shown = till.run("contacts", "show", ANA).out
    assert "Service: yes since Tue 24 Jun 2025, 10:00 (paper, 17 months ago), for orders." in shown


def test_a_shared_number_keeps_every_name_when_told_so(till: Till) -> None:
    till.json("contacts", "add", ANA, "--name", "Ana Reyes")
    error = till.json("contacts", "add", ANA, "--name", "Leo Reyes", code=2)["error"]
    assert (error["code"], "--household" in error["hint"]) == ("contact_exists", True)
    both = till.json("contacts", "add", ANA, "--name", "Leo Reyes", "--household")
    assert both["name"] == "Ana Reyes / Leo Reyes"
    fresh = till.json("contacts", "add", BO, "--name", "Bo", "--household")
    assert fresh["name"] == "Bo"


def test_whom_to_ask_again_says_who_why_and_until_when(till: Till) -> None:
    assert till.run("contacts", "reconfirm").out == "Nobody needs to be asked again.\n"
    till.json("contacts", "add", ANA, "--name", "Ana")
    till.agree(ANA, "--topic", "offers", "--at", "2025-06-20T10:00", purpose="marketing")
    found = till.json("contacts", "reconfirm")
    assert found["total"] == 1
    (one,) = found["reconfirm"]
    assert (one["number"], one["name"], one["purpose"]) == (ANA, "Ana", "marketing")
    assert (one["over"], one["rule"], one["layer"]) == (False, "policy.silence", "policy")
    assert one["until"].startswith("2026-12-2")
    assert till.json("contacts", "reconfirm", "--within", "7")["total"] == 0
    said = till.run("contacts", "reconfirm").out
    assert said.startswith("…0101  Ana  yes to marketing texts runs out on 2")
    assert "Ask whether they still want texts" in said
    assert ANA in till.run("contacts", "reconfirm", "--reveal").out


def test_who_is_likely_on_file_twice_is_listed(till: Till) -> None:
    assert till.run("contacts", "duplicates").out == "Nobody seems to be on file twice.\n"
    till.json("contacts", "add", ANA, "--name", "Ana Reyes")
    till.json("contacts", "add", BO, "--name", "ana reyes")
    till.json("contacts", "add", "+12125550103", "--name", "Cy Moss")
    found = till.json("contacts", "duplicates")
    (group,) = found["groups"]
    assert (found["total"], group["alike"]) == (1, "name")
    assert [row["number"] for row in group["contacts"]] == [ANA, BO]
    said = till.run("contacts", "duplicates").out.splitlines()
    assert said[0] == "The same name:"
    assert said[1].startswith("  …0101  Ana Reyes")
    assert ANA in till.run("contacts", "duplicates", "--reveal").out


def test_what_a_list_claims_is_shown_with_what_it_lacks(till: Till, tmp_path: Path) -> None:
    path = tmp_path / "till.csv"
    path.write_text(f"Name,Phone,SMS,Signed\nAna,{ANA},yes,2026-03-09\n", encoding="utf-8")
    rule = "purpose=marketing,topic=offers,how=web,column=SMS,date-column=Signed,wording=Text me."
    till.json("topics", "set", "offers", "--confirm")
    assert till.json("import", str(path), "--consent", rule)["consents"]["claimed"] == 1
    shown = till.json("contacts", "show", ANA)
    assert shown["consents"] == []
    (claim,) = shown["claims"]
    assert (claim["purpose"], claim["topics"], claim["said"]) == ("marketing", ["offers"], "yes")
    assert claim["source"] == "till.csv"
    assert "confirmed it by text" in claim["missing"]
    said = till.run("contacts", "show", ANA).out
    assert "The list “till.csv” claims a yes to offers. The shop counts a yes" in said
    confirmed = rule.replace("how=web", "how=double-opt-in")
    assert till.json("import", str(path), "--consent", confirmed)["consents"]["granted"] == 1
