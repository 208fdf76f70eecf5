"""Accounts: permission groups become roles, organisation groups become memberships, passwords go on working."""

from itertools import product

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from accounts.addresses import vouch_for
from accounts.hashers import adopt
from accounts.models import ROLE_NAMES, User
from core.access import Role
from core.numbers import whole_numbers
from portal.exchange.typo3 import values
from portal.exchange.typo3.context import BATCH, MODEL, Context, Line, Plan, Step
from portal.exchange.typo3.report import Outcome
from portal.providers.models import Membership

TABLE = "fe_users"
_ROLES_BY_UID = {3: Role.PLANNER, 4: Role.PROVIDER, 5: Role.EDITOR}
_ROLES_BY_TITLE = {
    "planer": Role.PLANNER,
    "anbieter": Role.PROVIDER,
    "stadt-redakteur": Role.EDITOR,
    "redakteur der stadt": Role.EDITOR,
}


def take_over_groups(context: Context) -> None:
    """Tell permission groups (Planer, Anbieter, Stadt-Redakteur) from organisations and account for both.

    An organisation is no object here: it is the provider it owns, so its row's outcome is the provider's and is
    counted by `portal.exchange.typo3.providers`.
    """
    owned = {values.reference(row.get("owner_group")) for row in context.dump.rows(MODEL + "provider", {"owner_group"})}
    for line in context.lines("fe_groups"):
        title = line.text("title").casefold()
        role = _ROLES_BY_TITLE.get(title) or (None if line.uid in owned else _ROLES_BY_UID.get(line.uid))
        if role is not None and line.uid not in owned:
            context.roles[line.uid] = role.value
            context.report.skip(
                line.table,
                line.uid,
                _("permission group; it is the role “%(role)s” here") % {"role": ROLE_NAMES[role]},
            )
        elif line.uid in owned:
            context.members[line.uid] = []
        else:
            context.report.skip(line.table, line.uid, _("organisation without a provider"))


def take_over_users(context: Context) -> None:
    """Make the accounts; memberships follow when the providers are there."""
    present = {email.lower(): pk for email, pk in User.objects.values_list("email", "pk")}
    claimed: dict[str, int] = {}
    steps = []
    for line in context.lines(TABLE):
        plan = _plan(context, line, claimed)
        step = _step(context, plan, present.get(plan.fields["email"])) if plan else None
        if step is not None:
            steps.append(step)
    _make(context, [step for step in steps if step.own is None])
    for step in steps:
        if step.own is not None:
            _update(context, step, step.own)


def _step(context: Context, plan: Plan, present: int | None) -> Step | None:
    """What to do for an account, given the id of one here with the same address."""
    for group in _groups(plan.line):
        if group in context.members:
            context.members[group].append(plan.line.uid)
    record = context.ledger.find(TABLE, plan.line.uid)
    if present is not None and (record is None or record.object_id != present):
        _use_present(context, plan, present)
        return None
    return context.settle("user", User, plan)


def _plan(context: Context, line: Line, claimed: dict[str, int]) -> Plan | None:
    """The account a row asks for; None where it cannot have one (then it is skipped with its reason)."""
    email = _address(line)
    if not email:
        context.report.skip(TABLE, line.uid, _("the user name is no e-mail address, so nobody could sign in"))
        return None
    if email in claimed:
        reason = _("the same e-mail address as user %(uid)d") % {"uid": claimed[email]}
        context.report.skip(TABLE, line.uid, reason, field="username")
        return None
    claimed[email] = line.uid
    hashed = line.text("password")
    if adopt(hashed) is None:
        line.repair("password", _("old kind of password hash; the user sets a new password by e-mail"))
    return Plan(
        line,
        {
            "email": email,
            "name": line.line("name", 160),
            "roles": _roles(context, line),
            "is_active": not line.number("disable") and not line.hidden,
            "terms_accepted_at": line.moment("terms_and_conditions_date"),
        },
        {"password": hashed},
    )


def _address(line: Line) -> str:
    for name in ("username", "email"):
        try:
            found = values.email(line.text(name))
        except ValueError:
            continue
        if found and len(found) <= 254:
            if name == "email":
                line.repair("username", _("no e-mail address; the account's e-mail address is used to sign in"))
            return found
    return ""


def _groups(line: Line) -> list[int]:
    return whole_numbers(part.strip() for part in line.text("usergroup").split(","))


def _roles(context: Context, line: Line) -> list[str]:
    """What the town hall granted. Who keeps a provider has that role by the membership, not by a group."""
    groups = _groups(line)
    roles = {context.roles[group] for group in groups if group in context.roles} - {Role.PROVIDER.value}
    unknown = [group for group in groups if group not in context.roles and group not in context.members]
    if unknown:
        line.repair("usergroup", _("belongs to groups that do not exist; these were left out"))
    return sorted(roles)


def _password(hashed: str) -> str:
    return adopt(hashed) or make_password(None)


def _make(context: Context, steps: list[Step]) -> None:
    users = [User(**step.plan.fields, password=_password(step.plan.parts["password"])) for step in steps]
    User.objects.bulk_create(users, batch_size=BATCH)
    vouch_for(users)
    for step, user in zip(steps, users, strict=True):
        user.created_at, user.updated_at = step.plan.times()
        context.ledger.remember(step.plan.line, user, step.digest, user.updated_at)
        context.learn("user", step.plan.line.uid, user.pk, fresh=True)
        context.account(step.plan, Outcome.IMPORTED)
    User.objects.bulk_update(users, ["created_at", "updated_at"], batch_size=BATCH)


def _update(context: Context, step: Step, own: int) -> None:
    user = User.objects.get(pk=own)
    for name, value in step.plan.fields.items():
        setattr(user, name, value)
    if user.password.startswith("typo3_"):
        # Once somebody signed in, the password is ours and newer than any dump.
        user.password = _password(step.plan.parts["password"])
    user.save()
    vouch_for([user])
    context.ledger.remember(step.plan.line, user, step.digest, user.updated_at)
    context.account(step.plan, Outcome.IMPORTED)


def _use_present(context: Context, plan: Plan, own: int) -> None:
    """An account of this address is here already: it keeps its password and name, and gets the memberships."""
    context.learn("user", plan.line.uid, own)
    plan.line.repair("username", _("an account of this address is already here; it keeps its password and roles"))
    context.account(plan, Outcome.UNCHANGED)


def take_over_memberships(context: Context, organisations: dict[int, list[int]]) -> None:
    """All users of an organisation administer its providers, as they did in the original.

    `organisations` leads from a group's uid to the uids of its providers. Only where the user or the provider
    is new, so that memberships ended here stay ended.
    """
    new_users, new_providers = (context.fresh.get(kind, set()) for kind in ("user", "provider"))
    rows = []
    for group, providers in organisations.items():
        for user, provider in product(context.members.get(group, ()), providers):
            user_id, provider_id = context.id_of("user", user), context.id_of("provider", provider)
            fresh = user in new_users or provider in new_providers
            if fresh and user_id is not None and provider_id is not None:
                role = Membership.Role.ADMINISTRATOR
                rows.append(Membership(user_id=user_id, provider_id=provider_id, role=role))
    Membership.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
