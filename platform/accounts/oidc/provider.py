"""The municipality's service as allauth sees it, stricter than allauth's own.

Besides state and PKCE, which bind the answer to this browser, the issuer must be the one that was set up, the token
must be signed by it and hold our nonce, and what it says of a person must be of the person the token names.
"""

import secrets
from typing import Any

import jwt
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

NONCE = "oidc_nonce"
# Those with a key of two halves: the other ones would take what everybody may know for a secret.
_SIGNED_BY_KEYS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_NEEDED = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class ServiceAdapter(OpenIDConnectOAuth2Adapter):
    """Speaks with the service."""

    @property
    def openid_config(self) -> dict[str, Any]:
        config: Any = super().openid_config
        if not isinstance(config, dict) or not all(isinstance(config.get(name), str) for name in _NEEDED):
            raise OAuth2Error("The service does not say where its parts are.")
        wanted = str(self.get_provider().app.settings["server_url"]).rstrip("/")
        if str(config.get("issuer", "")).rstrip("/") != wanted:
            raise OAuth2Error("The service calls itself by another address (issuer) than was set up.")
        return config

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> Any:
        response = kwargs["response"]
        if not response.get("id_token"):
            raise OAuth2Error("The service gave no id_token.")
        claims = self._decode_id_token(app, response["id_token"])
        told = self._fetch_user_info(token.token)
        if not claims.get("sub") or claims["sub"] != told.get("sub"):
            raise OAuth2Error("The service speaks of two different people.")
        return self.get_provider().sociallogin_from_response(request, {"userinfo": told, "id_token": claims})

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        try:
            claims = self._verified(app, id_token)
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error(f"The service's id_token cannot be trusted: {error!r}") from error
        asked = self.request.session.pop(NONCE, secrets.token_hex())
        if not constant_time_compare(str(claims.get("nonce", "")), asked):
            raise OAuth2Error("The service's answer belongs to another question.")
        return claims

    def _verified(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """The claims, signed by a key of the service; allauth's own wants a name on every key, which is optional."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        header = jwt.get_unverified_header(id_token)
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        named = [key for key in keys if key.key_id == header["kid"]] if "kid" in header else keys
        if len(named) != 1:
            raise OAuth2Error("The service does not say by which key it has signed.")
        return jwt.decode(
            id_token,
            key=named[0].key,
            algorithms=_SIGNED_BY_KEYS,
            audience=app.client_id,
            issuer=self.openid_config["issuer"],
            leeway=60,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return callback_url(request, app.provider_id)


def callback_url(request: HttpRequest, provider_id: str) -> str:
    """Where the service sends people back to: what is registered with it."""
    path = reverse("openid_connect_callback", kwargs={"provider_id": provider_id})
    municipality = getattr(request, "municipality", None)
    host = municipality.primary_host if municipality else settings.BASE_DOMAIN
    return f"{settings.URL_SCHEME}://{host}{settings.URL_PORT}{path}"


class ServiceProvider(OpenIDConnectProvider):
    """Only to sign in: nothing of the request decides what the service is asked for."""

    oauth2_adapter_class = ServiceAdapter
    pkce_enabled_default = True

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        nonce = request.session[NONCE] = secrets.token_urlsafe(24)
        return {**kwargs, "process": "login", "scope": self.get_scope(), "auth_params": {"nonce": nonce}}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        told = data["userinfo"]
        email = str(told.get("email") or "").strip().lower()
        verified = told.get("email_verified") in (True, "true")
        return [EmailAddress(email=email, verified=verified, primary=True)] if email else []


registry.register(ServiceProvider)
