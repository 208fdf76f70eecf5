"""Newsletters are a part of the portal that a menu may lead to. The table is new to everybody."""

from django.db import migrations, models
from django.db.models import Q

AREAS = ["offers", "providers", "letters", "news", "newsletter"]
KINDS = ["page", *AREAS, "link", "heading"]


class Migration(migrations.Migration):
    dependencies = [("site", "0003_links_of_the_look")]

    operations = [
        migrations.RemoveConstraint("menuitem", "site_menu_kind_known"),
        migrations.RemoveConstraint("menuitem", "site_menu_target_given"),
        migrations.AlterField(
            "menuitem",
            "kind",
            models.CharField(
                choices=[("page", "a page"), ("offers", "Offers (search)"), ("providers", "Providers (list)"),
                         ("letters", "From A to Z"), ("news", "News"), ("newsletter", "Newsletter"),
                         ("link", "an address of your own"), ("heading", "nothing: only a heading")],
                default="page",
                max_length=10,
                verbose_name="target",
            ),
        ),
        migrations.AddConstraint(
            "menuitem", models.CheckConstraint(name="site_menu_kind_known", condition=Q(kind__in=KINDS))
        ),
        migrations.AddConstraint(
            "menuitem",
            models.CheckConstraint(
                name="site_menu_target_given",
                condition=Q(kind="page", page__isnull=False, link="")
                | Q(kind="link", page__isnull=True) & ~Q(link="") & ~Q(label="")
                | Q(kind="heading", page__isnull=True, link="") & ~Q(label="")
                | Q(kind__in=AREAS, page__isnull=True, link=""),
                violation_error_message="Please say where the entry leads to, and what it is called.",
            ),
        ),
    ]  # fmt: skip
