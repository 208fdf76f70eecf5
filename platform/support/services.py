"""What happens to a visit: asked, allowed or refused, begun, ended. Each is noted in both audit logs and mailed.

Why not django-hijack or a standing account: the first signs somebody in as another person, the second stays open. Here
an operator has no account that could sign in (its row is inactive and without a role, by a rule of the database), and
the visit's own row, asked at each request, says until when and what for.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from portal.preferences.models import Preferences
from support import letters
from support.closing import held, is_operator, lapse, move, note
from support.models import CONSENT_WAITS, GRANT_HOLDS, LONGEST, MOST_MINUTES, SHORTEST, Scope, State, Visit
from support.tasks import look_again
from tenants.models import Municipality
from tenants.models import State as TownState
from tenants.refused import RefusedError
from tenants.registry import municipality_named
from tenants.running.context import inside, inside_public


def needs_consent(municipality: Municipality) -> bool:
    """Whether its administration wants to be asked first."""
    with inside(municipality):
        return Preferences.load().support_consent


def _checked(reason: str, minutes: int) -> str:
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST:
        raise RefusedError(_("Please write in a few words why. The municipality reads it."))
    if len(reason) > LONGEST:
        raise RefusedError(_("Please shorten the reason to 300 characters."))
    if not 1 <= minutes <= MOST_MINUTES:
        raise RefusedError(_("An access lasts four hours at most."))
    return reason


def ask(slug: str, *, by: User, reason: str, minutes: int, scope: str = Scope.LOOK) -> Visit:
    """Ask for access; where the municipality wants no question first, it begins at once. Raises RefusedError.

    `by` is an operator's account. Whoever has an open one already ends that first: nothing is made longer.
    """
    reason, municipality = _checked(reason, minutes), municipality_named(slug)
    if municipality.state != TownState.LIVE:
        raise RefusedError(_("%(name)s is not live: nobody can be helped there.") % {"name": municipality.name})
    with inside_public():
        fresh = User.objects.filter(pk=by.pk).first()
    if not is_operator(fresh):
        raise RefusedError(_("Only an operator with an active account gets access."))
    assert fresh is not None
    consent = needs_consent(municipality)
    lapse(municipality)
    try:
        with inside_public(), transaction.atomic():
            return _made(municipality, fresh, reason=reason, minutes=minutes, scope=Scope(scope), consent=consent)
    except IntegrityError as error:
        if "support_visit_one_open" not in str(error):
            raise
        raise RefusedError(_("You have an open access there already. End it first.")) from error


def _made(town: Municipality, by: User, *, reason: str, minutes: int, scope: Scope, consent: bool) -> Visit:
    visit = Visit.objects.create(
        municipality=town,
        operator_number=by.pk,
        operator_name=str(by),
        operator_email=by.email,
        reason=reason,
        scope=scope,
        minutes=minutes,
        state=State.ASKED if consent else State.GRANTED,
        with_consent=consent,
        expires_at=timezone.now() + (CONSENT_WAITS if consent else GRANT_HOLDS),
    )
    note(visit, "support.asked", here=by, there=visit.helper, reason=reason, scope=scope.value, minutes=minutes)
    if consent:
        assert visit.expires_at is not None
        look_again.defer_anew(at=visit.expires_at, number=visit.pk)
        letters.asked(visit)
    else:
        _begin(visit, by)
    return visit


def allow(number: int, *, by: User) -> Visit:
    """The municipality agrees; the operator is told and begins within a day. `by` is somebody of its administration."""
    with held(number) as visit:
        if not visit.waits_for_consent:
            raise RefusedError(_("This access is not open any more."))
        until = timezone.now() + GRANT_HOLDS
        move(visit, State.GRANTED, decided_at=timezone.now(), decided_by=str(by), expires_at=until)
        note(visit, "support.allowed", here=str(by), there=by, reason=visit.reason)
        look_again.defer_anew(at=until, number=visit.pk)
        letters.decided(visit)
        return visit


def refuse(number: int, *, by: User) -> Visit:
    """The municipality does not agree, or not any more."""
    with held(number) as visit:
        move(visit, State.REFUSED, decided_at=timezone.now(), decided_by=str(by))
        note(visit, "support.refused", here=str(by), there=by, reason=visit.reason)
        letters.decided(visit)
        return visit


def begin(number: int, *, by: User) -> Visit:
    """Begin what was allowed: from now on the time runs."""
    with held(number) as visit:
        if not visit.may_begin or visit.operator_number != by.pk:
            raise RefusedError(_("This access is not open any more."))
        _begin(visit, by)
        return visit


def _begin(visit: Visit, by: User) -> None:
    now = timezone.now()
    ends_at = now + timedelta(minutes=visit.minutes)
    account = _account(visit)
    move(visit, State.RUNNING, began_at=now, ends_at=ends_at, account=account, expires_at=None)
    note(
        visit,
        "support.began",
        here=by,
        there=visit.helper,
        reason=visit.reason,
        scope=visit.scope,
        minutes=visit.minutes,
    )
    look_again.defer_anew(at=ends_at, number=visit.pk)
    letters.began(visit)


def _account(visit: Visit) -> int:
    """The row in the municipality's table that what the visitor does is tied to: one for each operator, never active
    and without any role (rules of the database), under an address nobody can have."""
    mark = salted_hmac("support.account", str(visit.operator_number)).hexdigest()[:16]
    with inside(visit.municipality):
        user, _new = User.objects.get_or_create(
            email=f"support-{mark}@support.invalid",
            defaults={"is_support": True, "is_active": False, "password": "!"},
        )
        if user.name != visit.helper[:160]:
            user.name = visit.helper[:160]
            user.save(update_fields=["name", "updated_at"])
        return user.pk
