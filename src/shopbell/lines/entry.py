"""The way in: unlocking, by passphrase or recovery code. Must not keep what was typed."""

from __future__ import annotations

from shopbell.domain.secret import Secret
from shopbell.errors import ShopbellError
from shopbell.lines.first_run import make_shop
from shopbell.lines.talk import Left, Talk
from shopbell.lines.way_in import WayIn
from shopbell.services.shop import Shop


async def enter(talk: Talk, way: WayIn, passphrase: Secret | None) -> Shop:
    """Return the unlocked shop; make it first if there is none.

    Raises:
        Left: the person leaves.
    """
    if not way.path.exists():
        return await make_shop(talk, way)
    if passphrase is not None:
        shop = await _opened(talk, way, passphrase)
        if shop is not None:
            return shop
    while True:
        typed = await talk.secret("Passphrase. Empty: the recovery code, or leave.")
        if typed.reveal():
            shop = await _opened(talk, way, typed)
        else:
            shop = await _by_code(talk, way)
        if shop is not None:
            return shop


async def _by_code(talk: Talk, way: WayIn) -> Shop | None:
    code = await talk.line("Recovery code, from the paper you keep. Type leave to leave.")
    if code.casefold() in {"leave", "q"}:
        raise Left
    return await _opened(talk, way, Secret(code), is_recovery_code=True) if code else None


async def _opened(
    talk: Talk, way: WayIn, secret: Secret, *, is_recovery_code: bool = False
) -> Shop | None:
    talk.say("Unlocking …")
    try:
        return await way.unlock(secret, is_recovery_code=is_recovery_code)
    except ShopbellError as error:
        talk.trouble(error)
        return None
