"""What several checks read of a piece is read once: readers keep it in the context."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import cast

from articles.vetting.piece import Context, Piece

type Reader[T] = Callable[[Piece, Context], Iterable[T]]


def kept[T](read: Reader[T]) -> Callable[[Piece, Context], tuple[T, ...]]:
    """Make a reader keep what it read; a context serves one piece."""

    @wraps(read)
    def reader(piece: Piece, context: Context) -> tuple[T, ...]:
        found = context.memory.get(read)
        if found is None:
            found = context.memory[read] = tuple(read(piece, context))
        return cast("tuple[T, ...]", found)

    return reader
