"""Who may be told of a report: people who may open the evaluation, and nobody else."""

from django.db.models import QuerySet

from accounts.models import User
from core.access import Role
from core.ordering import ByName
from portal.planning.report.models import Reader, Report

ROLES = (Role.PLANNER, Role.EDITOR, Role.ADMIN)


def staff() -> QuerySet[User]:
    """Everybody who holds one of the roles at this moment."""
    return User.objects.filter(is_active=True, roles__overlap=[role.value for role in ROLES]).order_by(
        ByName("name"), "email"
    )


def told(report: Report) -> QuerySet[Reader]:
    """The readers who still may; somebody who lost the role stands in the list and is told nothing."""
    return report.readers.filter(user__in=staff()).select_related("user").order_by("pk")
