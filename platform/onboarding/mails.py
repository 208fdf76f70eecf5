"""The mails of the room; all go out on the operator's side."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare, link

_NAME = Placeholder(_("name of the municipality"), "Stadt Musterstadt")
_APPLICANT = _("the contact person of an application")

declare(
    Kind(
        "onboarding_confirm",
        Group.EDITORS,
        _("Application: confirm the address"),
        _APPLICANT,
        _("at once, when a municipality applies"),
        _("Please confirm: a portal for {{ name }}"),
        _(
            "Good day,\n\n"
            "somebody, probably you, applied for a portal for {{ name }}. Please confirm with this link that the "
            "address is yours:\n\n"
            "{{ link }}\n\n"
            "It is valid for two days. If it was not you, you need do nothing; the application is deleted then."
        ),
        {
            "name": _NAME,
            "link": link("mitmachen/1:1vX…/", button=_("Confirm the application"), label=_("link to confirm")),
        },
        operators=True,
    ),
    Kind(
        "onboarding_applied",
        Group.EDITORS,
        _("Platform: a municipality has applied"),
        _("the operators of the platform"),
        _("when somebody has confirmed an application"),
        _("Application: {{ name }}"),
        _("Good day,\n\n{{ name }} ({{ state }}) has applied for a portal.\n\n{{ link }}"),
        {
            "name": _NAME,
            "state": Placeholder(_("federal state"), "Saarland"),
            "link": link("betrieb/antraege/1/", button=_("See the application"), label=_("page of the application")),
        },
        operators=True,
    ),
    Kind(
        "onboarding_refused",
        Group.EDITORS,
        _("Application: refused"),
        _APPLICANT,
        _("when an operator refuses an application"),
        _("Your application for {{ name }}"),
        _(
            "Good day,\n\n"
            "thank you for your application for a portal for {{ name }}. We cannot accept it:\n\n"
            "{{ reason }}\n\n"
            "If that can be changed, please apply again."
        ),
        {"name": _NAME, "reason": Placeholder(_("reason"), "Für Musterstadt gibt es schon ein Portal.", required=True)},
        operators=True,
    ),
    Kind(
        "onboarding_reminder",
        Group.EDITORS,
        _("Setting up: the next step is yours"),
        _APPLICANT,
        _("when an operator reminds a municipality, once a day at most"),
        _("{{ name }}: the next step is yours"),
        _("Good day,\n\nthe portal for {{ name }} is being set up. {{ step }}\n\n{{ link }}"),
        {
            "name": _NAME,
            "step": Placeholder(_("what is next"), "Wartet seit 26. November auf die Kommune: Eigene Adresse."),
            "link": link("redaktion/einrichtung/", button=_("See all steps"), label=_("page of the steps")),
        },
        operators=True,
    ),
)
