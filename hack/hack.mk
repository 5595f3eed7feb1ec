# What GoFrame users know from gf's own hack.mk, with the CLI pinned in hack/tools
# instead of downloaded as "latest".

# gf build, gf docker and gf run call gf and go by name.
export PATH := $(CURDIR)/hack/bin:$(PATH)

GF      := hack/bin/gf
VERSION := $(or $(VERSION),$(shell git describe --tags --always --dirty 2>/dev/null || echo dev))

$(GF): hack/tools/go.mod hack/tools/go.sum
	@echo "building gf-cli of hack/tools (about two minutes, once)"
	@cd hack/tools && GOWORK=off go build -o ../bin/gf github.com/gogf/gf/cmd/gf/v2
	@touch $@

.PHONY: cli
cli: $(GF) ## Build the pinned gf-cli to hack/bin/gf.

.PHONY: ctrl
ctrl: $(GF) ## Generate controllers from api.
	@gf gen ctrl

.PHONY: service
service: $(GF) ## Generate services from logic; -l removes those whose logic is gone.
	@gf gen service -l

.PHONY: pack
pack: $(GF) ## Pack resource/public and resource/client into internal/packed.
	@hack/pack.sh

.PHONY: gen
gen: $(GF) ## All generated files: ctrl, service and pack here, and those of the example.
	@hack/gen.sh

.PHONY: dev
dev: $(GF) ## Run with rebuild on change, e.g. make dev ARGS="--tls".
	@mkdir -p temp
	@gf run main.go --args "$(ARGS)"

.PHONY: build
build: $(GF) pack ## Build for all platforms into bin/<version>/<system>_<arch>/.
	@gf build main.go -v "$(VERSION)"

.PHONY: image
image: $(GF) pack ## Build the container image, e.g. make image TAG=name:tag.
	@gf docker main.go $(if $(TAG),-t $(TAG))

.PHONY: image.push
image.push: $(GF) pack ## Build the container image and push it: TAG is needed.
	@test -n "$(TAG)" || { echo "image.push: say TAG=registry/name:tag" >&2; exit 2; }
	@gf docker main.go -p -t $(TAG)

OVERLAY ?= develop

.PHONY: deploy
deploy: ## Apply manifest/deploy/kustomize/overlays/$OVERLAY to the current kubectl context.
	@kubectl apply -k manifest/deploy/kustomize/overlays/$(OVERLAY)
