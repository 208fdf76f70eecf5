"""allauth's mails (password reset and so on) go through our outbox, and links in them hold where they were sent."""

from typing import Any
from urllib.parse import quote

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from core.network import network
from mail.kinds import kind_of
from mail.services import post_kind
from tenants.running.context import current_schema
from tenants.urls import own_address

_DAY = 24 * 60 * 60
OBJECTION_DAYS = 7


class AccountAdapter(DefaultAccountAdapter):
    """What the platform does differently from allauth's defaults.

    No address of ours is made from the request: its Host header, port included, is what the sender likes.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """By the kind of that name. Only a kind whose reader sits before the page is in the page's language; all
        others go to people of the town hall and providers in German: the page may be a stranger's."""
        key = template_prefix.rsplit("/", 1)[-1]
        values = {name: context[name] for name in kind_of(key).placeholders if name in context}
        post_kind(key, to=email, values=values, language=translation.get_language() or "")

    def send_account_already_exists_mail(self, email: str) -> None:
        """Whoever never proved the address gets the link once more; all others hear that they have an account."""
        addresses = EmailAddress.objects.filter(email=email.lower(), user__is_active=True).select_related("user")
        found = addresses.order_by("-verified", "pk").first()
        if found is not None and not found.verified:
            found.send_confirmation(self.request, signup=True)
            return
        again = own_address() + reverse("account_reset_password").lstrip("/")
        self.send_mail("account/email/account_already_exists", email, {"password_reset_url": again})

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return own_address() + path.replace("UID-KEY", quote(key)).lstrip("/")

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        key = self.confirmation_key(emailconfirmation.email_address)
        address = own_address() + reverse("account_confirm_email", args=[key]).lstrip("/")
        language = translation.get_language()
        return address if language in {None, settings.LANGUAGE_CODE} else f"{address}?sprache={language}"

    def confirmation_key(self, address: EmailAddress) -> str:
        """What the link to prove this address holds: signed, so that nothing needs to be stored, and of no use in
        another municipality, whose rows have the same numbers."""
        return signing.dumps([address.pk, address.email], salt=_salt("confirmation"))

    def address_to_confirm(self, key: str) -> EmailAddress | None:
        """Whose link this is, proved or not yet; None for one that is too old, made up or from elsewhere."""
        try:
            number, email = signing.loads(
                key, salt=_salt("confirmation"), max_age=app_settings.EMAIL_CONFIRMATION_EXPIRE_DAYS * _DAY
            )
        except signing.BadSignature:
            return None
        return EmailAddress.objects.select_related("user").filter(pk=number, email=email).first()

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Not an address with which somebody else has (perhaps only just begun) an account."""
        others = User.objects.exclude(pk=email_address.user_id).filter(email=email_address.email)
        if others.exists():
            self.add_message(request, messages.ERROR, "account/messages/email_confirmation_failed.txt")
            return False
        return bool(super().confirm_email(request, email_address))

    def objection_url(self, user: User, *, old: str, new: str) -> str:
        """The link by which the old address objects to the new one."""
        key = signing.dumps([user.pk, old, new], salt=_salt("objection"))
        return own_address() + reverse("account_email_objection", args=[key]).lstrip("/")

    def objection(self, key: str) -> tuple[User, str, str] | None:
        """Whose address it is about, the old one and the new one; None for a link that is too old or made up."""
        try:
            number, old, new = signing.loads(key, salt=_salt("objection"), max_age=OBJECTION_DAYS * _DAY)
        except signing.BadSignature:
            return None
        user = User.objects.filter(pk=number).first()
        return (user, old, new) if user is not None else None

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        more = dict(context or {})
        if template_prefix.endswith("/email_changed"):
            more["objection_url"] = self.objection_url(user, old=more["from_email"], new=more["to_email"])
        super().send_notification_mail(template_prefix, user, more, email)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The sender's network: limits count by it, and lists of sessions need not know more."""
        return str(network(super().get_client_ip(request)).network_address)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """By the person alone: naming another host or port of ours gives no more attempts. The cache adds where."""
        return str(credentials.get("email") or credentials.get("username") or "").strip().lower()


def _salt(purpose: str) -> str:
    """Numbers of people and addresses are counted in each municipality anew: a link holds in one of them."""
    return f"mail.adapter.{purpose}:{current_schema()}"
