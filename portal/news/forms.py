"""What editors fill in for an item."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from core.fields import cleaning
from core.seen import Seen
from portal.media.models import MediaFile
from portal.news.models import NewsItem

# More nobody looks through in a field to choose from.
MOST_PICTURES = 200


class NewsForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """One item; pictures are those of the municipality in the library, the newest first."""

    use_required_attribute = False

    class Meta:
        model = NewsItem
        fields = ("title", "day", "text", "picture", "link", "link_label", "released")
        widgets = {
            "day": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "text": forms.Textarea(attrs={"rows": 8}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pictures = MediaFile.objects.filter(owner=None, original=None).exclude(alt_text="")
        newest = list(pictures.values_list("pk", "alt_text")[:MOST_PICTURES])
        if self.instance.picture is not None and self.instance.picture.pk not in dict(newest):
            newest.append((self.instance.picture.pk, str(self.instance.picture)))
        field = forms.TypedChoiceField(
            label=self.fields["picture"].label,
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", _("none")), *newest],
            help_text=_("From the library, where pictures of the municipality have a description."),
        )
        self.fields["picture"] = field
        self.initial["picture"] = self.instance.picture_id
        self.order_fields(self.Meta.fields)
        self.fields["released"].help_text = _("Without the tick it is a draft that nobody sees.")
        cleaning(self.fields["link"], str.strip)  # type: ignore[arg-type]  # it is a field of text

    def clean_picture(self) -> MediaFile | None:
        """The row: models want it so."""
        pk = self.cleaned_data["picture"]
        return MediaFile.objects.filter(pk=pk).first() if pk is not None else None

    def summary(self) -> list[dict[str, str]]:
        """All errors in the order of the fields."""
        found = [{"id": "", "text": str(error)} for error in self.non_field_errors()]
        for field in self.visible_fields():
            found += [{"id": field.id_for_label, "text": f"{field.label}: {error}"} for error in field.errors]
        return found
