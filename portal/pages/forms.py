"""What editors fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.seen import Seen
from portal.pages import easy
from portal.pages.models import Page


class EasyForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """The text of a page in Leichte Sprache, and its video; the portal's own page about it is such a text itself."""

    sign_video = forms.URLField(
        label=_("video in German Sign Language"),
        required=False,
        assume_scheme="https",
        help_text=_("The address of the video; opened on a click only."),
    )

    class Meta:
        model = Page
        fields = ("body", "easy_body", "sign_video")
        widgets = {"body": forms.Textarea(attrs={"rows": 20}), "easy_body": forms.Textarea(attrs={"rows": 16})}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["easy_body" if self.instance.slug == easy.SLUG else "body"]
