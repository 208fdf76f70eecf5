"""The kinds of mail of this room."""

from django.utils.translation import gettext_lazy as _

from mail.kinds import Group, Kind, Placeholder, declare

declare(
    Kind(
        "provider_left_alone",
        Group.EDITORS,
        _("Organisation without administrator"),
        _("all editors"),
        _("when the last person responsible deletes the account"),
        _("An organisation without administrator"),
        _(
            "Good day,\n\n"
            "The last administrator of these organisations has deleted the account. Please look who keeps them "
            "now:\n\n"
            "{{ list }}"
        ),
        {
            "list": Placeholder(
                _("list of the organisations"),
                "- TSV Musterstadt 1890 e. V.: https://musterstadt.example/anbieter/tsv/",
                required=True,
            )
        },
    )
)
