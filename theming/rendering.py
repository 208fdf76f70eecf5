"""Makes `{{ form }}` and `{{ form.name.as_field_group }}` our components, everywhere, allauth included.

Settings: FORM_RENDERER = "theming.rendering.ThemeRenderer".
"""

from typing import Any

from django.forms.renderers import DjangoTemplates

# Widgets that we draw ourselves, the same as Django does but faster: a tree of topics has hundreds of options.
OWN = {"django/forms/widgets/select.html": "theming/widgets/select.html"}


class ThemeRenderer(DjangoTemplates):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    def get_template(self, template_name: str) -> Any:
        """The one of ours where there is one."""
        return super().get_template(OWN.get(template_name, template_name))
