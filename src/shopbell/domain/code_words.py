"""What each reason code means and what helps, in plain words. Must not decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shopbell.domain.decision import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeWords:
    """One code explained."""

    means: str
    helps: str
    """What to do next."""


def _words(means: str, helps: str) -> CodeWords:
    return CodeWords(means=means, helps=helps)


CODE_WORDS: Mapping[Code, CodeWords] = {
    Code.OPTED_OUT: _words(
        "The person said stop, in any words and by any way.",
        "Call if it matters. Only their own new sign-up ends it.",
    ),
    Code.COMPLAINT_OPEN: _words(
        "The person has complained and waits for an answer.",
        "Call them. Marketing may go again once the complaint is closed.",
    ),
    Code.HELD_AMBIGUOUS_STOP: _words(
        "A reply may be a stop, and nobody has judged it yet.",
        "Open the reply and say whether it is a stop, or ask them. After a day it is one.",
    ),
    Code.NO_CONSENT: _words(
        "No yes that covers this text is on file.", "Ask the person, then record the yes."
    ),
    Code.CONSENT_WRONG_CATEGORY: _words(
        "The yes on file is for something else, or rests on too little for this law.",
        "Ask for a clear yes to this kind of text, then record it.",
    ),
    Code.CONSENT_UNCONFIRMED: _words(
        "The person was asked to confirm a sign-up and has not answered.", "Wait for their YES."
    ),
    Code.CONSENT_EXPIRED: _words(
        "The yes has run out: by law, or by a long silence.", "Ask anew, then record it."
    ),
    Code.CONSENT_PROOF_MISSING: _words(
        "A yes is claimed, but how and when it was said is not on file.",
        "Record the words, the day and who saw it.",
    ),
    Code.NUMBER_REASSIGNED: _words(
        "The number seems to belong to somebody else now.", "Ask the person for their number."
    ),
    Code.QUIET_HOURS: _words(
        "It is outside the hours, on one of the clocks that may be the person's.",
        "Wait: the text goes by itself. Note the person's place if it is not known.",
    ),
    Code.CLOSED_DAY: _words(
        "The shop is closed on that day.", "Wait, or take the day off the shop's closed days."
    ),
    Code.HOLIDAY: _words(
        "It is a holiday where the person or the shop is.",
        "Wait, or change what the shop does on holidays; a law's holidays stay.",
    ),
    Code.EMERGENCY_BAN: _words(
        "Marketing to that region is stopped for an emergency.",
        "End the emergency in the shop's rules when it is over.",
    ),
    Code.CAP_SHOP: _words(
        "The person has had as many texts as the shop allows itself, or the last one was just now.",
        "Wait: the text goes by itself.",
    ),
    Code.CAP_PROMISED: _words(
        "The person was promised fewer texts when they said yes.",
        "Wait, or ask the person for a new yes.",
    ),
    Code.CAP_JURISDICTION: _words(
        "A law limits how many texts on one subject may go in a day.", "Wait until tomorrow."
    ),
    Code.CAP_PERSON: _words("The person asked for fewer texts.", "Wait: the text goes by itself."),
    Code.TOPIC_NOT_CHOSEN: _words(
        "The person chose other topics than this one.",
        "Ask for this topic, or send what was chosen.",
    ),
    Code.CHANNEL_PREFERENCE: _words(
        "The person wished for another way, or for a pause.", "Call, write an e-mail, or wait."
    ),
    Code.JURISDICTION_UNKNOWN: _words(
        "The country is not known, or Shopbell has no rules for it.",
        "Note the person's place on the contact, for example US-NY; without rules, call.",
    ),
    Code.TIMEZONE_UNKNOWN: _words(
        "Nobody can say what time it is there.",
        "Note the time zone on the contact, for example America/New_York.",
    ),
    Code.SENDER_UNREGISTERED: _words(
        "Only registered senders with registered templates may text there.",
        "Call, or write by mail.",
    ),
    Code.NO_SENDER_NAME: _words(
        "The text does not say who sends it, or how to reach the shop where a law asks for that.",
        "Give the shop a name, and note its contact in the shop's rules.",
    ),
    Code.NO_OPT_OUT_FOOTER: _words(
        "The text does not say how to stop.", "Add a line such as: STOP to end."
    ),
    Code.SECRET_IN_TEXT: _words(
        "There seems to be a card number, a password or the like in the text.",
        "Take it out; say it on the phone.",
    ),
    Code.SENSITIVE_USE_CALL: _words(
        "This is better said than written: illness, death, money, trouble.", "Call the person."
    ),
    Code.TOO_COMPLEX_USE_CALL: _words("This takes more than a text can hold.", "Call the person."),
    Code.FORBIDDEN_CONTENT: _words("Phone companies block this kind of content.", "Take it out."),
    Code.PUBLIC_SHORTENER: _words(
        "Phone companies block links through public shorteners.", "Use the full address."
    ),
    Code.LINT_STYLE: _words(
        "The words might put people off. A warning: it stops nothing.", "Read the text once more."
    ),
    Code.NOT_TEXTABLE: _words(
        "The number is a landline, toll-free or another that takes no texts.",
        "Call, or ask for a mobile number.",
    ),
    Code.EMPTY_TEXT: _words("Nothing is left to say.", "Type the text."),
    Code.TOO_LONG: _words(
        "The text has more parts than the shop allows.", "Shorten it, or send a mail."
    ),
    Code.PROMOTION_IN_SERVICE: _words(
        "One promotional sentence makes a text about an order marketing, without a yes to that.",
        "Leave it out, send it as marketing, or say why it is no offer.",
    ),
    Code.STALE_WORDS: _words(
        "Words such as today or until 5 would be wrong when the text leaves.",
        "Change the words, or call.",
    ),
    Code.NOT_CALLED_FOR: _words(
        "One of the shop's own texts answers nothing, answers too late, or a second time.",
        "Send it for a purpose they said yes to, or call.",
    ),
    Code.WORDS_MISSING: _words(
        "One of the shop's own texts lacks what a text of its kind must say.",
        "Put it in, as the sentence says.",
    ),
    Code.WORDS_UNWANTED: _words(
        "One of the shop's own texts says what a text of its kind must not.", "Take it out."
    ),
    Code.MERGE_GAP: _words(
        "A field of a campaign has nothing fit to print: no name, null, CAPITALS.",
        "Mend the name on the contact, or write a word that stands in: {first_name|there}.",
    ),
    Code.NO_COUPON: _words(
        "No coupon code is left for this person.", "Add more codes, then plan again."
    ),
    Code.TOO_LATE: _words(
        "The text could only go after the campaign's last moment.",
        "Call, or write another campaign with other words.",
    ),
    Code.TAKEN_OUT: _words(
        "The owner left this person out of a campaign.", "Let them in again before it starts."
    ),
    Code.SAME_HOUSEHOLD: _words(
        "Another number of this person, or somebody they live with, gets the text.",
        "Nothing: once is enough. Leave out one-per-household to text everybody who lives there.",
    ),
    Code.GONE: _words(
        "The person is not in the shop file any more.", "Nothing: they are not texted."
    ),
    Code.SENDING_OFF: _words(
        "Sending was switched off, or the campaign aborted, before the text left.",
        "Make another campaign for those who were not reached.",
    ),
}
"""Every code has its words."""
