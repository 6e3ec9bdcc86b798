"""Labelled replies as the data files in `tests/data` hold them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from shopbell.domain.replies import Band, Intent

_DATA = Path(__file__).parent / "data"
CORPUS = _DATA / "replies.toml"
FRESH = tuple(sorted(_DATA.glob("replies_fresh*.toml")))
"""Written after the reader was finished for those before; docs/stops.md gives the first results."""
_KEYS = frozenset("tag band intent language texts question_open only_own_language accepted".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    text: str
    tag: str
    """In a word or two, why it has its label."""
    band: Band
    intent: Intent | None
    language: str
    question_open: bool
    only_own_language: bool
    """Whether the label holds only for a person known to write that language."""
    accepted: Band | None
    """How the reader knowingly reads it instead; docs/stops.md says why."""

    @property
    def expected(self) -> Band:
        return self.accepted or self.band

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of a person from whom it must be read alike."""
        return (self.language,) if self.only_own_language else (self.language, "en")

    def __str__(self) -> str:
        return ascii(self.text) if not self.text.isprintable() else f'"{self.text}"'


def labelled(path: Path = CORPUS) -> list[Labelled]:
    """Return the messages of a data file.

    Raises:
        ValueError: a group lacks or misspells something.
    """
    groups = tomllib.loads(path.read_text(encoding="utf-8"))["group"]
    return [message for group in groups for message in _of(group)]


def _of(group: dict[str, object]) -> list[Labelled]:
    tag, texts, language = group.get("tag"), group.get("texts"), group.get("language")
    if set(group) - _KEYS or not (isinstance(tag, str) and isinstance(language, str)):
        raise ValueError(f"a group lacks or misspells something: {sorted(group)}")
    if not isinstance(texts, list) or not texts:
        raise ValueError(f"the group {tag} has no texts")
    intent, accepted = group.get("intent"), group.get("accepted")
    return [
        Labelled(
            text=str(text),
            tag=tag,
            band=Band(group.get("band")),
            intent=None if intent == "none" else Intent(intent),
            language=language,
            question_open=group.get("question_open") is True,
            only_own_language=group.get("only_own_language") is True,
            accepted=None if accepted is None else Band(accepted),
        )
        for text in texts
    ]
