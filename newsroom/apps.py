"""Wiring of the project, and what follows every migrate: triggers, groups, clearances."""

from functools import partial
from typing import Any

from django.apps import AppConfig
from django.apps import apps as present_apps
from django.apps.registry import Apps
from django.contrib.admin.apps import AdminConfig
from django.core.checks import register
from django.core.checks.registry import Tags
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate
from django.utils import timezone


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self) -> None:
        from django.conf import settings

        from newsroom.checks import (
            accounts_are_two_people,
            production_is_whole,
            second_factor_is_required,
            sessions_are_reachable,
        )
        from newsroom.integer_lookups import register_lookups
        from newsroom.page_checks import site_pages_are_reachable
        from wires import generations

        register(production_is_whole, Tags.security)
        register(second_factor_is_required, Tags.security)
        register(sessions_are_reachable, Tags.caches, deploy=True)
        register(accounts_are_two_people, Tags.database, deploy=True)
        register(site_pages_are_reachable, Tags.database)
        register_lookups()
        if settings.SENTRY_DSN:
            from newsroom import error_reports

            error_reports.start(settings.SENTRY_DSN)
        generations.configure(settings.RUNTIME_DIR / "generations")
        if settings.SEVERAL_HOSTS:
            from newsroom.shared_generations import CountsInDatabase, raise_one

            generations.share(read=CountsInDatabase().read, bump=raise_one)
        post_migrate.connect(after_migrate, dispatch_uid="newsroom.after_migrate")


class DeskConfig(AdminConfig):
    default_site = "newsroom.desk.Desk"


# Where one of these is missing, only some of the apps are migrated, and nothing can be made yet.
TABLES = {"articles_articleversion", "markets_quote", "wires_postversion"}


def after_migrate(
    sender: AppConfig, using: str, apps: Apps = present_apps, plan: Any = (), **kwargs: Any
) -> None:
    """Make triggers and groups, and tie old clearances, once the last app is migrated.

    The one signal of the project: SQLite drops triggers when a table is remade, and permissions
    do not exist yet while a data migration runs, nor do the checks read its models. `apps` are the
    models as they are migrated now, which may not be the newest: `migrate articles 0006` must not
    name columns of later ones.
    """
    from articles.publishing import are_clearances_untied, tie_clearances
    from articles.retention import guard_articles
    from newsroom.groups import make_groups
    from wires.retention import guard, guard_wires

    *_, last = (config for config in present_apps.get_app_configs() if config.models_module)
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if sender.name != last.name or not tables >= TABLES:
        return
    guard_wires(connection, apps)
    guard_articles(connection, apps)
    if "accounts_accountact" in tables:
        guard(connection, apps.get_model("accounts", "AccountAct"))
    # Groups name permissions of accounts and of erasures, which an older database has not.
    make_groups(using, is_newest=partial(_is_newest, connection))
    if using == DEFAULT_DB_ALIAS and are_clearances_untied(apps) and _is_newest(connection):
        tie_clearances(at=timezone.now())


def _is_newest(connection: BaseDatabaseWrapper) -> bool:
    """Return whether every migration is applied, so that the models of now can be read."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
