"""Shows everything that proves a person's yes, and writes it to a folder. Must not judge it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from shopbell.domain.dossier import Dossier
from shopbell.domain.dossier_masked import as_masked_text
from shopbell.domain.dossier_page import as_text
from shopbell.errors import BadInput
from shopbell.services.dossier import Dossiers
from shopbell.tui.commands import Scope, bindings
from shopbell.tui.frame import Dialog
from shopbell.tui.own_keys import with_keys
from shopbell.tui.plain import Plain
from shopbell.tui.screens.ask_line import AskLine


class DossierBox(Dialog[None]):
    """The answer to "why did you text me?", and all that stands behind it."""

    wide = True
    scope = Scope.PROOF
    prints_keys = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", show=False),
        *bindings(Scope.PROOF),
    ]
    DEFAULT_CSS = """
    DossierBox VerticalScroll { height: auto; max-height: 16;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    DossierBox.-tiny VerticalScroll { max-height: 12; }
    DossierBox .muted { margin: 1 0; }
    """

    def __init__(self, dossiers: Dossiers, dossier: Dossier, name: str, folder: Path) -> None:
        super().__init__(f"The proof about {name}")
        self._dossiers = dossiers
        self._dossier = dossier
        self._folder = folder
        self._whole_numbers = False

    def inside(self) -> ComposeResult:
        """Lay out the pages."""
        with VerticalScroll():
            yield Plain(as_masked_text(self._dossier), id_="pages")
        keys = (
            "[proof.number] numbers · [proof.write] writes it to print · "
            "[proof.data] writes it as data, too · esc closes"
        )
        yield Plain(with_keys(keys), classes="muted")

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(VerticalScroll).focus()

    def do_number(self) -> None:
        """Show the whole numbers, or hide them again."""
        self._whole_numbers = not self._whole_numbers
        text = as_text if self._whole_numbers else as_masked_text
        self.query_one("#pages", Plain).show(text(self._dossier))

    def do_write(self) -> None:
        """Write it to print."""
        self._ask_folder(as_data=False)

    def do_data(self) -> None:
        """Write it to print and as data."""
        self._ask_folder(as_data=True)

    def _ask_folder(self, *, as_data: bool) -> None:

        def written(said: str | None) -> None:
            if said is not None:
                self.notify(said)

        about = "The files are not encrypted. Hand them over, then delete them. To which folder?"
        take = partial(self._write, as_data=as_data)
        self.app.push_screen(
            AskLine("Write it down", about, take, value=str(self._folder)), written
        )

    async def _write(self, folder: str, *, as_data: bool) -> str:
        write = self._dossiers.export if as_data else self._dossiers.write
        where = self._folder if folder == str(self._folder) else Path(folder)
        try:
            files = await write(self._dossier, where)
        except BadInput as error:
            if error.code != "file_exists":
                raise
            raise BadInput(error.message, "Choose another folder.", code=error.code) from None
        return f"Wrote {' and '.join(f'“{file.name}”' for file in files)}."
