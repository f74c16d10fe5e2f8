"""What tests do on the form of an article in a browser."""


def change(pk):
    return f"/desk/articles/article/{pk}/change/"


def body_of(page):
    return page.locator("#id_body")


def open_tab(page, name):
    page.get_by_role("tab", name=name).click()


def text_around_caret(page):
    """Return what stands before the caret of the body, what is selected, and what comes after."""
    return body_of(page).evaluate(
        "e => [e.value.slice(0, e.selectionStart), e.value.slice(e.selectionStart, e.selectionEnd),"
        " e.value.slice(e.selectionEnd)]"
    )


def set_caret(page, start, end=None):
    body_of(page).evaluate(
        "(e, [start, end]) => { e.focus(); e.setSelectionRange(start, end) }",
        [start, start if end is None else end],
    )
