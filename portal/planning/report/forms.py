"""The form of a report: which pages, which days, how often, to whom."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from portal.planning.models import SavedView
from portal.planning.report.chapters import PAGES, pages
from portal.planning.report.models import Report, Rhythm
from portal.planning.report.people import staff
from portal.planning.report.settings import MOST_CHAPTERS, Chosen, Settings, Time
from portal.printing.models import LONGEST_TITLE

LONGEST_TEXT = 4000


class People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    """People by name and address."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.email})" if obj.name else str(obj.email)


class ReportForm(forms.Form):
    """`kept` are pages a report has that are neither a page as it stands nor a view that is still there."""

    title = forms.CharField(label=gettext_lazy("Title on the cover"), max_length=LONGEST_TITLE)
    pages = forms.MultipleChoiceField(
        label=gettext_lazy("Pages"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("In this order; first these pages without filters, then the saved views."),
    )  # fmt: skip
    views = forms.MultipleChoiceField(
        label=gettext_lazy("Saved views"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("With their period and filters as they are today."),
    )  # fmt: skip
    time = forms.ChoiceField(
        label=gettext_lazy("Days that count"), choices=Time.choices, required=False, widget=forms.RadioSelect,
        help_text=gettext_lazy("Seen from the day the report is made on."),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Words before the figures"), required=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often it is made by itself"), choices=Rhythm.choices, required=False,
        widget=forms.RadioSelect, help_text=gettext_lazy("On the first day of the month, quarter or year."),
    )  # fmt: skip
    readers = People(
        label=gettext_lazy("Who is told by mail"), queryset=User.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The mail holds a link, not the file. Each can stop it with one click."),
    )  # fmt: skip
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self._views = {
            str(each.pk): each
            for each in SavedView.objects.filter(Q(owner=user) | Q(shared=True))
            if each.path in PAGES
        }
        chosen: Any = self.fields["pages"]
        chosen.choices = [(path, page.title) for path, page in pages().items()]
        views: Any = self.fields["views"]
        views.choices = [(pk, f"{each.name} ({PAGES[each.path].title})") for pk, each in self._views.items()]
        if not self._views:
            views.help_text = _("There are none yet: on each page of the evaluation you can keep one.")
        self.fields["readers"].queryset = staff()  # type: ignore[attr-defined]  # a field of rows

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        number = len(given.get("pages", [])) + len(given.get("views", []))
        if not number and "pages" not in self.errors:
            self.add_error("pages", _("Please choose at least one page or one saved view."))
        if number > MOST_CHAPTERS:
            self.add_error("pages", _("A report holds at most %(number)d pages and views.") % {"number": MOST_CHAPTERS})
        if given.get("readers") and not given.get("rhythm"):
            self.add_error("rhythm", _("Somebody is to be told by mail: please choose how often."))
        return given

    def settings(self) -> Settings:
        """What is kept of it."""
        given = self.cleaned_data
        views = [self._views[pk] for pk in given["views"]]
        chosen = [Chosen(path) for path in given["pages"]]
        chosen += [Chosen(each.path, each.query, each.name) for each in views]
        return Settings(chosen, given["text"].strip(), given["time"])


def initial_of(report: Report, user: Any) -> dict[str, Any]:
    """The form of a report that is there; a view that was changed since is found by its name."""
    settings = Settings.of(report.paper)
    named = {each.name for each in settings.views if each.name}
    views = SavedView.objects.filter(Q(owner=user) | Q(shared=True), name__in=named)
    return {
        "title": report.paper.title,
        "pages": [each.path for each in settings.views if not each.name],
        "views": [str(each.pk) for each in views],
        "time": settings.time,
        "text": settings.text,
        "rhythm": report.rhythm,
        "readers": [reader.user_id for reader in report.readers.all()],
        "key": report.paper.key,
    }
