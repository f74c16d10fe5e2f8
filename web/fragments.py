"""Parts that many pages of a process share, made once until they change."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sized
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Self, cast

from django.conf import settings
from django.utils.translation import get_language

# Characters of all fragments together: some hundred of them.
MOST = 2_000_000


@dataclass(frozen=True, slots=True)
class _Fragment:
    """A fragment, and what was true when it was made."""

    key: Hashable
    value: Sized


@dataclass(slots=True)
class Fragments:
    """At most so many characters together, by name; the first to go was asked for longest ago.

    Safe between threads. Two that miss the same fragment at once both make it.
    """

    most: int = MOST
    _by_name: OrderedDict[Hashable, _Fragment] = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: Lock = field(default_factory=Lock)

    def get[Part: Sized](self, name: Hashable, key: Hashable, make: Callable[[], Part]) -> Part:
        """Return the fragment that was kept under the name with this key, or make and keep it."""
        with self._lock:
            kept = self._by_name.get(name)
            if kept is not None and kept.key == key:
                self._by_name.move_to_end(name)
                return cast("Part", kept.value)
        value = make()
        self._keep(name, _Fragment(key, value))
        return value

    def clear(self) -> None:
        with self._lock:
            self._by_name.clear()
            self._size = 0

    def _keep(self, name: Hashable, fragment: _Fragment) -> None:
        if len(fragment.value) > self.most:
            return
        with self._lock:
            before = self._by_name.pop(name, None)
            self._by_name[name] = fragment
            self._size += len(fragment.value) - (len(before.value) if before else 0)
            while self._size > self.most:
                _, oldest = self._by_name.popitem(last=False)
                self._size -= len(oldest.value)


_of_this_process = Fragments()


@dataclass(frozen=True, slots=True)
class Sharing:
    """Fragments of one moment, for a page that asks for many: see `shared`."""

    key: Hashable
    language: str | None
    is_kept: bool

    @classmethod
    def of(cls, at: datetime, numbers: Iterable[Hashable]) -> Self:
        """Return it with the numbers as they are now, before anything of the page is read."""
        key = (at.replace(second=0, microsecond=0), *numbers)
        return cls(key, get_language(), is_kept=not settings.DEBUG)

    def get[Part: Sized](self, *name: Hashable, make: Callable[[], Part]) -> Part:
        """Return the fragment of a name, or make it."""
        if not self.is_kept:
            return make()
        return _of_this_process.get((self.language, *name), self.key, make)


def shared[Part: Sized](
    *name: Hashable, at: datetime, numbers: Iterable[Hashable], make: Callable[[], Part]
) -> Part:
    """Return a fragment, made again each minute and whenever one of the numbers is another.

    Of one name only the last is kept: what was true before stays in no memory.

    Whatever else it shows must be part of its name; `make` gets no request, so nobody's page can
    be in it. The minute covers what moves no number, such as a clock. With DEBUG nothing is kept:
    templates are being edited.
    """
    # Read before it is made: what changes meanwhile has another number.
    return Sharing.of(at, numbers).get(*name, make=make)


def forget() -> None:
    """Drop every fragment of this process."""
    _of_this_process.clear()
