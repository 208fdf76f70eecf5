"""Every night: who was invited for a role is forgotten a while after that is settled."""

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from portal.organisations.models import KEEP_INVITATIONS
from portal.people.models import RoleInvitation
from tenants.running.context import each_kept


@job()
def forget_here() -> None:
    """Invitations that nobody can accept any more, in the municipality we are inside."""
    before = timezone.now() - KEEP_INVITATIONS
    settled = Q(created_at__lt=before) & ~Q(state=RoleInvitation.State.OPEN)
    RoleInvitation.objects.filter(settled | Q(expires_at__lt=before)).delete()


@app.periodic(cron="17 4 * * *")
@app.task(name="portal.people.forget_everywhere", queueing_lock="portal.people.forget_everywhere")
def forget_everywhere(timestamp: int) -> None:
    """Whatever the state of the municipality: what was promised to people holds."""
    for _municipality in each_kept():
        forget_here.defer_once()
