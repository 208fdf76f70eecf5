"""`/redaktion/zugaenge/`: which programs have a token, a new one, and taking one back."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Permission, allow
from portal.tokens import services
from portal.tokens.forms import TokenForm
from portal.tokens.models import Token

HERE = "/redaktion/zugaenge/"
# The button for more empty lines: nothing is checked then.
MORE_LINES = "mehr"


def _crumbs(*last: str) -> list[dict[str, str]]:
    here = [{"label": _("Tokens for programs"), "url": HERE if last else ""}]
    return [{"label": _("Editorial desk"), "url": "/redaktion/"}, *here, *({"label": each, "url": ""} for each in last)]


@require_safe
@allow(Permission.PROGRAMS)
def show(request: HttpRequest) -> HttpResponse:
    """All of them, those that open nothing any more at the end."""
    rows = list(Token.objects.prefetch_related("providers").annotate(number=Count("providers")))
    rows.sort(key=lambda each: not each.is_valid)
    return render(request, "tokens/list.html", {"tokens": rows, "crumbs": _crumbs()})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PROGRAMS)
def add(request: HttpRequest) -> HttpResponse:
    """A new one. Its secret stands in the answer and nowhere else."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "crumbs": _crumbs(_("New token"))}
    if MORE_LINES in request.POST:
        typed = {name: form[name].value() for name in form.fields}
        return render(request, "tokens/add.html", context | {"form": TokenForm(initial=typed)})
    if not form.is_valid():
        return render(request, "tokens/add.html", context, status=400 if form.errors else 200)
    secret = services.give(form.instance, form.cleaned_data["providers"], by=request.user)
    answer = render(request, "tokens/given.html", {**context, "token": form.instance, "secret": secret})
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.PROGRAMS)
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take it back."""
    token = get_object_or_404(Token, pk=pk)
    if request.method != "POST":
        return render(request, "tokens/revoke.html", {"token": token, "crumbs": _crumbs(token.name, _("Revoke"))})
    if services.revoke(token, by=request.user):
        messages.success(request, _("The token “%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("tokens:list")
