"""The kinds of mail of this room that go out in the language of the page."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

declare(
    Kind(
        "feedback_contact_copy",
        Group.RESIDENTS,
        _("Copy of one's message to a provider"),
        _("the resident who wrote"),
        _("at once, if they want it"),
        _("Copy of your message at {{ portal }}"),
        _(
            "Good day,\n\n"
            "this is the copy of a message about “{{ title }}” ({{ link }}) that was sent with the form of "
            "{{ portal }} and this e-mail address.\n\n"
            "---------------------------------------------------------------------\n"
            "{{ message }}\n"
            "---------------------------------------------------------------------\n\n"
            "You did not write this? Then somebody mistyped their address: please just delete this e-mail. We do not "
            "keep your address."
        ),
        {
            "title": Placeholder(_("what it is about"), "Yoga für Anfängerinnen"),
            "link": link("angebote/yoga-7/", label=_("public page"), required=False),
            "message": Placeholder(_("what was written"), "Guten Tag, ist noch ein Platz frei?", required=True),
        },
        spoken=True,
    ),
)
