"""A yes from a web form: its evidence is asked for, linked into the ledger and shown again."""

from __future__ import annotations

import pytest

from shopbell.domain.web_form import WebForm, form_fault
from till import ANA, Till

WORDS = "Text me about offers. Up to 4 texts a month. Reply STOP to end."
PAGE = "https://fernandfinch.example/sms"
AT = "2026-11-23T18:05"
YES = ("opt-in", ANA, "--purpose", "marketing", "--topic", "offers", "--wording", WORDS)
FORM = ("--how", "web-form", "--at", AT, "--page", PAGE, "--ip", "203.0.113.7")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (WebForm(page=PAGE, ip="203.0.113.7"), None),
        (WebForm(page=PAGE, ip="2001:db8::7"), None),
        (WebForm(page="http://fernandfinch.example", form_id="A-17"), None),
        (WebForm(page=PAGE), "internet address, or the number"),
        (WebForm(page=PAGE, form_id="  "), "internet address, or the number"),
        (WebForm(page="", ip="203.0.113.7"), "address of its page"),
        (WebForm(page="fernandfinch.example", ip="203.0.113.7"), "address of its page"),
        (WebForm(page="javascript:alert(1)", ip="203.0.113.7"), "address of its page"),
        (WebForm(page=f"https://{'a' * 600}", ip="203.0.113.7"), "address of its page"),
        (WebForm(page="https://a.example/\u202e", ip="203.0.113.7"), "characters"),
        (WebForm(page="https://a.example/a b", ip="203.0.113.7"), "characters"),
        (WebForm(page=PAGE, ip="203.0.113.700"), "no internet address"),
        (WebForm(page=PAGE, ip="home"), "no internet address"),
        (WebForm(page=PAGE, form_id="\x1b[2J"), "too long, or holds"),
        (WebForm(page=PAGE, form_id="1" * 600), "too long, or holds"),
    ],
)
def test_a_form_is_evidence_or_says_what_it_lacks(form: WebForm, said: str | None) -> None:
    fault = form_fault(form)
    assert (fault is None) if said is None else (fault is not None and said in fault)


def test_a_web_form_is_recorded_with_page_time_and_address(till: Till) -> None:
    till.json(*YES, *FORM, "--form-id", "A-17")
    (entry,) = till.json("person", "dossier", ANA)["consents"]
    assert entry["how"] == "web"
    assert entry["at"] == "2026-11-23T23:05:00+00:00"
    assert entry["form"] == {"page": PAGE, "ip": "203.0.113.7", "form_id": "A-17"}
    told = till.run("person", "dossier", ANA).out
    assert f"Web page: {PAGE}." in told
    assert "Internet address: 203.0.113.7. Number of the form: A-17." in told


def test_the_form_is_a_link_of_the_ledger(till: Till) -> None:
    with_form = till.json(*YES, *FORM)["ledger_head"]
    assert till.json("verify")["ledger"]
    other = (*FORM[:-1], "203.0.113.8")
    assert till.json(*YES, *other)["ledger_head"] != with_form


@pytest.mark.parametrize(
    "missing",
    [("--at", AT), ("--page", PAGE), ("--ip", "203.0.113.7")],
    ids=lambda option: option[0],
)
def test_a_web_form_without_its_evidence_is_refused(till: Till, missing: tuple[str, str]) -> None:
    kept = [part for part in FORM if part not in missing]
    assert till.run(*YES, *kept).code == 2
    assert till.json("contacts", "list")["total"] == 0


def test_a_form_belongs_to_the_web(till: Till) -> None:
    assert till.run(*YES, "--how", "paper", "--page", PAGE).code == 2
    assert till.run(*YES, "--how", "pigeon").code == 2


def test_a_yes_on_the_web_without_more_is_recorded_as_before(till: Till) -> None:
    till.json(*YES, "--how", "web", "--at", AT)
    (entry,) = till.json("person", "dossier", ANA)["consents"]
    assert (entry["how"], entry["form"]) == ("web", None)
