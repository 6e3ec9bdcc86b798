"""The very text that is signed, where a gateway signs a push value by value. Pure.

Each scheme as the gateway describes it; must not hash or compare.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from shopbell.gateways.pushed import Pushed, form_pairs

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_USUAL_PORTS = {"https": 443, "http": 80}


def twilio_texts(pushed: Pushed) -> tuple[str, ...]:
    """Return what Twilio may have signed: the address, then every field in order.

    It signs the address with the port or without it, and does not say which.
    """
    fields = "".join(name + value for name, value in sorted(set(form_pairs(pushed.body))))
    parsed = urlsplit(pushed.url)
    host = f"[{parsed.hostname}]" if ":" in (parsed.hostname or "") else parsed.hostname or ""
    port = parsed.port or _USUAL_PORTS.get(parsed.scheme, 443)
    others = (parsed._replace(netloc=netloc) for netloc in (host, f"{host}:{port}"))
    addresses = dict.fromkeys((pushed.url, *(urlunsplit(other) for other in others)))
    return tuple(address + fields for address in addresses)


def plivo_v3_text(pushed: Pushed, nonce: str) -> str:
    """Return what Plivo signs for calls: the address, every field in order and the nonce."""
    parsed = urlsplit(pushed.url)
    query = "&".join(
        f"{name}={value}" for name, value in sorted(parse_qsl(parsed.query, keep_blank_values=True))
    )
    fields = "".join(name + value for name, value in sorted(form_pairs(pushed.body)))
    address = f"{parsed.scheme}://{parsed.netloc}{parsed.path}"
    if query or fields:
        address += f"?{query}"
    if query and fields:
        address += "."
    return f"{address}{fields}.{nonce}"


def plivo_v2_text(pushed: Pushed, nonce: str) -> str:
    """Return what Plivo signs for texts: the address without its query, and the nonce."""
    parsed = urlsplit(pushed.url)
    return f"{parsed.scheme}://{parsed.netloc}{parsed.path}{nonce}"


def params_text(said: dict[str, str], without: str) -> str | None:
    """Return what Vonage signs: every value in the order of its name, but for the signature.

    None if a name could pass for several names and values.
    """
    names = sorted(name for name in said if name != without)
    if not names or not all(_PLAIN_NAME.fullmatch(name) for name in names):
        return None
    return "".join(f"&{name}={re.sub('[&=]', '_', said[name])}" for name in names)
