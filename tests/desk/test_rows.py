"""Rows whose template is rendered once for all of one kind."""

import pytest
from django.template import Context, Engine
from django.utils.safestring import SafeString

from desk.rows import BadRowTemplate, Row, write_rows

ENGINE = Engine()


def written(source, *rows):
    template = ENGINE.from_string(source)
    return write_rows(template, rows, Context())


def row(*traits, **words):
    return Row(frozenset(traits), words)


def test_rows_are_written_each_with_its_own_words_and_traits():
    source = '<li class="{{ name }}">{{ name }}{% if is_new %}, new{% endif %}</li>'

    html = written(source, row(name="a"), row("is_new", name="b"), row(name="c"))

    assert html == '<li class="a">a</li><li class="b">b, new</li><li class="c">c</li>'


def test_rows_escape_words_but_not_those_that_are_safe():
    html = written(
        "{{ name }} 100% {{ icon }}", row(name='<b>"%(icon)s"', icon=SafeString("<i></i>"))
    )

    assert html == "&lt;b&gt;&quot;%(icon)s&quot; 100% <i></i>"
    assert isinstance(html, SafeString)


def test_rows_render_their_template_once_for_each_kind():
    rendered = []

    class Noting(str):
        def __str__(self):
            rendered.append(1)
            return "x"

    template = ENGINE.from_string("{{ around }}{{ name }}")
    rows = [row(name=str(n)) for n in range(9)] + [row("is_new", name="9")]

    class Around(Context):
        def new(self, values=None):
            return super().new({"around": Noting(), **values})

    write_rows(template, rows, Around())

    assert len(rendered) == 2


@pytest.mark.parametrize(
    "source",
    [
        "{% if name %}x{% endif %}",
        "{% if not name %}x{% endif %}",
        "{% if name == 'a' %}x{% endif %}",
        "{% if is_new and name %}x{% endif %}",
        "{{ name|default:'none' }}",
        "{{ name|truncatechars:3 }}",
        "{% for letter in name %}{{ letter }}{% endfor %}",
    ],
)
def test_rows_refuse_a_template_that_does_more_with_a_word_than_write_it(source):
    with pytest.raises(BadRowTemplate):
        written(source, row("is_new", name="a"))
