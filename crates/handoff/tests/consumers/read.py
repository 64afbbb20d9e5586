"""Lets other people's tools read what `cargo run -p handoff --example outputs -- FOLDER` wrote, and sign with it.

`read.py FOLDER TOKENS`, where TOKENS holds what the Rust reader signed. Every reader gets every file twice: as it was
written, and with one character of the key changed, which it must not get past. Prints one line per reader, each
ending in "N passed"; anything else is a failure.
"""

import base64
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import compose_spec
import dotenv
import jwt
import yaml
from asc_cli.api.auth import AuthManager, Credentials
from codemagic.apple.app_store_connect import AppStoreConnectApiClient
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_der_public_key, load_pem_private_key

AUDIENCE = "appstoreconnect-v1"
folder = pathlib.Path(sys.argv[1])
signed = dict(line.split("\t") for line in pathlib.Path(sys.argv[2]).read_text().splitlines())
manifest = json.loads((folder / "manifest.json").read_text())
counts = {}


def passed(what, times=1):
    counts[what] = counts.get(what, 0) + times


def pem_of(text):
    """The key in whichever of the four encodings, told apart as the labels tell them."""
    if text.startswith("-----BEGIN"):
        return load_pem_private_key(text.replace("\\n", "\n").encode(), None)
    raw = base64.b64decode(text, validate=True)
    if raw.startswith(b"-----BEGIN"):
        return load_pem_private_key(raw, None)
    return load_der_private_key(raw, None)


def verified(one, token):
    public = load_der_public_key(base64.b64decode(one["public_key"]))
    assert jwt.get_unverified_header(token)["kid"] == one["key_id"]
    claims = jwt.decode(token, public, ["ES256"], audience=AUDIENCE)
    assert (claims.get("iss"), claims.get("sub")) == ((one["issuer"], None) if one["issuer"] else (None, "user"))


def signs(one, key):
    holder = {"iss": one["issuer"]} if one["issuer"] else {"sub": "user"}
    claims = {"aud": AUDIENCE, "iat": int(time.time()), "exp": int(time.time()) + 300} | holder
    verified(one, jwt.encode(claims, key, "ES256", {"kid": one["key_id"]}))


def key_text(one, text):
    """The key as it is written in a file."""
    if one["env"]:
        with tempfile.NamedTemporaryFile("w", suffix=".env") as file:
            file.write(text)
            file.flush()
            values = dotenv.dotenv_values(file.name)
        (key,) = (value for name, value in values.items() if name not in one["plain"])
        return key
    if one["file"].endswith(".json"):
        fields = json.loads(text)
        assert fields["key_id"] == one["key_id"] and fields.get("issuer_id") == one["issuer"], fields.keys()
        assert ("issuer_id" in fields) == bool(one["issuer"])
        return fields.get("key") or fields["private_key"]
    return text


def damaged(one, text):
    """The same file, one character in the middle of the key changed."""
    key = key_text(one, text)
    at = next(at for at in range(len(key) * 2 // 5, len(key)) if key[at : at + 12].isalnum())
    piece = key[at : at + 12]
    assert piece in text
    return text.replace(piece, ("B" if piece[0] == "A" else "A") + piece[1:], 1)


def plain_jwt(one, path):
    signs(one, pem_of(key_text(one, path.read_text())))


def python_dotenv(one, path):
    values = dotenv.dotenv_values(path)
    for name, text in one["plain"].items():
        assert values.pop(name) == text, name
    ((_, key),) = values.items()
    signs(one, pem_of(key))


def shell(one, path):
    def sourced(name):
        command = ["sh", "-c", f'. "$0"; printf %s "${name}"', str(path)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    for name, text in one["plain"].items():
        assert sourced(name) == text, name
    (key,) = (name for name in dotenv.dotenv_values(path) if name not in one["plain"])
    # A shell leaves \n as two characters, which is why that form has a trap of its own.
    signs(one, pem_of(sourced(key)))


def codemagic(one, path):
    verified(one, AppStoreConnectApiClient(one["key_id"], one["issuer"], path.read_text()).jwt)


def asc_cli(one, path):
    """Variables from the file as a service would set them, or the path of a key file in one of them."""
    names = {"ASC_KEY_ID": one["key_id"], "ASC_ISSUER_ID": one["issuer"], "ASC_PRIVATE_KEY_PATH": str(path)}
    given = {name: value for name, value in os.environ.items() if not name.startswith("ASC_")}
    os.environ.clear()
    os.environ.update(given | (dotenv.dotenv_values(path) if one["env"] else names))
    verified(one, AuthManager(Credentials.from_env()).token)


def rcodesign(one, path):
    """What the Rust reader signed with this file; it reads the damaged one, too."""
    verified(one, signed[str(path)])


def readers(one):
    if one["env"]:
        yield "python-dotenv, files of variables", python_dotenv
        yield "sh, files of variables", shell
    else:
        yield f"PyJWT {jwt.__version__}, files and values signed with", plain_jwt
    if one["form"] == "codemagic_variables":
        yield "codemagic-cli-tools, tokens made", codemagic
    if one["kind"] == "team" and (one["form"], one["env"]) in [("env_pem", True), ("key_file", False)]:
        yield "asc-cli, tokens made", asc_cli
    if one["form"] == "rcodesign_json":
        yield "app-store-connect of rcodesign, tokens made", rcodesign


def snippets(one):
    for language, snippet in one["snippets"]:
        if language in ("yaml", "compose", "workflow"):
            assert yaml.safe_load(snippet), snippet
            passed(f"PyYAML {yaml.__version__}, lines to paste")
        if one["form"] == "compose_secret" and language == "compose":
            found = compose_spec.ComposeSpecification.model_validate(yaml.safe_load(snippet)).model_dump()
            assert found["secrets"]["asc_private_key"]["file"].endswith("/path with blank/file")
            assert found["services"]["app"]["environment"]["ASC_KEY_ID"] == one["key_id"]
            assert found["services"]["app"]["secrets"] == ["asc_private_key"]
            wrong = yaml.safe_load(snippet.replace("- asc_private_key", "asc_private_key: all"))
            refused(lambda: compose_spec.ComposeSpecification.model_validate(wrong), "compose-spec", snippet)
            passed("compose-spec, Compose files")


def quotes():
    for quote in manifest["quotes"]:
        for language, literal in quote["quoted"].items():
            if language in ("yaml", "compose"):
                text = yaml.safe_load(f"a: {literal}\nb: x")["a"]
                assert (text.replace("$$", "$") if language == "compose" else text) == quote["text"], (literal, text)
                passed("PyYAML, nasty names")
            if language == "shell":
                said = subprocess.run(["sh", "-c", f"printf %s {literal}"], capture_output=True, text=True).stdout
                assert said == quote["text"], (literal, said)
                passed("sh, nasty names")
            if language == "dotenv":
                with tempfile.NamedTemporaryFile("w", suffix=".env") as file:
                    file.write(f"A={literal}\nB=x\n")
                    file.flush()
                    assert dotenv.dotenv_values(file.name, interpolate=False) == {"A": quote["text"], "B": "x"}, literal
                passed("python-dotenv, nasty names")


def ignored():
    with tempfile.TemporaryDirectory() as root:
        subprocess.run(["git", "init", "-q", root], check=True)
        names = ["key [1].json", "#a!b*c.p8", "ends with blank ", "AuthKey_2X9R4HXF34.p8"]
        lines = ["/sub/key \\[1].json", "/sub/#a!b\\*c.p8", "/sub/ends with blank\\ ", "/sub/AuthKey_2X9R4HXF34.p8"]
        pathlib.Path(root, ".gitignore").write_text("\n".join(lines) + "\n")
        said = lambda name: subprocess.run(["git", "-C", root, "check-ignore", "-q", f"sub/{name}"]).returncode == 0
        assert all(said(name) for name in names)
        assert not any(said(name) for name in ["key 1.json", "key [1].jsonx", "#a!bxc.p8", "other"])
        passed("git check-ignore, lines", len(lines))


def refused(check, reader, what):
    try:
        check()
    except Exception:
        passed(f"{reader.split(',')[0]}, refused when damaged")
    else:
        sys.exit(f"{reader} got past a damaged {what}")


if sys.argv[3:] == ["damage"]:
    for one in manifest["outputs"]:
        path = pathlib.Path(one["file"])
        other = path.with_name(f"damaged-{path.name}")
        other.write_text(damaged(one, path.read_text()))
    sys.exit()

for one in manifest["outputs"]:
    path = pathlib.Path(one["file"])
    assert path.stat().st_mode & 0o7777 == 0o600, path
    other = path.with_name(f"damaged-{path.name}")
    assert other.is_file() and (one["form"] != "rcodesign_json" or str(other) in signed), other
    for reader, check in readers(one):
        check(one, path)
        passed(reader)
        refused(lambda: check(one, other), reader, path)
    snippets(one)
quotes()
ignored()
for what, count in counts.items():
    print(f"{what}: {count} passed")
