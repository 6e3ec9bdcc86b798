"""Kinds of arguments: texts, purposes, ways. Must not touch a file or the shop."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TypeVar

import click

from shopbell.domain.consent import Basis, How, Purpose

_MOST_CHARS = 20_000

Word = TypeVar("Word", bound=StrEnum)


class Words(click.ParamType[str]):
    """Text a person typed. What no gateway or file could carry is refused here, with the place."""

    name = "text"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the text as it is, or refuse it."""
        text = str(value)
        if len(text) > _MOST_CHARS:
            self.fail(f"is longer than {_MOST_CHARS:,} characters. Shorten it.", param, ctx)
        if "\0" in text:
            self.fail("holds a NUL character. Type it again without.", param, ctx)
        if not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
            self.fail("holds bytes that are not UTF-8 text. Type it again.", param, ctx)
        return text


class Body(Words):
    """The words of a text; `-` reads them from standard input."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the text as it is, or refuse it."""
        if value != "-":
            return super().convert(value, param, ctx)
        try:
            typed = sys.stdin.read(_MOST_CHARS + 2)
        except UnicodeDecodeError:
            self.fail("standard input is not UTF-8 text.", param, ctx)
        return super().convert(typed.removesuffix("\n").removesuffix("\r"), param, ctx)


WORDS = Words()
BODY = Body()


class OneOf(click.ParamType[Word]):
    """One word of a closed list."""

    def __init__(self, words: type[Word]) -> None:
        self._words = words
        self.name = words.__name__.lower()

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Word:
        """Return the word, or refuse it with the whole list."""
        try:
            return self._words(str(value).lower().replace("_", "-"))
        except ValueError:
            known = ", ".join(self._words)
            self.fail(f"“{str(value)[:40]}” is not known. Use one of: {known}.", param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return the list as help shows it."""
        del param, ctx
        return f"[{'|'.join(self._words)}]"


PURPOSE = OneOf(Purpose)
HOW = OneOf(How)
BASIS = OneOf(Basis)
