"""Listing and checking theme files."""

from __future__ import annotations

from pathlib import Path

import click

from shopbell.cli.context import output_of, tools_of
from shopbell.cli.exits import Exit
from shopbell.cli.settings import Group
from shopbell.services.themes import Themes, read_themes


@click.group(cls=Group)
def themes() -> None:
    """List and check theme files."""


@themes.command("list")
@click.pass_context
def list_(ctx: click.Context) -> Exit:
    """List the themes that can be used, and the files that cannot."""
    _show(ctx, read_themes(tools_of(ctx).theme_folders()))
    return Exit.DONE


@themes.command("check")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def check(ctx: click.Context, folders: tuple[Path, ...]) -> Exit:
    """Check every theme file, or those in the folders given; fails if one is refused."""
    found = read_themes(folders or tools_of(ctx).theme_folders())
    _show(ctx, found)
    return Exit.USAGE if found.refused else Exit.DONE


def _show(ctx: click.Context, found: Themes) -> None:
    output_of(ctx).result(
        {
            "good": [
                {"name": theme.name, "about": theme.about, "dark": theme.dark, "file": theme.path}
                for theme in found.good
            ],
            "refused": [{"file": bad.file, "reason": bad.reason} for bad in found.refused],
            "notes": list(found.notes),
        },
        [
            *(f"{theme.name}: {theme.about}" for theme in found.good),
            *(f"Refused {bad.file}: {bad.reason}" for bad in found.refused),
            *found.notes,
        ],
    )
