from __future__ import annotations

import pytest

from shopbell.domain.reading_words import meaning
from shopbell.domain.replies import Band, Intent, Reading


@pytest.mark.parametrize(
    ("band", "intent", "said"),
    [
        (Band.OPT_OUT, Intent.STOP, "It is a stop: no text goes"),
        (Band.OPT_OUT, Intent.WRONG_PERSON, "The number is somebody else's: no text goes"),
        (Band.HOLD, None, "It may be a stop: a person decides"),
        (Band.NONE, None, "It is no stop."),
        (Band.NONE, Intent.HELP, "It is no stop: they ask who this is."),
        (Band.NONE, Intent.START, "It is no stop: they want texts again"),
        (Band.NONE, Intent.YES, "It is no stop: they said yes"),
    ],
)
def test_every_reading_has_a_sentence(band: Band, intent: Intent | None, said: str) -> None:
    sentence = meaning(Reading(band=band, intent=intent, why="They wrote it."))
    assert sentence.startswith(said)
    assert sentence.endswith(".")
