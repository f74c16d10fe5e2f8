"""What something rests on: whatever the rows of another table point at."""

from collections.abc import Collection

from django.db.models import Exists, Model, OuterRef, Q


def nothing_points_at(model: type[Model], *, parts: Collection[str]) -> Q:
    """Return the condition that no row points at one of the model's, other than its own parts.

    `parts` name the reverse relations that do not count. Every other one counts as soon as it
    exists, whatever app it leads from: who adds one need not know what is pruned.
    """
    condition = Q()
    for relation in model._meta.related_objects:
        if relation.name not in parts:
            pointed_at = {f"{relation.name}__isnull": False}
            rows = model._base_manager.filter(pk=OuterRef("pk"), **pointed_at)
            condition &= Q(~Exists(rows))
    return condition
