"""Lets other people's tools read what `cargo run -p handoff --example outputs -- FOLDER` wrote, and sign with it.

Ends with what each reader read, or with what is wrong.
"""

import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import dotenv
import jwt
import yaml
from codemagic.apple.app_store_connect import AppStoreConnectApiClient
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key, load_pem_private_key

AUDIENCE = "appstoreconnect-v1"
folder = pathlib.Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text())
counts = {}


def read(what):
    counts[what] = counts.get(what, 0) + 1


def pem_of(text):
    """The key in whichever of the four encodings, told apart as the labels tell them."""
    if text.startswith("-----BEGIN"):
        return load_pem_private_key(text.replace("\\n", "\n").encode(), None)
    raw = base64.b64decode(text, validate=True)
    if raw.startswith(b"-----BEGIN"):
        return load_pem_private_key(raw, None)
    return load_der_private_key(raw, None)


def signs(key, one):
    public = load_der_public_key(base64.b64decode(one["public_key"]))
    holder = {"iss": one["issuer"]} if one["issuer"] else {"sub": "user"}
    claims = {"aud": AUDIENCE, "iat": int(time.time()), "exp": int(time.time()) + 300} | holder
    token = jwt.encode(claims, key, "ES256", {"kid": one["key_id"]})
    assert jwt.decode(token, public, ["ES256"], audience=AUDIENCE) == claims
    read(f"PyJWT {jwt.__version__}: outputs signed with")


def key_in(one, text):
    if one["file"].endswith(".json"):
        fields = json.loads(text)
        assert fields["key_id"] == one["key_id"] and fields.get("issuer_id") == one["issuer"], fields.keys()
        assert ("issuer_id" in fields) == bool(one["issuer"])
        return pem_of(fields.get("key") or fields["private_key"])
    return pem_of(text)


def variables(one, path):
    """The same file read by python-dotenv and sourced by a shell."""
    values = dotenv.dotenv_values(path)
    for name, text in one["plain"].items():
        assert values.pop(name) == text, name
        sourced = subprocess.run(["sh", "-c", f'. "$0"; printf %s "${name}"', path], capture_output=True, text=True)
        assert sourced.stdout == text, (name, sourced.stdout)
    (name, key), = values.items()
    signs(pem_of(key), one)
    read(f"python-dotenv: files of variables read")
    sourced = subprocess.run(["sh", "-c", f'. "$0"; printf %s "${name}"', path], capture_output=True, text=True)
    # A shell leaves \n as two characters, which is why that form has a trap of its own.
    signs(pem_of(sourced.stdout), one)
    read("sh: files of variables sourced")


def codemagic(one, text):
    api = AppStoreConnectApiClient(one["key_id"], one["issuer"], text)
    public = load_der_public_key(base64.b64decode(one["public_key"]))
    claims = jwt.decode(api.jwt, public, ["ES256"], audience=AUDIENCE)
    assert claims["iss"] == one["issuer"]
    read("codemagic-cli-tools: tokens made")


def ignored():
    with tempfile.TemporaryDirectory() as root:
        subprocess.run(["git", "init", "-q", root], check=True)
        names = ["key [1].json", "#a!b*c.p8", "ends with blank ", "AuthKey_2X9R4HXF34.p8"]
        lines = ["/sub/key \\[1].json", "/sub/#a!b\\*c.p8", "/sub/ends with blank\\ ", "/sub/AuthKey_2X9R4HXF34.p8"]
        pathlib.Path(root, ".gitignore").write_text("\n".join(lines) + "\n")
        said = lambda name: subprocess.run(["git", "-C", root, "check-ignore", "-q", f"sub/{name}"]).returncode == 0
        assert all(said(name) for name in names)
        assert not any(said(name) for name in ["key 1.json", "key [1].jsonx", "#a!bxc.p8", "other"])
        read("git check-ignore: sets of lines")


for one in manifest["outputs"]:
    path = pathlib.Path(one["file"])
    assert path.stat().st_mode & 0o7777 == 0o600, path
    if one["env"]:
        variables(one, str(path))
        continue
    text = path.read_text()
    signs(key_in(one, text), one)
    if one["form"] == "codemagic_variables":
        codemagic(one, text)
    for language, snippet in one["snippets"]:
        if language in ("yaml", "compose", "workflow"):
            found = yaml.safe_load(snippet)
            assert found, snippet
            if one["form"] == "compose_secret":
                assert found["secrets"]["asc_private_key"]["file"].endswith("/path with blank/file")
                assert found["services"]["app"]["environment"]["ASC_KEY_ID"] == one["key_id"]
            read(f"PyYAML {yaml.__version__}: snippets read")

for quote in manifest["quotes"]:
    for language, literal in quote["quoted"].items():
        if language in ("yaml", "compose"):
            text = yaml.safe_load(f"a: {literal}\nb: x")["a"]
            assert (text.replace("$$", "$") if language == "compose" else text) == quote["text"], (literal, text)
            read("PyYAML: nasty names read")
        if language == "shell":
            said = subprocess.run(["sh", "-c", f"printf %s {literal}"], capture_output=True, text=True).stdout
            assert said == quote["text"], (literal, said)
            read("sh: nasty names read")
        if language == "dotenv":
            with tempfile.NamedTemporaryFile("w", suffix=".env") as file:
                file.write(f"A={literal}\nB=x\n")
                file.flush()
                assert dotenv.dotenv_values(file.name, interpolate=False) == {"A": quote["text"], "B": "x"}, literal
            read("python-dotenv: nasty names read")
ignored()
for what, count in counts.items():
    print(f"{what}: {count}")
