"""The kinds of mail of this room, with the words they are shipped with."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

TAKEN = "imports_taken"

declare(
    Kind(
        key=TAKEN,
        group=Group.OFFERS,
        label=_("A table is taken over"),
        to=_("whoever sent the table"),
        when=_("when all chosen rows of a long table are taken over"),
        subject=_("{{ portal }}: your table “{{ file }}” is taken over"),
        body=_("""Good day,

your table “{{ file }}” is taken over.

New offers: {{ created }}
Changed offers: {{ updated }}
Changes that wait for the editorial team: {{ submitted }}
Left as they are: {{ left }}

All rows with their results:
{{ link }}"""),
        placeholders={
            "file": Placeholder(_("name of the file"), "Herbstkurse.xlsx"),
            "created": Placeholder(_("number of new offers"), "12"),
            "updated": Placeholder(_("number of changed offers"), "4"),
            "submitted": Placeholder(_("number of changes that wait"), "3"),
            "left": Placeholder(_("number of rows left as they are"), "2"),
            "link": link("konto/import/7/", button=_("See all rows")),
        },
    )
)
