"""Where a block stands: in which quotations, and in which items of which lists.

A list is elements in most programs. In Word it is paragraphs that name their list and level in a
style, and type their own bullets; in Word for the web, one list an item, with its level.
"""

import re
from dataclasses import dataclass

from articles.clipboard.blocks import Container
from articles.clipboard.elements import Element

_WORD_ITEM = re.compile(r"l\d+\s+level(\d)")
_NUMBER = re.compile(r"\(?(\d{1,9})[.)]")
_LETTERED = re.compile(r"\(?[A-Za-z]{1,5}[.)]")
_DEEPEST = 9


@dataclass(slots=True)
class _List:
    """A list that is open, and its last item."""

    is_ordered: bool
    next_number: int = 1
    item: Container | None = None
    has_words: bool = False

    def begin_item(self) -> Container:
        if self.item is not None and not self.has_words:
            # Nobody sees an empty item, so it has no number either.
            self.next_number -= 1
        self.item = Container(f"{self.next_number}. " if self.is_ordered else "- ")
        self.next_number += 1
        self.has_words = False
        return self.item


@dataclass(slots=True)
class _Frame:
    """An element that is open; what it puts its blocks into, if anything."""

    tag: str
    container: Container | None = None
    list: _List | None = None
    is_levelled: bool = False


class Places:
    """Follows the elements, and says where words stand now."""

    def __init__(self) -> None:
        self._frames: list[_Frame] = []
        # The lists of Word that a next item may go on with, by level.
        self._levels: list[_List] = []
        self._level = 0
        self._marker = ""
        self._is_new_item = False

    def path(self) -> tuple[Container, ...]:
        """Return what a block that ends here stands in, outermost first."""
        path = [frame.container for frame in self._frames if frame.container]
        if self._is_new_item:
            self._begin_levelled()
        if self._level:
            path += [list_.item for list_ in self._levels if list_.item]
        for list_ in (*(frame.list for frame in self._frames if frame.list), *self._levels):
            list_.has_words = True
        return tuple(path[:_DEEPEST])

    def note_block(self) -> None:
        """Note that a block was said, which ends a list of Word unless it is in one."""
        if not self._level and not any(frame.list for frame in self._frames):
            self._levels.clear()

    def note_marker(self, text: str) -> None:
        self._marker += text

    def open(self, element: Element, *, is_quoted: bool) -> None:
        tag = element.tag
        frame = _Frame(tag)
        if tag in {"ul", "ol"}:
            frame.list = self._opened_list(element)
            frame.container = self._item_around()
        elif tag == "li":
            self._open_item(element, frame)
        elif tag == "blockquote" or is_quoted:
            frame.container = Container("> ")
        elif item := _WORD_ITEM.match(element.style.get("mso-list", "")):
            self._begin_item(int(item[1]), frame)
        self._frames.append(frame)

    def close(self) -> None:
        if self._frames and self._frames.pop().is_levelled:
            self._level = 0

    def _opened_list(self, element: Element) -> _List:
        start = element.attributes.get("start", "")
        number = int(start) if start.isdecimal() and len(start) < 9 else 1
        return _List(is_ordered=element.tag == "ol", next_number=number)

    def _item_around(self) -> Container | None:
        """Return the item that a list right inside another one belongs to."""
        above = self._frames[-1].list if self._frames else None
        return above.item if above else None

    def _open_item(self, element: Element, frame: _Frame) -> None:
        lists = [frame.list for frame in self._frames if frame.list]
        level = element.attributes.get("aria-level", "")
        if level.isdecimal() and len(lists) == 1 and len(level) == 1 and int(level) > 1:
            marker = f"{lists[0].next_number}." if lists[0].is_ordered else ""
            self._begin_item(int(level), frame, marker=marker)
            return
        if not lists or not self._frames[-1].list:
            frame.container = Container("- ")
            return
        frame.container = lists[-1].begin_item()
        if len(lists) == 1:
            # An item with a level of its own may go below this one.
            self._levels = lists

    def _begin_item(self, level: int, frame: _Frame, *, marker: str = "") -> None:
        frame.is_levelled = True
        self._marker = marker
        self._level = max(1, min(level, _DEEPEST))
        self._is_new_item = True

    def _begin_levelled(self) -> None:
        self._is_new_item = False
        marker, self._marker = " ".join(self._marker.split()), ""
        is_ordered = bool(_NUMBER.fullmatch(marker) or _LETTERED.fullmatch(marker))
        del self._levels[self._level :]
        if len(self._levels) < self._level or self._levels[-1].is_ordered is not is_ordered:
            del self._levels[self._level - 1 :]
            number = _NUMBER.fullmatch(marker)
            self._levels.append(
                _List(is_ordered=is_ordered, next_number=int(number[1]) if number else 1)
            )
        self._levels[-1].begin_item()
