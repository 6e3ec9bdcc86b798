"""The one table of commands: keys, palette, footer, help and the README's key table come from it.

Must not run anything: a screen has a method `do_<name>` for each command of its scope, and its
`why_not` says when one is not possible now.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from textual.binding import Binding

from shopbell.tui.key_labels import is_function_key


class Scope(StrEnum):
    """Where a command works; the value is what the help screen calls the place."""

    EVERYWHERE = "Everywhere"
    TODAY = "Today"
    PEOPLE = "People"
    CONTACT = "One person"
    TEXT = "Text somebody"
    REPLIES = "Replies"
    THREAD = "One thread"
    OUTBOX = "Outbox"
    IMPORT = "Import"
    RULES = "Rules and hours"
    REPORTS = "Reports"
    SETTINGS = "Settings"
    STOPS = "Who said no"
    PAST = "Past imports"
    DOUBLES = "Likely the same person"
    RECONFIRM = "Whose yes runs out"
    REMINDERS = "Reminders"
    CONSENT = "Consent and sign-up"
    CAMPAIGNS = "Campaigns"
    GATEWAYS = "Gateways"
    CAMPAIGN = "One campaign"
    CHOSEN = "People of a campaign"
    DRAFT = "A campaign's draft"
    PROOF = "A person's proof"
    WEEK = "A week of hours"
    NAMES = "The yes of two people"
    RIGHT = "Who is right about a row"
    COLUMNS = "The columns of a file"
    REAL = "Real texts"
    SWITCH = "Sending is off"


BOXES = frozenset(
    {
        *(Scope.TEXT, Scope.PROOF, Scope.WEEK, Scope.NAMES, Scope.RIGHT, Scope.COLUMNS),
        *(Scope.REAL, Scope.SWITCH),
    }
)
"""Boxes: the letters of EVERYWHERE do not work over them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One thing a person can do."""

    id: str
    """Stable, for settings: the scope, a dot, and the name of the method `do_<name>`."""
    words: str
    """What the footer and the palette call it."""
    keys: tuple[str, ...]
    """Textual's names; the first one is shown. A function key always has a letter twin."""
    scope: Scope
    help: str
    """One sentence."""
    by_widget: bool = False
    """The focused list takes this key itself; it is listed, not bound."""
    in_footer: bool = True

    @property
    def name(self) -> str:
        """The part after the dot."""
        return self.id.rpartition(".")[2]


def _command(id_: str, words: str, keys: str, help_: str, **flags: bool) -> Command:
    return Command(
        id=id_,
        words=words,
        keys=tuple(keys.split()),
        scope=Scope[id_.partition(".")[0].upper()],
        help=help_,
        **flags,
    )


_OFF = {"in_footer": False}
_LIST = {"by_widget": True}

PLACES = ("today", "people", "replies", "outbox", "import", "campaigns", "rules", "reports")
"""The places in the order of their digits; each is a command of the scope EVERYWHERE."""

COMMANDS: tuple[Command, ...] = (
    _command("today.open", "open", "enter", "Go to where it can be done.", **_LIST),
    _command("people.open", "open", "enter", "Open the sheet of the person in the list.", **_LIST),
    _command("people.sign_up", "new sign-up", "n", "Write down a person who just said yes."),
    _command("people.narrow", "filter", "f", "Show only some: to ask, agreed, not texted, tagged."),
    _command("people.number", "numbers", "v", "Show whole numbers for a moment, or hide them."),
    _command("people.export", "export", "x", "Write the list to a file for a spreadsheet."),
    _command("people.to_ask", "to ask", "a", "Show whom to ask at the next visit.", **_OFF),
    _command("people.doubles", "doubles", "d", "See who is likely on file twice.", **_OFF),
    _command("people.reconfirm", "runs out", "r", "See whose yes runs out.", **_OFF),
    _command("people.consent", "sign-up desk", "o", "Topics, welcome, sheet, poster.", **_OFF),
    _command("consent.open", "change", "enter", "Change the line, or do what it says.", **_LIST),
    _command("consent.add", "new topic", "a", "Offer something new to say yes to."),
    _command("consent.sheet", "sheet", "s", "Write a sign-up sheet to print."),
    _command("consent.poster", "poster", "p", "Write a counter poster to print."),
    _command("consent.check", "check", "c", "Walk the ledger and look over the whole file."),
    _command("doubles.open", "open", "enter", "Open the sheet of the contact.", **_LIST),
    _command("doubles.merge", "one person", "m", "Make one person; this contact is kept."),
    _command("reconfirm.open", "open", "enter", "Open the sheet of the person.", **_LIST),
    _command("reconfirm.sign_up", "yes", "y", "Write down that they said yes again."),
    _command("contact.sign_up", "yes", "y", "Write down that this person said yes."),
    _command("contact.no", "no", "n", "Write down a no to some kinds of texts."),
    _command("contact.stop", "stop", "s", "Write down that this person said stop."),
    _command("contact.complaint", "complaint", "c", "Write down a complaint, or how it ended."),
    _command("contact.edit", "edit", "e", "Change name, notes, tags and wishes."),
    _command("contact.number", "number", "v", "Show or hide the whole number.", **_OFF),
    _command("contact.welcome", "welcome", "g", "Show the welcome that is due.", **_OFF),
    _command("contact.household", "household", "h", "Note who lives with this person.", **_OFF),
    _command("contact.dossier", "proof", "p", "Show the dossier; write it to a folder.", **_OFF),
    _command("contact.split", "two people", "u", "Take the last merge back.", **_OFF),
    _command("contact.erase", "forget", "d", "Erase this person for good.", **_OFF),
    _command("contact.why", "why", "w", "Explain the text under the cursor."),
    _command("text.choose", "choose", "enter", "Text the person under the cursor.", **_LIST),
    _command("text.done", "done", "enter", "Finish typing.", **_LIST),
    _command("text.send", "send", "enter", "Send what is shown."),
    _command("text.why", "why", "w f3", "Show every reason and where the rule is written down."),
    _command("text.edit", "edit", "e f4", "Change the words."),
    _command("text.purpose", "purpose", "p f5", "Change what the text is for."),
    _command("text.straighten", "straighten", "o f8", "Take cheaper characters where offered."),
    _command("text.service", "not an offer", "r f9", "Say why promotional words are no offer."),
    _command("text.later", "later", "s f2", "Say when it leaves; the rules still decide."),
    _command("text.leave", "leave", "escape", "Leave; what was typed is kept."),
    _command("replies.open", "open", "enter", "Read all that was said, in turn.", **_LIST),
    _command("replies.answer", "answer", "a", "Answer whoever is under the cursor."),
    _command("replies.is_stop", "is a stop", "s", "Say that this reply means stop."),
    _command("replies.no_stop", "no stop", "n", "Say that this reply does not mean stop."),
    _command("replies.ask", "ask", "k", "Ask whether they meant stop; they answer by text."),
    _command("replies.next", "next unread", "u", "Read the next ones nobody has seen."),
    _command("replies.person", "person", "o", "Open the sheet of who wrote."),
    _command("replies.complaint", "complaint", "c", "Write down that this is a complaint."),
    _command("replies.seen", "seen", "x", "Mark all of the one under the cursor as seen."),
    _command("replies.redact", "take out", "d", "Take a secret out of it, for good."),
    _command("replies.fetch", "fetch", "f", "Ask the gateway for new texts now."),
    _command("thread.answer", "answer", "a", "Answer them; the rules still decide."),
    _command("thread.is_stop", "is a stop", "s", "Say that what they wrote means stop."),
    _command("thread.no_stop", "no stop", "n", "Say that it does not mean stop."),
    _command("thread.ask", "ask", "k", "Ask whether they meant stop; they answer by text."),
    _command("thread.again", "try again", "r", "Offer a text that did not arrive once more."),
    _command("thread.why", "why", "w", "Explain your own text under the cursor."),
    _command("thread.next", "next unread", "u", "Go on to the next ones nobody has seen."),
    _command("thread.person", "person", "o", "Open the sheet of who it is."),
    _command("thread.complaint", "complaint", "c", "Write down that this is a complaint."),
    _command("thread.redact", "take out", "d", "Take a secret out of it, for good."),
    _command("outbox.open", "open", "enter", "Open the sheet of who gets it.", **_LIST),
    _command("outbox.why", "why", "w", "Explain the text under the cursor."),
    _command("outbox.settle", "settle", "s", "Ask the gateway what became of an unknown text."),
    _command("outbox.cancel", "take back", "x", "Take a text back that has not left yet."),
    _command("outbox.replace", "other words", "e", "Put other words in place of a waiting text."),
    _command("outbox.release", "send it now", "g", "Let a text go whose moment has passed."),
    _command("outbox.cancel_all", "take all", "a", "Take back all that has not left.", **_OFF),
    _command("import.choose", "open", "enter", "Open the file or folder.", **_LIST),
    _command("import.go", "import", "g", "Import what the preview shows."),
    _command("import.stop", "stop", "x", "Stop the import; nothing will have changed."),
    _command("rules.open", "open", "enter", "Read the row with its sources.", **_LIST),
    _command("rules.change", "change", "enter", "Change the rule under the cursor.", **_LIST),
    _command("rules.aside", "set aside", "s", "Set a rule aside, with a reason you type."),
    _command("rules.undo", "take back", "x", "Take back the change under the cursor."),
    _command("rules.hours", "hours", "h", "Change the hours in which texts may arrive."),
    _command("rules.week", "week", "g", "Draw the hours: a week of half hours, with the law's."),
    _command("rules.close", "close days", "c", "Close the shop on some days."),
    _command("rules.holidays", "holidays", "o", "Change what the shop does on holidays."),
    _command("rules.emergency", "emergency", "e", "Stop marketing to a region."),
    _command("reports.open", "open", "enter", "One day alone; the campaign; the person.", **_LIST),
    _command("reports.tables", "other table", "right", "Show the next table."),
    _command("reports.back_tables", "table before", "left", "Show the table before.", **_OFF),
    _command("reports.period", "more days", "p", "Show 30, 90, 365 or 7 days."),
    _command("reports.before", "before", "left_square_bracket", "Show the days before."),
    _command("reports.after", "after", "right_square_bracket", "Show the days after."),
    _command("reports.days", "which days", "d", "Ask from which day to which."),
    _command("reports.measure", "bars", "m", "Let the bars count something else."),
    _command("reports.number", "numbers", "v", "Show whole numbers, or hide them."),
    _command("reports.write", "write", "x", "Write it to a file: a table, or all in sentences."),
    _command("settings.change", "change", "enter", "Change the setting.", **_LIST),
    _command("settings.colours", "look", "c", "Choose other colours; each is tried on."),
    _command("settings.density", "density", "d", "Compact: more lines fit; roomy: more air."),
    _command("settings.lock_after", "minutes", "m", "Say after how many minutes it locks."),
    _command("settings.keys", "keys", "k", "Let other keys stand for what you do often."),
    _command("import.undo", "take back", "u", "Take the whole import back."),
    _command("import.fix", "fix", "e", "Correct the row under the cursor."),
    _command("import.ours", "who is right", "k", "Keep what the shop has, field by field."),
    _command("import.columns", "columns", "m", "Change which column fills what."),
    _command("import.permission", "permission", "c", "Say which column says yes or stop."),
    _command("import.country", "country", "o", "Say of which country the numbers are."),
    _command("import.dates", "dates", "d", "Say in which order the file writes dates."),
    _command("import.fresh", "afresh", "i", "Forget how such a file was read before."),
    _command("import.others", "other rows", "right", "Show the next kind of rows."),
    _command("import.back_others", "rows before", "left", "Show the kind before.", **_OFF),
    _command("import.part", "part", "r", "Choose which part of a very long file comes in."),
    _command("import.paste", "paste", "p", "Paste or type people, one on each line."),
    _command("import.stops", "who said no", "n", "Bring in a list of people not to text."),
    _command("import.past", "past", "h", "See past imports; take one back."),
    _command("stops.choose", "open", "enter", "Open the file or folder.", **_LIST),
    _command("stops.go", "stop them", "g", "Put these numbers on the do-not-text list."),
    _command("stops.stop", "stop", "x", "Stop reading; nothing will have changed."),
    _command("stops.fix", "fix", "e", "Correct the row under the cursor."),
    _command("stops.column", "column", "m", "Say in which column the numbers are."),
    _command("stops.country", "country", "o", "Say of which country the numbers are."),
    _command("stops.only", "which rows", "c", "Count only rows with a certain status."),
    _command("stops.others", "other rows", "right", "Show the next kind of rows."),
    _command("stops.back_others", "rows before", "left", "Show the kind before.", **_OFF),
    _command("stops.part", "part", "r", "Choose which part of a very long list comes in."),
    _command("stops.paste", "type", "p", "Type or paste numbers, one on each line."),
    _command("reminders.yes", "yes", "enter", "Let the one under the cursor go.", **_LIST),
    _command("reminders.all", "all", "a", "Let all go whose moment is still to come."),
    _command("reminders.drop", "drop", "x", "Want no reminder for this appointment."),
    _command("reminders.bring", "bring in", "n", "Draft reminders from a calendar or a list."),
    _command("campaigns.open", "open", "enter", "Open the campaign under the cursor.", **_LIST),
    _command("campaigns.new", "new", "n", "Write a new campaign."),
    _command("campaigns.copy", "copy", "c", "Write a new campaign of the same words."),
    _command("draft.plan", "go on", "g f2", "See who gets it, and what it costs."),
    _command("draft.who", "who", "w f3", "Choose who gets it."),
    _command("draft.texts", "real texts", "v f4", "Walk the people with their real texts."),
    _command("draft.when", "when", "e f5", "Say when it leaves."),
    _command("draft.codes", "codes", "c f9", "Add coupon codes from a file."),
    _command("draft.straighten", "straighten", "o f8", "Take cheaper characters where offered."),
    _command("campaign.names", "names", "enter", "Show who stands there, and why.", **_LIST),
    _command("campaign.go", "go", "g", "Say yes to the plan and start the countdown."),
    _command("campaign.edit", "edit", "e", "Change words, people or time."),
    _command("campaign.take_back", "take back", "u", "Take it back while the countdown runs."),
    _command("campaign.pause", "pause", "p", "Let nothing more leave until you say so."),
    _command("campaign.resume", "go on", "r", "Let the rest go; each is decided again."),
    _command("campaign.settle", "settle", "s", "Ask the gateway about the unknown ones."),
    _command("campaign.texts", "real texts", "v", "Walk the people with their real texts."),
    _command("campaign.abort", "end it", "x", "End it for good: nothing more of it leaves."),
    _command("campaign.replace", "other words", "n", "End it; write other words for the rest."),
    _command("chosen.open", "open", "enter", "Open the sheet of the person.", **_LIST),
    _command("chosen.text", "real text", "v", "Show the real text to this person."),
    _command("chosen.out", "leave out", "x", "Leave this person out of the campaign."),
    _command("chosen.let_in", "let in", "i", "Let somebody in again whom you left out."),
    _command("past.rows", "rows", "enter", "Show the rows that were parked.", **_LIST),
    _command("past.undo", "take back", "u", "Take the whole import back."),
    _command("gateways.use", "use it", "enter", "Let texts go through this gateway.", **_LIST),
    _command("gateways.new", "new", "n", "Choose another kind of gateway and fill it in."),
    _command("gateways.prove", "prove", "p", "See whether a STOP from your phone came in."),
    _command("gateways.test", "test", "c", "Test connection and login; sends no text."),
    _command("gateways.text_me", "text me", "m", "Send one text to your own phone."),
    _command("gateways.edit", "account", "e", "Change the account; secrets stay unless typed."),
    _command("gateways.pace", "pace", "s", "Say how fast texts leave through it."),
    _command("gateways.dry_run", "dry run", "d", "Show the request a text would go in."),
    _command("proof.number", "numbers", "v", "Show whole numbers, or hide them."),
    _command("proof.write", "write", "w", "Write it to a folder, to print."),
    _command("proof.data", "as data", "x", "Write it to a folder, to print and as data."),
    _command("week.range", "range", "r", "Begin a range; once more: open or close it."),
    _command("week.day", "day", "d", "Close the day, or open it like the one before."),
    _command("names.add", "add", "a", "Let one more person say yes."),
    _command("names.remove", "take off", "x", "Take the name under the cursor off the list."),
    _command("right.every", "every row", "a", "Let the same be right in every row."),
    _command("columns.add", "add", "plus", "Let one more column fill the field."),
    _command("real.out", "leave out", "x", "Leave the person out, or let them in again."),
    _command("switch.on", "turn on", "o", "Let texts leave again."),
    _command("everywhere.text", "text", "t", "Text somebody."),
    _command("everywhere.find", "find", "slash", "Find a person by name, number, note or tag."),
    _command("everywhere.help", "help", "question_mark f1", "Show the keys of this place."),
    _command("everywhere.palette", "everything", "ctrl+p colon", "Find any command by its name."),
    _command("everywhere.today", "Today", "0", "What needs you, and how the month goes.", **_OFF),
    _command("everywhere.people", "People", "1", "Everybody the shop knows.", **_OFF),
    _command("everywhere.replies", "Replies", "2", "What customers wrote.", **_OFF),
    _command("everywhere.outbox", "Outbox", "3", "Every text and what became of it.", **_OFF),
    _command("everywhere.import", "Import", "4", "Bring in people from a file.", **_OFF),
    _command("everywhere.campaigns", "Campaigns", "5", "One text to many people.", **_OFF),
    _command("everywhere.rules", "Rules", "7", "What the shop keeps to, and its sources.", **_OFF),
    _command("everywhere.reports", "Reports", "8", "What was sent, led to and cost.", **_OFF),
    _command("everywhere.settings", "Settings", "9", "Colours, density, when it locks.", **_OFF),
    _command("everywhere.stops", "who said no", "", "Bring in the do-not-text list.", **_OFF),
    _command("everywhere.past", "past imports", "", "See what was imported; undo it.", **_OFF),
    _command("everywhere.consent", "consent", "", "What people can say yes to.", **_OFF),
    _command("everywhere.reminders", "reminders", "", "Remind people of appointments.", **_OFF),
    _command("everywhere.back", "back", "escape", "Go back to where you came from.", **_OFF),
    _command("everywhere.blank", "blank", "b f12", "Blank the screen; any key returns.", **_OFF),
    _command("everywhere.lock", "lock", "l f10", "Lock the shop file.", **_OFF),
    _command(
        "everywhere.stop_all",
        "stop all",
        "exclamation_mark f6",
        "Stop everything that leaves, in every window.",
        **_OFF,
    ),
    _command("everywhere.sending", "sending", "", "Turn all sending off or on.", **_OFF),
    _command("everywhere.first_steps", "first steps", "", "What to do first.", **_OFF),
    _command("everywhere.recovery", "recovery", "", "Show the recovery code again.", **_OFF),
    _command("everywhere.second_yes", "two yeses", "", "Two people for large campaigns.", **_OFF),
    _command("everywhere.check", "check file", "", "Check file, ledger and sums.", **_OFF),
    _command("everywhere.gateways", "gateways", "", "Choose, test and prove the gateway.", **_OFF),
    _command("everywhere.bell", "bell", "", "Ring when somebody writes, or no more.", **_OFF),
    _command("everywhere.drill", "practise", "", "Lessons on a practice shop; hints.", **_OFF),
    _command("everywhere.themes", "colours", "", "Choose other colours.", **_OFF),
    _command("everywhere.quit", "quit", "q ctrl+q", "Close Shopbell.", **_OFF),
)


def command(id_: str) -> Command:
    """Return the command with this id.

    Raises:
        KeyError: the table has none.
    """
    return _BY_ID[id_]


def of_scope(*scopes: Scope) -> tuple[Command, ...]:
    """Return the commands of `scopes`, in the order of the table."""
    return tuple(one for one in COMMANDS if one.scope in scopes)


def bindings(scope: Scope) -> list[Binding]:
    """Return the key bindings of a scope; each calls the action `run` with the command's id.

    Function keys and ctrl+q work everywhere, over boxes and while somebody types.
    """
    return [
        Binding(
            key,
            f"run({one.id!r})",
            one.words,
            show=False,
            id=one.id,
            priority=scope is Scope.EVERYWHERE and is_above_all(key),
        )
        for one in of_scope(scope)
        for key in one.keys
        if not one.by_widget
    ]


def is_above_all(key: str) -> bool:
    """Return whether a key of the scope EVERYWHERE works over boxes and while somebody types."""
    return key == "ctrl+q" or is_function_key(key)


_BY_ID = {one.id: one for one in COMMANDS}
