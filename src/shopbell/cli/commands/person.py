"""One person's own file: the dossier that answers "why did you text me?"."""

from __future__ import annotations

from pathlib import Path

import click

from shopbell.cli.complaining import complaint_json
from shopbell.cli.decisions import decision_json
from shopbell.cli.exits import Exit
from shopbell.cli.fields import WORDS
from shopbell.cli.moments import iso
from shopbell.cli.output import Json
from shopbell.cli.people import consent_json
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Group
from shopbell.cli.texts import event_json, reply_json, text_json
from shopbell.domain.dossier import Dossier
from shopbell.domain.dossier_page import as_text, sections
from shopbell.domain.erasing import goes, stays


@click.group(cls=Group)
def person() -> None:
    """What the shop file holds about one person."""


@person.command("dossier")
@click.argument("number", type=WORDS)
@click.option(
    "--out", type=click.Path(path_type=Path), help="A folder for the page and the text file."
)
@click.option("--force", is_flag=True, help="Replace files that are there.")
@with_shop()
async def dossier(session: Session, number: str, out: Path | None, force: bool) -> Exit:
    """Prove consent: every yes, its words, every text and every decision."""
    dossiers = session.shop.dossiers
    found = await dossiers.gather(session.shop.people.read_number(number))
    files = () if out is None else await dossiers.write(found, out, replace=force)
    session.out.result(
        {**_json(found), "files": [str(file) for file in files]},
        [*as_text(found).splitlines(), *(f"Wrote “{file}”." for file in files)],
    )
    return Exit.DONE


@person.command("export")
@click.argument("number", type=WORDS)
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path(), help="A folder; here if not given."
)
@click.option("--force", is_flag=True, help="Replace files that are there.")
@with_shop()
async def export(session: Session, number: str, out: Path, force: bool) -> Exit:
    """Write everything on file about one person, to read (HTML) and to pass on (JSON)."""
    dossiers = session.shop.dossiers
    found = await dossiers.gather(session.shop.people.read_number(number))
    files = await dossiers.export(found, out, replace=force)
    session.out.result(
        {"number": found.number.e164, "files": [str(file) for file in files]},
        [
            *(f"Wrote “{file}”." for file in files),
            "They are not encrypted. Hand them over, then delete them.",
        ],
    )
    return Exit.DONE


@person.command("erase")
@click.argument("number", type=WORDS)
@click.option("--confirm", type=WORDS, help="The last four digits of the number, to do it.")
@with_shop()
async def erase(session: Session, number: str, confirm: str | None) -> Exit:
    """Forget a person; a coded note stays, so that they are never texted again."""
    to, erasing = session.number(number), session.shop.erasing
    if confirm is None:
        done = await erasing.preview(to)
        first = f"This would erase: {goes(done)}."
        last = ["Nothing is erased yet. Add --confirm and the last four digits of the number."]
    else:
        done = await erasing.erase(to, confirm)
        first, last = f"Erased: {goes(done)}.", []
    session.out.result(
        {
            "erased": confirm is not None,
            "numbers": done.numbers,
            "contacts": done.contacts,
            "texts": done.texts,
            "replies": done.replies,
            "decisions": done.decisions,
            "kept": {
                "do_not_text": done.numbers,
                "ledger_entries": done.kept_entries,
                "complaints": done.kept_complaints,
            },
        },
        [first, *stays(done), *last],
    )
    return Exit.DONE


def _json(found: Dossier) -> dict[str, Json]:
    stop = found.suppression
    answer = sections(found)[0]
    return {
        "number": found.number.e164,
        "made_at": iso(found.made_at),
        "answer": [
            line.words if line.quote is None else f"{line.words} “{line.quote}”"
            for line in answer.lines
        ],
        "suppression": None
        if stop is None
        else {"at": iso(stop.at), "how": stop.how.value, "note": stop.note},
        "consents": [
            {
                **consent_json(entry.event),
                "wording_id": entry.wording_id,
                "wording_sha256": entry.wording_sha256,
                "previous_hash": entry.previous_hash,
                "hash": entry.hash,
            }
            for entry in found.entries
        ],
        "messages": [
            {**text_json(story.text), "history": [event_json(event) for event in story.events]}
            for story in found.texts
        ],
        "decisions": [
            {
                "decision_id": decision_id,
                "decided_at": iso(decision.decided_at),
                "rules_version": decision.rules_version,
                **decision_json(decision),
            }
            for decision_id, decision in found.decisions
        ],
        "replies": [reply_json(reply) for reply in found.replies],
        "complaints": [complaint_json(one, found.made_at) for one in found.complaints],
        "ledger": {
            "ok": found.chain.first_bad is None,
            "entries": found.chain.entries,
            "first_bad": found.chain.first_bad,
            "head": found.chain.head,
        },
    }
