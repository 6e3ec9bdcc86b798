"""Kannel on loopback: bearerbox, smsbox and the fake SMS centre of kannel-extras, as a fixture.

A gateway none of us wrote. The fake centre prints what phones would get and takes what customers
would write, one message a line.
"""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

BEARERBOX = Path("/usr/sbin/bearerbox")
SMSBOX = Path("/usr/sbin/smsbox")
FAKESMSC = Path("/usr/lib/kannel/test/fakesmsc")

USER, PASSWORD, WORD = "tester", "foo+bar/baz &%1", "Secretword0123456789"
SHOP = "12125550100"
POSTED = "12125550199"
"""What is written to this number of the shop comes by post-url, else by get-url."""

_CONFIG = """
group = core
admin-port = {admin}
admin-password = adminpw
status-password = statuspw
admin-interface = 127.0.0.1
smsbox-port = {boxes}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
log-file = "{folder}/bearerbox.log"
log-level = 0
store-type = file
store-location = "{folder}/kannel.store"
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = FAKE
host = 127.0.0.1
our-host = 127.0.0.1
port = {centre}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {boxes}
sendsms-port = {send}
sendsms-interface = 127.0.0.1
global-sender = {shop}
http-request-retry = 20
http-queue-delay = 1
log-file = "{folder}/smsbox.log"
log-level = 0

group = sendsms-user
username = {user}
password = "{password}"
max-messages = 3
concatenation = true
omit-empty = true

group = sms-service
keyword = default
denied-receiver-prefix = "{posted}"
catch-all = true
max-messages = 0
omit-empty = true
get-url = "http://127.0.0.1:{hook}/{word}/inbound?from=%p&bin=%e&charset=%C&id=%I&time=%T"

group = sms-service
keyword = default
allowed-receiver-prefix = "{posted}"
catch-all = true
max-messages = 0
omit-empty = true
send-sender = true
post-url = "http://127.0.0.1:{hook}/{word}/inbound?id=%I"
"""


@dataclass
class Kannel:
    """A running Kannel."""

    folder: Path
    ports: dict[str, int]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def account(self) -> dict[str, str]:
        """The account fields of the `kannel` preset."""
        return {
            "address": f"http://127.0.0.1:{self.ports['send']}",
            "user": USER,
            "password": PASSWORD,
            "parts": "3",
            "listen": f"http://127.0.0.1:{self.ports['hook']}",
            "word": WORD,
        }

    def phones_got(self) -> list[str]:
        """What reached the phones, as the fake centre wrote it down."""
        log = (self.folder / "fakesmsc.log").read_text(errors="replace")
        return re.findall(r"Got message \d+: <(.*)>", log)

    def customer_writes(self, line: str) -> None:
        """Let the centre hand in a message: `SENDER RECEIVER text|udh|data|ucs2 CONTENT`."""
        centre = self.processes["fakesmsc"].stdin
        assert centre is not None
        centre.write(line.encode("ascii") + b"\n")
        centre.flush()

    def freeze(self) -> None:
        """Stop bearerbox in its tracks: it takes connections and answers nothing."""
        self.processes["bearerbox"].send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let bearerbox go on."""
        self.processes["bearerbox"].send_signal(signal.SIGCONT)


@contextmanager
def running_kannel(folder: Path) -> Iterator[Kannel]:
    """Start Kannel in `folder` and end it afterwards."""
    for program in (BEARERBOX, SMSBOX, FAKESMSC):
        if not program.exists():
            raise AssertionError(f"{program} is missing: apt-get install kannel kannel-extras")
    kannel = Kannel(folder=folder, ports=_free_ports("admin", "boxes", "centre", "send", "hook"))
    config = folder / "kannel.conf"
    config.write_text(
        _CONFIG.format(
            folder=folder,
            shop=SHOP,
            posted=POSTED,
            user=USER,
            password=PASSWORD,
            word=WORD,
            **kannel.ports,
        )
    )
    try:
        _start(kannel, "bearerbox", [str(BEARERBOX), "-v", "4", str(config)])
        _wait_for_port(kannel.ports["boxes"])
        _wait_for_port(kannel.ports["centre"])
        centre = [str(FAKESMSC), "-H", "127.0.0.1", "-r", str(kannel.ports["centre"])]
        _start(kannel, "fakesmsc", [*centre, "-v", "0", "-i", "0.05"])
        _start(kannel, "smsbox", [str(SMSBOX), "-v", "4", str(config)])
        _wait_for_port(kannel.ports["send"])
        _wait_until_online(kannel.ports["admin"])
        yield kannel
    finally:
        for process in reversed(kannel.processes.values()):
            process.kill()
            process.wait()
            if process.stdin is not None:
                process.stdin.close()


def _start(kannel: Kannel, name: str, command: list[str]) -> None:
    with (kannel.folder / f"{name}.log").open("ab") as log:
        kannel.processes[name] = subprocess.Popen(
            command, cwd=kannel.folder, stdin=subprocess.PIPE, stdout=log, stderr=log
        )


def _free_ports(*names: str) -> dict[str, int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in names]
    ports = {name: one.getsockname()[1] for name, one in zip(names, sockets, strict=True)}
    for one in sockets:
        one.close()
    return ports


def _wait_for_port(port: int) -> None:
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"Kannel does not listen on port {port}")


def _wait_until_online(admin: int) -> None:
    url = f"http://127.0.0.1:{admin}/status.txt?password=statuspw"
    text = ""
    for _ in range(400):
        with urllib.request.urlopen(url, timeout=10) as answer:
            text = answer.read().decode()
        if "(online" in text and "smsbox" in text:
            return
        time.sleep(0.05)
    raise AssertionError(f"Kannel is not online: {text}")
