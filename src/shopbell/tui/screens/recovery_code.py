"""Shows the recovery code of an open file once more. Must not show it before the passphrase."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from shopbell.domain.secret import Secret
from shopbell.tui.frame import Dialog
from shopbell.tui.plain import Plain
from shopbell.tui.recovery import Recovery


class RecoveryCode(Dialog[None]):
    """The code, for as long as the box stands there."""

    wide = True
    DEFAULT_CSS = "RecoveryCode .muted { margin-bottom: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,space", "dismiss(None)", show=False)
    ]

    def __init__(self, code: Secret) -> None:
        super().__init__("The recovery code of this shop file")
        self._code = code

    def inside(self) -> ComposeResult:
        """Lay out the code."""
        yield Recovery(self._code, asks=False)
        yield Plain("Keep the paper away from this computer. ↵ or esc closes.", classes="muted")
