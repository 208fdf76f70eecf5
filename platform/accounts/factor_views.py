"""The page of the second factor, which also leads on whoever was held up there."""

from typing import Any

from allauth.mfa.base import views as allauth
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.second_factor import has_second_factor, needs_second_factor

_SESSION = "after_second_factor"


class IndexView(allauth.IndexView):
    """allauth's, with what this person must do and where they wanted to go."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        following = request.GET.get("next", "")
        if following and url_has_allowed_host_and_scheme(following, allowed_hosts=None):
            request.session[_SESSION] = following
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has = has_second_factor(self.request.user)
        state = {
            "must": needs_second_factor(self.request),
            "has": has,
            "following": self.request.session.pop(_SESSION, "") if has else "",
        }
        return {**super().get_context_data(**kwargs), "state": state}
