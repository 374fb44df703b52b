#!/usr/bin/env bash
# Compiles the three lock files: versions and hashes, no download addresses.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
compile() { uv pip compile --quiet --upgrade --generate-hashes --no-annotate "$@"; }
compile --override overrides.txt --python-version 3.11 run.in -o run.lock
compile --override overrides.txt --python-version 3.11 -c run.lock dev.in -o dev.lock
cd ../dialogue
compile --python-version 3.10 requirements.in -o requirements.lock
