"""All rooms, and in which schemas each has its tables: the public one, those of the municipalities, or both."""

ALLAUTH = ["allauth.account", "allauth.mfa", "allauth.usersessions", "allauth.socialaccount"]
SHARED = [
    "tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "core",
    "audit",
    "accounts",
    "allauth",
    *ALLAUTH,
    "mail",
    "jobs",
    "gazetteer",
    "courtesy",
    "courier",
    "operations",
    "switches",
    "announcements",
    "neighbours",
    "shared_categories",
    "onboarding",
    "health",
    "operations.rollouts",
    "operations.safekeeping",
    "operations.cells",
    "support",
    *(f"tracker.{room}" for room in ["tickets", "voting", "cofunding", "releases", "forum", "channels", "board"]),
    "comparison",
    "operations.statistics",
]
# The order is that of the signals and registries they fill.
PORTAL = (
    "listing preferences translation revisions media taxonomy taxonomy.adoption offer_fields maps pages site news"
    " providers offers search usage feedback start subscriptions organisations upkeep people exchange quality editorial"
    " history editorial.review vocabulary inventory imports calendars drafting newsletter handbook printing appearance"
    " tokens blocks interfaces machine_access webhooks planning planning.report surveys"
)
# Without tables of their own.
BESIDE = (
    "bookmarks differences letters authoring figures professionals embedding homescreen planning.demand"
    " planning.comparison"
)
TENANT = [
    "django.contrib.sessions",
    "audit",
    "accounts",
    *ALLAUTH,
    "mail",
    "theming",
    *(f"portal.{room}" for room in PORTAL.split()),
]
INSTALLED = [
    # The library's own templates, static files and commands; it must come first (its `migrate` replaces Django's).
    "django_tenants",
    *SHARED,
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    *(app for app in TENANT if app not in SHARED),
    *(f"portal.{room}" for room in BESIDE.split()),
    "demo",
]
