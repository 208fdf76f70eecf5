"""What editors fill in for an entry: where it stands, where it leads, what it is called."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.ordering import ByName
from core.seen import Seen
from portal.pages.models import Page
from portal.site.forms import Summed
from portal.site.models import AREAS, Kind, MenuItem, Place

UNDER = "unter-"
PAGE = "seite-"


class MenuItemForm(Seen, Summed, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """One entry."""

    where = forms.ChoiceField(label=gettext_lazy("Where does it stand?"))
    target = forms.ChoiceField(label=gettext_lazy("Where does it lead to?"))

    class Meta:
        model = MenuItem
        fields = ("label", "link")

    field_order = ("where", "target", "link", "label")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = self.instance
        self.fields["where"].choices = _places(item)  # type: ignore[attr-defined]  # the stubs know no choices
        self.fields["target"].choices = _targets()  # type: ignore[attr-defined]
        self.fields["link"].help_text = _("Only for an address of your own, for example https://www.example.org/")
        if item.pk is not None:
            self.initial["where"] = f"{UNDER}{item.parent_id}" if item.parent_id else item.place
            self.initial["target"] = f"{PAGE}{item.page_id}" if item.page_id else item.kind

    def clean(self) -> dict[str, Any]:
        """Each target with what it needs, and nothing else."""
        found = super().clean() or self.cleaned_data
        item, target = self.instance, str(found.get("target") or "")
        item.kind, item.page_id = (Kind.PAGE, int(target[len(PAGE) :])) if target.startswith(PAGE) else (target, None)
        if target != Kind.LINK:
            found["link"] = ""
        elif not found.get("link") and "link" not in self.errors:
            self.add_error("link", _("Please enter the address the entry leads to."))
        if target in {Kind.LINK, Kind.HEADING} and not found.get("label") and "label" not in self.errors:
            self.add_error("label", _("Please say what the entry is called."))
        self._place(str(found.get("where") or ""))
        return found

    def _place(self, where: str) -> None:
        item = self.instance
        item.parent_id = int(where[len(UNDER) :]) if where.startswith(UNDER) else None
        if item.parent_id:
            item.place = MenuItem.objects.values_list("place", flat=True).get(pk=item.parent_id)
        elif where:
            item.place = where


def _places(item: MenuItem) -> list[tuple[str, Any]]:
    """Both menus, and each entry of their upper levels."""
    rows = MenuItem.objects.filter(parent=None).exclude(pk=item.pk).select_related("page")
    found: list[tuple[str, Any]] = []
    for place in Place:
        found.append((place.value, place.label))
        found += [(f"{UNDER}{row.pk}", f"{place.label} › {row}") for row in rows if row.place == place]
    return found


def _targets() -> list[tuple[Any, Any]]:
    pages = [
        (f"{PAGE}{pk}", title if published else _("%(title)s (not public)") % {"title": title})
        for pk, title, published in Page.objects.order_by(ByName("title"), "pk").values_list("pk", "title", "published")
    ]
    return [
        ("", _("Please choose")),
        (_("Pages"), pages),
        (_("Parts of the portal"), [(kind.value, kind.label) for kind in AREAS]),
        (_("Something else"), [(kind.value, kind.label) for kind in (Kind.LINK, Kind.HEADING)]),
    ]
