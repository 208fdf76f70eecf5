"""Whether drafts from pages and flyers are ready in a municipality: the operator's word."""

from django.utils.translation import gettext_lazy as _

from switches.declared import Switch, declare

DRAFTING = declare(
    Switch(
        "drafting",
        _("Drafts from pages and flyers"),
        _("Providers have a web page or a flyer read and check the draft that is made of it."),
        room="portal.drafting",
        namespaces=("drafting",),
    )
)
