"""A page of rules as its template shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from portal.preferences.defaults import DEFAULTS, FILTERS
from portal.preferences.effects import PANELS, said_of
from portal.preferences.fields import order_sent
from portal.preferences.forms import SubjectForm
from portal.preferences.log import LastChange, last_changes
from portal.preferences.models import Preferences
from portal.preferences.rulebook import Rule, Subject
from portal.preferences.values import filter_labels, is_usual, rule_in_words, values_of


@dataclass(frozen=True, slots=True)
class Group:
    """A group of filters with its place in the order."""

    key: str
    label: str
    ticked: bool
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class ShownRule:
    """One rule: its fields, its effect, its default and its past."""

    rule: Rule
    fields: Sequence[BoundField]
    effect: Sequence[str]
    usual: str
    now: str
    wish: str
    changed: bool
    deviates: bool
    last: LastChange | None
    clash: bool = False
    panel: Any = None
    panel_template: str = ""
    groups: Sequence[Group] = ()

    @property
    def single(self) -> bool:
        """Whether it has one visible field, whose label the title then is."""
        return len(self.fields) == 1 and not self.groups and not self.panel_template


def shown_rule(
    rule: Rule, wished: Preferences, kept: Preferences, *, last: LastChange | None, form: SubjectForm | None = None,
    clash: bool = False,
) -> ShownRule:  # fmt: skip
    """A rule as it is kept and as somebody wishes it."""
    now, wish = values_of(kept, rule.fields), values_of(wished, rule.fields)
    data: Any = form.data if form is not None and form.is_bound else {}
    panel = PANELS.get(rule.key)
    return ShownRule(
        rule,
        [form[name] for name in rule.fields] if form is not None else [],
        said_of(rule.key, wished, kept),
        rule_in_words(rule, {name: DEFAULTS[name] for name in rule.fields}),
        rule_in_words(rule, now),
        rule_in_words(rule, wish),
        changed=now != wish,
        deviates=not is_usual(kept, rule),
        last=last,
        clash=clash,
        panel=panel.context(wished, data) if panel else None,
        panel_template=panel.template if panel else "",
        groups=_groups(wish["search_filters"], data) if "search_filters" in wish else (),
    )


def shown_rules(form: SubjectForm, wished: Preferences, *, clashes: Sequence[Rule] = ()) -> list[ShownRule]:
    """All rules of a page."""
    subject, last = form.subject, last_changes(form.subject.rules)
    return [
        shown_rule(rule, wished, form.kept, last=last.get(rule.key), form=form, clash=rule in clashes)
        for rule in subject.rules
    ]


def _groups(ticked: list[str], data: Mapping[str, Any]) -> list[Group]:
    order = order_sent(data) if hasattr(data, "getlist") else []
    order = order or list(dict.fromkeys([*ticked, *FILTERS]))
    labels = filter_labels()
    return [
        Group(key, labels[key], key in ticked, place == 0, place == len(order) - 1) for place, key in enumerate(order)
    ]


def tabs_of(subjects: Sequence[Subject], current: str) -> list[dict[str, Any]]:
    """All pages of rules as tabs."""
    return [{"label": each.label, "url": each.url, "current": each.slug == current} for each in subjects]


def crumbs_of(subject: Subject | None = None) -> list[dict[str, Any]]:
    """The way back to the desk."""
    way = [
        {"label": _("Editorial desk"), "url": "/redaktion/"},
        {"label": _("Rules"), "url": "/redaktion/einstellungen/"},
    ]
    return [*way, {"label": subject.label, "url": ""}] if subject else way
