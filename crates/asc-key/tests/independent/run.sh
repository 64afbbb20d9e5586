#!/bin/sh
# A second opinion on our tokens, by two libraries that are not ours: sh crates/asc-key/tests/independent/run.sh
# Needs python3 with pip, and node with npm. Both libraries are installed below the target folder, once, by hash.
# Prints one line per library, each ending in "N passed"; anything else is a failure.
# With the word "times": what a token costs here, there and with OpenSSL alone, one JSON line each, in microseconds.
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
cp "$here/package.json" "$here/package-lock.json" "$here/verify.mjs" "$here/time.mjs" "$place/node/"
if ! cmp -s "$here/package-lock.json" "$place/package-lock.json"; then
    npm ci --prefix "$place/node" --silent --ignore-scripts --no-audit --no-fund
    cp "$here/package-lock.json" "$place/package-lock.json"
fi

cd "$root"
if [ "${1:-}" = times ]; then
    key=$here/../files/AuthKey_2X9R4HXF34.p8
    cargo build --quiet --locked --release --package asc-key --example timing
    cargo run --quiet --locked --release --package asc-key --example timing
    # The last but one field is signatures a second, of processor time: the library's own figure for the curve.
    openssl speed -mr -seconds 2 ecdsap256 2> "$place/speed" |
        awk -F: '/^\+F4:/ { printf "{\"openssl_us\": %f}\n", 1000000 / $4 }'
    PYTHONPATH="$place/python" python3 "$here/time.py" "$key"
    node "$place/node/time.mjs" "$key"
    exit
fi
cargo run --quiet --package asc-key --example mint > "$place/tokens"
PYTHONPATH="$place/python" python3 "$here/verify.py" < "$place/tokens"
node "$place/node/verify.mjs" < "$place/tokens"
