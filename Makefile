# `make demo` and `make test` work on a bare checkout; each step leaves a stamp and is skipped until
# what it is made from changes. A build tool that Debian must provide is installed by .ci/packages.

FIT := 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))'
# What a distribution built comes first: it was compiled with optimisations that version managers leave out, and
# draws a report in an eighth less time.
PYTHON ?= $(shell for python in /usr/bin/python3 python3; do $$python -c $(FIT) 2>/dev/null && echo $$python && break; done)
PORT ?= 8000
UV := uv==0.13.9

PY := .venv/bin/python
MANAGE := $(PY) manage.py
# Programs of the virtual environment come first: npm is among them only where the machine has none fit for use.
NODE := PATH="$(CURDIR)/.venv/bin:$$PATH"
PYTEST = $(PY) -m pytest --numprocesses auto $(ARGS)

ASSETS := $(shell find litvinov/assets reporting/assets -type f)
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))

# Settings that happen to stand in somebody's shell must change neither the demonstration nor the tests.
unexport ALLOWED_HOSTS DATABASE_URL DEBUG DEFAULT_FROM_EMAIL EMAIL_URL HTTPS INVITATION_DAYS REPORT_LOST_AFTER
unexport SECRET_KEY TASK_BACKEND UX_BUDGET
# Modules are compiled once and kept, as everywhere; without that each start costs a third of a second more.
unexport PYTHONDONTWRITEBYTECODE
export DJANGO_SETTINGS_MODULE := litvinov.settings

.DEFAULT_GOAL := help
# Prerequisites stand in the order in which they must happen.
.NOTPARALLEL:
.DELETE_ON_ERROR:

.PHONY: help
help: ## List what make can do
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1	\2/p' Makefile | expand -t 16

# Two workers, so that a report being rendered holds up nobody; SQLite lets only one of them write at a time.
# Loading the application before they start lets a fault in it be said once, not over and over.
.PHONY: demo
demo: packages-demo $(PY) build/.collected $(MESSAGES) ## Run the application with demonstration data (PORT=8000)
	$(MANAGE) migrate --no-input --verbosity 0
	@sign_ins=$$($(MANAGE) load_demo --password-file var/demo-password) && \
	$(MANAGE) render_report litvinov-janov --output var/litvinov-janov.pdf && \
	printf '\n%s\n\nReport: var/litvinov-janov.pdf\nhttp://127.0.0.1:$(PORT)/ (Ctrl-C stops it; another port: make demo PORT=8001)\n' "$$sign_ins" && \
	exec .venv/bin/gunicorn litvinov.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --preload \
		--no-control-socket --log-level warning

# Everything the tests need, in order.
READY := packages-test $(PY) .venv/.dev build/.collected $(MESSAGES)

.PHONY: test
test: $(READY) lint test-sqlite test-postgres test-browser ## Lint, then run every test; ARGS= goes to pytest

.PHONY: test-sqlite
test-sqlite: $(READY) ## Run the suite on SQLite
	$(PYTEST) -m 'not browser'

# A server of its own, thrown away at the end; -t keeps it apart from others even when root runs it.
# The locale is given because the one of the caller may know no Czech letters.
ON_POSTGRES = pg_virtualenv -t -c '--locale C.UTF-8 --encoding UTF8' sh -c ' \
		DATABASE_URL="postgresql://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/$$PGDATABASE" \
		exec "$$@"' sh

.PHONY: test-postgres
test-postgres: $(READY) ## Run the suite on PostgreSQL
	$(ON_POSTGRES) $(PYTEST) -m 'not browser'

.PHONY: test-browser
test-browser: $(READY) ## Run the browser tests in Chromium
	$(PYTEST) -m browser

.PHONY: ux-budget
ux-budget: $(READY) ## Count the interactions of daily jobs into docs/ux-budget.md
	UX_BUDGET=write $(PY) -m pytest --numprocesses 0 -m browser tests/browser/test_ux_budget.py $(ARGS)

.PHONY: benchmark
benchmark: $(READY) packages-benchmark ## Measure the PDF beside LibreOffice and Chromium; ARGS="--rounds 9 --write"
	$(PY) -m benchmarks.report $(ARGS)

.PHONY: benchmark-workers
benchmark-workers: $(READY) ## Measure how a batch of reports grows faster with workers; ARGS=--write
	$(ON_POSTGRES) $(PY) -m benchmarks.workers $(ARGS)

.PHONY: lint
lint: .venv/.dev ## Check code, templates, types, imports and migrations
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/djlint templates --lint --quiet
	.venv/bin/mypy .
	.venv/bin/lint-imports --no-logo
	$(MANAGE) makemigrations --check --dry-run

.PHONY: screens
screens: $(READY) ## Take pictures of pages and of the report (ARGS='goal state-404' for some)
	$(PY) -m tests.screens $(ARGS)

.PHONY: help-pictures
help-pictures: $(READY) ## Take the pictures of the help page anew
	HELP_PICTURES=write $(PY) -m pytest --quiet --numprocesses 0 -m browser tests/browser/test_help.py -k picture_can $(ARGS)
	$(MAKE) --no-print-directory build/.collected

# Line numbers and wrapping, and the date that changes at every run, would drown a translation in noise.
.PHONY: schema
schema: packages-demo $(PY) .venv/.runtime ## Write the schema of reports in JSON into docs anew
	$(MANAGE) report_schema > docs/report.schema.json

.PHONY: messages
messages: packages-demo $(PY) .venv/.runtime ## Bring the Czech catalogue up to date with the source
	$(MANAGE) makemessages --locale cs --no-location --no-wrap --no-obsolete \
		--ignore node_modules --ignore build --ignore var --ignore tests
	sed -i.old '/^"POT-Creation-Date:/d' locale/cs/LC_MESSAGES/django.po
	rm locale/cs/LC_MESSAGES/django.po.old
	$(MAKE) --no-print-directory locale/cs/LC_MESSAGES/django.mo

LOCK = .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(ARGS)

.PHONY: lock
lock: $(PY) ## Pin and hash what pyproject.toml asks for; ARGS=--upgrade takes newer versions
	$(PY) -m pip install --quiet $(UV)
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) --group dev --constraints requirements.txt --output-file requirements-dev.txt
	$(LOCK) --group node --output-file requirements-node.txt

.PHONY: clean
clean: ## Remove what was installed and built; var/ with the data stays
	rm -rf .venv node_modules build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	rm -f $(MESSAGES)

.PHONY: packages-demo packages-test packages-benchmark
packages-demo packages-test packages-benchmark: packages-%:
	@.ci/packages $*

$(PY):
	@python='$(PYTHON)'; $${python:-false} -c $(FIT) 2>/dev/null || { \
		echo "Python 3.11 or newer with its venv module is needed, and $${python:-python3} is not that." \
			'Install it (on Debian: python3 and python3-venv), or name one: make PYTHON=python3.12' >&2; \
		exit 1; }; \
	$$python -m venv .venv

PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

.venv/.runtime: requirements.txt | $(PY)
	$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@

# Node.js 18 is the oldest that esbuild runs in.
HAS_NPM := $(NODE) sh -c 'npm --version && node -e "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)"' >/dev/null 2>&1

node_modules/.installed: package.json package-lock.json | $(PY)
	@$(HAS_NPM) || { \
		echo 'No npm with Node.js 18 or newer on this machine; taking one from PyPI into .venv.'; \
		$(PIP_INSTALL) -r requirements-node.txt && $(HAS_NPM); \
	} || { \
		echo 'npm is needed to build the assets, and PyPI has none for this machine either.' \
			'Install Node.js 18 or newer with npm.' >&2; \
		exit 1; \
	}
	$(NODE) npm ci --ignore-scripts --include=dev --no-progress
	@touch $@

build/.assets: $(ASSETS) node_modules/.installed
	@$(NODE) node litvinov/assets/build.mjs
	@touch $@

build/.collected: build/.assets .venv/.runtime
	$(MANAGE) collectstatic --no-input --clear --verbosity 0
	@touch $@

%.mo: %.po
	msgfmt --check-format --output-file=$@ $<
