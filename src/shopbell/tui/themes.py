"""Turns a checked theme file into a Textual theme. Must not read files."""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

from shopbell.services.contrast import TERMINAL_COLOURS
from shopbell.services.themes import ThemeFile, Themes

NO_COLOUR_THEME = "ansi-dark"
"""Textual's own theme that, with NO_COLOR, sends attributes only: no colour, no grey."""


def textual_theme(file: ThemeFile) -> Theme:
    """Return `file` as Textual wants it.

    Raises:
        textual.color.ColorParseError: a colour that Textual does not know after all.
    """
    colour = {name: value for name, value in file.colours.items() if Color.parse(value)}
    return Theme(
        name=file.name,
        dark=file.dark,
        primary=colour["accent"],
        secondary=colour["muted"],
        accent=colour["accent"],
        success=colour["success"],
        warning=colour["warning"],
        error=colour["error"],
        foreground=colour["foreground"],
        background=colour["background"],
        surface=colour["surface"],
        panel=colour["panel"],
        # Sent as they are, or Textual would replace them by colours of its own.
        ansi=any(value in TERMINAL_COLOURS for value in colour.values()),
        variables={
            "text": colour["foreground"],
            "text-muted": colour["muted"],
            "text-disabled": colour["muted"],
            "text-accent": colour["accent"],
            "text-success": colour["success"],
            "text-warning": colour["warning"],
            "text-error": colour["error"],
            "border": colour["line"],
            "border-blurred": colour["line"],
            "block-cursor-background": colour["panel"],
            "block-cursor-foreground": colour["foreground"],
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-background": colour["surface"],
            "block-cursor-blurred-foreground": colour["foreground"],
            "block-cursor-blurred-text-style": "none",
            "block-hover-background": colour["surface"],
            "input-cursor-background": colour["accent"],
            "input-cursor-foreground": colour["on_accent"],
            "input-cursor-text-style": "none",
            "input-selection-background": colour["panel"],
            "button-color-foreground": colour["on_accent"],
            "scrollbar": colour["line"],
            "scrollbar-hover": colour["muted"],
            "scrollbar-active": colour["accent"],
            "scrollbar-background": colour["background"],
            "scrollbar-background-hover": colour["background"],
            "scrollbar-background-active": colour["background"],
            "scrollbar-corner-color": colour["background"],
            "link-color": colour["accent"],
            "link-background": "transparent",
            "link-style": "underline",
            # Textual's own styles ask for these two when a theme leaves colours to the terminal.
            "ansi-background": "ansi_black",
            "ansi-foreground": "ansi_white",
        },
    )


def first_theme(themes: Themes, wanted: str) -> str:
    """Return the theme to start with: the wanted one, or what there is."""
    if wanted == NO_COLOUR_THEME or themes.named(wanted):
        return wanted
    return themes.good[0].name if themes.good else NO_COLOUR_THEME
