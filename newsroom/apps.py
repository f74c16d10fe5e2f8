"""Wiring of the project, and what follows every migrate: triggers and groups."""

from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import register
from django.core.checks.registry import Tags
from django.db import connections
from django.db.models.signals import post_migrate


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        from django.conf import settings

        from newsroom.checks import production_is_whole
        from wires import generations

        register(production_is_whole, Tags.security)
        generations.configure(settings.RUNTIME_DIR / "generations")
        post_migrate.connect(after_migrate, dispatch_uid="newsroom.after_migrate")


class DeskConfig(AdminConfig):
    default_site = "newsroom.desk.Desk"


def after_migrate(sender: AppConfig, using: str, plan: Any = (), **kwargs: Any) -> None:
    """Make triggers and groups once the last app is migrated.

    The one signal of the house: SQLite drops triggers when a table is remade, and permissions
    do not exist yet while a data migration runs.
    """
    from django.apps import apps

    from articles.retention import guard_articles
    from newsroom.groups import make_groups
    from wires.retention import guard_wires

    *_, last = (config for config in apps.get_app_configs() if config.models_module)
    connection = connections[using]
    if (
        sender.name != last.name
        or "articles_articleversion" not in connection.introspection.table_names()
    ):
        return
    guard_wires(connection, apps)
    guard_articles(connection, apps)
    make_groups(using)
