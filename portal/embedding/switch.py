"""Whether parts for other websites are ready in a municipality: the operator's word."""

from django.utils.translation import gettext_lazy as _

from switches.declared import Switch, declare

EMBEDDING = declare(
    Switch(
        "embedding",
        _("Parts for other websites"),
        _("Search, list, calendar and single offers in frames on other websites; off, such frames show nothing."),
        room="portal.embedding",
        namespaces=("embedding",),
    )
)
