"""The pages a person has for themselves: where they land after signing in, and their name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import PersonForm
from accounts.models import ROLE_NAMES, User
from accounts.services import rename
from core.access import Role, allow, for_helpers
from core.landing import parts_of
from core.middleware import roles_of
from core.task_cards import TaskCard, cards_of, tasks


@require_safe
@for_helpers
@allow(Role.SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """What this person can do here: what rooms have to tell them (core.landing), then the cards for their roles."""
    held = roles_of(request)
    part = next(iter(parts_of(request, held)), None)
    own = tasks(card for card in cards_of(request, held) if card.landing and not (part and _is_tab(card)))
    roles = [(role, name) for role, name in ROLE_NAMES.items() if role in held]
    waiting = sum(task.waiting or 0 for task in own)
    context = {"roles": roles, "tasks": own, "waiting": waiting, "part": part}
    if part is not None:
        context |= {"organisation": part.organisation, "switch_url": part.switch_url}
    return render(request, "accounts/home.html", context)


def _is_tab(card: TaskCard) -> bool:
    """The tabs above the page lead there already."""
    return card.url.startswith("/konto/")


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.SIGNED_IN)
def person(request: HttpRequest) -> HttpResponse:
    """Change one's name."""
    # Not request.user itself: a refused name must not stand in the header.
    form = PersonForm(request.POST or None, instance=User.objects.get(email=request.user.get_username()))
    if request.method == "POST" and form.is_valid():
        rename(form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("accounts:person")
    return render(request, "accounts/person.html", {"form": form})
