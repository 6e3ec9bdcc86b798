"""What is on file about a person: proven, handed over, forgotten. Must not erase unasked."""

from __future__ import annotations

from shopbell.domain.dossier_page import as_text
from shopbell.domain.erasing import goes, stays
from shopbell.domain.numbers import Number
from shopbell.lines.rows import path_typed
from shopbell.lines.talk import Talk
from shopbell.lines.visit import Visit


async def privacy(talk: Talk, visit: Visit, number: Number) -> bool:
    """Offer the three things; return whether the person was forgotten."""
    steps = [
        "Say what they agreed to, with every text and why it went",
        "Write everything on file into a folder, to hand over",
        "Write what they agreed to, with every text, into a folder",
        "Forget them: only a coded note stays, so that they are never texted",
    ]
    chosen = await talk.choose("About what is on file:", steps)
    match chosen:
        case 0:
            found = await visit.shop.dossiers.gather(number)
            talk.say(*as_text(found).splitlines())
        case 1:
            await _hand_over(talk, visit, number)
        case 2:
            await _write_proof(talk, visit, number)
        case 3:
            return await _forget(talk, visit, number)
        case _:
            pass
    return False


async def _hand_over(talk: Talk, visit: Visit, number: Number) -> None:
    folder = await talk.line("Into which folder? It is made if it is not there.")
    if not folder:
        return
    found = await visit.shop.dossiers.gather(number)
    files = await visit.shop.dossiers.export(found, path_typed(folder))
    talk.say(*(f"Wrote “{file}”." for file in files))
    talk.say("They are not encrypted. Hand them over, then delete them.")


async def _write_proof(talk: Talk, visit: Visit, number: Number) -> None:
    folder = await talk.line("Into which folder? It is made if it is not there.")
    if folder:
        found = await visit.shop.dossiers.gather(number)
        files = await visit.shop.dossiers.write(found, path_typed(folder))
        talk.say(*(f"Wrote “{file}”." for file in files), "They are not encrypted.")


async def _forget(talk: Talk, visit: Visit, number: Number) -> bool:
    erasing = visit.shop.erasing
    before = await erasing.preview(number.e164)
    talk.say(f"This would erase: {goes(before)}.", *stays(before))
    confirm = await talk.line("To forget them for good, type the last four digits of the number.")
    if not confirm:
        return False
    done = await erasing.erase(number.e164, confirm)
    talk.say(f"Erased: {goes(done)}.")
    return True
