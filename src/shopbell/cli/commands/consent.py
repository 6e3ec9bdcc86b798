"""Recording a yes and recording a stop."""

from __future__ import annotations

from pathlib import Path

import click

from shopbell.cli.decisions import reason_line, refused_json
from shopbell.cli.delivery import deliver_one
from shopbell.cli.exits import Exit
from shopbell.cli.fields import BASIS, HOW, PURPOSE, WORDS
from shopbell.cli.output import Json
from shopbell.cli.promises import read_promise
from shopbell.cli.session import Session, with_shop
from shopbell.cli.settings import Command
from shopbell.cli.welcoming import Told, sent
from shopbell.domain.consent import SAID_NO, Act, Basis, ConsentDraft, How, Purpose
from shopbell.domain.decision import Reason
from shopbell.domain.ids import E164
from shopbell.domain.own_texts import Welcoming
from shopbell.domain.purpose_words import texts_for
from shopbell.domain.web_form import WebForm, form_fault
from shopbell.errors import BadInput, ShopbellError
from shopbell.services.confirming import Opened
from shopbell.services.evidence import sha256_of


@click.command("opt-in", cls=Command)
@click.argument("number", type=WORDS)
@click.option("--purpose", required=True, type=PURPOSE, help="What the yes is for.")
@click.option("--topic", "topics", multiple=True, type=WORDS, help="May be given several times.")
@click.option("--how", required=True, type=WORDS, help="By which way the person said yes.")
@click.option("--page", type=WORDS, help="Of a web form: the address of its page.")
@click.option("--ip", type=WORDS, help="Of a web form: the visitor's internet address.")
@click.option("--form-id", type=WORDS, help="Of a web form: the site's number of the sign-up.")
@click.option("--wording", type=WORDS, help="The exact words the person was shown or heard.")
@click.option("--wording-id", type=int, help="The number of a wording that was used before.")
@click.option("--at", metavar="ISO8601", help="When the person said it; now if not given.")
@click.option("--witness", type=WORDS, help="Who saw or heard it.")
@click.option("--place", type=WORDS, help="Where it was said: the market stall.")
@click.option("--basis", type=BASIS, default=Basis.EXPRESS, help="What the permission rests on.")
@click.option("--evidence", type=click.Path(path_type=Path), help="A scan; its SHA-256 is kept.")
@click.option("--promised", metavar="N/DAYS", help="The frequency stated, like 4/30.")
@click.option(
    "--welcome/--no-welcome", "welcoming", default=None, help="Send the welcome; own-texts decides."
)
@with_shop()
async def opt_in(
    session: Session,
    number: str,
    purpose: Purpose,
    topics: tuple[str, ...],
    how: str,
    page: str | None,
    ip: str | None,
    form_id: str | None,
    wording: str | None,
    wording_id: int | None,
    at: str | None,
    witness: str | None,
    place: str | None,
    basis: Basis,
    evidence: Path | None,
    promised: str | None,
    welcoming: bool | None,
) -> Exit:
    """Record a yes."""
    times, days = (None, None) if promised is None else read_promise(promised)
    way, form = _way(how, page, ip, form_id, at)
    draft = ConsentDraft(
        number=session.number(number),
        act=Act.GRANTED,
        purpose=purpose,
        topics=topics,
        wording=await _wording(session, wording, wording_id),
        how=way,
        form=form,
        at=session.moment(at, "--at") or session.shop.clock.now(),
        witness=witness,
        evidence_sha256=None if evidence is None else sha256_of(evidence, "--evidence"),
        promised_n=times,
        promised_days=days,
        place=place or None,
        basis=basis,
    )
    outcome = await session.shop.consents.grant(draft)
    if isinstance(outcome, Reason):
        session.out.result(refused_json(outcome), ["Not recorded.", reason_line(outcome)])
        return Exit.REFUSED
    if isinstance(outcome, Opened):
        return await _opened(session, outcome)
    head = outcome.ledger_head
    welcome = await _welcome(session, draft, welcoming)
    session.out.result(
        {
            "consent_id": outcome.event.id,
            "ledger_head": head,
            "welcome": None if welcome is None else welcome.record,
        },
        [
            f"Recorded as entry {outcome.event.id} of the consent ledger.",
            f"Ledger head: {head}",
            *([] if welcome is None else welcome.lines),
        ],
    )
    return Exit.DONE


_WEB_FORM = "web-form"


def _way(
    how: str, page: str | None, ip: str | None, form_id: str | None, at: str | None
) -> tuple[How, WebForm | None]:
    """Return how a yes was said, and what a web site kept of it; a web form brings all of that."""
    is_form = how.lower().replace("_", "-") == _WEB_FORM
    way = How.WEB if is_form else HOW.convert(how, None, None)
    if not is_form and page is ip is form_id is None:
        return way, None
    if way is not How.WEB:
        raise click.UsageError("--page, --ip and --form-id belong to --how web-form.")
    if is_form and at is None:
        raise click.UsageError("A web form needs --at: when the site says the form was sent.")
    form = WebForm(page=page or "", ip=ip or "", form_id=form_id or "")
    if (why := form_fault(form)) is not None:
        raise BadInput(why, "See docs/cli.md about --how web-form.", code="bad_form")
    return way, form


async def _opened(session: Session, opened: Opened) -> Exit:
    """Send the question, and tell that the yes waits for its answer."""
    lines = ["Their yes waits: it counts once they have answered YES to our text."]
    record: dict[str, Json] = {
        "consent_id": None,
        "ledger_head": None,
        "waiting": True,
        "question": None,
        "why_not": opened.why_not,
    }
    if opened.question is None:
        session.out.result(record, [*lines, f"They could not be asked: {opened.why_not}"])
        return Exit.GATEWAY
    one = await deliver_one(session.shop, opened.question, wait_seconds=None)
    text = one.text
    record["question"] = {
        "message_id": text.id,
        "state": text.state.value,
        "text": text.final.text,
    }
    session.out.result(record, [*lines, f"Text {text.id} is {text.state}: {text.final.text}"])
    return Exit.DONE


@click.command("opt-out", cls=Command)
@click.argument("number", type=WORDS)
@click.option("--how", required=True, type=HOW, help="By which way the stop reached the shop.")
@click.option("--note", default="", type=WORDS, help="What the person said.")
@click.option("--purpose", type=PURPOSE, help="Only this purpose; the number is not stopped.")
@click.option("--topic", "topics", multiple=True, type=WORDS, help="Only these topics of it.")
@with_shop()
async def opt_out(
    session: Session,
    number: str,
    how: How,
    note: str,
    purpose: Purpose | None,
    topics: tuple[str, ...],
) -> Exit:
    """Record a stop, or with --purpose or --topic a no to that alone; what waits is canceled."""
    e164 = session.number(number)
    if purpose is not None or topics:
        purpose = purpose or await _purpose_of(session, topics)
        return await _say_no(session, e164, purpose, topics, how, note)
    done = await session.shop.consents.opt_out(e164, how, note)
    first = "Put on the stop list." if done.fresh else "This number was on the stop list already."
    session.out.result(
        {"suppressed": True, "fresh": done.fresh, "canceled": done.canceled},
        [first, f"Waiting texts canceled: {done.canceled}."],
    )
    return Exit.DONE


async def _say_no(
    session: Session,
    number: E164,
    purpose: Purpose,
    topics: tuple[str, ...],
    how: How,
    note: str,
) -> Exit:
    done = await session.shop.consents.revoke(
        ConsentDraft(
            number=number,
            act=Act.REVOKED,
            purpose=purpose,
            topics=topics,
            wording=note or SAID_NO,
            how=how,
            at=session.shop.clock.now(),
        )
    )
    what = ", ".join(topics) or texts_for(purpose)
    session.out.result(
        {
            "suppressed": False,
            "purpose": purpose.value,
            "topics": list(topics),
            "consent_id": done.event.id,
            "ledger_head": done.ledger_head,
            "canceled": done.canceled,
        },
        [
            f"Recorded a no to {what}.",
            "Other texts may still go. Leave out --purpose and --topic to stop them all.",
            f"Waiting texts canceled: {done.canceled}.",
            f"Ledger head: {done.ledger_head}",
        ],
    )
    return Exit.DONE


async def _purpose_of(session: Session, topics: tuple[str, ...]) -> Purpose:
    known = {one.id: one.purpose for one in await session.shop.topics.every()}
    found = {known[topic] for topic in topics if topic in known}
    if len(found) != 1 or not set(topics) <= set(known):
        raise click.UsageError("Say with --purpose what these topics belong to.")
    return found.pop()


async def _welcome(session: Session, yes: ConsentDraft, wanted: bool | None) -> Told | None:
    """Send the welcome if that is wanted; the yes is on file whatever becomes of it."""
    chosen = (await session.shop.welcomes.settings()).welcoming
    if wanted is False or (wanted is None and chosen is not Welcoming.ALWAYS):
        return None
    try:
        return await sent(session, yes.number, None, None)
    except ShopbellError as error:
        record: dict[str, Json] = {"error": {"code": error.code, "message": error.message}}
        lines = [f"The welcome was not sent: {error.message}", error.hint]
        return Told(record=record, lines=list(filter(None, lines)), code=Exit.GATEWAY)


async def _wording(session: Session, wording: str | None, wording_id: int | None) -> str:
    if (wording is None) == (wording_id is None):
        raise click.UsageError("Give either --wording or --wording-id: the words that were agreed.")
    if wording_id is None:
        return wording or ""
    stored = await session.shop.consents.wording(wording_id)
    if stored is None:
        raise BadInput(
            f"There is no wording number {wording_id}.",
            "Give the words themselves with --wording.",
            code="no_wording",
        )
    return stored
