"""Where somebody answers: without an account, a cookie or a script; in the language of the page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from core.access import Role, allow
from core.acting import acting_as
from core.text import Spoken
from portal.feedback import spam
from portal.surveys import marks
from portal.surveys.answering import SurveyAnswerForm
from portal.surveys.models import Access, Question, State, Survey
from portal.surveys.sources import KIND, TRANSLATED, Speaker, survey_texts
from portal.surveys.taking import ChangedError, NotTakenError, OverError, TwiceError, take
from portal.translation.languages import SOURCE
from portal.translation.texts import SHOW, Shown, shown

METHODS = ("GET", "HEAD", "POST")
# Of one network: a class, a library or an office may answer; a program gets no further.
PER_NETWORK_HOUR = 40
PER_NETWORK_DAY = 120


def _survey(slug: str) -> Survey:
    return get_object_or_404(Survey.objects.filter(released_at__isnull=False), slug=slug)


def spoken(request: HttpRequest, survey: Survey, questions: list[Question], url: str) -> Shown:
    """The survey in the language of the page; its row must not be saved afterwards."""
    translation = shown(request, KIND, survey.pk, url, survey_texts(survey, questions))
    translation.put_into(survey, TRANSLATED)
    return translation


@csrf_exempt
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """A survey for everybody, or for providers who are signed in."""
    survey = _survey(slug)
    user = marks.provider_of(request) if survey.access == Access.PROVIDERS else None
    closed = ""
    if survey.access == Access.LINK:
        closed = "link"
    elif survey.access == Access.PROVIDERS and acting_as(request.user) is not None:
        closed = "helping"
    elif survey.access == Access.PROVIDERS and user is None:
        closed = "person" if request.user.is_authenticated else "sign_in"
    elif user is not None and survey.state is State.RUNNING and marks.has_answered(survey, user):
        closed = "twice"
    return _asked(request, survey, survey.get_absolute_url(), closed=closed, by=user)


@csrf_exempt
@require_http_methods(METHODS)
@allow(Role.VISITOR)
def answer_by_link(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """A survey by a personal link, which is used up by it."""
    survey = _survey(slug)
    if survey.access != Access.LINK:
        raise Http404
    if get_language() != SOURCE and SHOW not in request.GET and request.method != "POST":
        # Its translation is ordered on the page without the link: here it is shown as soon as it is there.
        return redirect(f"{request.path}?{SHOW}=1")
    closed = "" if survey.state is not State.RUNNING or marks.is_open(survey, token) else "used"
    return _asked(request, survey, request.path, closed=closed, token=token)


def _asked(
    request: HttpRequest, survey: Survey, url: str, *, closed: str, by: User | None = None, token: str = ""
) -> HttpResponse:
    questions = list(survey.questions.all())
    translation = spoken(request, survey, questions, url)
    if survey.state is not State.RUNNING:
        closed = survey.state.value
    if closed:
        return _page(request, survey, translation, None, closed=closed)
    data = request.POST if request.method == "POST" else None
    form = SurveyAnswerForm(data, questions=questions, speaker=Speaker(translation))
    if request.method == "POST" and form.is_valid() and _taken(request, survey, form, by=by, token=token):
        query = f"?{SHOW}=1" if SHOW in request.GET else ""
        return redirect(f"{survey.get_absolute_url()}danke/{query}")
    return _page(request, survey, translation, form)


def _taken(request: HttpRequest, survey: Survey, form: SurveyAnswerForm, *, by: User | None, token: str) -> bool:
    """Whether the answer counts. Else the form says why not, and keeps what was filled in."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        form.add_error(None, ValidationError(_("Please answer on the page of the survey itself.")))
        return False
    try:
        with transaction.atomic():
            verdict = spam.judge_page(
                request, target=f"survey {survey.pk}", token=form.token, hour=PER_NETWORK_HOUR, day=PER_NETWORK_DAY
            )
            if verdict == spam.Verdict.WELCOME:
                take(survey, form.said, by=by, token=token)
    except NotTakenError as error:
        form.add_error(None, ValidationError(_why_not(error)))
        return False
    if verdict == spam.Verdict.TOO_MANY:
        sentence = _("Very many answers came from your network. Yours is still here: please send it in an hour.")
        form.add_error(None, ValidationError(sentence))
    return verdict != spam.Verdict.TOO_MANY


def _why_not(error: NotTakenError) -> str:
    said = {
        OverError: _("The survey has ended in the meantime. Thank you all the same."),
        ChangedError: _("The questions have just been changed. Please look through them once more and send again."),
        TwiceError: _("An answer was already sent with this account or link."),
    }
    return said[type(error)]


def _page(
    request: HttpRequest, survey: Survey, translation: Shown, form: SurveyAnswerForm | None, *, closed: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {
        "survey": survey,
        "title": Spoken(survey.title, translation.language_of("title")),
        "translation": translation,
        "form": form,
        "token": form.token if form else "",
        "closed": closed,
        "crumbs": [{"label": Spoken(survey.title, translation.language_of("title")), "url": ""}],
    }
    answer = render(request, "surveys/public/survey.html", context)
    # The signed time belongs to one visitor: the page cache leaves such answers alone. Nor does anybody else learn
    # the address of a personal link.
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
@allow(Role.VISITOR)
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """The answer counts; what happens next."""
    survey = _survey(slug)
    translation = spoken(request, survey, [], f"{survey.get_absolute_url()}danke/")
    return render(request, "surveys/public/thanks.html", {"survey": survey, "translation": translation})
