"""The mails of the portal; what waits stands on the desk (`portal.editorial.desk`)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from core.access import Role, allow
from core.work import following
from mail import desk as outbox


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def mails(request: HttpRequest) -> HttpResponse:
    """What became of the portal's mails."""
    crumbs = [{"label": gettext("Editorial desk"), "url": "/redaktion/"}, {"label": gettext("Mails"), "url": ""}]
    return render(request, "editorial/mails.html", {**outbox.outbox_page(request), "crumbs": crumbs})


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def resend_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Try one mail again at once."""
    answer = outbox.resend_one(request, pk, back="editorial:mails")
    onward = following(request, "mail", pk)
    return redirect(onward) if onward else answer


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def resend_failed(request: HttpRequest) -> HttpResponse:
    """Try again all that were given up."""
    return outbox.resend_failed(request, back="editorial:mails")
