"""What paying together adds to tickets: a part of their page, a tab, what a merge does, rows of the export."""

from django.utils.translation import gettext_lazy as _

from tracker.cofunding import moving, section, statements
from tracker.tickets import exports, merging, sections
from tracker.tickets.showing import Tab, tab

sections.register(
    sections.Section(
        "bezahlen", _("Paying together"), "cofunding/_section.html", section.context_of, order=20, count=section.count
    )
)
merging.register(merging.Mover("bezahlen", moving.move, order=30))
exports.register(exports.Export("zusagen", _("Pledges"), statements.rows, order=40))
tab(Tab("cofunding:costs", _("Costs"), order=70))
