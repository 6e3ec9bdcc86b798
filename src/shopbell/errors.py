"""The errors a person may meet. Must not import anything of ours.

    ShopbellError
    ├── BadInput            wrong usage, bad file, bad number        (exit 2)
    ├── GatewayTrouble      the text was certainly not sent          (exit 5)
    ├── OutcomeUnknown      nobody can say yet whether it was sent   (exit 7)
    └── VaultError          the shop file cannot be used             (exit 6)
        ├── WrongPassphrase, NotEncrypted, NotAShopFile, FileMissing, Damaged,
        ├── Locked, TooNew, ReadOnly, DiskFull, DiskTrouble, Busy, EncryptionBroken
        └── RecoveryCodeMistyped

Refusals by a rule are values (`domain.decision.Decision`), never exceptions.
"""

from __future__ import annotations


class ShopbellError(Exception):
    """Something went wrong that the person can be told about.

    `code` is stable and for scripts, `message` says what happened, `hint` what to do next.
    Neither may ever hold a passphrase, a key or a gateway secret.
    """

    code = "failed"

    def __init__(self, message: str, hint: str = "", *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code


class BadInput(ShopbellError):
    """The command, file, number or text cannot be used as it is."""

    code = "bad_input"


class GatewayTrouble(ShopbellError):
    """The gateway could not be used; the text was certainly not sent."""

    code = "gateway_trouble"


class OutcomeUnknown(ShopbellError):
    """The request left, but nobody can say yet whether the text was sent."""

    code = "outcome_unknown"


class VaultError(ShopbellError):
    """The shop file cannot be opened or used."""

    code = "vault"


class WrongPassphrase(VaultError):
    """No page of the file verifies under this passphrase."""

    code = "wrong_passphrase"


class RecoveryCodeMistyped(VaultError):
    """The recovery code fails its own check digits."""

    code = "recovery_code_mistyped"


class Locked(VaultError):
    """The file was locked while something was still being asked of it; nothing was changed."""

    code = "locked"


class NotEncrypted(VaultError):
    """The file is an ordinary SQLite file; Shopbell never writes to one."""

    code = "not_encrypted"


class NotAShopFile(VaultError):
    """Empty, foreign, or encrypted but not made by Shopbell."""

    code = "not_a_shop_file"


class FileMissing(VaultError):
    """There is no file at that path; opening never creates one."""

    code = "file_missing"


class Damaged(VaultError):
    """The passphrase is right, but pages of the file are damaged. `pages` counts from 1."""

    code = "damaged"

    def __init__(self, message: str, hint: str = "", *, pages: tuple[int, ...] = ()) -> None:
        super().__init__(message, hint)
        self.pages = pages


class TooNew(VaultError):
    """Made by a newer version of Shopbell."""

    code = "too_new"


class ReadOnly(VaultError):
    """The file, its folder or its kind of folder allows reading only."""

    code = "read_only"


class DiskFull(VaultError):
    """No room on the disk; the last change was not saved."""

    code = "disk_full"


class DiskTrouble(VaultError):
    """The disk reported an error; the last change was not saved."""

    code = "disk_trouble"


class Busy(VaultError):
    """Another process is writing and did not finish in time."""

    code = "busy"


class EncryptionBroken(VaultError):
    """The SQLite in this process does not encrypt; nothing was saved."""

    code = "encryption_broken"
