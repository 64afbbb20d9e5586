"""Times PyJWT making the same token as ours, and the signature of OpenSSL below it: microseconds, as JSON."""

import json
import statistics
import sys
import time

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

TURNS = 3000


def middle(turn):
    times = []
    for _ in range(TURNS):
        start = time.perf_counter_ns()
        turn()
        times.append(time.perf_counter_ns() - start)
    return statistics.median(times) / 1000


with open(sys.argv[1], "rb") as file:
    key = load_pem_private_key(file.read(), None)
now = int(time.time())
issuer = "57246542-96fe-1a63-e053-0824d011072a"
claims = {"iss": issuer, "iat": now - 60, "exp": now + 600, "aud": "appstoreconnect-v1"}
headers = {"kid": "2X9R4HXF34", "typ": "JWT"}
token = jwt.encode(claims, key, "ES256", headers)
signed, algorithm = token.rsplit(".", 1)[0].encode(), ec.ECDSA(SHA256())
openssl = middle(lambda: key.sign(signed, algorithm))
pyjwt = middle(lambda: jwt.encode(claims, key, "ES256", headers))
print(json.dumps({"openssl_in_python_us": openssl, "pyjwt_us": pyjwt}))
