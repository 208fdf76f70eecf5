"""Topics: the list with the search, one topic with its answers, a new one."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import allow
from core.text import search_words
from tracker.forum.forms import PostForm, TopicForm
from tracker.forum.models import Post, Topic
from tracker.forum.services import talking
from tracker.forum.views.around import TALKING, page
from tracker.tickets import finding
from tracker.tickets.participating import viewer_of

PER_PAGE, MOST_HITS, LONGEST = 25, 30, 200


@require_safe
@allow(*TALKING)
def topics(request: HttpRequest) -> HttpResponse:
    """All topics, the last answered first; with `?q=` everything that fits, tickets too."""
    sought = search_words(request.GET.get("q", ""), LONGEST)
    if sought:
        hits = finding.find(sought, viewer_of(request), MOST_HITS)
        return page(request, "forum/found.html", sought=sought, hits=hits)
    rows = Topic.objects.select_related("participant").annotate(answers=Count("posts")).defer("search")
    shown = Paginator(rows.order_by("-moved_at", "-pk"), PER_PAGE).get_page(request.GET.get("seite"))
    return page(request, "forum/topics.html", page=shown)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*TALKING)
def add(request: HttpRequest) -> HttpResponse:
    """A new topic."""
    form = TopicForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        topic = talking.open_topic(form.cleaned_data["title"], form.cleaned_data["text"], by=viewer_of(request))
        return redirect("forum:topic", topic.pk)
    return page(request, "forum/topic_form.html", (_("New topic"), ""), form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*TALKING)
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One topic; what is sent is an answer."""
    found = get_object_or_404(Topic.objects.select_related("participant"), pk=pk)
    viewer = viewer_of(request)
    form = PostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        post = talking.answer(found, form.cleaned_data["text"], by=viewer)
        return redirect(f"{request.path}#a{post.pk}")
    posts = list(found.posts.select_related("participant"))
    for each in (found, *posts):
        each.removable = talking.may_remove(each, viewer)  # type: ignore[attr-defined]  # for the template
    return page(request, "forum/topic.html", (found.title, ""), topic=found, posts=posts, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(*TALKING)
def remove_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take a topic back with its answers."""
    found = get_object_or_404(Topic, pk=pk)
    viewer = viewer_of(request)
    talking.must_be_theirs(found, viewer)
    if request.method == "POST":
        talking.remove_topic(found, by=viewer)
        return redirect("forum:topics")
    trail = ((found.title, "../"), (_("Delete"), ""))
    return page(request, "forum/remove.html", *trail, name=found.title, answers=found.posts.count(), back="../")


@require_POST
@allow(*TALKING)
def remove_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an answer back."""
    post = get_object_or_404(Post.objects.select_related("topic"), pk=pk)
    talking.remove_post(post, by=viewer_of(request))
    return redirect("forum:topic", post.topic_id)
