"""Jobs of the room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from jobs.declare import job
from onboarding import looking, making, pdf
from onboarding.models import REFUSED_FOR, UNCONFIRMED_FOR, Application, ApplicationState
from tenants.lifecycle import certificates, domains
from tenants.models import Domain, DomainClaim, Municipality
from tenants.refused import RefusedError
from tenants.running.context import inside_public

# Seconds between two looks at certificates.
STAGGER = 2


@job(atomic=False)
def make(number: int) -> None:
    """Make the portal of an accepted application."""
    making.make(number)


@job(atomic=False)
def write_paper(number: int) -> None:
    """Make the PDF of an accepted paper."""
    pdf.write_pdf(number)


@job(atomic=False)
def look(slug: str) -> None:
    """Look at the checklist of a municipality that is being set up."""
    with inside_public():
        municipality = Municipality.objects.filter(slug=slug).first()
    if municipality is not None:
        looking.note(municipality)


@job(atomic=False)
def open_portal(slug: str, by: str) -> None:
    """Open a portal to everybody, as an operator asked for; what is missing stands at its application."""
    try:
        making.go_live(slug, by=by)
    except RefusedError as error:
        with inside_public():
            Application.objects.filter(municipality__slug=slug).update(error=str(error)[:500])


@job(atomic=False, retries=2)
def check_domain(claim: int) -> None:
    """Ask the DNS for a wished host name."""
    domains.look_at(claim)


@job(atomic=False, retries=2)
def look_at_certificate(domain: int) -> None:
    """Look at the certificate a host name is served with."""
    certificates.look_at(domain)


@app.periodic(cron="*/10 * * * *")
@app.task(name="onboarding.look_around", queueing_lock="onboarding.look_around")
def look_around(timestamp: int) -> None:
    """Every ten minutes: ask for the wished host names, and look at the checklists of portals that are being set up."""
    with inside_public():
        for claim in DomainClaim.objects.open().order_by("checked_at", "pk").values_list("pk", flat=True):
            check_domain.defer_once(about=claim, claim=claim)
        for slug in Application.objects.under_way().values_list("municipality__slug", flat=True):
            look.defer_once(about=slug, slug=slug)


@app.periodic(cron="37 4 * * *")
@app.task(name="onboarding.nightly", queueing_lock="onboarding.nightly")
def nightly(timestamp: int) -> None:
    """Every night: old applications and wishes nobody fulfilled go; each certificate is looked at."""
    domains.forget_old_wishes()
    with inside_public():
        now = timezone.now()
        Application.objects.unconfirmed().filter(applied_at__lt=now - UNCONFIRMED_FOR).delete()
        Application.objects.filter(state=ApplicationState.REFUSED, decided_at__lt=now - REFUSED_FOR).delete()
        if certificates.are_watched():
            for place, number in enumerate(Domain.objects.order_by("domain").values_list("pk", flat=True)):
                look_at_certificate.defer_once(about=number, seconds=STAGGER * place, domain=number)
