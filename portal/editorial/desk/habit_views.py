"""`/redaktion/einstellungen/schreibtisch/`: how I work, and the goal of the town hall."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.access import Role, allow
from portal.editorial.desk.forms import NO_DAY, GoalForm, HabitsForm
from portal.editorial.desk.habits import habits_of, save_goal, save_habits
from portal.editorial.models import DeskRules


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def habits(request: HttpRequest) -> HttpResponse:
    """Two forms, each with its own button."""
    own = habits_of(request)
    posted = request.POST if request.method == "POST" else None
    town = posted is not None and "ziel" in posted
    mine = HabitsForm(
        None if town else posted,
        initial={"keys": own.keys, "mail_day": NO_DAY if own.mail_day is None else own.mail_day},
    )
    goal = GoalForm(posted if town else None, initial={"goal_days": DeskRules.goal()})
    if posted is not None and (goal if town else mine).is_valid():
        by = cast("User", request.user)
        if town:
            save_goal(goal.cleaned_data["goal_days"], by=by)
        else:
            save_habits(**mine.cleaned_data, by=by)
        messages.success(request, _("Saved."))
        return redirect("editorial:habits")
    context = {
        "mine": mine,
        "goal": goal,
        "habits": own,
        "crumbs": [
            {"label": _("Editorial desk"), "url": "/redaktion/"},
            {"label": _("Desk, keys and weekly mail"), "url": ""},
        ],
    }
    return render(request, "editorial/habits.html", context, status=400 if posted is not None else 200)
