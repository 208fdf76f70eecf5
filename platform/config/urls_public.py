"""Paths of the platform's own host (the operator's side)."""

from django.urls import include, path

from accounts.urls import account_patterns, closed_signup_patterns

handler404 = "theming.views.platform_not_found"
handler500 = "tenants.running.unavailable.server_error"
urlpatterns = [
    path("", include("operations.urls")),
    path("", include("accounts.urls")),
    *account_patterns,
    *closed_signup_patterns,
]
