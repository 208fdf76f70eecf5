"""To the service and back, and where an administrator sets it up."""

from typing import Any
from urllib.parse import urlsplit

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import IdentityProvider
from accounts.oidc.adapter import provider_id_of
from accounts.oidc.forms import ServiceForm
from accounts.oidc.provider import ServiceAdapter, callback_url
from audit.services import record
from core.access import Role, allow, by_oneself


def _answer(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    adapter = ServiceAdapter(request, provider_id)
    try:
        return view.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except (OAuth2Error, KeyError, TypeError, AttributeError) as error:
        # What the service said made no sense; people are told that it is not their fault (the adapter logs it).
        return render_authentication_error(request, adapter.get_provider(), exception=error)


@require_http_methods(["GET", "HEAD", "POST"])
@by_oneself
@allow(Role.VISITOR)
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the service. From another host of ours first to the one the service sends people back to."""
    own = callback_url(request, provider_id)
    if urlsplit(own).hostname != request.get_host().partition(":")[0].lower():
        return redirect(own.removesuffix("zurueck/"))
    return _answer(OAuth2LoginView, request, provider_id)


@require_http_methods(["GET", "HEAD"])
@by_oneself
@allow(Role.VISITOR)
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the service."""
    return _answer(OAuth2CallbackView, request, provider_id)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.ADMIN)
def settings_page(request: HttpRequest) -> HttpResponse:
    """Set the service up. Before it is switched on it is asked whether it is one."""
    row = IdentityProvider.load()
    form = ServiceForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            record("account.sign_in_service", form.instance, by=request.user, changes={"fields": form.changed_data})
        messages.success(request, _("Saved."))
        return redirect("service_settings")
    back = callback_url(request, provider_id_of(row)) if row.issuer else ""
    crumbs = [{"label": _("Editorial desk"), "url": "/redaktion/"}, {"label": _("Sign-in service")}]
    return render(request, "accounts/service.html", {"form": form, "back": back, "row": row, "crumbs": crumbs})
