"""The editors' own sentences for reasons: write, change, order, delete. One page, without a script."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from core.numbers import whole_number
from core.seen import Seen
from portal.editorial.review import reasons
from portal.editorial.review.models import LONGEST_SENTENCE, Sentence


class SentenceForm(Seen, forms.Form):
    """One sentence."""

    text = forms.CharField(
        max_length=LONGEST_SENTENCE,
        label=gettext_lazy("Sentence"),
        widget=forms.Textarea({"rows": 2}),
        error_messages={
            "required": gettext_lazy("Please write the sentence."),
            "max_length": gettext_lazy("Please shorten the sentence to 500 characters."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def sentences(request: HttpRequest) -> HttpResponse:
    """All of them in their order; each button is a POST of its own."""
    if request.method != "POST":
        return _page(request)
    if "vorschlaege" in request.POST:
        reasons.add_first()
        return redirect("review:sentences")
    chosen = request.POST.get("satz", "")
    sentence = Sentence.objects.filter(pk=whole_number(chosen) or 0).first()
    if sentence is None:
        return redirect("review:sentences") if chosen else _write(request, None)
    return _change(request, sentence)


def _change(request: HttpRequest, sentence: Sentence) -> HttpResponse:
    if "weg" in request.POST:
        sentence.delete()
        messages.success(request, _("The sentence was deleted."))
    elif "hoch" in request.POST or "runter" in request.POST:
        place = reasons.move(sentence, up="hoch" in request.POST)
        messages.success(request, _("The sentence stands at place %(place)d now.") % {"place": place})
        return redirect(f"{reverse('review:sentences')}#satz-{sentence.pk}")
    else:
        return _write(request, sentence)
    return redirect("review:sentences")


def _write(request: HttpRequest, sentence: Sentence | None) -> HttpResponse:
    said = {"text": sentence.text} if sentence is not None else None
    form = SentenceForm(request.POST, initial=said, auto_id=_ids(sentence))
    if not form.is_valid():
        return _page(request, wrong=form, of=sentence)
    text = form.cleaned_data["text"]
    if sentence is not None:
        Sentence.objects.filter(pk=sentence.pk).update(text=text)
    elif Sentence.objects.count() >= reasons.MOST_SENTENCES:
        messages.warning(request, _("There are 100 sentences already. Please delete one first."))
        return redirect("review:sentences")
    elif not Sentence.objects.filter(text=text).exists():
        reasons.add(text)
    messages.success(request, _("The sentence was saved."))
    return redirect("review:sentences")


def _ids(sentence: Sentence | None) -> str:
    return f"satz-{sentence.pk}-%s" if sentence is not None else "neu-%s"


def _page(request: HttpRequest, *, wrong: SentenceForm | None = None, of: Sentence | None = None) -> HttpResponse:
    rows = [
        {
            "sentence": each,
            "form": wrong if wrong is not None and each == of
            else SentenceForm(initial={"text": each.text}, auto_id=_ids(each)),
        }
        for each in Sentence.objects.all()
    ]  # fmt: skip
    context = {
        "rows": rows,
        "fresh": wrong if wrong is not None and of is None else SentenceForm(auto_id=_ids(None)),
        "wrong": wrong,
        "wrong_at": f"{_ids(of) % 'text'}",
        "crumbs": [
            {"label": _("Editorial desk"), "url": "/redaktion/"},
            {"label": _("Approve"), "url": "/redaktion/pruefen/"},
            {"label": _("Sentences for reasons"), "url": ""},
        ],
    }
    return render(request, "review/sentences.html", context, status=400 if wrong is not None else 200)
