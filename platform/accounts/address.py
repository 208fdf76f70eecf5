"""Changing the address one signs in with: the new one is proved by a link, the old one is told and can object."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.forms import AddEmailForm
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.addresses import vouch_for
from accounts.models import User
from audit.services import record
from core.access import Role, allow, by_oneself


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SIGNED_IN)
@reauthentication_required(app="allauth.account")
def address(request: HttpRequest) -> HttpResponse:
    """Wish for another address, or take the wish back."""
    person = User.objects.get(email=request.user.get_username())
    waiting = EmailAddress.objects.get_new(person)
    if request.method == "POST" and "zuruecknehmen" in request.POST:
        if waiting is not None:
            waiting.delete()
        messages.success(request, _("Your address stays as it is."))
        return redirect("account_email")
    form = AddEmailForm(data=request.POST or None, user=person)
    if request.method == "POST" and form.is_valid():
        wish(request, person, form)
        messages.success(
            request, _("Please look into the mailbox of the new address: the link there finishes the change.")
        )
        return redirect("account_email")
    return render(request, "account/email_change.html", {"form": form, "waiting": waiting})


@transaction.atomic
def wish(request: HttpRequest, person: User, form: Any) -> None:
    """Note the new address, mail the link to it and tell the old one. Whether it is somebody else's, nobody learns."""
    new = form.save(request).email
    adapter = get_adapter(request)
    context = {"to_email": new, "objection_url": adapter.objection_url(person, old=person.email, new=new)}
    adapter.send_mail("account/email/email_change_wished", person.email, context)
    record("account.address_wished", person, by=person)


@require_http_methods(["GET", "HEAD", "POST"])
@by_oneself
@allow(Role.VISITOR)
def object_to_change(request: HttpRequest, key: str) -> HttpResponse:
    """The link in the mails to the old address: stops the change, or takes it back and closes the account to others.

    Opening it changes nothing.
    """
    objection = get_adapter(request).objection(key)
    done = False
    if objection is not None and request.method == "POST":
        done = stop_change(*objection)
    return render(request, "account/email_objection.html", {"objection": objection, "done": done})


@transaction.atomic
def stop_change(user: User, old: str, new: str) -> bool:
    """Leave or give back the old address. Where the new one was in use already, whoever used it is signed out and the
    password is no longer worth anything. False where there is nothing (any more) to stop."""
    person = User.objects.select_for_update().get(pk=user.pk)
    waiting = EmailAddress.objects.filter(user=person, email=new, verified=False)
    if person.email == old:
        if not waiting.exists():
            return False
        waiting.delete()
    elif person.email == new and not User.objects.filter(email=old).exists():
        person.email = old
        person.set_unusable_password()
        person.save(update_fields=["email", "password"])
        vouch_for([person])
        for session in UserSession.objects.filter(user=person):
            session.end()
    else:
        return False
    record("account.address_objected", person, by=person)
    return True
