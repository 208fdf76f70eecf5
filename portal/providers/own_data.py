"""What this room keeps about a person: whose organisations they keep. And who keeps them when the person leaves."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.access import Role
from core.own_data import Part, Row, register
from mail.services import post_kind
from portal.providers.models import Membership, Provider
from tenants.urls import own_address


def gather(user: User) -> list[Row]:
    """Memberships."""
    found = Membership.objects.filter(user=user).select_related("provider").order_by("pk")
    return [{_("Organisation"): each.provider.name, _("Role"): each.get_role_display()} for each in found]


def left_alone(user: User) -> QuerySet[Provider]:
    """Organisations whose only administrator this is."""
    others = Membership.objects.filter(
        provider=OuterRef("pk"), role=Membership.Role.ADMINISTRATOR, user__is_active=True
    ).exclude(user=user)
    own = Membership.objects.filter(provider=OuterRef("pk"), user=user, role=Membership.Role.ADMINISTRATOR)
    return Provider.objects.filter(Exists(own), ~Exists(others)).order_by("pk")


def leaving(user: User) -> list[Any]:
    """What becomes of organisations and offers, in sentences."""
    said = [
        _(
            "You are the last administrator of “%(name)s”. Let somebody else have that role first, or the editors "
            "will look after it."
        )
        % {"name": provider.name}
        for provider in left_alone(user)
    ]
    if Membership.objects.filter(user=user).exists():
        said.append(_("The offers stay with your organisation and online; your name is taken out of their history."))
    return said


def released(user: User) -> None:
    """Tell the editors whose organisation nobody administers any more."""
    alone = list(left_alone(user))
    if not alone:
        return
    editors = User.objects.filter(is_active=True, roles__overlap=[Role.EDITOR.value, Role.ADMIN.value])
    start = own_address().rstrip("/")
    names = "\n".join(f"- {provider.name}: {start}{provider.get_absolute_url()}" for provider in alone)
    for editor in editors.exclude(pk=user.pk):
        post_kind("provider_left_alone", to=editor.email, values={"list": names})


register(Part("organisationen", gettext_lazy("Organisations"), gather, order=20, leaving=leaving, released=released))
