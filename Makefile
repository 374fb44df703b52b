# The commands of the project (contract: docs/operations.md). Each sets up what it lacks.
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
SHELL := /bin/bash
# Some machines forbid Python to keep what it has compiled; then every process would compile Rasa's 12,000 files anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: subject backup drill backup-key backup-check restore reconcile reseal help setup install run serve check preview test test-long train lint bench lock licences hooks setup-run setup-test sbom audit

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup-run:
	@python3 scripts/setup.py run

setup: ## once, and after an update: install what `make serve` needs, and train the model
	@python3 scripts/setup.py serve
	@python3 scripts/train.py

install: ## as root, after make setup: the program under /opt/landa-mewa, one hardened systemd unit for each process
	@test -x .venv/bin/python || { echo "The environment is not there. Run first: make setup" >&2; exit 1; }
	@.venv/bin/python scripts/install.py

setup-test:
	@python3 scripts/setup.py test

run: setup-run ## set up what is missing, start everything with the WhatsApp simulator and demo staff
	@$(PYTHON) scripts/launch.py run

serve: ## the same against the Graph API that the environment names, without simulator and demo staff; installs nothing (first: make setup)
	@test -x $(PYTHON) || { echo "The environment is not there. Run once: make setup"; exit 1; }
	@$(PYTHON) scripts/launch.py serve

check: setup-run ## what is wrong in the office's rules and texts, with file and line
	@$(PYTHON) -m pack check

preview: setup-run ## what the office's rules become: checklists, deadlines, the way of a case
	@$(PYTHON) -m pack preview

train: setup-run ## train the dialogue model if what it learns from has changed
	@python3 scripts/train.py

# A test process that dies ends the run: replaced, it would leave its neighbour waiting for ever (pytest-xdist with loadfile).
PYTEST := $(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0 --durations 40

test: setup-test ## the tests of every room (databases: SQLite), and a birth through the real processes and a real browser
	@python3 scripts/train.py
	@$(PYTEST) -m "not long"

test-long: setup-test ## the second tier: everything once more on PostgreSQL, whole conversations, pages in a browser, outages, a restore, crashes, another office
	@python3 scripts/train.py
	@$(PYTEST) -m long

sbom: setup-run ## what both environments consist of, as CycloneDX: var/sbom-*.json
	@mkdir -p var
	@uv tool run --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements/run.lock -o var/sbom-landa-mewa.json
	@uv tool run --from cyclonedx-bom==7.5.0 cyclonedx-py requirements dialogue/requirements.lock -o var/sbom-dialogue.json

audit: setup-run ## known faults of both environments' packages, asked of pypi.org, or of a folder of advisories: make audit DATABASE=<folder>
	@$(PYTHON) scripts/audit.py $(if $(DATABASE),--database $(DATABASE))

lint: setup-test ## ruff, mypy, import rules, rasa data validate
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/mypy --config-file dialogue/mypy.ini --python-executable dialogue/.venv/bin/python --cache-dir .mypy_cache/dialogue -p dialogue
	@.venv/bin/lint-imports
	@python3 -m scripts.validate

backup: setup-run ## back up the running installation, encrypted to BACKUP_RECIPIENT
	@$(PYTHON) -m backup make

backup-key: setup-run ## make the key that opens back-ups: make backup-key KEY=<file, kept apart>
	@$(PYTHON) -m backup key $(KEY)

drill: setup-run ## monthly: put the newest back-up back beside the installation, look through it: make drill KEY=<file> BLOB_KEY_FILE=<file>
	@$(PYTHON) -m backup drill $(FILE) --key $(KEY) $(if $(BLOB_KEY_FILE),--blob-key $(BLOB_KEY_FILE))

backup-check: setup-run ## that a back-up can be opened and is whole: make backup-check FILE=<back-up> KEY=<file>
	@$(PYTHON) -m backup check $(FILE) --key $(KEY)

restore: setup-run ## put a back-up back into an empty place: make restore FILE=<back-up> KEY=<file>
	@$(PYTHON) -m backup restore $(FILE) --key $(KEY)

reseal: setup-run ## with the services running: encrypt what is plain, and bring rows and files to the newest key of BLOB_KEY
	@$(PYTHON) -m actions reseal
	@$(PYTHON) -m bot reseal
	@$(PYTHON) -m backoffice reseal

subject: setup-run ## the copy of one person's data, which they asked for: make subject NUMBER=+62… INTO=<folder>
	@$(PYTHON) -m bot subject "$(NUMBER)" "$(INTO)"
	@$(PYTHON) -m actions subject "$(INTO)"
	@$(PYTHON) -m backoffice subject "$(INTO)"

reconcile: setup-run ## after a restore, with the services running: what one side lacks is sent again or taken over, then all work goes on
	@$(PYTHON) -m actions reconcile
	@$(PYTHON) -m bot reconcile
	@$(PYTHON) -m backoffice reconcile

bench: setup-test ## every benchmark, with a table at the end and JSON under var/bench/
	@python3 scripts/train.py
	@$(PYTHON) -m bench

lock: setup-test ## compile the lock files anew from requirements/*.in and dialogue/requirements.in
	@scripts/lock.sh

licences: setup-test ## the licence of every package of both environments
	@.venv/bin/pip-licenses --format=markdown --order=license
	@.venv/bin/pip-licenses --format=markdown --order=license --python=dialogue/.venv/bin/python

hooks: setup-test ## run the checks of `make lint` before each commit
	@.venv/bin/pre-commit install
