"""Which kept picture shows each screen empty, loading, full and failed, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass

SIZES = ((80, 24), (60, 20), (120, 40))
"""All sizes at which a full screen is kept; the other states only at the first."""


class Never(str):
    """Why a state cannot be."""

    __slots__ = ()


ASKS = Never("it asks about what is on the screen already, and reads nothing itself")
SHOWS = Never("it shows what was read before it opened, and is not opened without")
ALWAYS = Never("there is always something in it")
QUICK = Never("what it reads stands beside what it is for, and comes after it")


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """The names of the kept pictures of one screen, without their sizes."""

    full: str
    empty: str
    loading: str
    failed: str


def place(name: str, full: str = "") -> States:
    """A screen whose pictures are named after it in every state."""
    return States(
        full=full or name,
        empty=f"{name}-empty",
        loading=f"{name}-loading",
        failed=f"{name}-failed",
    )


def box(full: str, why: Never = ASKS, *, failed: str = "") -> States:
    """A box that has no other states, but perhaps a sentence about what is wrong."""
    return States(full=full, empty=why, loading=why, failed=failed or why)


STATES = {
    "TodayScreen": place("today"),
    "PeopleScreen": place("people"),
    "RepliesScreen": place("replies"),
    "OutboxScreen": place("outbox"),
    "RulesScreen": place("rules"),
    "CampaignsScreen": place("campaigns"),
    "ReportsScreen": place("reports"),
    "GatewaysScreen": place("gateways"),
    "ConsentDesk": place("consent"),
    "ContactScreen": place("contact"),
    "DoublesScreen": place("doubles"),
    "ReconfirmScreen": place("reconfirm"),
    "RemindersScreen": place("reminders"),
    "PastScreen": place("past"),
    "StopListScreen": place("stops", full="stops-looked"),
    "CampaignScreen": place("campaign", full="campaign-plan"),
    "ChosenScreen": place("chosen", full="campaign-held"),
    "DraftScreen": place("draft"),
    "Check": place("check"),
    "ImportScreen": States(
        full="import-looked",
        empty="import-choose-empty",
        loading="import-loading",
        failed="import-failed",
    ),
    "ThreadScreen": States(
        full="thread",
        empty=Never("a thread begins with what somebody wrote"),
        loading="thread-loading",
        failed="thread-failed",
    ),
    "SettingsScreen": States(
        full="settings",
        empty="settings-empty",
        loading=Never("it shows what was read when the app began"),
        failed=Never("a broken file of settings is told on opening, and ignored"),
    ),
    "QuickText": States(
        full="quick-text-ready",
        empty="quick-text-who-empty",
        loading="quick-text-loading",
        failed="quick-text-failed",
    ),
    "RealTexts": States(
        full="campaign-text",
        empty=Never("a campaign to nobody says so instead of opening it"),
        loading="real-texts-loading",
        failed="real-texts-failed",
    ),
    "ChooseAudience": States(
        full="audience",
        empty="audience-nobody",
        loading="audience-loading",
        failed="audience-failed",
    ),
    "Unlock": States(
        full="unlock",
        empty=Never("without a file the first questions come"),
        loading="unlock-loading",
        failed="unlock-failed",
    ),
    "Setup": box("setup-place", ALWAYS, failed="setup-no-name"),
    "StopAll": box("stop-all", QUICK),
    "WelcomeBox": box("contact-welcome", QUICK),
    "SignUp": box("sign-up", QUICK),
    "Go": box("campaign-go"),
    "Confirm": box("closing"),
    "Help": box("help"),
    "Palette": box("palette"),
    "ThemePicker": box("colours"),
    "Blank": box("blank", ALWAYS),
    "Cover": box("locking", ALWAYS),
    "FirstSteps": box("first-steps"),
    "Lessons": box("lessons", SHOWS),
    "SendingBox": box("sending", SHOWS),
    "TwoYeses": box("two-yeses", QUICK),
    "OwnWord": box("own-word"),
    "Narrow": box("people-narrow"),
    "ExportPeople": box("people-export"),
    "EditTopic": box("consent-topic"),
    "PrintPaper": box("consent-sheet"),
    "RecordNo": box("contact-no"),
    "RecordStop": box("contact-stop"),
    "RecordComplaint": box("contact-complaint"),
    "CloseComplaint": box("contact-complaint-ends"),
    "EditPerson": box("contact-edit"),
    "Household": box("contact-household"),
    "DossierBox": box("contact-dossier", SHOWS),
    "AskLine": box("contact-dossier-file", failed="rules-limit-refused"),
    "ErasePerson": box("contact-forget"),
    "ReallyService": box("quick-text-no-offer", SHOWS),
    "Why": box("contact-why", SHOWS),
    "RulePage": box("rules-page", SHOWS),
    "SetRuleAside": box("rules-aside", failed="rules-aside-refused"),
    "WeekHours": box("rules-week", SHOWS),
    "WriteReport": box("reports-write"),
    "ChooseGateway": box("gateways-choose", ALWAYS),
    "FillGateway": box("gateways-fill"),
    "PickFile": box("reminders-file"),
    "BringReminders": box("reminders-bring", SHOWS),
    "Paste": box("import-paste"),
    "Columns": box("import-columns", SHOWS),
    "ChooseColumn": box("import-which-column", SHOWS),
    "Permission": box("import-permission", SHOWS),
    "AskDateOrder": box("import-dates", SHOWS),
    "AskCountry": box("import-country"),
    "FixRow": box("import-fix", SHOWS),
    "OursOrTheirs": box("import-who-is-right", SHOWS),
    "StatusWords": box("stops-words", SHOWS),
    "ParkedRows": box("past-rows", SHOWS),
    "TakenBack": box("past-taken-back", SHOWS),
    "ChoosePart": box("import-part"),
    # Its code is another one each time; the picture is that of the same part among the questions.
    "RecoveryCode": box("setup-recovery"),
    "SettleByWord": box("outbox-word"),
}
"""By the name of the class."""

KEPT_ON_THE_WAY = {
    name: STATES[name].full
    for name in (
        "Narrow", "ExportPeople", "DoublesScreen", "ReconfirmScreen", "FirstSteps", "Lessons",
        "Cover", "SendingBox", "TwoYeses", "OwnWord", "CloseComplaint", "ErasePerson",
        "ReallyService", "ChooseAudience", "RemindersScreen", "PickFile",
        "BringReminders", "StopListScreen", "StatusWords", "PastScreen", "ParkedRows", "Paste",
        "ChooseColumn", "Permission", "AskDateOrder", "AskCountry", "FixRow", "OursOrTheirs",
        "TakenBack", "ChoosePart", "SettleByWord",
    )
}  # fmt: skip
"""The screens of which the picture is kept on the ways to all screens."""


def wanted() -> set[str]:
    """Return the names of all pictures that must be there."""
    names = set()
    for states in STATES.values():
        names |= {f"{states.full}-{width}x{height}" for width, height in SIZES}
        others = (states.empty, states.loading, states.failed)
        names |= {f"{one}-80x24" for one in others if not isinstance(one, Never)}
    return names
