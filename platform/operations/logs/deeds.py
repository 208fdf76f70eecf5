"""What the platform's log says, in sentences: the operator's own deeds, beside those that town halls know too."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.reading import Topic

# What is noted on the operator's side alone.
OPERATORS: dict[str, Promise] = {
    "catalogue.changed": _("%(who)s changed “%(thing)s” in the shared categories"),
    "catalogue.created": _("%(who)s added “%(thing)s” to the shared categories"),
    "catalogue.linked": _("%(who)s changed links of “%(thing)s” to public directories"),
    "catalogue.merged": _("%(who)s merged “%(thing)s” of the shared categories into another"),
    "catalogue.moved": _("%(who)s moved “%(thing)s” in the shared categories"),
    "catalogue.released": _("%(who)s issued the shared categories: %(thing)s"),
    "catalogue.removed": _("%(who)s removed “%(thing)s” from the shared categories"),
    "catalogue.restored": _("%(who)s took “%(thing)s” back into the shared categories"),
    "channels.attached": _("%(who)s attached an error of the program to %(thing)s"),
    "channels.linked": _("%(who)s linked %(thing)s with a case elsewhere"),
    "channels.source_added": _("%(who)s added the source “%(thing)s”"),
    "channels.source_changed": _("%(who)s changed the source “%(thing)s”"),
    "channels.source_deleted": _("%(who)s deleted the source “%(thing)s”"),
    "channels.unlinked": _("%(who)s ended the link of %(thing)s with a case elsewhere"),
    "delete": _("%(who)s deleted the municipality %(thing)s for good"),
    "municipality.wave": _("%(who)s put %(thing)s into another wave of updates"),
    "releases.added": _("%(who)s added the version %(thing)s"),
    "releases.changed": _("%(who)s changed the version %(thing)s"),
    "releases.deleted": _("%(who)s deleted the version %(thing)s"),
    "releases.due_time": _("%(who)s changed the due times of errors"),
    "releases.finished": _("The version %(thing)s has reached every municipality"),
    "releases.issued": _("%(who)s issued the version %(thing)s"),
    "releases.planned": _("%(who)s planned a ticket for the version %(thing)s"),
    "releases.taken_out": _("%(who)s took a ticket out of the version %(thing)s"),
    "releases.worded": _("%(who)s worded a ticket for the version %(thing)s"),
    "tickets.merged": _("%(who)s merged %(thing)s into another ticket"),
    "tickets.sorted": _("%(who)s sorted %(thing)s"),
    "tracker.estimated": _("%(who)s estimated what %(thing)s costs"),
    "tracker.roadmap": _("%(who)s changed who sees the roadmap"),
}
# What is done to a municipality's life (tenants.lifecycle), and what town halls note too and means something else here.
HERE: dict[str, Promise] = {
    "archive": _("%(who)s archived the portal of %(thing)s"),
    "look": _("%(who)s looked at the suspended portal of %(thing)s"),
    "restore": _("%(who)s restored %(thing)s from an export"),
    "resume": _("%(who)s opened the portal of %(thing)s again"),
    "suspend": _("%(who)s suspended the portal of %(thing)s"),
}
TOPICS: tuple[Topic, ...] = (
    Topic(
        "kommunen",
        _("Municipalities"),
        ("municipality.",),
        ("suspend", "resume", "archive", "delete", "restore", "look"),
    ),
    Topic("konten", _("Accounts of operators"), ("account.",), ("create",)),
    Topic("tickets", _("Tickets, votes and costs"), ("tickets.", "tracker.")),
    Topic("versionen", _("Versions and due times"), ("releases.",)),
    Topic("katalog", _("Shared categories"), ("catalogue.",)),
    Topic("nachbarn", _("Neighbours and roof portals"), ("neighbours.",)),
    Topic("austausch", _("Exchange of municipalities"), ("forum.",)),
    Topic("verbindungen", _("Webhooks and sources"), ("channels.",)),
)
KINDS: dict[str, Promise] = {
    "tenants.municipality": _("Municipality"),
    "accounts.user": _("Account"),
    "tickets.ticket": _("Ticket"),
    "releases.release": pgettext_lazy("of the platform", "Version"),
    "shared_categories.entry": _("Shared category"),
    "shared_categories.release": _("Issue of the shared categories"),
    "neighbours.agreement": _("Agreement of neighbours"),
    "channels.hook": _("Webhook"),
    "channels.source": _("Source"),
}
DETAILS: dict[str, Promise] = {
    "reason": _("Reason"),
    "state_reason": _("Reason"),
    "role": _("Role"),
    "roles": _("Roles"),
    "state": _("State"),
    "wave": _("Wave"),
    "slug": _("Short name"),
    "exported_at": _("Exported"),
    "audit_head": _("End of its log, there and here"),
    "ticket": _("Ticket"),
    "merged_into": _("Merged into"),
    "into": _("Merged into"),
    "name": _("Name"),
    "number": _("Number"),
    "version": pgettext_lazy("of the platform", "Version"),
    "issue": _("Case elsewhere"),
    "neighbour": _("Neighbour"),
}
