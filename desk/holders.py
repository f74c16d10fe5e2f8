"""What keeps a row from being deleted, said before Django refuses: what holds it, and the way out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, Model


@dataclass(frozen=True, slots=True)
class Holder:
    """Rows that keep another from being deleted.

    model  what they are
    field  the column by which they name it
    said   what is said after “This … cannot be deleted: ”, with the way out; {name} is one of them
    """

    model: type[Model]
    field: str
    said: str


def why_held(row: Model, holders: Sequence[Holder]) -> str:
    """Return what holds a row and the way out, "" where nothing does. One query, two where it is held."""
    if not holders:
        return ""
    held_by = [holder.model._default_manager.filter(**{holder.field: row}) for holder in holders]
    here = type(row)._default_manager.filter(pk=row.pk)
    found = here.values_list(*(Exists(rows) for rows in held_by)).get()
    nth = next((n for n, is_held in enumerate(found) if is_held), None)
    if nth is None:
        return ""
    holder, name = holders[nth], ""
    if "{name}" in holder.said:
        # Any one of them; there may be very many.
        name = str(next(iter(held_by[nth].order_by()[:1]), ""))
    return f"This {row._meta.verbose_name} cannot be deleted: {holder.said.format(name=name)}"
