"""Paths of the platform's own host (the operator's side)."""

from django.urls import include, path

from accounts.urls import account_patterns, closed_signup_patterns
from core.security_txt import security_pattern

handler400 = "theming.views.bad_request"
handler404 = "theming.views.platform_not_found"
handler500 = "tenants.running.unavailable.server_error"
urlpatterns = [
    security_pattern(),
    path("", include("operations.urls")),
    path("", include("operations.rollouts.urls")),
    path("", include("operations.safekeeping.urls")),
    path("", include("operations.cells.urls")),
    # Before health's: `kommunen/<slug>/` is theirs.
    path("", include("support.urls_operator")),
    path("", include("health.urls")),
    path("", include("onboarding.urls_operator")),
    path("", include("accounts.urls")),
    path("", include("switches.urls_operator")),
    path("", include("announcements.urls_operator")),
    path("", include("operations.statistics.urls")),
    path("", include("neighbours.urls_operator")),
    path("", include("tracker.tickets.urls_operator")),
    path("", include("tracker.voting.urls_operator")),
    path("", include("tracker.cofunding.urls_operator")),
    path("", include("tracker.releases.urls_operator")),
    path("", include("tracker.forum.urls_operator")),
    path("", include("tracker.channels.urls_operator")),
    path("", include("tracker.board.urls_operator")),
    path("", include("shared_categories.urls")),
    *account_patterns,
    *closed_signup_patterns,
]
