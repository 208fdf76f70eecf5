"""The page to sign in: password, passkey, or the municipality's own service."""

from typing import Any

from allauth.account import views as allauth

from accounts.models import IdentityProvider
from accounts.oidc.adapter import provider_id_of


class LoginView(allauth.LoginView):
    """allauth's, which knows the service."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = IdentityProvider.objects.filter(enabled=True).first()
        service = {"name": row.name, "id": provider_id_of(row)} if row else None
        return {**super().get_context_data(**kwargs), "service": service}
