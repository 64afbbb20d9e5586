#!/bin/sh
# The snippets around a token, called for real: sh crates/keyfolio-core/tests/callers/run.sh
# Needs cargo, curl, node, and python3 with pip. HTTPie is installed below the target folder, once, by hash.
# Prints one line per program that called, each ending in "N passed"; anything else is a failure.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
place=${CARGO_TARGET_DIR:-$root/target}/callers
mkdir -p "$place"

if ! cmp -s "$here/requirements.txt" "$place/requirements.txt"; then
    rm -rf "$place/python"
    python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
        --require-hashes --no-deps --only-binary=:all: --target "$place/python" \
        --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$place/requirements.txt"
fi

cd "$root"
cargo build --quiet --locked --package keyfolio-core --features samples --example callers
PATH="$place/python/bin:$PATH" PYTHONPATH="$place/python" PYTHONDONTWRITEBYTECODE=1 \
    cargo run --quiet --locked --package keyfolio-core --features samples --example callers
