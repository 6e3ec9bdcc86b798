"""`report` and `history`: for people, scripts and spreadsheets, all with the same numbers."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from shopbell.gateways.practice import PracticeGateway
from shopbell.gateways.practice_script import Do, Fault
from till import ANA, BO, READY, Till

TABLES = ("day", "campaign", "person", "failure")


@pytest.fixture
def busy(counter: Till, practice: PracticeGateway, tmp_path: Path) -> Till:
    """A shop that sent three texts, of which one arrived nowhere; Bo's name is hostile."""
    people = tmp_path / "people.csv"
    people.write_text("Name,Phone\nAna Reyes,2125550101\n=HYPERLINK(1) [/] \x1b[31mBo,2125550102\n")
    counter.json("import", str(people))
    for number in (ANA, BO):
        counter.agree(number)
    counter.json("send", ANA, READY)
    counter.json("send", BO, "your second order is ready.")
    practice.misbehave(
        Fault(do=Do.ANSWER, status=400, body='{"error": "number", "message": "no such number"}')
    )
    counter.run("send", ANA, "your third order is ready.")
    counter.run("run", "--once")
    return counter


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_a_new_shop_says_that_nothing_was_sent(till: Till) -> None:
    ran = till.run("report")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "From Mon 26 Oct 2026 to Tue 24 Nov 2026: 0 sent.",
        "Nothing was sent and nobody wrote in this time.",
    ]
    assert till.run("history").out == "No texts.\n"
    assert till.json("report")["total"]["sent"] == 0
    assert till.json("history") == {"messages": [], "total": 0}


def test_a_report_in_words_has_the_total_the_days_the_people_and_what_failed(busy: Till) -> None:
    lines = busy.run("report").out.splitlines()
    assert lines[0] == (
        "From Mon 26 Oct 2026 to Tue 24 Nov 2026: 2 sent, 2 arrived, 1 failed, 0.0158 USD."
    )
    assert lines[1].startswith("Tue 24 Nov 2026  ████████████████████ 2 sent, 2 arrived")
    assert any("Ana Reyes (…0101) had 1 text; the last Tue 24 Nov 2026" in line for line in lines)
    assert "1 text did not arrive: The gateway says that no text can reach" in lines[-1]
    assert lines[-1].endswith("Ask the person for their number and correct it.")
    assert "\x1b" not in "".join(lines)


def test_a_report_for_scripts_has_every_table(busy: Till) -> None:
    made = busy.json("report")
    assert made["total"] == {
        "sent": 2,
        "delivered": 2,
        "failed": 1,
        "unknown": 0,
        "replied": 0,
        "stopped": 0,
        "parts": 2,
        "cost": {"USD": 0.0158},
        "without_price": 0,
    }
    assert (made["from"], made["to"], len(made["days"])) == ("2026-10-26", "2026-11-24", 30)
    assert made["days"][-1]["sent"] == 2
    assert sorted(one["number"] for one in made["heard_most"]) == [ANA, BO]
    assert [(one["cause"], one["count"]) for one in made["failures"]] == [("bad_number", 1)]
    assert made["campaigns"] == []


@pytest.mark.parametrize("table", TABLES)
def test_one_table_alone_has_the_total_and_nothing_of_the_others(busy: Till, table: str) -> None:
    lines = busy.run("report", "--by", table).out.splitlines()
    assert lines[0].startswith("From ")
    marks = {"day": "Tue 24", "campaign": "Campaign ", "person": " had ", "failure": "not arrive"}
    shown = {name for name, mark in marks.items() if any(mark in line for line in lines[1:])}
    assert shown <= {table, "day"} if table == "person" else shown <= {table}


@pytest.mark.parametrize("table", TABLES)
def test_the_spreadsheet_has_the_same_numbers_as_the_script(busy: Till, table: str) -> None:
    made = busy.json("report")
    found = rows(busy.run("report", "--by", table, "--csv").out)
    match table:
        case "day":
            assert [(row["Day"], int(row["Sent"])) for row in found] == [
                (one["day"], one["sent"]) for one in made["days"]
            ]
            assert (found[-1]["Cost"], found[-1]["Currency"]) == ("0.0158", "USD")
        case "campaign":
            assert found == made["campaigns"] == []
        case "person":
            assert [row["Number"].lstrip("'") for row in found] == [
                one["number"] for one in made["heard_most"]
            ]
        case _:
            assert [(row["Cause"], int(row["Texts"])) for row in found] == [("bad_number", 1)]


def test_a_report_of_campaigns_names_each(busy: Till) -> None:
    busy.agree(ANA, "--topic", "offers", "--promised", "4/30", purpose="marketing")
    line = ("campaign", "new", "--name", "Wreaths", "--text", "wreaths are in!")
    made = busy.json(*line, "--topic", "offers")
    number = str(made["campaign_id"])
    busy.json("campaign", "approve", number)
    busy.json("campaign", "start", number, "--hold", "0", "--wait")
    (one,) = busy.json("report")["campaigns"]
    assert (one["campaign_id"], one["name"], one["sent"]) == (made["campaign_id"], "Wreaths", 1)
    assert "“Wreaths”, done: 1 sent" in busy.run("report", "--by", "campaign").out
    (row,) = rows(busy.run("report", "--by", "campaign", "--csv").out)
    assert (row["Name"], row["Sent"], row["Currency"]) == ("Wreaths", "1", "USD")
    assert busy.json("history", "--campaign", number)["total"] == 1


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ((), 3),
        (("second",), 1),
        (("REYES",), 2),
        (("5550102",), 1),
        (("--number", "212-555-0102"), 1),
        (("--state", "failed"), 1),
        (("--state", "delivered", "--state", "failed"), 3),
        (("--from", "2026-11-25"), 0),
        (("--to", "2026-11-24"), 3),
        (("--to", "2026-11-23"), 0),
        (("nobody",), 0),
    ],
)
def test_the_history_is_searched(busy: Till, line: tuple[str, ...], found: int) -> None:
    made = busy.json("history", *line)
    assert (made["total"], len(made["messages"])) == (found, found)
    assert len(rows(busy.run("history", *line, "--csv").out)) == found


def test_every_text_of_the_history_has_decision_price_receipts_and_what_helps(busy: Till) -> None:
    failed, *others = busy.json("history")["messages"]
    assert failed["decision"]["decision"] == "allow"
    assert failed["failure"]["cause"] == "bad_number"
    assert "correct it" in failed["failure"]["action"]
    assert failed["history"][-1]["word"] == "bad_number"
    for text in others:
        assert text["failure"] is None
        assert text["price"] == 0.0079
        assert [event["word"] for event in text["history"]][-2:] == ["accepted", "delivered"]
    said = busy.run("history", "third").out
    for words in ("failed", "1 part, 0.0079 USD.", "Allowed.", "no such number", "correct it"):
        assert words in said


def test_one_text_says_what_helps_too(busy: Till) -> None:
    number = str(busy.json("history", "third")["messages"][0]["message_id"])
    assert busy.json("messages", "show", number)["failure"]["cause"] == "bad_number"
    assert busy.run("messages", "show", number).out.endswith(
        "Ask the person for their number and correct it.\n"
    )


def test_numbers_are_masked_until_asked_for_and_nothing_drives_the_terminal(busy: Till) -> None:
    for command in ("report", "history"):
        said = busy.run(command)
        assert "2125550101" not in said.out
        assert "\x1b" not in said.out
        assert "+12125550101" in busy.run(command, "--reveal").out
        assert "\x1b" not in busy.run(command, "--csv").out


def test_no_spreadsheet_computes_with_a_name(busy: Till) -> None:
    for line in (("report", "--by", "person", "--csv"), ("history", "--csv")):
        cells = [cell for row in rows(busy.run(*line).out) for cell in row.values()]
        assert any("HYPERLINK" in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "-"))]


def test_the_history_comes_in_pages(busy: Till) -> None:
    ran = busy.run("history", "--limit", "2")
    assert ran.out.endswith("3 texts in all; see more with --skip 2.\n")
    assert busy.json("history", "--limit", "2", "--skip", "2")["messages"][0]["message_id"] == 1
    assert "in all" not in busy.run("history", "--limit", "2", "--skip", "2").out


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("report", "--from", "yesterday"), "usage"),
        (("report", "--from", "2026-13-01"), "usage"),
        (("report", "--from", "0001-01-01"), "usage"),
        (("report", "--to", "9999-12-31"), "usage"),
        (("report", "--from", "2026-11-24", "--to", "2026-11-23"), "bad_days"),
        (("report", "--by", "weather"), "usage"),
        (("report", "--most", "0"), "usage"),
        (("report", "--csv"), "usage"),
        (("history", "--csv"), "usage"),
        (("history", "--campaign", "9"), "no_campaign"),
        (("history", "--number", "12"), None),
        (("history", "--state", "lost"), "usage"),
        (("history", "--limit", "0"), "usage"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(till: Till, line: tuple[str, ...], code: str) -> None:
    refused = till.run(*line, "--json")
    assert refused.code == 2
    assert code is None or refused.error == code
