"""Puts long work into words: a bar, how fast it goes, how long it still takes. Must not measure."""

from __future__ import annotations

from textual.content import Content

from shopbell.domain.progress import Progress
from shopbell.tui.plain import lines, spans
from shopbell.tui.underway import Pace

_SOON = 1.0
"""Seconds of work before anything is said about the pace: it would only jump."""


def bar(progress: Progress, width: int, pace: Pace | None = None) -> Content:
    """Return how far it is, and below that how fast it goes.

    Args:
        progress: how far it is.
        width: of the bar, in cells.
        pace: how fast it goes, where that is known.
    """
    if not progress.total:
        return spans(f"{progress.step} … {progress.done:,}")
    share = min(progress.done / progress.total, 1.0)
    full = round(share * width)
    drawn = spans(
        f"{progress.step:<18}",
        ("█" * full, "$accent"),
        ("░" * (width - full), "$border"),
        (f" {share:4.0%}", "bold"),
    )
    below = how_fast(progress, pace)
    return lines(drawn, spans((below, "$text-muted"))) if below else drawn


def how_fast(progress: Progress, pace: Pace | None) -> str:
    """Return how much is done, how fast it goes and how long it still takes."""
    said = [] if progress.items is None else [f"{progress.items:,} rows"]
    if pace is not None and pace.seconds >= _SOON:
        if pace.items:
            said.append(f"{round(pace.items_a_second):,} a second")
        if pace.seconds_left is not None:
            said.append(f"{duration(pace.seconds_left)} left")
    return " · ".join(said)


def duration(seconds: float) -> str:
    """Return a stretch of time, rounded up: "12 s", "3 min", "2 h"."""
    if seconds < 60:
        return f"{max(int(seconds + 0.999), 1)} s"
    if seconds < 3600:
        return f"{int((seconds + 59) // 60)} min"
    return f"{int((seconds + 3599) // 3600)} h"
