"""Paths of a municipality."""

from django.urls import include, path

from accounts.urls import account_patterns

urlpatterns = [
    path("", include("accounts.urls")),
    *account_patterns,
]
