#!/bin/sh
# Other people's readers on what the recipes write: sh crates/handoff/tests/consumers/run.sh
# Needs cargo, python3 with pip, node with npm, and git. The readers are installed below the target folder, once, as
# locked here. Prints one line per reader, each ending in "N passed"; anything else is a failure.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../../.." && pwd)
place=${CARGO_TARGET_DIR:-$root/target}/consumers
mkdir -p "$place/node"

if ! cmp -s "$here/requirements.txt" "$place/requirements.txt"; then
    rm -rf "$place/python"
    python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
        --require-hashes --no-deps --only-binary=:all: --target "$place/python" \
        --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$place/requirements.txt"
fi
# Node looks for libraries beside the program, so the program goes where they are.
cp "$here/package.json" "$here/package-lock.json" "$here/read.mjs" "$place/node/"
if ! cmp -s "$here/package-lock.json" "$place/package-lock.json"; then
    npm ci --prefix "$place/node" --silent --ignore-scripts --no-audit --no-fund
    cp "$here/package-lock.json" "$place/package-lock.json"
fi
cargo build --quiet --locked --manifest-path "$here/rcodesign/Cargo.toml" --target-dir "$place/rust"

cd "$root"
rm -rf "$place/outputs"
cargo run --quiet --package handoff --example outputs -- "$place/outputs" > "$place/said"
export PYTHONPATH="$place/python" PYTHONDONTWRITEBYTECODE=1
: > "$place/tokens"
python3 "$here/read.py" "$place/outputs" "$place/tokens" damage
find "$place/outputs" -path '*/rcodesign_json/*.json' -exec "$place/rust/debug/rcodesign-reader" {} + > "$place/tokens"
python3 "$here/read.py" "$place/outputs" "$place/tokens"
node "$place/node/read.mjs" "$place/outputs"
