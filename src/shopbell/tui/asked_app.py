"""What a screen asks the app for, handed on to what opens it. Must not open anything itself.

Nothing is asked for before the file is open, nor after it is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ReturnType

from shopbell.tui.frame import FrameScreen
from shopbell.tui.keyed_app import KeyedApp

if TYPE_CHECKING:
    from shopbell.tui.campaign_messages import CampaignWanted, ChosenWanted, DraftWanted
    from shopbell.tui.everywhere import Everywhere
    from shopbell.tui.screens.contact import ContactScreen
    from shopbell.tui.screens.import_file import ImportScreen
    from shopbell.tui.thread_messages import ThreadWanted


class AskedApp(KeyedApp[ReturnType]):
    """An app that hands on what its screens ask for."""

    _everywhere: Everywhere | None = None
    """There while a file is open."""

    async def on_frame_screen_left(self) -> None:
        """Go back."""
        if self._everywhere is not None:
            await self._everywhere.do_back()

    async def on_frame_screen_person_opened(self, message: FrameScreen.PersonOpened) -> None:
        """Open somebody's sheet."""
        if self._everywhere is not None:
            await self._everywhere.person(message.number)

    async def on_frame_screen_text_wanted(self, message: FrameScreen.TextWanted) -> None:
        """Text somebody."""
        from shopbell.tui.composer import Recipient

        if self._everywhere is not None:
            who = Recipient(number=message.number, name=message.name) if message.number else None
            await self._everywhere.text(who, answering=message.answering)

    async def on_thread_wanted(self, message: ThreadWanted) -> None:
        """Open a thread."""
        if self._everywhere is not None:
            await self._everywhere.thread(message.sender, unread=message.unread)

    async def on_frame_screen_sign_up_wanted(self, message: FrameScreen.SignUpWanted) -> None:
        """Write down a yes."""
        if self._everywhere is not None:
            await self._everywhere.consenting.sign_up(message.number, message.name)

    async def on_contact_screen_edit_wanted(self, message: ContactScreen.EditWanted) -> None:
        """Change what is known about somebody."""
        if self._everywhere is not None:
            await self._everywhere.consenting.edit(message.contact, message.wishes)

    async def on_contact_screen_no_wanted(self, message: ContactScreen.NoWanted) -> None:
        """Write down a no."""
        if self._everywhere is not None:
            await self._everywhere.consenting.no(message.number, message.name, message.standings)

    async def on_import_screen_stops_wanted(self, message: ImportScreen.StopsWanted) -> None:
        """Bring in a do-not-text list."""
        if self._everywhere is not None:
            await self._everywhere.stops(message.origin)

    async def on_contact_screen_stop_wanted(self, message: ContactScreen.StopWanted) -> None:
        """Write down a stop."""
        if self._everywhere is not None:
            await self._everywhere.consenting.stop(message.number, message.name)

    async def on_contact_screen_why_asked(self, message: ContactScreen.WhyAsked) -> None:
        """Explain a text."""
        if self._everywhere is not None:
            await self._everywhere.why(message.text_id)

    async def on_campaign_wanted(self, message: CampaignWanted) -> None:
        """Open a campaign."""
        if self._everywhere is not None:
            await self._everywhere.campaigning.open(message)

    async def on_draft_wanted(self, message: DraftWanted) -> None:
        """Write a campaign."""
        if self._everywhere is not None:
            await self._everywhere.campaigning.write(message)

    async def on_chosen_wanted(self, message: ChosenWanted) -> None:
        """List some of the people of a campaign."""
        if self._everywhere is not None:
            await self._everywhere.campaigning.chosen(
                message.campaign_id, message.bucket, message.code
            )
