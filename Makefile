# Two commands: `make run` serves the board, `make test` checks everything. The rest are their parts.

PORT ?= 8501
ADDRESS ?= 127.0.0.1
PROCESSES ?= 2
VENV := .venv
PY := $(VENV)/bin/python
RUN_READY := $(VENV)/run.ready
DEV_READY := $(VENV)/dev.ready
CHROMIUM_READY := $(VENV)/chromium.ready
WORKERS ?= 2
# What leans on the engine most, in some minutes on two cores: every change of every use case, figures, the log, the plan, intake, what
# supervision does, the migrations, kills, and the whole sample on both engines. Tests of a file of SQLite are left out.
ON_POSTGRESQL_IN_CI := $(addprefix tests/services/,access audit bulletins figures plan rounds search spot_checks/test_counts_of_histories.py \
    units/test_unit_changes.py milestones/test_progress.py intake/test_upload.py intake/test_shared_records.py) \
    tests/migrations tests/robustness tests/data_access tests/pages/test_hostile_arguments.py

export TZ := Asia/Shanghai
# The reverse proxies that are believed when they say for whom they ask, and the names of this machine (README, Serving the district).
export FORWARDED_ALLOW_IPS := $(TRUSTED_PROXIES)
export HOSTS
export DEMONSTRATION
# Compiled once and kept, whatever the shell says: every process of the tests and of the server reads the whole program.
export PYTHONDONTWRITEBYTECODE :=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.PHONY: help run serve port test test-rest test-all test-postgresql test-postgresql-short check database sample bench bundle screenshots docs clean

help:
	@echo "make run          serve the board on http://$(ADDRESS):$(PORT) (PORT=…, ADDRESS=… change it)"
	@echo "make serve        as many processes (PROCESSES=…) on 127.0.0.1 from $(PORT) on, for a proxy before them (deploy/)"
	@echo "make test         ruff, mypy, import-linter, then the tests, the browser's included, but for what make test-rest runs"
	@echo "make check        ruff, its formatter, mypy and import-linter only"
	@echo "make test-rest    what make test leaves out and CI tries: more pages, areas and tables of a kind, long tests"
	@echo "make test-all     make test, make test-rest, make test-postgresql and the slow tests"
	@echo "make test-postgresql  every test that asks for a database, on a PostgreSQL server of its own"
	@echo "make test-postgresql-short  of these what leans on the engine most, which CI runs"
	@echo "make sample       write the sample district's workbooks again from their seed, and its database from them"
	@echo "make bench        the benchmarks of docs/performance.md"
	@echo "make bundle       one archive in dist/ that installs or upgrades the board where no package index is reached"
	@echo "make docs         write the generated parts of docs/ again"
	@echo "make screenshots  pictures of every page into docs/screenshots/ (needs a Chinese font)"
	@echo "make clean        remove .venv and caches; data/ is left alone"

run: $(RUN_READY) port database
	@echo "==> Serving on http://$(ADDRESS):$(PORT)  (Ctrl+C stops it)"
	@exec $(PY) -m streamlit run app.py --server.address "$(ADDRESS)" --server.port "$(PORT)" --server.headless true

serve: export FORWARDED_ALLOW_IPS := $(or $(TRUSTED_PROXIES),127.0.0.1)
serve: $(RUN_READY) port database
	@exec $(PY) deploy/serve.py --processes "$(PROCESSES)" --port "$(PORT)"

port: $(RUN_READY)
	@.ci/port_free "$(PY)" "$(ADDRESS)" "$(PORT)"

database: $(RUN_READY)
	@.ci/database "$(PY)"

check: $(DEV_READY)
	@.ci/step "ruff" "read the lines above; '$(PY) -m ruff check --fix .' mends most of them" $(PY) -m ruff check --quiet .
	@.ci/step "ruff format" "'$(PY) -m ruff format .' lays the lines out" $(PY) -m ruff format --quiet --check .
	@.ci/step "mypy" "give each line above the type it asks for" $(PY) -m mypy --no-error-summary .
	@.ci/step "import-linter" "turn the import round, or move what is shared one layer down (README, Folders)" $(PY) .ci/lint_imports.py

BROWSER_AND_PROXIES = CHROMIUM="$$(cat $(CHROMIUM_READY))" NGINX="$$(.ci/find_proxy nginx $(VENV))" CADDY="$$(.ci/find_proxy caddy $(VENV))"

test: check $(CHROMIUM_READY)
	@.ci/step "pytest, without the browser" "read the first failure above; one test alone: $(PY) -m pytest PATH -q" \
	    $(PY) -m pytest -m "not browser and not slow and not sweep and not long" --ignore=tests/browser -n $(WORKERS) --dist worksteal
	@$(BROWSER_AND_PROXIES) .ci/step "pytest, in the browser" "read the first failure above; one test alone: $(PY) -m pytest tests/browser -q" \
	    $(PY) -m pytest tests/browser tests/deploy -rR -m "browser and not slow and not sweep and not long" -n $(WORKERS) --dist worksteal

test-rest: $(DEV_READY) $(CHROMIUM_READY)
	@$(BROWSER_AND_PROXIES) .ci/step "pytest, what make test leaves out" "read the first failure above; one test alone: $(PY) -m pytest PATH -q" \
	    $(PY) -m pytest -m "(sweep or long) and not slow" -n $(WORKERS) --dist worksteal

test-all: test test-rest test-postgresql
	@$(BROWSER_AND_PROXIES) .ci/step "pytest, the slow tests" "read the first failure above" .ci/some_tests $(PY) -m pytest -m slow
	@EXAMPLES=all .ci/step "pytest, properties with all their examples" "read the first failure above" \
	    $(PY) -m pytest -m "hypothesis and not slow and not browser" --ignore=tests/browser -n $(WORKERS)

# Which tests ask for a database, and which are about a file of SQLite, tests/conftest.py knows.
test-postgresql test-postgresql-short: export TEST_ENGINE := postgresql
test-postgresql: $(DEV_READY)
	@.ci/step "pytest, on PostgreSQL" "read the first failure above; one test alone: TEST_ENGINE=postgresql $(PY) -m pytest PATH -q" \
	    $(PY) -m pytest --ignore=tests/browser -m "not slow" -n $(WORKERS) --dist worksteal

test-postgresql-short: $(DEV_READY)
	@.ci/step "pytest, some on PostgreSQL" "read the first failure above; one test alone: TEST_ENGINE=postgresql $(PY) -m pytest PATH -q" \
	    $(PY) -m pytest $(ON_POSTGRESQL_IN_CI) -m "not slow" -n $(WORKERS) --dist loadfile

sample: $(DEV_READY)
	@.ci/step "sample workbooks" "read the error above; nothing else needs them rewritten" $(PY) -m sample_data.make
	@.ci/step "sample database" "read the error above; the workbooks are written" $(PY) -m sample_data.loaded_district pack

bench: $(DEV_READY)
	@for script in benchmarks/*.py; do echo "==> $$script"; PYTHONPATH=. $(PY) "$$script" || exit 1; done

bundle: $(RUN_READY)
	@.ci/step "bundle" "check that the package index answers and that this is a git work tree, then run the same make again" $(PY) deploy/make_bundle.py

docs: $(DEV_READY)
	@$(PY) docs/make_glossary.py && $(PY) docs/make_guide_rules.py && echo "==> docs/glossary.md and docs/guide_rules.md written"

screenshots: $(DEV_READY) $(CHROMIUM_READY)
	@CHROMIUM="$$(cat $(CHROMIUM_READY))" $(PY) docs/make_screenshots.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .cache

$(PY):
	@.ci/make_venv $(VENV)

$(RUN_READY): requirements.txt | $(PY)
	@.ci/install "$(PY)" requirements.txt && touch $@

$(DEV_READY): requirements-dev.txt requirements.txt requirements-postgresql.txt | $(PY)
	@.ci/install "$(PY)" requirements-dev.txt && touch $@ $(RUN_READY)

$(CHROMIUM_READY): .ci/find_chromium | $(DEV_READY)
	@.ci/find_chromium "$(PY)" > $@.new && mv $@.new $@
