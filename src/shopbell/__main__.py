"""The start of the program: hardens the process and hands the wiring to the doors. Nothing else."""

from __future__ import annotations

import gc


def main() -> None:
    """Run one command line, or open the counter screen."""
    # What is loaded now stays to the end: looking for garbage in it would be a tenth of the start.
    gc.disable()
    from shopbell.cli.app import shopbell
    from shopbell.store.hardening import harden

    harden()
    shopbell.main(prog_name="shopbell", obj=_real_tools)


def _real_tools() -> object:
    # Imported when a command needs it: `--help` and `--version` need nothing.
    from shopbell.services.clock import SystemClock
    from shopbell.wiring import real_tools

    return real_tools(SystemClock())


if __name__ == "__main__":
    main()
