"""What this room keeps about a person: of which reports they are told. It goes with the account."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from portal.planning.report.models import Reader


def gather(user: User) -> list[Row]:
    """The reports somebody is told of by mail."""
    found = Reader.objects.filter(user=user).select_related("report__paper")
    return [{_("Report"): each.report.paper.title, _("How often"): each.report.get_rhythm_display()} for each in found]


register(Part("berichte", gettext_lazy("Reports you are told of"), gather, order=88))
