"""Terms of use have versions: who works for a provider agrees to the one that counts, and again when it changes.

The text is the municipality's page; its version is a number in its rules (accounts.rules), raised by an administrator.
"""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rules import rules_of
from audit.services import record
from core.access import Role, allow
from core.gates import open_before
from core.middleware import roles_of

PAGE = "/nutzungsbedingungen/"


@transaction.atomic
def accept(user: User, *, version: int) -> None:
    """Note that somebody agreed to this version just now; twice is once."""
    if user.terms_version == version and user.terms_accepted_at is not None:
        return
    user.terms_version, user.terms_accepted_at = version, timezone.now()
    user.save(update_fields=["terms_version", "terms_accepted_at"])
    record("account.terms", user, by=user, changes={"version": version})


def gate(request: HttpRequest) -> str | None:
    """Whoever works for a provider and has not agreed to what counts now is asked first."""
    version = rules_of(request).terms_version
    known = getattr(request.user, "terms_version", version)
    if known >= version or Role.PROVIDER not in roles_of(request):
        return None
    return reverse("accounts:terms")


@require_http_methods(["GET", "HEAD", "POST"])
@open_before("terms", "second_factor")
@allow(Role.SIGNED_IN)
def terms(request: HttpRequest) -> HttpResponse:
    """Agree to the terms that count now; then on to where one wanted to go."""
    rules = rules_of(request)
    following = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(following, allowed_hosts=None):
        following = reverse("accounts:home")
    if request.method == "POST":
        # The version that was read: it may have been raised since. With none there is nothing to agree to.
        if rules.terms_version and request.POST.get("version") == str(rules.terms_version):
            accept(User.objects.get(email=request.user.get_username()), version=rules.terms_version)
            return redirect(following)
        return redirect(request.get_full_path())
    if request.user.terms_version >= rules.terms_version:  # type: ignore[union-attr]  # only those signed in come here
        return redirect(following)
    return render(request, "account/terms.html", {"rules": rules, "following": following, "page": PAGE})
