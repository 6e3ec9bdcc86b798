"""What to do next, in the words of line mode, where an error names a command. Must not look up."""

from __future__ import annotations

import re

from shopbell.errors import ShopbellError

_COMMAND = re.compile(r"shopbell [a-z]|(?:^|[\s(`'])--[a-z]|on the screens|\(contacts add")
_OPTION = re.compile(r"^--[a-z-]+: ")

HINTS = {
    "bad_count": "For example: 100",
    "bad_day": "“What holds in this shop” says the closed days.",
    "bad_days": "Type the earlier day first.",
    "bad_map": "Choose the part, then the column that holds it.",
    "bad_name": "Give it a shorter one.",
    "bad_place": "“What holds in this shop” says where there is one.",
    "bad_price": "“Prices of your own” says those there are.",
    "contact_exists": "Change that contact; one number can have several names.",
    "count_needed": "Choose “Send it” again.",
    "date_order": "Say in which order the file writes its days.",
    "file_exists": "Choose another name.",
    "has_ended": "“Write a new one with the same words” copies it.",
    "message_log": "“Bring in a list of people not to text” takes the stops in it.",
    "mixed_topics": "Make a poster for each.",
    "name_needed": "Choose “Send it” again, and type your name.",
    "no_campaign": "“All campaigns” lists them.",
    "no_complaint": "“Complaints, open and closed” lists them.",
    "no_draft": "“Look through the drafts” lists those that wait for your word.",
    "no_gateway": "Choose and set up one under Gateways.",
    "no_household": "“Somebody on file lives with them” makes one.",
    "no_import": "“Past imports” lists them.",
    "no_number": "Type the number your gateway receives texts on.",
    "no_practice": "The place Lessons has a practice shop for them.",
    "no_price": "Set one under Rules, “Prices of your own”, or limit the number of texts.",
    "no_reminder": "“Look through the drafts” lists them.",
    "no_reply": "Replies lists them.",
    "no_rule": "“Read the rulebook” names the rules; a stop or a missing yes cannot be set aside.",
    "no_text": "Outbox lists them.",
    "no_thread": "“All threads” says who wrote.",
    "no_topic": "Sign-ups has the topics; offer one there.",
    "not_merged": "“Who may be on file twice” lists who might be one person.",
    "not_missed": "Outbox says what waits for your word.",
    "not_started": "Choose “Change it”.",
    "port_taken": "Stop the program that uses it.",
    "practice_file": "A real gateway needs a real shop file.",
    "real_file": "Open it without another time.",
    "same_person": "“Their other numbers” on their page takes a merge back.",
    "second_needed": "Somebody else chooses “Send it” and says yes with their own word.",
    "sending_off": "Turn it on first, under Outbox.",
    "stop_unproved": "Gateways: “Prove that a STOP arrives”.",
    "too_late": "Outbox says what became of its text.",
    "too_many_rows": "Bring it in by parts, or split it into several files.",
    "topic_taken": "“Topics, and change one” changes it.",
    "two_people_needed": "Under Rules, “Two people's yes to large campaigns”: add somebody first.",
    "wrong_word": "Type it again; a new one is given under Rules, by whoever knows the passphrase.",
}
"""By the code of the error. A hint that names no command is said as it is."""


def said_in_lines(error: ShopbellError) -> tuple[str, ...]:
    """Return what went wrong and what to do next, without the name of a command or an option."""
    hint = error.hint
    if _COMMAND.search(hint):
        hint = HINTS.get(error.code, "")
    message = _OPTION.sub("", error.message)
    return (message, hint) if hint else (message,)
