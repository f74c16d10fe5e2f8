"""Who may do what at the desk: four groups, each with all that the one before it may do."""

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
    "markets.change_provider",
)  # fmt: skip
PUBLISHER = (
    "articles.override_hold", "wires.erase_post",
    "auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group", "auth.change_group",
)  # fmt: skip

GROUPS = {
    "Wire desk": WIRE_DESK,
    "Writer": WIRE_DESK + WRITER,
    "Editor": WIRE_DESK + WRITER + EDITOR,
    "Publisher": WIRE_DESK + WRITER + EDITOR + PUBLISHER,
}


class MissingPermission(Exception):
    """A group names a permission that no model declares."""


def make_groups(using: str) -> None:
    """Make the groups and give each its permissions; safe to repeat, and takes nothing away."""
    for name, labels in GROUPS.items():
        wanted = Q()
        for label in labels:
            app, codename = label.split(".")
            wanted |= Q(content_type__app_label=app, codename=codename)
        permissions = list(Permission.objects.using(using).filter(wanted))
        if len(permissions) != len(labels):
            message = f"{name} lacks {len(labels) - len(permissions)} of its permissions."
            raise MissingPermission(message)
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*permissions)
