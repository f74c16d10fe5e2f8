# The project's commands. CI calls the same targets.
RUN = .venv/bin
READY = .venv/.complete

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long nu mutants postgres postgres-stop check lint format messages install-test-tools clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 22

# Rebuilt when the lock file is newer or the venv's Python no longer exists.
ifeq ($(wildcard .venv/bin/python),)
.PHONY: $(READY)
endif
$(READY): uv.lock bin/setup
	@bin/setup

setup: $(READY) ## create .venv with everything in uv.lock

run: $(READY) ## run the site and the wire worker on http://127.0.0.1:8000
	@exec bin/run

test: $(READY) ## run every test this machine can run, then list what was skipped
	@bin/test

test-long: $(READY) ## run the tests that take minutes
	@bin/test long

nu: $(READY) ## check the demo edition's pages with the Nu HTML checker (needs Java, and npm once)
	@bin/nu

mutants: $(READY) ## break the code on purpose: MINUTES=30 SEED=1 ONLY='wires.*' COUNT=400 TESTS=tests/wires SECONDS='20 300' WORKERS=2
	@bin/mutants $(if $(MINUTES),--minutes '$(MINUTES)') $(if $(SEED),--seed '$(SEED)') \
		$(if $(ONLY),--only '$(ONLY)') $(if $(COUNT),--count '$(COUNT)') \
		$(if $(SECONDS),--seconds $(SECONDS)) $(if $(WORKERS),--workers '$(WORKERS)') $(if $(TESTS),--tests $(TESTS)) $(if $(FRESH),--fresh)

postgres: $(READY) ## start a PostgreSQL server for the tests and print its DATABASE_URL
	@bin/postgres start

postgres-stop: ## stop that server and remove its data
	@bin/postgres stop

lint: $(READY) ## check format, style, templates, layers and types
	$(RUN)/ruff format --check .
	$(RUN)/ruff check .
	git ls-files -z '*.html' | xargs -0r $(RUN)/djade --check
	$(RUN)/lint-imports
	$(RUN)/mypy

check: lint test ## what CI runs: lint, then test

format: $(READY) ## format Python and templates, and fix what ruff can
	$(RUN)/ruff check --fix --exit-zero --quiet .
	$(RUN)/ruff format .
	git ls-files -z '*.html' | xargs -0r $(RUN)/djade

messages: $(READY) ## compile the catalogues of readers’ pages in locale/ after a change
	$(RUN)/pybabel compile --domain django --directory locale
	$(RUN)/python -m newsroom.english_catalogue

install-test-tools: ## install PostgreSQL, Chromium and Redis, so that make test runs everything
	@bin/install-test-tools

clean: postgres-stop ## remove .venv and the tools' caches; keep the site's data in .var
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .var/mutants .var/tests
