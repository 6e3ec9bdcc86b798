"""The dossier by the command line."""

from __future__ import annotations

import json
from pathlib import Path

from paper_pages import Browser
from till import ANA, BO, READY, WORDS, Till

EVIL = "<script>alert(1)</script> \x1b[31m\u202e [/]"


def test_it_answers_why_somebody_was_texted(counter: Till, tmp_path: Path) -> None:
    counter.agree(ANA, "--topic", "orders", "--witness", "Mo")
    counter.json("send", ANA, READY, "--purpose", "service", "--topic", "orders", "--wait")
    told = counter.json("person", "dossier", ANA, "--out", str(tmp_path / "out"))
    first, second, *_ = told["answer"]
    assert first == "Fern & Finch has sent 1 text to this number, on 24 Nov 2026."
    assert WORDS in second
    (consent,) = told["consents"]
    assert (consent["wording"], consent["wording_id"], consent["witness"]) == (WORDS, 1, "Mo")
    assert consent["hash"] == told["ledger"]["head"]
    assert told["ledger"]["ok"] is True
    (message,) = told["messages"]
    assert message["final_text"].startswith("Fern & Finch: ")
    assert message["history"]
    assert message["text"] == READY
    assert told["decisions"][0]["decision"] == "allow"
    html, text = (Path(file) for file in told["files"])
    assert WORDS in html.read_text(encoding="utf-8")
    assert WORDS in text.read_text(encoding="utf-8")


def test_a_person_reads_it_in_sentences_without_writing_a_file(till: Till, tmp_path: Path) -> None:
    till.agree()
    ran = till.run("person", "dossier", ANA)
    assert ran.code == 0
    assert ran.out.startswith("Fern & Finch: texts to this number, (212) 555-0101\n")
    assert "Why did you text me?\nFern & Finch has not texted this number.\n" in ran.out
    assert "Wrote" not in ran.out
    assert [path.suffix for path in tmp_path.iterdir() if path.suffix in {".html", ".txt"}] == []


def test_files_that_are_there_stay_unless_forced(till: Till, tmp_path: Path) -> None:
    line = ("person", "dossier", ANA, "--out", str(tmp_path))
    till.json(*line)
    refused = till.json(*line, code=2)
    assert refused["error"]["code"] == "file_exists"
    assert len(till.json(*line, "--force")["files"]) == 2


def test_a_number_that_is_none_is_refused(till: Till) -> None:
    assert till.json("person", "dossier", "hello", code=2)["error"]["code"] == "not-a-number"
    assert till.json("person", "dossier", BO)["consents"] == []


def test_hostile_names_and_words_print_harmlessly_on_a_real_page(
    till: Till, tmp_path: Path
) -> None:
    till.json("contacts", "add", ANA, "--name", EVIL)
    till.json(
        *("opt-in", ANA, "--purpose", "service", "--how", "spoken", "--wording", EVIL),
        *("--witness", EVIL),
    )
    ran = till.run("person", "dossier", ANA, "--out", str(tmp_path / "out"))
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
    (page,) = (tmp_path / "out").glob("*.html")
    printed = "".join(Browser(tmp_path).print(page))
    assert "<script>alert(1)</script>" in printed
    assert "Is the ledger whole?" in printed


def test_everything_on_file_is_written_to_read_and_to_pass_on(till: Till, tmp_path: Path) -> None:
    till.json("contacts", "add", ANA, "--name", "Ana Reyes", "--note", "likes peonies")
    till.json("contacts", "edit", ANA, "--channel", "call", "--birthday", "--03-09")
    till.json("contacts", "add", BO, "--name", "Ana R.")
    till.json("contacts", "merge", ANA, BO, "--yes")
    till.agree()
    till.json("complaint", "open", ANA, "--words", "wilted tulips")
    folder = tmp_path / "out"
    page, record = map(Path, till.json("person", "export", ANA, "--out", str(folder))["files"])
    assert {path.stat().st_mode & 0o777 for path in (page, record)} == {0o600}
    html = page.read_text(encoding="utf-8")
    for words in ("likes peonies", "--03-09", "wilted tulips", WORDS, BO, "rather be called"):
        assert words in html, words
    told = json.loads(record.read_text(encoding="utf-8"))
    assert told["contact"]["note"] == "likes peonies"
    assert told["wishes"]["channel"] == "call"
    assert told["complaints"][0]["words"] == "wilted tulips"
    assert told["same_person"][0]["number"] == BO
    assert told["entries"][0]["event"]["wording"] == WORDS
    refused = till.json("person", "export", ANA, "--out", str(folder), code=2)
    assert refused["error"]["code"] == "file_exists"
    assert "not encrypted" in till.run("person", "export", ANA, "--out", str(folder), "--force").out


def test_a_person_is_forgotten_only_when_the_number_is_confirmed(till: Till) -> None:
    till.json("contacts", "add", ANA, "--name", "Ana Reyes")
    till.agree()
    shown = till.run("person", "erase", ANA)
    assert shown.out.splitlines()[0] == "This would erase: name, notes and wishes."
    assert "In the consent ledger: 1 entry" in shown.out
    assert "Add --confirm and the last four digits" in shown.out
    assert till.json("person", "erase", ANA)["erased"] is False
    wrong = till.json("person", "erase", ANA, "--confirm", "9999", code=2)
    assert wrong["error"]["code"] == "not_confirmed"
    assert till.json("contacts", "list")["total"] == 1
    done = till.json("person", "erase", ANA, "--confirm", "0101")
    assert done == {
        "erased": True,
        "numbers": 1,
        "contacts": 1,
        "texts": 0,
        "replies": 0,
        "decisions": 0,
        "kept": {"do_not_text": 1, "ledger_entries": 1, "complaints": 0},
    }
    assert till.json("contacts", "list")["total"] == 0
    refused = till.json("check", ANA, READY, "--purpose", "service", code=3)
    assert "was erased on" in refused["reasons"][0]["sentence"]
    assert till.json("verify")["ledger"]["ok"] is True
    assert "Backups and files exported earlier still hold" in till.run("person", "erase", BO).out
