"""What benchmarks/mutants.py needs of mutmut: making the mutants, and running tests on them.

Imported with the working directory where mutmut is to work, for it reads its settings there.
mutmut's own `run` knows neither a seed nor a budget, and gives each process no database.
"""

import ast
import contextlib
import functools
import hashlib
import io
import itertools
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from mutmut.__main__ import (
    _register_mutant_result,
    collect_source_file_mutation_data,
    create_mutants,
)
from mutmut.configuration import config
from mutmut.mutation.diff_apply import read_functions_from_index
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.runners.harness import PytestRunner
from mutmut.state import state
from mutmut.stats import load_stats, save_stats
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths
from mutmut.workers import isolation

from benchmarks.mutants import Change, change_of, drop_stale_files, module_of
from benchmarks.mutants_databases import AFTER_MIGRATE, OwnDatabase, databases, make_template

COPY = Path("mutants")
STATS = COPY / "mutmut-stats.json"
TESTS_SEEN = Path("tests.json")  # the text of each test file when it was last run
SURVIVED_WITH = Path("survived.json")  # the tests that each survivor was tried with

CONTROL = "no mutant"


class Plugin:
    """What pytest is told in each process."""

    def pytest_configure(self, config: pytest.Config) -> None:
        # Now, for fixtures of the plugin registered last are used: after pytest-django's.
        config.pluginmanager.register(OwnDatabase())

    @pytest.hookimpl(tryfirst=True)
    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        # pytest keeps the names that it made of parameters, and where a process collects again,
        # as here, escapes what is not ASCII in them once more: nobody would find these tests.
        for mark in metafunc.definition.iter_markers("parametrize"):
            if mark._param_ids_from:
                object.__setattr__(mark._param_ids_from, "_param_ids_generated", None)


class Progress:
    """Says how far the first run is, and which tests fail without a mutant."""

    def __init__(self) -> None:
        self.failed: set[str] = set()
        self._done = 0
        self._said = time.monotonic()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)
        self._done += report.when == "teardown"
        if time.monotonic() - self._said > 15:
            self._said = time.monotonic()
            say(f"  {self._done} tests")


class NoLimits:
    """Stands where mutmut limits processor time: our parsers set limits that are higher than its.

    A mutant that never ends is ended by the wall clock.
    """

    RLIMIT_CPU = 0

    @staticmethod
    def setrlimit(*given: object) -> None:
        pass


class Runner(PytestRunner):
    """pytest, with a database for each process."""

    def __init__(self) -> None:
        super().__init__()
        self._arguments: list[str] = []

    def execute_pytest(self, params: list[str], **kwargs: Any) -> int:
        plugins = [*kwargs.pop("plugins", ()), Plugin()]
        with contextlib.redirect_stdout(io.StringIO()) as output:
            code = super().execute_pytest(params, plugins=plugins, **kwargs)
        phase = os.environ["MUTANT_UNDER_TEST"]
        # 1 is a test that fails where tests run, and a module that cannot be read where they do not.
        if code and (phase in {CONTROL, "list_all_tests"} or (code != 1 and phase == "stats")):
            say(output.getvalue()[-3000:])
        return code

    def run_stats(self, *, tests: Iterable[str]) -> int:
        """Find out which functions each test reaches. One that fails without a mutant is left out."""
        progress = Progress()
        self._pytest_args_regular_run = self._without_stopping  # type: ignore[method-assign]
        execute, self.execute_pytest = (  # type: ignore[method-assign]
            self.execute_pytest,
            lambda params, plugins: execute(params, plugins=[*plugins, progress]),
        )
        code = super().run_stats(tests=tests)
        for test in progress.failed:
            say(f"  left out, for it fails without a mutant: {test}")
        for names in state().tests_by_mangled_function_name.values():
            names -= progress.failed
        return 0 if code == 1 else code

    def _without_stopping(self, tests: Iterable[str]) -> list[str]:
        return [
            argument
            for argument in PytestRunner._pytest_args_regular_run(self, tests)
            if argument != "-x"
        ]


def say(text: str) -> None:
    print(text, file=sys.__stderr__, flush=True)


def fate_of(code: int | None) -> str | None:
    """Return what became of a mutant, from the exit status of pytest, or None if not tried."""
    if code is None:
        return None
    if code in {-24, -9, 24, 36, 152}:
        return "timeout"
    # 2: a test module could not be collected; 3: pytest broke.
    return {
        0: "survived",
        1: "killed",
        2: "killed",
        3: "killed",
        5: "no tests",
        33: "no tests",
    }.get(code, "unclear")


def read_json(path: Path) -> Any:
    return json.loads(path.read_text()) if path.is_file() else {}


@functools.cache
def hash_of(path: Path) -> str:
    """Return the hash of a file as it was when the run began."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


class Run:
    """The mutants of one copy of the project, and their verdicts."""

    def __init__(self, *, workers: int, tests: list[str] | None) -> None:
        self._workers = workers
        self._has_every_test = not tests
        if tests:
            selection = config().pytest_add_cli_args_test_selection
            selection[:] = [*tests, *(word for word in selection if not word.startswith("tests/"))]
        set_mutant_under_test("mutant_generation")
        say("Making the mutants …")
        with contextlib.redirect_stdout(io.StringIO()):
            drop_stale_files(COPY, Path.cwd(), config().should_mutate)
            copy_src_dir()
            copy_also_copy_files()
            setup_source_paths()
            create_mutants(workers)
        _, self._files = collect_source_file_mutation_data(mutant_names=())
        self._file_of = {
            name: file for file in self._files.values() for name in file.exit_code_by_key
        }
        self._survived_with = read_json(SURVIVED_WITH)

    def names(self) -> list[str]:
        return [*self._file_of]

    def verdicts(self, looks: Sequence[float | None]) -> dict[str, str | None]:
        """Return what became of each mutant; None where it has to be tried (again).

        Who survived counts as known where one of these looks, in seconds of tests, saw it.
        """
        verdicts = {}
        for name, file in self._file_of.items():
            fate = fate_of(file.exit_code_by_key[name])
            if fate in {"survived", "no tests", "unclear"}:
                seen = self._survived_with.get(name)
                fate = fate if seen in {self._tests_hash(name, each) for each in looks} else None
            verdicts[name] = fate
        return verdicts

    def change(self, name: str) -> Change:
        """Return what a mutant changes."""
        path = self._file_of[name].path
        functions = read_functions_from_index(name, path)
        old, new = (self._code(function).splitlines() for function in functions)
        return change_of(name, old, new, starts=line_of(name, path) - lines_above(old))

    @staticmethod
    def _code(function: Any) -> str:
        import libcst

        return libcst.Module([function]).code.strip()

    def use_known_tests(self) -> None:
        """Take what is known of the tests as it is, for a report of the verdicts there are."""
        load_stats()
        self._listed = set(state().duration_by_test)

    def find_tests(self) -> None:
        """Find out which tests reach each function, asking only what is not known yet."""
        self._forget_changed_tests()
        self._runner = isolation.ForkServerRunner(self._workers, Runner, {})
        load_stats()
        make_template(COPY)
        set_mutant_under_test("list_all_tests")
        listed = self._runner.list_all_tests()
        isolation.resource = NoLimits  # type: ignore[assignment]
        self._listed = listed.ids
        if self._has_every_test:
            with contextlib.redirect_stdout(io.StringIO()):
                listed.clear_out_obsolete_test_names()
        new = listed.new_tests()
        if new:
            say(f"Running {len(new)} tests without a mutant, to see what each of them reaches …")
            set_mutant_under_test("stats")
            os.environ["MUTMUT_DEPENDENCY_DEPTH"] = "-1"
            code = self._runner.collect_stats([] if new == listed.ids else sorted(new))
            if code:
                sys.exit(f"mutants: pytest ended with status {code} without a mutant.")
            for test in new:  # those that a skip kept from being called too
                state().duration_by_test.setdefault(test, 0)
        save_stats()
        files = sorted({test.partition("::")[0] for test in listed.ids})
        seen = read_json(TESTS_SEEN) | {file: hash_of(Path(file)) for file in files}
        TESTS_SEEN.write_text(json.dumps(seen))

    def _forget_changed_tests(self) -> None:
        """Forget what tests reach whose file changed, or that reach a module that changed."""
        if not STATS.is_file():
            return
        stats = read_json(STATS)
        seen = read_json(TESTS_SEEN)
        reached = stats["tests_by_mangled_function_name"]
        before, now = stats["function_hashes"], state().current_function_hashes
        changed = {
            module_of(name)
            for name in before.keys() | now.keys()
            if before.get(name) != now.get(name)
        }
        again = {
            test for name, tests in reached.items() if module_of(name) in changed for test in tests
        }
        again |= {
            test
            for test in stats["duration_by_test"]
            if (file := test.partition("::")[0]) and seen.get(file) != hash_of(Path(file))
        }
        if changed - {module_of(name) for name in before}:
            STATS.unlink()
            return
        stats["duration_by_test"] = {
            test: seconds
            for test, seconds in stats["duration_by_test"].items()
            if test not in again
        }
        stats["tests_by_mangled_function_name"] = {
            name: [test for test in tests if test not in again] for name, tests in reached.items()
        }
        stats["function_hashes"] = now
        STATS.write_text(json.dumps(stats))

    def tests_of(self, name: str, seconds: float | None) -> list[str]:
        """Return the tests that reach the function, those nearest to it first, then the fast.

        Where seconds are given, only the first of them that take no longer together.
        """
        durations = state().duration_by_test
        tests = set(state().tests_by_mangled_function_name.get(name.partition("__mutmut_")[0], ()))
        module = module_of(name)
        tests |= {
            test for test in durations if test.startswith(AFTER_MIGRATE.get(module, ("nothing",)))
        }
        *_, package, last = module.split(".")

        def distance(test: str) -> tuple[bool, bool, float, str]:
            file = test.partition("::")[0]
            return last not in file, package not in file, durations[test], test

        ordered = sorted(tests & self._listed, key=distance)
        if seconds is None:
            return ordered
        ends = itertools.accumulate(durations[test] for test in ordered)
        return [test for test, end in zip(ordered, ends, strict=True) if end <= seconds]

    def _tests_hash(self, name: str, seconds: float | None) -> str:
        tests = sorted(self.tests_of(name, seconds))
        files = sorted({test.partition("::")[0] for test in tests})
        text = repr((tests, [(file, hash_of(Path(file))) for file in files]))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def try_out(
        self,
        names: list[str],
        *,
        seconds: float | None,
        until: float,
        tell: Callable[[int, str], None],
    ) -> None:
        """Run the tests of each mutant in turn until that moment of the monotonic clock."""
        self._runner.startup()
        try:
            self._check_without_mutant(names, seconds)
            done = 0
            waiting = iter(names)
            while True:
                name = next(waiting, None) if time.monotonic() < until else None
                while self._runner.pending_count() and (
                    name is None or not self._runner.has_capacity()
                ):
                    done += 1
                    tell(done, self._register(seconds))
                if name is None:
                    break
                self._submit(name, self.tests_of(name, seconds))
        except KeyboardInterrupt:
            self._runner.stop_all_workers()
        finally:
            self._runner.shutdown()

    def close(self) -> None:
        """Drop the databases that the looks made."""
        databases().clear()

    def _check_without_mutant(self, names: list[str], seconds: float | None) -> None:
        """Leave if tests fail without a mutant too, for then every mutant would seem noticed."""
        tests = next((tests for name in names if (tests := self.tests_of(name, seconds))), [])
        self._submit(CONTROL, tests[:50])
        if self._runner.wait_for_result().exit_code not in {0, 33}:
            sys.exit("mutants: tests fail without a mutant; run them, and see why.")

    def _submit(self, name: str, tests: list[str]) -> None:
        expected = sum(state().duration_by_test[test] for test in tests)
        wall = (expected + config().timeout_constant) * config().timeout_multiplier
        self._runner.submit(name, tests, ceil(wall * 2), expected)

    def _register(self, seconds: float | None) -> str:
        result = self._runner.wait_for_result()
        _register_mutant_result(result, self._file_of)
        fate = fate_of(result.exit_code) or ""
        if fate in {"survived", "no tests", "unclear"}:
            self._survived_with[result.mutant_name] = self._tests_hash(result.mutant_name, seconds)
            # Now, for a run that is killed must not have to find them again.
            SURVIVED_WITH.write_text(json.dumps(self._survived_with))
        return fate


def lines_above(code: list[str]) -> int:
    """Return how many lines of comment stand above a function."""
    return next(n for n, row in enumerate(code) if row.startswith(("def ", "async def ", "@")))


def line_of(name: str, path: Path) -> int:
    """Return the line on which the function starts that a mutant is made of."""
    mangled = name.partition("__mutmut_")[0].rpartition(".")[2]
    wanted = mangled.removeprefix("x_").removeprefix("xǁ").split("ǁ")
    body: list[ast.stmt] = ast.parse(path.read_text()).body
    for word in wanted:
        node = next(node for node in body if getattr(node, "name", "") == word)
        body = node.body  # type: ignore[attr-defined]
    return min([node.lineno, *(each.lineno for each in node.decorator_list)])  # type: ignore[attr-defined]
