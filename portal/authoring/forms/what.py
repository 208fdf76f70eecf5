"""The first page: what it is and for whom."""

import re
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.numbers import whole_number
from portal.authoring.forms.base import Data, Setting, StepForm, data_from
from portal.revisions.kinds import Content
from portal.taxonomy.models import OLDEST, TargetGroup
from portal.taxonomy.tree import Node, load_tree


def split(ids: list[int]) -> tuple[Node | None, Node | None, list[int]]:
    """The first topic, the second, and the numbers of all others, which the page only names."""
    nodes = [node for node in load_tree() if node.id in ids]
    first, second = [*nodes, None, None][:2]
    shown = {node.id for node in (first, second) if node is not None}
    return first, second, [each for each in ids if each not in shown]


_AROUND_AGE = re.compile(r"^\s*(?:ab|bis|von)\b|(?<=\d)\s*j(?:ahren?|ahr|\.)?\s*$", re.IGNORECASE)


class _Age(forms.IntegerField):
    default_error_messages = {"invalid": gettext_lazy("Please write the age as a number, for example 6.")}

    def __init__(self, label: Any) -> None:
        between = gettext_lazy("Please give an age between 0 and 120.")
        validators = [MinValueValidator(0, between), MaxValueValidator(OLDEST, between)]
        widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 12})
        super().__init__(label=label, validators=validators, widget=widget)

    def to_python(self, value: Any) -> int | None:
        """Also “ab 8” and “8 Jahre”."""
        return super().to_python(_AROUND_AGE.sub("", value) if isinstance(value, str) else value)


class WhatForm(StepForm):
    """Title, one sentence, topic, target groups; folded: age and a second topic."""

    asked = frozenset({"title", "summary", "topic", "target_groups"})
    title = forms.CharField(
        label=gettext_lazy("What is your offer called?"),
        help_text=gettext_lazy("Short and clear. For example: “Gymnastics for parents with children from 2 years on”."),
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    summary = forms.CharField(
        label=gettext_lazy("What is it about, in one or two sentences?"),
        help_text=gettext_lazy("This stands in the list below the title. You can write more in step 4."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    topic = forms.ChoiceField(label=gettext_lazy("Which topic fits best?"), widget=forms.RadioSelect)
    further = forms.ChoiceField(label=gettext_lazy("Second topic"))
    target_groups = forms.MultipleChoiceField(
        label=gettext_lazy("Whom is it for?"),
        help_text=gettext_lazy("Several are possible."),
        widget=forms.CheckboxSelectMultiple,
    )
    min_age = _Age(gettext_lazy("From which age?"))
    max_age = _Age(gettext_lazy("Up to which age?"))

    def prepare(self) -> None:
        self.tree = load_tree()
        said = self.setting.content
        self.shown = self.tree.to_choose(said["categories"])
        choices = [(node.id, "– " * node.depth + node.name) for node in self.shown]
        self.fields["topic"].choices = [(node.id, node.name) for node in self.shown if node.parent is None]  # type: ignore[attr-defined]  # the stubs know no choices
        self.fields["further"].choices = [("", _("Please choose")), *choices]  # type: ignore[attr-defined]  # the stubs know no choices
        groups = TargetGroup.objects.offered(said["target_groups"]).values_list("pk", "name")
        self.fields["target_groups"].choices = list(groups)  # type: ignore[attr-defined]  # the stubs know no choices
        self.rest = split(said["categories"])[2]

    @classmethod
    def data_of(cls, setting: Setting) -> Data:
        said = setting.content
        first, second, _rest = split(said["categories"])
        values = {name: said[name] for name in ("title", "summary", "target_groups", "min_age", "max_age")}
        if first is not None:
            values["topic"] = first.root.id
            values[f"topic_{first.root.id}"] = first.id if first.parent else ""
        return data_from({**values, "further": second.id if second else ""})

    def clean(self) -> dict[str, Any]:
        kept = self.cleaned_data
        low, high = kept.get("min_age"), kept.get("max_age")
        if low is not None and high is not None and low > high:
            self.add_error("max_age", _("The second age must not be below the first. For example 6 to 10."))
            kept.pop("min_age", None)
        return kept

    def values(self) -> Content:
        kept = self.kept
        found: Content = {name: kept[name] for name in ("title", "summary", "min_age", "max_age") if name in kept}
        if "target_groups" in kept:
            found["target_groups"] = sorted(int(each) for each in kept["target_groups"])
        if "topic" in kept and "further" in kept:
            found["categories"] = sorted({*self._chosen(kept["topic"], kept["further"]), *self.rest})
        return found

    def _chosen(self, topic: str, further: str) -> list[int]:
        chosen = [int(further)] if further else []
        if topic:
            below = {node.id for node in self.shown if node.root.id == int(topic)}
            closer = whole_number(str(self.data.get(f"topic_{topic}") or ""))
            chosen.append(closer if closer is not None and closer in below else int(topic))
        return chosen

    @property
    def topics(self) -> list[dict[str, Any]]:
        """The topics with what lies below each, and what is chosen, for the template."""
        chosen = str(self.data.get("topic") or "")
        offered = {node.id for node in self.shown}
        return [
            {
                "node": root,
                "checked": str(root.id) == chosen,
                "below": [
                    {"node": node, "checked": str(node.id) == self.data.get(f"topic_{root.id}")}
                    for node in root.walk()
                    if node is not root and node.id in offered
                ],
            }
            for root in self.tree.roots
            if root.id in offered
        ]

    @property
    def others(self) -> list[str]:
        """Topics beyond the second, which stay."""
        return [self.tree.nodes[each].name for each in self.rest if each in self.tree.nodes]

    @property
    def age_open(self) -> bool:
        """Whether the fold with the ages has something to show."""
        return bool(self.data.get("min_age") or self.data.get("max_age") or self["min_age"].errors)
