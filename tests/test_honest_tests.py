"""No test passes because it looked at nothing."""

import ast
import textwrap
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
ROOT_IDS = {"geteuid", "getuid"}
QUERY_COUNTS = {"django_assert_num_queries", "django_assert_max_num_queries"}
# What hands on the elements of its arguments, and is as empty as they are.
PASSES_ON = {"sorted", "reversed", "enumerate", "zip", "list", "set", "tuple", "map", "pairwise"}


def name_of(node):
    """Return the last part of a name: raises, of pytest.raises."""
    return getattr(node, "attr", getattr(node, "id", ""))


def calls_in(node, name):
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and name_of(inner.func) == name:
            yield inner


def any_exception(test):
    """Yield pytest.raises of every exception: a mistyped name in the test raises one too."""
    for call in calls_in(test, "raises"):
        kinds = {name_of(kind) for given in call.args for kind in ast.walk(given)}
        if kinds & {"Exception", "BaseException"} and "match" not in {k.arg for k in call.keywords}:
            yield call, "raises any exception"


def skipped_for_root(test):
    """Yield skips where the suite runs as root, as it does in a container."""
    for mark in test.decorator_list:
        for node in ast.walk(mark) if list(calls_in(mark, "skipif")) else ():
            asks = isinstance(node, ast.Compare) and any(
                name_of(inner) in ROOT_IDS for inner in ast.walk(node)
            )
            if asks and isinstance(node.ops[0], ast.Eq):
                yield mark, "is skipped for root"


def uncounted_rows(test):
    """Yield counts of queries without a look at what came back: an error page takes few."""
    last_assert = max((n.lineno for n in ast.walk(test) if isinstance(n, ast.Assert)), default=0)
    for node in ast.walk(test):
        if not isinstance(node, ast.With):
            continue
        counts = {name_of(getattr(each.context_expr, "func", None)) for each in node.items}
        if counts & QUERY_COUNTS and last_assert < node.lineno:
            yield node, "counts queries and looks at nothing else"


def is_surely_filled(node, known):
    """Return whether what a loop walks through is written out, so that it cannot be empty."""
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return bool(node.elts)
    if isinstance(node, ast.Dict):
        return bool(node.keys)
    if isinstance(node, ast.Name):
        return node.id in known
    if isinstance(node, ast.Starred):
        return is_surely_filled(node.value, known)
    if isinstance(node, ast.Call) and name_of(node.func) in PASSES_ON:
        return bool(node.args) and is_surely_filled(node.args[-1], known)
    is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    if is_method and node.func.attr in {"items", "values", "keys"}:
        return is_surely_filled(node.func.value, known)
    return isinstance(node, ast.Call) and name_of(node.func) in {"range", "split", "product"}


def names_of_the_filled(nodes, known=frozenset()):
    """Return the names given to something written out, besides those that are known."""
    known = set(known)
    for node in nodes:
        if isinstance(node, ast.Assign) and is_surely_filled(node.value, known):
            known |= {name_of(target) for target in node.targets}
    return known


def unseen_loops(test, constants):
    """Yield loops that alone hold the asserts of a test, over what may be empty."""
    if any("given" in ast.unparse(mark) for mark in test.decorator_list):
        return
    known = names_of_the_filled(ast.walk(test), constants)
    loops = [node for node in ast.walk(test) if isinstance(node, ast.For)]
    inside = {id(inner) for loop in loops for inner in ast.walk(loop)}
    asserts = [node for node in ast.walk(test) if isinstance(node, ast.Assert)]
    if any(id(node) not in inside and not is_all(node.test) for node in asserts):
        return
    for loop in loops:
        holds = any(isinstance(node, ast.Assert) for node in ast.walk(loop))
        if holds and not is_surely_filled(loop.iter, known):
            yield loop, "asserts only inside a loop over what may be empty"
    for node in asserts:
        if is_all(node.test) and not is_surely_filled(walked(node.test), known):
            yield node, "asserts only all() of what may be empty"


def is_all(node):
    return isinstance(node, ast.Call) and name_of(node.func) == "all"


def walked(call):
    """Return what all(… for … in here) walks through."""
    given = call.args[0]
    return given.generators[0].iter if isinstance(given, ast.GeneratorExp) else given


def faults_in(source):
    module = ast.parse(source)
    constants = names_of_the_filled(module.body)
    tests = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    for test in tests:
        for node, fault in (
            *any_exception(test),
            *skipped_for_root(test),
            *uncounted_rows(test),
            *unseen_loops(test, constants),
        ):
            yield node.lineno, f"{test.name} {fault}"


def test_no_test_passes_because_it_looked_at_nothing():
    paths = sorted(TESTS.rglob("test_*.py"))

    found = [
        f"{path.relative_to(TESTS)}:{line}: {fault}"
        for path in paths
        for line, fault in faults_in(path.read_text())
    ]

    assert len(paths) > 100
    assert found == []


def faults_of(body, marks=""):
    source = f"{marks}\ndef test_it():\n{textwrap.indent(body, '    ')}"
    return [fault.removeprefix("test_it ") for _, fault in faults_in(source)]


@pytest.mark.parametrize(
    "body",
    [
        "with pytest.raises(Exception):\n    publish(draft)",
        "with pytest.raises((ValueError, Exception)):\n    publish(draft)",
        "with django_assert_num_queries(6):\n    client.get('/wire/')",
        "assert rows\nwith django_assert_max_num_queries(6):\n    client.get('/wire/')",
        "for row in Row.objects.all():\n    assert row.is_sound",
        "rows = read(path)\nfor n, row in enumerate(rows):\n    assert row.n == n",
        "for row in []:\n    assert row.is_sound",
        "assert all(row.is_sound for row in read(path))",
        "assert all(map(is_sound, read(path)))",
    ],
)
def test_a_test_that_may_look_at_nothing_is_found(body):
    assert len(faults_of(body)) == 1


def test_a_test_that_is_skipped_for_root_is_found():
    mark = "@pytest.mark.skipif(os.geteuid() == 0, reason='root may write everywhere')"

    assert faults_of("assert open_file() is None", mark) == ["is skipped for root"]


@pytest.mark.parametrize(
    "body",
    [
        "with pytest.raises(ValueError):\n    publish(draft)",
        "with pytest.raises(Exception, match='held'):\n    publish(draft)",
        "with django_assert_num_queries(6):\n    page = get('/wire/')\nassert len(page.rows) == 40",
        "with django_assert_num_queries(6):\n    assert len(read()) == 40",
        "for path in ('/', '/wire/'):\n    assert get(path)",
        "PAGES = ['/']\nfor n, path in enumerate(PAGES):\n    assert get(path)",
        "rows = read(path)\nassert len(rows) == 3\nfor row in rows:\n    assert row.is_sound",
        "assert all(get(path) for path in ('/', '/wire/'))",
        "for n in range(3):\n    assert get(n)",
    ],
)
def test_a_test_that_says_what_it_saw_is_left_alone(body):
    assert faults_of(body) == []


def test_a_property_of_arbitrary_text_may_loop_over_what_is_found_in_it():
    body = "for found in read(text):\n    assert found.text in text"

    assert faults_of(body, "@given(st.text())") == []


def test_a_mark_for_others_than_root_is_left_alone():
    mark = "@pytest.mark.skipif(os.geteuid() != 0, reason='only root can become another user')"

    assert faults_of("assert become('nobody')", mark) == []
