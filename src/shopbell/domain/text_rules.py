"""The rules about the words of texts, each read from its own rule file when it is first needed.

Must not look at texts. Reading all of them takes half a second, mostly for patterns: too long for a
door that only lists contacts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from shopbell.domain.lint_rules import LintRules, read_lint_rules
from shopbell.domain.promotional import PromotionalRules, read_promotional_rules
from shopbell.domain.rule_table import RuleTable
from shopbell.domain.smart import SmartTable, read_smart_table
from shopbell.domain.stale_rules import StaleRules, read_stale_rules
from shopbell.domain.stop_rules import StopRules, read_stop_rules
from shopbell.domain.template_reader import read_template_rules
from shopbell.domain.template_rules import TemplateRules
from shopbell.errors import BadInput

LINT_FILE = "lint.toml"
PROMOTIONAL_FILE = "promotional.toml"
SMART_FILE = "smart.toml"
STALE_FILE = "stale.toml"
STOP_FILE = "stop.toml"
TEMPLATES_FILE = "templates.toml"

TEXT_FILES = frozenset(
    {LINT_FILE, PROMOTIONAL_FILE, SMART_FILE, STALE_FILE, STOP_FILE, TEMPLATES_FILE}
)
"""The rule files that are read here, and are no rows of law."""


@dataclass(frozen=True, kw_only=True)
class TextRules:
    """What texts are looked through for, and what they are made from.

    A part whose file is wrong raises BadInput, naming file and key, when it is first asked for. Not
    slotted: a part that was read is kept in the instance.
    """

    files: Mapping[str, str] = field(repr=False)
    """The text of each of `TEXT_FILES`, by its name."""

    @cached_property
    def lint(self) -> LintRules:
        """What carriers block and what puts people off."""
        return read_lint_rules(self._table(LINT_FILE))

    @cached_property
    def promotional(self) -> PromotionalRules:
        """What makes a text marketing."""
        return read_promotional_rules(self._table(PROMOTIONAL_FILE))

    @cached_property
    def smart(self) -> SmartTable:
        """Characters that have a cheaper twin."""
        return read_smart_table(self._table(SMART_FILE))

    @cached_property
    def stale(self) -> StaleRules:
        """Words that are true for a while only."""
        return read_stale_rules(self._table(STALE_FILE))

    @cached_property
    def stops(self) -> StopRules:
        """The words and phrases by which replies are read."""
        return read_stop_rules(self._table(STOP_FILE))

    @cached_property
    def templates(self) -> TemplateRules:
        """The shop's own texts and what they must say."""
        return read_template_rules(self._table(TEMPLATES_FILE))

    def _table(self, name: str) -> RuleTable:
        return RuleTable.parsed(name, self.files[name])


def text_rules(files: Mapping[str, str]) -> TextRules:
    """Return the rules about words, still unread.

    Args:
        files: the text of each rule file by its name; others than `TEXT_FILES` are passed over.

    Raises:
        BadInput: a file is missing; names it.
    """
    for name in sorted(TEXT_FILES):
        if name not in files:
            raise BadInput(
                f"The rule file {name} is missing.", "Install Shopbell again.", code="rules"
            )
    return TextRules(files={name: files[name] for name in sorted(TEXT_FILES)})
