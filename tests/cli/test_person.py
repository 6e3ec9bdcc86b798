"""The dossier by the command line."""

from __future__ import annotations

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
