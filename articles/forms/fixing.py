"""Apply a fix to the form fields, as the script does in the browser."""

from django.http import QueryDict

from articles.forms.unsaved import PREFIX, whole
from articles.forms.writing import unix_lines
from articles.vetting.fix import Fix, applied

# In these fields, offsets of findings assume single spaces.
ON_ONE_LINE = frozenset({"headline"})


def fixed(data: QueryDict, fix: Fix) -> QueryDict:
    """Return the fields with the fix applied; source rows are found by key."""
    data = data.copy()
    for name in {edit.field for edit in fix.edits}:
        text = unix_lines(data.get(name, ""))
        text = " ".join(text.split()) if name in ON_ONE_LINE else text
        data[name] = applied(text, name, fix.edits)
    total = whole(data.get(f"{PREFIX}-TOTAL_FORMS"))
    rows = {data.get(f"{PREFIX}-{n}-key", "").strip(): n for n in range(min(total, 1000))}
    for choice in fix.choices:
        if choice.key in rows:
            data[f"{PREFIX}-{rows[choice.key]}-{choice.name}"] = choice.value
    return data
