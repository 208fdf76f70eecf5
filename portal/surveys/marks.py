"""Who may answer, and who has already, without anybody's name beside it."""

import secrets
from hashlib import sha256

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import User
from portal.providers.models import Membership
from portal.surveys.models import Participation, PersonalLink, Survey

MOST_LINKS = 200
"""At once: a sheet of them is printed."""


def new_secret() -> str:
    """For the marks of one survey."""
    return secrets.token_hex(32)


def provider_of(request: HttpRequest) -> User | None:
    """Who is signed in, where that is somebody of an organisation."""
    user = User.objects.filter(pk=request.user.pk).first() if request.user.is_authenticated else None
    return user if user and Membership.objects.filter(user=user).exists() else None


def mark_of(survey: Survey, user: User) -> str:
    """The mark of an account. Without the survey's secret nobody can make it, or say whose it is."""
    return salted_hmac("portal.surveys", str(user.pk), secret=survey.secret, algorithm="sha256").hexdigest()


def has_answered(survey: Survey, user: User) -> bool:
    """Whether this account has answered."""
    return Participation.objects.filter(survey=survey, mark=mark_of(survey, user)).exists()


def digest_of(token: str) -> str:
    """As links are kept."""
    return sha256(f"portal.surveys\0{token}".encode()).hexdigest()


def is_open(survey: Survey, token: str) -> bool:
    """Whether nobody has answered by this link yet."""
    return PersonalLink.objects.filter(survey=survey, digest=digest_of(token)).exists()


def new_links(survey: Survey, number: int) -> list[str]:
    """So many new links, as tokens. They are told once: only their digests are kept."""
    tokens = [secrets.token_urlsafe(16) for _each in range(number)]
    PersonalLink.objects.bulk_create(PersonalLink(survey=survey, digest=digest_of(token)) for token in tokens)
    return tokens
