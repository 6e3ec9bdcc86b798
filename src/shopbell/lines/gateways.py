"""Gateways: choose one, fill in its account, test it, text yourself, prove that a STOP arrives.

Must not send by itself and never says a secret.
"""

from __future__ import annotations

from shopbell.cli.accounts import hidden
from shopbell.cli.money import read_currency, read_price, spoken_price
from shopbell.domain.gateway import AccountField, GatewayConfig, PresetInfo
from shopbell.domain.pace import read_pace
from shopbell.errors import BadInput
from shopbell.lines.rows import rows_of
from shopbell.lines.talk import Job, Talk
from shopbell.lines.texting import follow
from shopbell.lines.visit import Visit
from shopbell.services.trying import TRIAL


async def gateways(talk: Talk, visit: Visit) -> None:
    """Offer the jobs with gateways."""
    shop = visit.shop

    async def heading() -> list[str]:
        states = await shop.gateways.configured()
        lines = [_line(one.config, one.trouble, active=one.active) for one in states] or [
            "No gateway yet: nothing can be sent."
        ]
        lines += [f"{one.sentence} {one.hint}" for one in await shop.stop_path.alarms()]
        _, sentence, hint = await shop.stop_path.words()
        return [*lines, *filter(None, [sentence, hint])]

    jobs = [
        Job(words="Choose and set up a gateway", do=lambda: _choose(talk, visit)),
        Job(words="Use another one that is set up", do=lambda: _use(talk, visit)),
        Job(words="Test connection and login", do=lambda: _test(talk, visit)),
        Job(words="Text your own phone", do=lambda: _text_self(talk, visit)),
        Job(words="Prove that a STOP arrives", do=lambda: _prove(talk, visit)),
        Job(words="Show what is set up, secrets hidden", do=lambda: _show(talk, visit)),
        Job(words="How fast texts leave", do=lambda: _pace(talk, visit)),
        Job(words="See the request that would carry a text", do=lambda: _dry_run(talk, visit)),
    ]
    await talk.menu(heading, jobs, back="Back")


def _line(config: GatewayConfig, trouble: str, *, active: bool) -> str:
    use = "in use" if active else "not in use"
    price = spoken_price(config.price_micros, config.currency)
    said = f"{config.name} ({config.preset_id}): {use}, {price}."
    return f"{said} Trouble: {trouble}" if trouble else said


async def _choose(talk: Talk, visit: Visit) -> None:
    """Ask for everything first; only then is a gateway set up."""
    presets = sorted(visit.shop.gateways.presets(), key=lambda one: one.name.casefold())
    preset = await talk.pick("Which one?", rows_of(presets), lambda one: f"{one.name}: {one.about}")
    if preset is None:
        return
    talk.say(f"Checked against: {preset.checked}.")
    if preset.unverified:
        talk.say(f"Not verified: {preset.unverified}.")
    account = await _account(talk, preset)
    if account is None:
        return
    price, currency = await _price(talk)
    await visit.shop.gateways.set_up(
        GatewayConfig(
            name=preset.id,
            preset_id=preset.id,
            account=account,
            price_micros=price,
            currency=currency,
        )
    )
    talk.say("It is set up and in use. Test it next, then text your own phone.")


async def _account(talk: Talk, preset: PresetInfo) -> dict[str, str] | None:
    account: dict[str, str] = {}
    for field in preset.fields:
        typed = await _field(talk, field)
        if not typed and not field.optional:
            talk.say("Nothing was set up.")
            return None
        if typed:
            account[field.key] = typed
    return account


async def _field(talk: Talk, field: AccountField) -> str:
    example = f", for example {field.example}" if field.example else ""
    if field.secret:
        return (await talk.secret(f"{field.label}.")).reveal().strip()
    if field.optional:
        return await talk.optional(f"{field.label}{example}.")
    return await talk.line(f"{field.label}{example}.")


async def _price(talk: Talk) -> tuple[int | None, str | None]:
    """Return the price of a part and its currency; None for both where nobody says."""
    while typed := await talk.optional("What does one part cost? Like 0.0079 USD."):
        amount, _, currency = typed.partition(" ")
        try:
            return read_price(amount), read_currency(currency.strip() or "USD")
        except BadInput as error:
            talk.trouble(error)
    return None, None


async def _use(talk: Talk, visit: Visit) -> None:
    others = [one for one in await visit.shop.gateways.configured() if not one.active]
    if not others:
        talk.say("No other gateway is set up.")
        return
    state = await talk.pick("Which one?", rows_of(others), lambda one: one.config.name)
    if state is not None:
        await visit.shop.gateways.use(state.config.name)
        talk.say(f"Texts go through “{state.config.name}” now.")


async def _test(talk: Talk, visit: Visit) -> None:
    talk.say("Testing; nothing is sent …")
    result = await visit.shop.gateways.test()
    talk.say("It works." if result.ok else "It does not work.", result.detail)


async def _text_self(talk: Talk, visit: Visit) -> None:
    typed = await talk.line("The number of your own phone.")
    if not typed:
        return
    number = visit.shop.people.read_number(typed).e164
    talk.say("Your own yes is written down first; the text is decided like any other.")
    if await follow(talk, visit, await visit.shop.trying.text_to_self(number)):
        talk.say("Did it arrive? Answer STOP to it, then prove here that the STOP arrives.")


async def _prove(talk: Talk, visit: Visit) -> None:
    shop = visit.shop
    talk.say("Text STOP from your own phone to the shop's number first.")
    if await shop.gateways.active() is not None and shop.delivery.is_ours:
        talk.say("Fetching replies …")
        await talk.tried(shop.delivery.sync())
    path, sentence, hint = await shop.stop_path.words()
    talk.say(sentence, "Campaigns can start." if path.is_open else "Campaigns stay locked.")
    if path.is_open:
        return
    talk.say(*filter(None, [hint]))
    typed = await talk.line("If this gateway cannot tell of replies: how do stops reach the list?")
    if typed:
        kept = await shop.stop_path.promise(typed)
        talk.say("Kept.", "Campaigns can start." if kept.is_open else "Campaigns stay locked.")


async def _show(talk: Talk, visit: Visit) -> None:
    presets = {preset.id: preset for preset in visit.shop.gateways.presets()}
    for state in await visit.shop.gateways.configured():
        account = hidden(presets.get(state.config.preset_id), state.config)
        talk.say(_line(state.config, state.trouble, active=state.active))
        talk.say(*(f"  {key}: {value}" for key, value in account.items()))


async def _pace(talk: Talk, visit: Visit) -> None:
    """Say and change how fast texts leave through one gateway."""
    gateways = visit.shop.gateways
    states = await gateways.configured()
    if not states:
        talk.say("No gateway is set up yet.")
        return
    at: int | None = 0
    if len(states) > 1:
        at = await talk.choose("Which gateway?", [one.config.name for one in states])
    if at is None:
        return
    name = states[at].config.name
    now = await gateways.pace_at(name)
    talk.say(f"{name}: {now.words or 'as fast as it takes them'}.")
    typed = await talk.line(
        "Seconds between two texts, and up to how many more by chance, like 8 4. A minus sign: "
        "as fast as the gateway takes them."
    )
    if typed:
        await gateways.set_pace(name, None if typed == "-" else read_pace(typed))
        kept = await gateways.pace_at(name)
        talk.say(f"{name}: {kept.words or 'as fast as it takes them'}.")


async def _dry_run(talk: Talk, visit: Visit) -> None:
    """Show a request with its secrets hidden; nothing is sent."""
    typed = await talk.line("To which number would it go?")
    if not typed:
        return
    number = visit.shop.people.read_number(typed).e164
    text = await talk.line("Which words?", usual=TRIAL)
    if text:
        request = await visit.shop.trying.dry_run(number, text)
        talk.say("Nothing was sent. It would be:", *request.splitlines())
