# Every command of the project; `make` alone prints them. The work is done by the scripts in bin/.
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
export PORT

.DEFAULT_GOAL := help
.PHONY: help run content test lint messages bench shell clean

help: ## Print this list
	@grep -hE '^[a-z]+: .*## ' $(MAKEFILE_LIST) | sed 's/: .*## /|/' | \
		while IFS='|' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

run: ## Set up what is missing and serve the site on 127.0.0.1 (PORT=8000, PORTAL_DATA_DIR=.var)
	@$(PYTHON) bin/portal run

content: ## Load the files of content/ again; what was edited on the site is kept
	@$(PYTHON) bin/portal content

test: ## Run every test, on each database and service that is here (ARGS="tests/portal -k stamps")
	@$(PYTHON) bin/portal test $(ARGS)

lint: ## Check style, types, templates, imports, migrations and catalogues
	@$(PYTHON) bin/portal lint $(ARGS)

messages: ## Collect the texts of the interface into locale/ and compile the catalogues
	@$(PYTHON) bin/portal messages

bench: ## Measure queries and CPU time of the main pages (ARGS="--size 5000")
	@$(PYTHON) bin/portal bench $(ARGS)

shell: ## Open a Python shell on the site of `make run`
	@$(PYTHON) bin/portal shell

clean: ## Remove the virtual environment, caches and compiled catalogues; the site's data stay
	@$(PYTHON) bin/portal clean
