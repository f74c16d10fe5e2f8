"""No test sleeps, and no test fails because the machine is busy."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ALLOWED = TESTS / "waiting.py"
SLEEPS = {"sleep", "wait_for_timeout"}
WALL_CLOCKS = {"monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"}
WAITS = {"wait", "join", "communicate", "result", "acquire", "as_completed"}
SHORTEST = 60  # seconds
# Playwright counts in milliseconds.
SHORTEST_IN_BROWSER = {"set_default_timeout": 60_000, "set_default_navigation_timeout": 60_000}


def name_of(node):
    return getattr(node, "attr", getattr(node, "id", ""))


def numbers_named_in(tree):
    """Return the named numbers of a module, such as `SECONDS = 8`."""
    return {
        name_of(target): node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
    }


def limits_of(call):
    """Yield the arguments of a call that limit its waiting time."""
    if name_of(call.func) in WAITS | {*SHORTEST_IN_BROWSER}:
        yield from call.args[:1]
    for keyword in call.keywords:
        if keyword.arg == "timeout":
            yield keyword.value


def is_short(limit, shortest, named):
    value = named.get(limit.id) if isinstance(limit, ast.Name) else getattr(limit, "value", None)
    return isinstance(value, int | float) and value < shortest


def impatience_in(source):
    """Yield the line and source of each fixed sleep, wall clock and short timeout."""
    tree = ast.parse(source)
    named = numbers_named_in(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            imported = {alias.name for alias in node.names} & (SLEEPS | WALL_CLOCKS)
            yield from ((node.lineno, name) for name in sorted(imported))
        if not isinstance(node, ast.Call):
            continue
        name = name_of(node.func)
        shortest = SHORTEST_IN_BROWSER.get(name, SHORTEST)
        if name in SLEEPS | WALL_CLOCKS or any(
            is_short(limit, shortest, named) for limit in limits_of(node)
        ):
            yield node.lineno, ast.unparse(node)


def test_no_test_sleeps_or_gives_up_early():
    found = [
        f"{path.relative_to(TESTS)}:{line}: {words}"
        for path in sorted(TESTS.rglob("*.py"))
        if path != ALLOWED
        for line, words in impatience_in(path.read_text())
    ]

    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "time.sleep(0.1)",
        "from time import monotonic",
        "began = time.monotonic()",
        "page.wait_for_timeout(500)",
        "process.wait(8)",
        "process.wait(timeout=8)",
        "thread.join(5)",
        "SECONDS = 30\nprocess.communicate(timeout=SECONDS)",
        "subprocess.run(command, timeout=10)",
        "context.set_default_timeout(10_000)",
    ],
)
def test_a_test_that_gives_up_early_is_found(source):
    assert len(list(impatience_in(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "process.wait(timeout=60)",
        "thread.join()",
        "', '.join(words)",
        "event.wait(CEILING)",
        "context.set_default_timeout(60_000)",
        "get(url, total_timeout=0.5)",
        "assert time.process_time() - start < 10",
    ],
)
def test_a_test_that_waits_for_a_condition_is_left_alone(source):
    assert list(impatience_in(source)) == []
