#!/bin/sh
# A second opinion on our tokens, by two libraries that are not ours: sh crates/asc-key/tests/independent/run.sh
# Needs python3 with pip, and node with npm. Both libraries are installed below the target folder, once, by hash.
# Prints one line per library, each ending in "N passed"; anything else is a failure.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
place=${CARGO_TARGET_DIR:-$root/target}/second-opinion
mkdir -p "$place/node"

if ! cmp -s "$here/requirements.txt" "$place/requirements.txt"; then
    rm -rf "$place/python"
    python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
        --require-hashes --only-binary=:all: --target "$place/python" \
        --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$place/requirements.txt"
fi
# Node looks for libraries beside the program, so the program goes where they are.
cp "$here/package.json" "$here/package-lock.json" "$here/verify.mjs" "$place/node/"
if ! cmp -s "$here/package-lock.json" "$place/package-lock.json"; then
    npm ci --prefix "$place/node" --silent --ignore-scripts --no-audit --no-fund
    cp "$here/package-lock.json" "$place/package-lock.json"
fi

cd "$root"
cargo run --quiet --package asc-key --example mint > "$place/tokens"
PYTHONPATH="$place/python" python3 "$here/verify.py" < "$place/tokens"
node "$place/node/verify.mjs" < "$place/tokens"
