"""What the audit log says, in sentences: one for each action that any room notes.

Rooms whose actions are not listed here add theirs when they are ready: `DEEDS.update({"topics.moved": _("…")})`, and to
a topic of the filter. An action nobody worded is told by its own name, so that nothing is left out.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DEEDS: dict[str, Promise] = {
    "account.acting_began": _("%(who)s signed in as %(thing)s to help"),
    "account.acting_ended": _("%(who)s stopped acting as %(thing)s"),
    "account.address": _("%(who)s proved an address of %(thing)s"),
    "account.address_objected": _("%(who)s objected to another address of %(thing)s"),
    "account.address_wished": _("%(who)s wants another address for %(thing)s"),
    "account.deactivated": _("%(who)s deactivated the account of %(thing)s"),
    "account.delete": _("%(who)s deleted the account of %(thing)s"),
    "account.invitation_accepted": _("%(who)s accepted an invitation for a role"),
    "account.invited": _("%(who)s invited %(thing)s for a role"),
    "account.password": _("%(who)s set a new password for %(thing)s"),
    "account.reactivated": _("%(who)s reactivated the account of %(thing)s"),
    "account.rename": _("%(who)s changed the name of %(thing)s"),
    "account.roles": _("%(who)s changed the roles of %(thing)s"),
    "account.second_factor_added": _("%(who)s set up a second factor for %(thing)s"),
    "account.second_factor_removed": _("%(who)s removed a second factor of %(thing)s"),
    "account.second_factor_reset": _("%(who)s reset the second factor of %(thing)s"),
    "account.sessions_ended": _("%(who)s ended sign-ins of %(thing)s"),
    "account.sign_in_service": _("%(who)s changed the sign-in service"),
    "account.terms": _("%(who)s agreed to the terms of use"),
    "account.uninvited": _("%(who)s withdrew the invitation to %(thing)s"),
    "calendar.added": _("%(who)s added the calendar “%(thing)s”"),
    "calendar.answered": _("%(who)s said what becomes of missing events of “%(thing)s”"),
    "calendar.begun": _("%(who)s takes over events of the calendar “%(thing)s”"),
    "calendar.changed": _("%(who)s changed the calendar “%(thing)s”"),
    "calendar.chosen": _("%(who)s chose events of the calendar “%(thing)s”"),
    "calendar.ended": _("%(who)s ended the calendar “%(thing)s”"),
    "calendar.event": _("%(who)s gave details to an event of “%(thing)s”"),
    "calendar.follows": _("%(who)s let an offer follow the calendar “%(thing)s” again"),
    "calendar.paused": _("%(who)s paused the calendar “%(thing)s”"),
    "calendar.resumed": _("%(who)s resumed the calendar “%(thing)s”"),
    "case.answered": _("%(who)s answered “%(thing)s”"),
    "case.forgotten": _("%(who)s forgot the personal details of “%(thing)s”"),
    "case.noted": _("%(who)s made a note on “%(thing)s”"),
    "case.opened": _("%(who)s sent “%(thing)s”"),
    "case.state": _("%(who)s changed the state of “%(thing)s”"),
    "confirm": _("%(who)s confirmed that “%(thing)s” is right"),
    "copy": _("%(who)s copied an offer to “%(thing)s”"),
    "create": _("%(who)s made “%(thing)s”"),
    "dates_problem": _("%(who)s could not work out the dates of “%(thing)s”"),
    "import_offers": _("%(who)s read in a table of offers for “%(thing)s”"),
    "imports.begin": _("%(who)s takes over the table “%(thing)s”"),
    "import_typo3": _("%(who)s took over the old portal"),
    "join.accepted": _("%(who)s took somebody into “%(thing)s”"),
    "join.ask": _("%(who)s asks to join “%(thing)s”"),
    "join.refused": _("%(who)s did not take somebody into “%(thing)s”"),
    "join.withdrawn": _("%(who)s no longer asks to join “%(thing)s”"),
    "look": _("%(who)s of the operator looked at the portal"),
    "maps.change": _("%(who)s changed the map"),
    "pages.created": _("%(who)s made the page “%(thing)s”"),
    "pages.deleted": _("%(who)s deleted the page “%(thing)s”"),
    "pages.draft_begun": _("%(who)s began to change the page “%(thing)s”"),
    "pages.draft_discarded": _("%(who)s discarded the draft of the page “%(thing)s”"),
    "pages.easy_saved": _("%(who)s wrote “%(thing)s” in plain language"),
    "pages.menu_changed": _("%(who)s changed where the page “%(thing)s” is linked"),
    "pages.planned": _("%(who)s planned when the draft of the page “%(thing)s” goes online"),
    "pages.preview_ended": _("%(who)s ended the link to the preview of the page “%(thing)s”"),
    "pages.preview_opened": _("%(who)s made a link to the preview of the page “%(thing)s”"),
    "pages.published": _("%(who)s published the page “%(thing)s”"),
    "pages.taken_offline": _("%(who)s took the page “%(thing)s” offline"),
    "pages.unplanned": _("%(who)s cancelled the schedule of the page “%(thing)s”"),
    "people.accept": _("%(who)s accepted the invitation to “%(thing)s”"),
    "people.admit": _("%(who)s took somebody into “%(thing)s”"),
    "people.hand_over": _("%(who)s handed “%(thing)s” over"),
    "people.invite": _("%(who)s invited somebody to “%(thing)s”"),
    "people.leave": _("%(who)s left “%(thing)s”"),
    "people.members_may_publish": _("%(who)s changed whether members of “%(thing)s” publish by themselves"),
    "people.remove": _("%(who)s took somebody out of “%(thing)s”"),
    "people.role": _("%(who)s changed what somebody may do for “%(thing)s”"),
    "people.uninvite": _("%(who)s withdrew an invitation to “%(thing)s”"),
    "preferences.change": _("%(who)s changed the rules of the portal"),
    "preferences.terms": _("%(who)s asks everybody to agree to new terms of use"),
    "register": _("%(who)s registered “%(thing)s”"),
    "registration.open": _("%(who)s changed whether organisations register by themselves"),
    "removed": _("%(who)s removed “%(thing)s” for good"),
    "restore": _("%(who)s restored the portal from an export"),
    "revision.applied": _("%(who)s took over “%(thing)s”"),
    "revision.handed_on": _("%(who)s handed “%(thing)s” on to the editorial team"),
    "revision.returned": _("%(who)s gave “%(thing)s” back"),
    "revision.submitted": _("%(who)s handed in “%(thing)s”"),
    "revision.withdrawn": _("%(who)s took “%(thing)s” back"),
    "seed_demo": _("%(who)s filled the demo"),
    "start": _("%(who)s began “%(thing)s”"),
    "start.added": _("%(who)s added “%(thing)s” to the start page"),
    "start.changed": _("%(who)s changed “%(thing)s” on the start page"),
    "start.deleted": _("%(who)s deleted “%(thing)s” from the start page"),
    "start.hidden": _("%(who)s hid “%(thing)s” on the start page"),
    "start.moved": _("%(who)s moved “%(thing)s” on the start page"),
    "start.shown": _("%(who)s shows “%(thing)s” on the start page"),
    "state": _("%(who)s changed the state of “%(thing)s”"),
    "statement.saved": _("%(who)s changed the accessibility statement"),
    "synonyms": _("%(who)s changed words that mean the same"),
    "synonyms.removed": _("%(who)s removed words that mean the same"),
    "theming.partner_added": _("%(who)s added the logo of “%(thing)s”"),
    "theming.saved": _("%(who)s changed the appearance"),
    "unanswered.back": _("%(who)s put the search word “%(thing)s” back on the list"),
    "unanswered.dismissed": _("%(who)s left the search word “%(thing)s” without results"),
    "translation.corrected": _("%(who)s corrected a translation"),
    "translation.dropped": _("%(who)s dropped a translation"),
    "translation.settings_saved": _("%(who)s changed languages and translation"),
    "upkeep.ends": _("%(who)s said from when on “%(thing)s” is no more"),
    "upkeep.hidden": _("%(who)s hid “%(thing)s”: nobody had answered reminders"),
    "upkeep.noted": _("%(who)s noted on “%(thing)s” that nobody has checked it"),
    "trust": _("%(who)s changed whether “%(thing)s” is trusted"),
}
UNWORDED = _("%(who)s: %(action)s – %(thing)s")


@dataclass(frozen=True, slots=True)
class Topic:
    """What one filters by: actions that begin alike, or are named."""

    value: str
    label: Promise
    prefixes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()

    def names(self) -> list[str]:
        """All its actions."""
        return [name for name in DEEDS if name.startswith(self.prefixes) or name in self.actions]


TOPICS: tuple[Topic, ...] = (
    Topic(
        "texte",
        _("Offers and profiles"),
        ("revision.",),
        ("start", "copy", "confirm", "state", "removed", "trust", "upkeep.ends", "upkeep.hidden", "upkeep.noted"),
    ),
    Topic("konten", _("Accounts and roles"), ("account.",), ("create",)),
    Topic("helfen", _("Acting as a provider"), ("account.acting_",)),
    Topic("organisationen", _("Who belongs to organisations"), ("people.", "join."), ("register",)),
    Topic("kalender", _("Calendars of providers"), ("calendar.",)),
    Topic("meldungen", _("Questions and reports"), ("case.",)),
    Topic("startseite", _("Start page and pages"), ("start.", "pages.", "maps.")),
    Topic(
        "regeln",
        _("Rules and appearance"),
        ("preferences.", "registration.", "theming.", "statement.", "synonyms", "unanswered."),
    ),
    Topic("sprachen", pgettext_lazy("topic of the log", "Translations"), ("translation.",)),
)
KINDS: dict[str, Promise] = {
    "offers.offer": _("Offer"),
    "providers.provider": _("Provider"),
    "accounts.user": _("Account"),
    "people.roleinvitation": _("Invitation for a role"),
    "feedback.case": _("Question or report"),
    "calendars.calendar": _("Calendar of a provider"),
    "pages.page": _("Page"),
    "start.section": _("Section of the start page"),
    "start.entry": _("Entry of the start page"),
    "preferences.preferences": _("Rules of the portal"),
    "theming.theme": _("Appearance"),
    "translation.translation": _("Translation"),
}
# Only these are shown of what an entry keeps beside: never what somebody might have to keep to themselves.
DETAILS: dict[str, Promise] = {
    "person": _("Person"),
    "reason": _("Reason"),
    "role": _("Role"),
    "roles": _("Roles"),
    "state": _("State"),
    "words": _("Words"),
    "version": _("Version"),
    "reviewed_at": _("Checked"),
    "trusted": _("Trusted"),
    "allowed": _("Allowed"),
    "open": _("Open"),
    "how": _("How"),
    "removed": _("Removed"),
    "ended": _("Ended"),
    "file": _("File"),
    "fields": _("Fields"),
}
