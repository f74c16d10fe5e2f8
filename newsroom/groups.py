"""Who may do what at the desk: four groups, each with all that the one before it may do.

A fifth, Administrator, looks after accounts and groups, and may do nothing else.
"""

from collections.abc import Callable

from django.contrib.auth.models import Group

from accounts.rights import ADMINISTERING, ADMINISTRATORS, OVERRIDE, permissions_named

WIRE_DESK = (
    "wires.view_outlet", "wires.add_outlet", "wires.change_outlet",
    "wires.view_channel", "wires.add_channel", "wires.change_channel", "wires.poll_channel",
    "wires.view_post", "wires.import_post", "wires.hide_post", "wires.withdraw_post",
    "wires.view_postversion", "wires.view_capture", "wires.view_evidence", "wires.view_story",
    "wires.change_story",
    "articles.view_section", "articles.view_article", "articles.view_wiresource",
    "markets.view_instrument", "markets.view_provider", "markets.poll_provider",
)  # fmt: skip
WRITER = (
    "articles.add_article", "articles.change_article", "articles.submit_article",
    "articles.add_wiresource", "articles.change_wiresource", "articles.delete_wiresource",
    "articles.view_image", "articles.add_image", "articles.change_image",
    "articles.view_author", "articles.view_topic", "articles.view_articleversion", "articles.view_versionsource",
    "articles.view_correction", "articles.view_act",
)  # fmt: skip
EDITOR = (
    "articles.publish_article", "articles.update_article", "articles.correct_article",
    "articles.withdraw_article", "articles.acknowledge_finding", "articles.delete_article",
    "articles.add_author", "articles.change_author",
    "articles.add_topic", "articles.change_topic",
    "articles.view_sitepage", "articles.add_sitepage", "articles.change_sitepage",
    "articles.publish_sitepage",
    "articles.add_section", "articles.change_section",
    "markets.correct_quote", "markets.add_instrument", "markets.change_instrument",
    "markets.change_provider", "articles.view_erasure",
)  # fmt: skip
PUBLISHER = (
    "articles.override_hold", "wires.erase_post", "articles.erase_version",
    "auth.view_user", "auth.view_group", "accounts.view_accountact",
)  # fmt: skip

# Deleting either is for superusers: groups of ours come back, and the records name people.
ADMINISTRATOR = (
    "auth.view_user", "auth.add_user", "auth.change_user",
    "auth.view_group", "auth.add_group", "auth.change_group",
    "accounts.view_accountact",
)  # fmt: skip

GROUPS = {
    "Wire desk": WIRE_DESK,
    "Writer": WIRE_DESK + WRITER,
    "Editor": WIRE_DESK + WRITER + EDITOR,
    "Publisher": WIRE_DESK + WRITER + EDITOR + PUBLISHER,
    ADMINISTRATORS: ADMINISTRATOR,
}


class MissingPermission(Exception):
    """A group names a permission that no model declares."""


def make_groups(using: str, *, is_newest: Callable[[], bool] = lambda: True) -> None:
    """Make the groups and give each its permissions; safe to repeat.

    Takes away nothing but the right to override from who administers accounts, and the other way
    round: who does both could be the second person themselves. A permission may be missing only
    until every migration is applied: its model may be yet to come. Raises MissingPermission.
    """
    for name, labels in GROUPS.items():
        permissions = permissions_named(labels, using)
        if len(permissions) != len(labels) and is_newest():
            message = f"{name} lacks {len(labels) - len(permissions)} of its permissions."
            raise MissingPermission(message)
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*permissions)
        forbidden = [OVERRIDE] if labels is ADMINISTRATOR else ADMINISTERING
        group.permissions.remove(*permissions_named(forbidden, using))
