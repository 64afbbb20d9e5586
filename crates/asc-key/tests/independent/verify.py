"""Asks PyJWT whether our tokens are what Apple documents. Reads the lines of `cargo run -p asc-key --example mint`.

Ends with the number of tokens that passed, or with what is wrong.
"""

import base64
import json
import sys

import jwt
from cryptography.hazmat.primitives.serialization import load_der_public_key

AUDIENCE = "appstoreconnect-v1"


def verify(line):
    public_key = load_der_public_key(base64.b64decode(line["public_key"]))
    needed = ["iat", "exp", "aud", "iss" if line["issuer"] else "sub"]
    options = {"require": needed, "verify_iat": True}
    claims = jwt.decode(line["token"], public_key, ["ES256"], options, audience=AUDIENCE, issuer=line["issuer"])
    expected = {"aud": AUDIENCE, "iat": line["issued_at"], "exp": line["expires_at"]}
    expected |= {"iss": line["issuer"]} if line["issuer"] else {"sub": "user"}
    expected |= {"scope": line["scope"]} if line["scope"] else {}
    assert claims == expected, (claims, expected)
    header = jwt.get_unverified_header(line["token"])
    assert header == {"alg": "ES256", "kid": line["key_id"], "typ": "JWT"}, header

    head, body, signature = line["token"].split(".")
    changed = ".".join([head, body, signature[:10] + ("A" if signature[10] != "A" else "B") + signature[11:]])
    try:
        jwt.decode(changed, public_key, ["ES256"], audience=AUDIENCE)
    except jwt.InvalidSignatureError:
        return
    raise AssertionError("a changed signature was accepted")


lines = [json.loads(line) for line in sys.stdin]
assert lines, "no tokens came"
for one in lines:
    verify(one)
print(f"PyJWT {jwt.__version__}: {len(lines)} passed")
