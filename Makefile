# One command each; everything they need is made on the way. See README.md.
.DEFAULT_GOAL := help
.PHONY: help install run test check bench schema handbook sbom
BIN := .venv/bin
TESTING := $(BIN)/python -m tools.testing
# Looks like production to `check --deploy`, is used for nothing else.
PRODUCTION := DEMO=0 BASE_DOMAIN=portal.example SECRET_KEY=not-a-secret-but-long-enough-for-the-check-0123456789-abcdef

# For tools that read the settings and connect to nothing.
SETTINGS := DEMO=1 DATABASE_URL=postgres://nobody@127.0.0.1/none

help:
	@echo "make run     start the platform with its demo at http://localhost:8000/ (PORT, DATA_DIR, DATABASE_URL)"
	@echo "make test    all tests; ARGS='-k words' for some"
	@echo "make check   lint, types, import contracts, migrations, templates"
	@echo "make schema  after a new migration: the script of a municipality's tables"
	@echo "make handbook  after a change of a page: the pictures of the handbook"
	@echo "make bench   the benchmarks"
	@echo "make sbom    what a server's packages are, as CycloneDX (build/sbom.json)"

install:
	@command -v python3 >/dev/null || { echo "python3 is missing: install Python 3.11 or newer (Debian: apt-get install python3 python3-venv)." >&2; exit 1; }
	@python3 tools/bootstrap.py

run: install
	@exec $(BIN)/python -m launch run

test: install
	@exec $(TESTING) test $(ARGS)

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(SETTINGS) $(BIN)/mypy
	$(BIN)/lint-imports
	$(SETTINGS) $(BIN)/python -m tools.migration_safety
	$(SETTINGS) $(BIN)/python -m tools.api_schema --check
	$(TESTING) with-test-db $(BIN)/manage makemigrations --check --dry-run
	$(PRODUCTION) $(TESTING) with-test-db $(BIN)/manage check --deploy --fail-level WARNING
	$(BIN)/djlint --lint --quiet .

# After a new migration: the script that new municipalities are made from.
schema: install
	DEMO=1 $(TESTING) with-test-db sh -c 'manage migrate_schemas --shared -v 0 && manage build_schema_script'

# The pictures of the handbook, by the test that otherwise compares them with the pages.
handbook: install
	HANDBOOK=write $(TESTING) test -n 1 -q tests/handbook/test_pictures.py

# Of what a server gets, not of developers' tools; with licences and hashes, checked against CycloneDX's own schema.
sbom: install
	@mkdir -p build
	@$(BIN)/python deploy/runtime_requirements.py > build/runtime-requirements.txt
	@$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application --sv 1.6 --validate \
		--output-reproducible -o build/sbom.json build/runtime-requirements.txt
	@echo "build/sbom.json"

bench: install
	@exec $(TESTING) bench $(ARGS)
