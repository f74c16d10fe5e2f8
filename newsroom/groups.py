"""Who may do what at the desk: four groups, each with all that the one before it may do."""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

WIRE_DESK = (
    "wires.view_outlet", "wires.add_outlet", "wires.change_outlet",
    "wires.view_channel", "wires.add_channel", "wires.change_channel", "wires.poll_channel",
    "wires.view_post", "wires.import_post", "wires.hide_post", "wires.withdraw_post",
    "wires.view_postversion", "wires.view_capture", "wires.view_evidence", "wires.view_story",
    "articles.view_section", "articles.view_article", "articles.view_wiresource",
    "markets.view_instrument", "markets.view_provider", "markets.poll_provider",
)  # fmt: skip
WRITER = (
    "articles.add_article", "articles.change_article", "articles.submit_article",
    "articles.add_wiresource", "articles.change_wiresource", "articles.delete_wiresource",
    "articles.view_image", "articles.add_image", "articles.change_image",
    "articles.view_author", "articles.view_articleversion", "articles.view_versionsource",
    "articles.view_correction", "articles.view_act",
)  # fmt: skip
EDITOR = (
    "articles.publish_article", "articles.update_article", "articles.correct_article",
    "articles.withdraw_article", "articles.acknowledge_finding", "articles.delete_article",
    "articles.add_author", "articles.change_author",
    "articles.add_section", "articles.change_section",
    "markets.correct_quote", "markets.add_instrument", "markets.change_instrument",
    "markets.change_provider", "articles.view_erasure",
)  # fmt: skip
PUBLISHER = (
    "articles.override_hold", "wires.erase_post", "articles.erase_version", "auth.view_user", "auth.view_group",
)  # fmt: skip

# A hold is overridden by a second person. Who makes accounts, sets passwords or says what a group
# may do can be that person too, so these belong to superusers, and no group of ours has them.
SUPERUSERS_ONLY = (
    "auth.add_user", "auth.change_user", "auth.delete_user",
    "auth.add_group", "auth.change_group", "auth.delete_group",
)  # fmt: skip

GROUPS = {
    "Wire desk": WIRE_DESK,
    "Writer": WIRE_DESK + WRITER,
    "Editor": WIRE_DESK + WRITER + EDITOR,
    "Publisher": WIRE_DESK + WRITER + EDITOR + PUBLISHER,
}


class MissingPermission(Exception):
    """A group names a permission that no model declares."""


def make_groups(using: str, *, is_newest: Callable[[], bool] = lambda: True) -> None:
    """Make the groups and give each its permissions; safe to repeat.

    Takes away nothing but what is for superusers only. A permission may be missing only until
    every migration is applied: its model may be yet to come. Raises MissingPermission.
    """
    forbidden = permissions_named(SUPERUSERS_ONLY, using)
    for name, labels in GROUPS.items():
        permissions = permissions_named(labels, using)
        if len(permissions) != len(labels) and is_newest():
            message = f"{name} lacks {len(labels) - len(permissions)} of its permissions."
            raise MissingPermission(message)
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*permissions)
        group.permissions.remove(*forbidden)


def permissions_named(labels: Iterable[str], using: str) -> list[Permission]:
    """Return the permissions of these labels, such as auth.add_user. One query."""
    wanted = Q()
    for label in labels:
        app, codename = label.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.using(using).filter(wanted))
