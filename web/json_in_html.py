"""JSON inside a page: in a script element nothing ends it, and nothing in it begins anything."""

import json

from django.utils.safestring import SafeString

# Two of them end a line of JavaScript, the others could be read as HTML: </script>, <!--, &lt;.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def as_json(value: object) -> SafeString:
    """Return a value as JSON that may stand in a script element as it is."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return SafeString(text.translate(_ESCAPED))


def as_members(value: dict[str, object]) -> SafeString:
    """Return the members of an object without its braces, to be put together with others."""
    return SafeString(as_json(value)[1:-1])
