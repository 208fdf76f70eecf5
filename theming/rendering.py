"""Makes `{{ form }}` and `{{ form.name.as_field_group }}` our components, everywhere, allauth included.

Settings: FORM_RENDERER = "theming.rendering.ThemeRenderer".
"""

from django.forms.renderers import DjangoTemplates


class ThemeRenderer(DjangoTemplates):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
