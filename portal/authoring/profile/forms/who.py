"""The first page: name, what the organisation does, its topics and what kind of organisation it is."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import richtext
from portal.authoring.forms.base import Data, Setting, data_from
from portal.authoring.forms.long_text import LongText
from portal.providers.models import Carrier
from portal.revisions.kinds import Content
from portal.taxonomy.tree import Node, load_tree

_PLAIN = ("name", "tagline", "summary")


class WhoForm(LongText):
    """Only the name and one of the two descriptions are needed in the end."""

    asked = frozenset({"name", "summary"})
    name = forms.CharField(
        label=gettext_lazy("What is your organisation called?"),
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    tagline = forms.CharField(
        label=gettext_lazy("Line below the name"),
        help_text=gettext_lazy("A motto or what you are. For example: “Sports club in the Ostviertel since 1921”."),
        max_length=255,
    )
    summary = forms.CharField(
        label=gettext_lazy("What do you do, in one or two sentences?"),
        help_text=gettext_lazy("This stands in lists and on top of your page."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text = forms.CharField(
        label=gettext_lazy("What else should people know about you?"),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Which topics fit you?"),
        help_text=gettext_lazy("Several are possible."),
        widget=forms.CheckboxSelectMultiple,
    )
    carrier = forms.ChoiceField(label=gettext_lazy("What kind of organisation are you?"))

    def prepare(self) -> None:
        self.tree = load_tree()
        said = self.setting.content
        carrier = said["carrier"]
        carriers = list(Carrier.objects.offered([carrier] if carrier is not None else []).values_list("pk", "name"))
        self.shown = {node.id for node in self.tree.to_choose(said["categories"])}
        self.fields["categories"].choices = [(node.id, node.name) for node in self.tree if node.id in self.shown]  # type: ignore[attr-defined]  # the stubs know no choices
        self.fields["carrier"].choices = [("", _("Please choose")), *carriers]  # type: ignore[attr-defined]  # the stubs know no choices
        if not carriers:
            del self.fields["carrier"]
        if not self.shown:
            del self.fields["categories"]

    @classmethod
    def data_of(cls, setting: Setting) -> Data:
        said = setting.content
        shown = {name: said[name] for name in (*_PLAIN, "categories", "carrier")}
        return data_from({**shown, "text": richtext.to_text(said["description"])})

    def values(self) -> Content:
        kept = self.kept
        found: Content = {name: kept[name] for name in _PLAIN if name in kept}
        if "text" in kept:
            found["description"] = richtext.written(self.data, "text", kept["text"])
        if "categories" in kept:
            found["categories"] = sorted(int(each) for each in kept["categories"])
        if "carrier" in kept:
            found["carrier"] = int(kept["carrier"]) if kept["carrier"] else None
        return found

    @property
    def topics(self) -> list[dict[str, Any]]:
        """The topics with what lies below each, and what is chosen, for the template."""
        chosen = set(cast("Data", self.data).getlist("categories"))

        def option(node: Node) -> dict[str, Any]:
            return {"node": node, "checked": str(node.id) in chosen}

        found = []
        for root in self.tree.roots:
            if root.id not in self.shown:
                continue
            below = [option(node) for node in root.walk() if node is not root and node.id in self.shown]
            found.append({**option(root), "below": below, "open": any(each["checked"] for each in below)})
        return found
