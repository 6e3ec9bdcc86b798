"""Where secrets come from: a file descriptor, the environment, or the terminal.

Never from an argument: arguments are seen by every process and kept by the shell. Must not store
or print one.
"""

from __future__ import annotations

import os
import sys

import click

from shopbell.cli.settings import Settings
from shopbell.domain.secret import Secret
from shopbell.errors import BadInput

_MOST_BYTES = 65_536
_STANDARD = 2

WORD_FD = click.option(
    "--word-fd",
    type=click.IntRange(0),
    metavar="N",
    help="Read the person's own word from this file descriptor.",
)


def read_descriptor(descriptor: int, what: str) -> str:
    """Return everything that can be read from an open file descriptor, to its end.

    Raises:
        BadInput: it is not open for reading, is empty, endless or not UTF-8.
    """
    hint = f"Open it for reading, for example: shopbell ... {descriptor}<secret.txt"
    try:
        # The three standard ones stay open: the interpreter uses them.
        with os.fdopen(descriptor, "rb", closefd=descriptor > _STANDARD) as stream:
            raw = stream.read(_MOST_BYTES + 1)
    except OSError:
        raise BadInput(
            f"File descriptor {descriptor}, for the {what}, cannot be read.", hint, code="bad_fd"
        ) from None
    if len(raw) > _MOST_BYTES:
        raise BadInput(
            f"File descriptor {descriptor} gave more than a {what}.", hint, code="bad_fd"
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"The {what} is not text in UTF-8.", hint, code="bad_fd") from None
    if not text:
        raise BadInput(f"File descriptor {descriptor} gave no {what}.", hint, code="bad_fd")
    return text


def given_passphrase(settings: Settings) -> Secret | None:
    """Return the passphrase that a script hands over, or None when nobody did.

    Raises:
        BadInput: the file descriptor cannot be read.
    """
    if settings.passphrase_fd is not None:
        text = read_descriptor(settings.passphrase_fd, "passphrase")
        return Secret(text.removesuffix("\n").removesuffix("\r"))
    return settings.passphrase


def passphrase_for_opening(settings: Settings) -> Secret:
    """Return the passphrase of an existing file, asking at the terminal if need be.

    Raises:
        BadInput: nobody gave one and there is no terminal to ask at.
    """
    return given_passphrase(settings) or ask("Passphrase", _HOW_SCRIPTS_DO_IT)


def own_word(name: str, descriptor: int | None, *, is_new: bool = False) -> Secret:
    """Return the word by which a person says yes, asking at the terminal if need be.

    Raises:
        BadInput: nobody gave one, there is no terminal, or two typed words differ.
    """
    if descriptor is not None:
        text = read_descriptor(descriptor, "word")
        return Secret(text.removesuffix("\n").removesuffix("\r"))
    word = ask(f"{name}'s own word", "Give it with --word-fd N.")
    if is_new and ask("The same word again", "Give it with --word-fd N.") != word:
        raise BadInput("The two words differ.", "Type them again.", code="words_differ")
    return word


def ask(question: str, hint: str, *, hidden: bool = True, default: str | None = None) -> Secret:
    """Ask at the terminal.

    Raises:
        BadInput: there is no terminal; `hint` says how else to answer.
    """
    if not at_a_terminal():
        raise BadInput(
            f"{question} is missing, and there is no terminal to ask at.", hint, code="no_terminal"
        )
    return Secret(click.prompt(question, hide_input=hidden, err=True, default=default))


def at_a_terminal() -> bool:
    """Return whether a person can be asked."""
    return sys.stdin.isatty()


_HOW_SCRIPTS_DO_IT = (
    "Give it with --passphrase-fd N, or in the environment variable SHOPBELL_PASSPHRASE."
)
