"""The lessons in lines: what is done, the running one once more, and beginning one.

Must not begin one itself: who opened line mode does, on a practice shop of its own.
"""

from __future__ import annotations

from shopbell.lines.lesson_task import beginning
from shopbell.lines.talk import HOW_TO, Left, Talk
from shopbell.services.drills import Drills, Listed
from shopbell.services.practising import Lesson

_ABOUT = (
    "A practice shop of its own, customers who write, and a gateway that leads nowhere: "
    "nothing leaves this computer."
)
_LOCKED = "Your shop is locked meanwhile; closing the practice shop brings you back to it."


async def lessons(talk: Talk, drills: Drills) -> None:
    """Say the lesson that runs and all there are; the one that is chosen begins at once.

    Raises:
        Left: one was chosen; it stands in `drills.wanted`.
    """
    if drills.running is not None:
        talk.say(*beginning(drills.running.standing))
    else:
        talk.say(_ABOUT, _LOCKED)
    wanted = await choose_lesson(talk, drills)
    if wanted is not None:
        drills.wanted = wanted
        raise Left


async def first_lesson(talk: Talk, drills: Drills) -> Lesson | None:
    """Ask which lesson to begin with, before any shop is open; None to leave."""
    talk.say("Lessons in lines.", HOW_TO, _ABOUT)
    try:
        return await choose_lesson(talk, drills, back="Leave")
    except Left:
        return None


async def choose_lesson(talk: Talk, drills: Drills, *, back: str = "Back") -> Lesson | None:
    """Say all lessons with what is done of them; return the one that is chosen."""
    listed = drills.listed()
    if drills.trouble:
        talk.say(drills.trouble)
    done = sum(one.is_done for one in listed)
    heading = f"Lessons: {done} of {len(listed)} done. Which one begins, on a fresh practice shop?"
    chosen = await talk.choose(heading, [_label(one) for one in listed], back=back)
    return None if chosen is None else listed[chosen].lesson


def _label(one: Listed) -> str:
    states = [*(["done"] if one.is_done else []), *(["you are at it"] if one.is_running else [])]
    return f"{one.lesson.title} ({', '.join(states) or 'not done'})"
