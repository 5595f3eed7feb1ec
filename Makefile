# make help lists the targets. The gf-cli ones are in hack/hack.mk.
SHELL         := /bin/bash
.SHELLFLAGS   := -euo pipefail -c
.DEFAULT_GOAL := help

# One module a folder; the main module's go.mod stays free of what these need.
EXAMPLE := example/monorepo
BINARY  := temp/gf-websocket
FUZZTIME ?= 30s
CHAOSTIME ?= 1m

include hack/hack.mk

.PHONY: help
help: ## This list.
	@grep -hE '^[a-z0-9.-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

.PHONY: test
test: peers unit page e2e example ## Everything: installs what it needs, then unit, race, end-to-end and example tests.

.PHONY: unit
unit: ## go vet and all Go tests of the main module with the race detector. Needs Go and a C compiler.
	@echo "== unit tests, with the race detector"
	@go vet ./...
	@go test -race -count=1 -timeout 15m ./...
	@echo "== with 10,000 clients, which is too many for the race detector"
	@go test -count=1 -timeout 10m ./ws/conformance/scale

.PHONY: page
page: peers ## Tests of the page's modules in Node.
	@echo "== the page's modules in Node"
	@cd e2e && node --test --test-reporter=spec page/*.test.mjs

.PHONY: e2e
e2e: peers $(BINARY) ## The built binary against a real browser, clients in other languages and attackers.
	@echo "== end to end"
	@set -a; . temp/peers.env; set +a; cd e2e && go vet ./... && \
		GFWS_BINARY="$(CURDIR)/$(BINARY)" go test -count=1 -timeout 20m $$(go list ./... | grep -v '/attack$$')
	@echo "== under attack, in short"
	@$(call attack,short)

.PHONY: attack
attack: peers $(BINARY) ## Attacks on the built binary, in full: what was tried, what was stopped, what others saw.
	@echo "== under attack"
	@$(call attack,full)

# In its folder, where go test shows what a package that passes has printed.
define attack
set -a; . temp/peers.env; set +a; cd e2e/attack && \
	GFWS_ATTACK=$(1) GFWS_BINARY="$(CURDIR)/$(BINARY)" go test -count=1 -timeout 20m
endef

.PHONY: example
example: ## The monorepo example: builds it, runs it and talks to it.
	@echo "== $(EXAMPLE)"
	@cd $(EXAMPLE) && go vet ./... && go test -race -count=1 -timeout 10m ./...

.PHONY: peers
peers: e2e/node_modules/.installed ## Install the peers that end-to-end tests talk to, or say what is missing.
	@mkdir -p temp
	@hack/peers.sh >temp/peers.env

e2e/node_modules/.installed: e2e/package.json e2e/package-lock.json
	@hack/peers.sh node
	@cd e2e && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
	@touch $@

# Go's own cache knows what changed.
.PHONY: $(BINARY)
$(BINARY):
	@CGO_ENABLED=0 go build -trimpath -o $@ .

.PHONY: check-generated
check-generated: $(GF) ## Fail if generated code or packed content is out of date.
	@hack/check-generated.sh

.PHONY: check-build
check-build: build ## Build for all platforms and run the one for this machine.
	@hack/check-build.sh "bin/$(VERSION)"

.PHONY: lint
lint: hack/bin/staticcheck ## gofmt, go vet for every system, staticcheck, govulncheck.
	@hack/lint.sh

hack/bin/staticcheck: hack/lint/go.mod hack/lint/go.sum
	@echo "building staticcheck and govulncheck of hack/lint (once)"
	@cd hack/lint && GOWORK=off go build -o ../bin/ golang.org/x/vuln/cmd/govulncheck honnef.co/go/tools/cmd/staticcheck
	@touch $@

.PHONY: bench
bench: benchmark/node/node_modules/.installed ## gfws beside its peers, about half an hour: writes benchmark/RESULTS.md. Linux only.
	@cd benchmark && go run . run

.PHONY: bench-short
bench-short: benchmark/node/node_modules/.installed ## Every server of the benchmark for a moment, without asserting time.
	@echo "== benchmark, in short"
	@cd benchmark && go vet ./... && go test -count=1 $$(go list ./... | tail -n +2) && go run . run -short

benchmark/node/node_modules/.installed: benchmark/node/package.json benchmark/node/package-lock.json
	@hack/peers.sh node
	@cd benchmark/node && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
	@touch $@

.PHONY: bench-go
bench-go: ## Go benchmarks of the main module, e.g. make bench-go BENCH=Echo.
	@go test -run '^$$' -bench '$(or $(BENCH),.)' -benchmem ./...

.PHONY: chaos
chaos: ## Thousands of sessions that come, talk, call and vanish for CHAOSTIME, with the race detector.
	@GFWS_CHAOS=$(CHAOSTIME) go test -race -count=1 -timeout 30m -run '^TestChaos$$' -v ./jsonrpc/chaos

.PHONY: fuzz
fuzz: ## Every fuzz target for FUZZTIME, e.g. make fuzz FUZZTIME=5m FUZZ=Validator.
	@FUZZTIME=$(FUZZTIME) hack/fuzz.sh '$(FUZZ)'

.PHONY: clean
clean: ## Remove all that make has built or installed in this folder.
	@rm -rf bin temp hack/bin e2e/node_modules e2e/artifacts benchmark/node/node_modules main main.exe gf-websocket gf-websocket.exe
