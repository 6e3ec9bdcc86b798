"""Where requests may go: plain http only as near as the preset allows, judged on the address.

An IP address is judged as it stands. A name (`phone.local`) is resolved each time a connection is
made; every address it has must be near enough, and the connection goes to the address that was
judged, so a name can't change its meaning in between. Must not send anything.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from typing import assert_never

import httpx

from shopbell.gateways.preset import Reach

_PRIVATE = tuple(
    ipaddress.ip_network(net)
    for net in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "100.64.0.0/10",
        "fc00::/7",
        "fe80::/10",
    )
)
"""Networks nobody outside can be in: RFC 1918, link-local, carrier-grade (also VPN meshes), ULA."""

_NAME = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?")
_AT_HOME = (".local", ".lan", ".home", ".home.arpa", ".internal", ".localdomain", ".fritz.box")
"""Endings that routers give to names in one's own network."""


class TooFarError(ValueError):
    """Plain http would leave the allowed surroundings; the message says why."""


def near_enough(address: str, reach: Reach) -> bool:
    """Return whether plain http may go to this IP address."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    match reach:
        case Reach.NEVER:
            return False
        case Reach.LOOPBACK:
            return ip.is_loopback
        case Reach.PRIVATE:
            return ip.is_loopback or any(ip in net for net in _PRIVATE if net.version == ip.version)
        case _:
            assert_never(reach)


def address_problem(url: str, reach: Reach) -> str | None:
    """Return what is wrong with a gateway's address, in plain words; None if it may be used.

    Over plain http a name must look like one at home; what it means is judged when it is resolved
    (see `judged_host`).
    """
    try:
        parsed = httpx.URL(url)
        port = 443 if parsed.port is None else parsed.port
    except (httpx.InvalidURL, ValueError, TypeError):
        return "is not a web address"
    host = parsed.raw_host.decode("ascii")
    if not _is_ip(host) and not _NAME.fullmatch(host):
        return "is not a web address; it starts with https:// or http://"
    if parsed.scheme not in ("http", "https") or not 0 < port < 65_536:
        return "is not a web address; it starts with https:// or http://"
    if parsed.userinfo or parsed.fragment:
        return "must not hold a user name, a password or a # part"
    if parsed.scheme == "https":
        return None
    if reach is Reach.NEVER:
        return "must start with https://"
    near = near_enough(host, reach) if _is_ip(host) else _named_at_home(host, reach)
    if not near:
        return f"may use http:// only {_where(reach)}; use https:// instead"
    return None


async def judged_host(url: httpx.URL, reach: Reach) -> str:
    """Return the host to connect to for `url`: a name as it is, or the address that was judged.

    Raises:
        TooFarError: plain http would leave the allowed surroundings.
        OSError: the name is not known.
    """
    if url.scheme == "https":
        return url.host
    if _is_ip(url.host):
        addresses = [url.host]
    else:
        found = await asyncio.get_running_loop().getaddrinfo(
            url.host, url.port or 80, type=socket.SOCK_STREAM
        )
        addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(near_enough(address, reach) for address in addresses):
        raise TooFarError(f"Without https this gateway may only be {_where(reach)}.")
    return addresses[0]


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _named_at_home(name: str, reach: Reach) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    return reach is Reach.PRIVATE and ("." not in name or name.endswith(_AT_HOME))


def _where(reach: Reach) -> str:
    return "on this computer" if reach is Reach.LOOPBACK else "in your own network"
