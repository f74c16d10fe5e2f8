"""Numbers that no column can hold: a lookup finds nothing there, instead of failing.

Django sees to this in comparisons of one number (IntegerFieldOverflow), not in lists of them, such
as the ticked rows of a list or the chosen groups of a person, and not where the number is the key
of another row: /wire/stories/ takes as many digits as anybody likes.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ForeignKey, IntegerField
from django.db.models.fields.related_lookups import RelatedExact, RelatedIn
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler


def is_within(field: Any, value: object, connection: BaseDatabaseWrapper) -> bool:
    """Return whether a column can hold a value, that of a foreign key what the other row's can."""
    while isinstance(field, ForeignKey):
        field = field.target_field
    if not isinstance(value, int) or not isinstance(field, IntegerField):
        return True
    low, high = connection.ops.integer_field_range(field.get_internal_type())
    return (low is None or low <= value) and (high is None or value <= high)


class ListWithinRange:
    """Leaves out of a list the numbers beyond the range of the column."""

    def process_rhs(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        lookup: Any = self
        if lookup.rhs_is_direct_value():
            field = lookup.lhs.output_field
            lookup.rhs = [value for value in lookup.rhs if is_within(field, value, connection)]
        return super().process_rhs(compiler, connection)  # type: ignore[misc]  # of the lookup


class InWithinRange(ListWithinRange, In):
    """`in` of numbers."""


class RelatedInWithinRange(ListWithinRange, RelatedIn):
    """`in` of foreign keys."""


class RelatedExactWithinRange(RelatedExact):
    """The comparison of a foreign key with one number."""

    def process_rhs(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        if not is_within(self.lhs.output_field, self.rhs, connection):
            raise EmptyResultSet
        return super().process_rhs(compiler, connection)


def register_lookups() -> None:
    IntegerField.register_lookup(InWithinRange)
    for lookup in (RelatedExactWithinRange, RelatedInWithinRange):
        ForeignKey.register_lookup(lookup)
