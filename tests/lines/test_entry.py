"""The way in and out: unlocking, the first questions, the lock, and what is left behind."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from lines.conversing import Place, Still, Typist
from shopbell.domain.replies import InboundText
from shopbell.domain.secret import Secret
from shopbell.lines.places import line_mode
from shopbell.services.opening import NewShop, create_shop
from shops import BO, NOW, PASSPHRASE

ANSWERS = ("Fern & Finch", "", "new york", "1", "", "1", "1")
"""Name, country (the guessed one), zone and which of them, hours, practice, the offered words."""


class Reader(Typist):
    """Somebody who writes down the recovery code and types its last group when asked."""

    async def read(self, *, hidden: bool = False) -> str | None:
        if self.said.endswith("Type its last group. (may be empty)\n"):
            rows = self.said.split("Who has it can open the file")[1].splitlines()[1:]
            groups = " ".join(row for row in rows if row.startswith("  ")).split()
            self.typed = (*self.typed[: self.asked], groups[-1].lower(), *self.typed[self.asked :])
        return await super().read(hidden=hidden)


async def test_a_wrong_passphrase_is_told_and_asked_again(place: Place) -> None:
    said = await place.talk("not this one", PASSPHRASE.reveal(), "q", passphrase=None)
    assert said.hidden == ["not this one", PASSPHRASE.reveal()]
    assert said.said.count("Unlocking …") == 2
    assert "Fern & Finch (practice: nothing leaves this computer)." in said.said
    assert PASSPHRASE.reveal() not in said.page


async def test_a_passphrase_that_was_handed_over_and_is_wrong_is_asked_for(place: Place) -> None:
    said = await place.talk(PASSPHRASE.reveal(), "0", passphrase=Secret("not this one"))
    assert said.hidden == [PASSPHRASE.reveal()]
    assert said.said.endswith("Closed. What was finished is kept.\n")


async def test_the_recovery_code_opens_it_too(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    new = NewShop(name="Fern", country="US", zone="America/New_York", practice=True)
    created = await create_shop(path, new, PASSPHRASE, Still(NOW))
    said = await Place(path=path).talk(
        "", "", "", created.recovery_code.reveal(), "q", passphrase=None
    )
    assert "Fern (practice: nothing leaves this computer)." in said.said


async def test_one_can_leave_before_it_is_unlocked(place: Place) -> None:
    said = await place.talk("", "leave", passphrase=None)
    assert said.said.endswith("Closed. What was finished is kept.\n")
    assert "Fern" not in said.said


async def test_the_first_questions_make_a_shop_and_go_on_in_it(tmp_path: Path) -> None:
    place = Place(path=tmp_path / "shop.db")
    typist = Reader((*ANSWERS, "3", "0", "q"))
    await line_mode(place.way(None), typist)
    assert place.path.exists()
    assert "This is the recovery code." in typist.said
    assert "Fern & Finch (practice: nothing leaves this computer)." in typist.said
    assert "No gateway yet: nothing can be sent." in typist.said
    assert "People: nobody yet. Add one, or import." in typist.said


@pytest.mark.parametrize("answered", range(len(ANSWERS)))
async def test_nothing_is_made_before_the_last_question(tmp_path: Path, answered: int) -> None:
    place = Place(path=tmp_path / "shop.db")
    said = await place.talk(*ANSWERS[:answered], passphrase=None)
    assert said.said.endswith("Closed. What was finished is kept.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("Fern", "Narnia", "Germany"), "“Narnia” is no country."),
        (("Fern", "", "Atlantis"), "That time zone is not known."),
        (("Fern", "", "", "monday"), 'The hours "monday" cannot be read.'),
        (("Fern", "", "", "mon none"), "With no hours at all no text could ever go."),
        (("Fern", "", "", "", "1", "2", "short"), "passphrase"),
        (
            ("Fern", "", "", "", "1", "2", "walnut ladder orbit", "walnut ladder"),
            "The two are not the same.",
        ),
    ],
)
async def test_an_answer_that_will_not_do_is_told_and_asked_again(
    tmp_path: Path, typed: tuple[str, ...], says: str
) -> None:
    said = await Place(path=tmp_path / "shop.db").talk(*typed, passphrase=None)
    assert says in said.said
    assert list(tmp_path.iterdir()) == []


async def test_a_name_that_cannot_be_used_begins_the_questions_again(tmp_path: Path) -> None:
    typed = ("x" * 90, *ANSWERS[1:])
    said = await Place(path=tmp_path / "shop.db").talk(*typed, passphrase=None)
    assert "Nothing was made. The questions begin again." in said.said
    assert list(tmp_path.iterdir()) == []


async def test_after_quiet_minutes_it_locks_and_asks_for_the_passphrase_again(
    place: Place,
) -> None:
    class Slow(Typist):
        async def read(self, *, hidden: bool = False) -> str | None:
            if self.asked == 1 and not hidden:  # somebody walked away in the middle of a question
                place.clock.advance(seconds=55)
                await asyncio.Event().wait()
            return await super().read(hidden=hidden)

    typist = Slow(("2", PASSPHRASE.reveal(), "q"))
    way = replace(place.way(), lock_after=timedelta(seconds=50))
    await line_mode(way, typist)
    assert "Locked after 1 quiet minute. What was asked last was not done." in typist.said
    assert typist.hidden == [PASSPHRASE.reveal()]


@pytest.mark.parametrize(
    ("answers", "opened"), [(("1", "#Settings", "#Lock now", "0"), 2), (("0",), 1), (("",), 1)]
)
async def test_a_practice_shop_that_was_locked_opens_again_by_itself_or_is_left(
    place: Place, answers: tuple[str, ...], opened: int
) -> None:
    way = replace(place.way(), opens_itself=True)
    typist = Typist(("#Settings", "#Lock now", *answers))
    await line_mode(way, typist)
    assert typist.said.count("Unlocking …") == opened
    assert typist.said.count("Go on in the practice shop?") == opened
    assert not typist.hidden, "nobody is asked for a passphrase"
    assert typist.said.endswith("Closed. What was finished is kept.\n")


async def test_a_computer_that_slept_is_locked(place: Place) -> None:
    class Asleep(Typist):
        async def read(self, *, hidden: bool = False) -> str | None:
            if self.asked == 0:
                place.clock.advance(hours=3)
                await asyncio.Event().wait()
            return await super().read(hidden=hidden)

    class Away(Asleep):
        async def read(self, *, hidden: bool = False) -> str | None:
            return None if hidden else await super().read()

    typist = Away(("2",))
    await line_mode(place.way(), typist)
    assert "Locked: the computer was asleep." in typist.said


async def test_a_copy_asks_before_anything_leaves_from_it(copied: Place) -> None:
    said = await copied.talk("0", "2", "ana", "1", "2", "1", "q")
    assert "This file is not where it was when it last sent texts" in said.said
    assert "Texts are to leave from this file, and from no other?" in said.said
    assert "It waits for its turn." in said.said
    assert copied.gateway.taken == []
    turned = await copied.talk("1", "q")
    assert "Sending is on." in turned.said


async def test_a_reply_that_comes_meanwhile_is_news_at_the_next_choice(place: Place) -> None:

    place.gateway.replies.append(
        InboundText(sender=BO, text="are you open?", gateway_id="in-9", at=place.clock.now())
    )

    class Patient(Typist):
        async def read(self, *, hidden: bool = False) -> str | None:
            while self.asked == 1 and 0.25 not in place.clock.slept:  # the first look is not over
                await asyncio.sleep(0.005)
            return await super().read(hidden=hidden)

    typist = Patient(("3", "0", "q"))
    await line_mode(place.way(), typist)
    assert "News: Bo Lind wrote." in typist.said
