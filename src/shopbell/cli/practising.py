"""Plays lessons: a fresh practice shop for each, over a practice gateway on the same clock.

Must not touch a shop file of somebody's own.
"""

from __future__ import annotations

from shopbell.cli.tools import Tools
from shopbell.services.clock import ShiftedClock
from shopbell.services.demo import SAMPLE_PASSPHRASE, practice_shop, private_copy, sample_file
from shopbell.services.drills import Drills
from shopbell.services.practising import Lesson


async def practise(
    tools: Tools, drills: Drills, lesson: Lesson | None, *, in_lines: bool = False
) -> int:
    """Play one lesson after another, each on a fresh practice shop, until somebody leaves."""
    code = 0
    while lesson is not None:
        code = await _one(tools, drills, lesson, in_lines=in_lines)
        lesson = drills.wanted
    return code


async def _one(tools: Tools, drills: Drills, lesson: Lesson, *, in_lines: bool) -> int:
    clock = ShiftedClock(lesson.at, tools.clock())
    with private_copy(sample_file()) as path:
        async with tools.rehearsal(clock) as practice:
            async with practice_shop(path, practice, clock=tools.clock(), shelf=tools.shelf):
                pass  # from now on the copy knows its gateway
            drills.begin(lesson, practice)
            if in_lines:
                return await tools.lines(
                    path,
                    pretend_clock=clock,
                    passphrase=SAMPLE_PASSPHRASE,
                    runs_practice=False,
                    drills=lambda: drills,
                )
            return await tools.counter(
                path, pretend_clock=clock, passphrase=SAMPLE_PASSPHRASE, drills=lambda: drills
            )
