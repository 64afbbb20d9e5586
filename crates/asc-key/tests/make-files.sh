#!/usr/bin/env bash
# Makes every file in tests/files anew, with OpenSSL 3 and coreutils only, so that nothing this crate does can
# leak into what it is tested against. The keys are random, made here, used nowhere: throwaway.
# Afterwards OpenSSL itself is asked which files it can read and calls valid; the tests compare its answer with ours.
#
#   crates/asc-key/tests/make-files.sh
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p files
cd files
rm -f -- *.p8 *.json openssl-*.txt
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pass=throwaway

hex() { od -An -v -tx1 | tr -d ' \n'; }
unhex() { local text; text=$(cat); printf '%b' "$(sed 's/../\\x&/g' <<<"$text")"; }
# DER from an OpenSSL description: the only way to write keys that no tool would make.
asn1() { openssl asn1parse -genconf "$1" -noout -out "$2"; }
pem() { printf -- '-----BEGIN %s-----\n' "$1"; base64 -w 64; printf -- '-----END %s-----\n' "$1"; }

# --- two keys and what every other file is made of
for k in a b; do
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$k.pem" 2>"$work/log"
    openssl pkcs8 -topk8 -nocrypt -in "$work/$k.pem" -outform DER -out "$work/$k.der"
    openssl ec -in "$work/$k.pem" -out "$work/$k.sec1.pem" 2>"$work/log"
    openssl ec -in "$work/$k.pem" -outform DER -out "$work/$k.sec1.der" 2>"$work/log"
done
a=$work/a.pem
hexa=$(hex <"$work/a.der")
scalar=${hexa:72:64}
point=${hexa:146:130}
point_b=$(hex <"$work/b.der" | cut -c147-276)

# --- accepted as they are
cp "$a" AuthKey_2X9R4HXF34.p8
cp "$work/b.pem" ApiKey_7GX4KQ2M9LRT.p8
cp "$a" "AuthKey_2X9R4HXF34 (1).p8"
cp "$a" SubscriptionKey_9QZ7T2LM4W.p8
cp "$a" "my key.p8"
openssl pkey -in "$a" -ec_conv_form compressed -out accept-compressed-point.p8
key_asn1() { # file, version, scalar hex, extra lines of the inner key, extra members of the outer one
    cat >"$work/conf" <<CONF
asn1 = SEQUENCE:outer
[outer]
version = INTEGER:$2
algorithm = SEQUENCE:algorithm
key = OCTWRAP,SEQUENCE:key
$5
[algorithm]
name = OID:id-ecPublicKey
curve = OID:prime256v1
[key]
version = INTEGER:1
scalar = FORMAT:HEX,OCTETSTRING:$3
$4
[usage]
usage = SEQUENCE:usage_value
[usage_value]
name = OID:2.5.29.15
values = SET:usage_bits
[usage_bits]
bits = FORMAT:HEX,BITSTRING:90
CONF
    asn1 "$work/conf" "$work/key.der"
    pem "PRIVATE KEY" <"$work/key.der" >"$1"
}
key_asn1 accept-no-public-point.p8 0 "$scalar" "" ""
key_asn1 accept-inner-curve-named.p8 0 "$scalar" "curve = EXPLICIT:0,OID:prime256v1" ""
key_asn1 accept-key-usage-attribute.p8 0 "$scalar" "public = EXPLICIT:1,FORMAT:HEX,BITSTRING:$point" \
    "attributes = IMPLICIT:0,SET:usage"
key_asn1 accept-version-2.p8 1 "$scalar" "" "public = IMPLICIT:1,FORMAT:HEX,BITSTRING:$point"

# --- repaired
{ printf '\xef\xbb\xbf'; cat "$a"; } >repair-byte-order-mark.p8
sed 's/$/\r/' "$a" >repair-crlf.p8
tr '\n' '\r' <"$a" >repair-cr-only.p8
sed 's/^/    /' "$a" >repair-indented.p8
sed 's/$/  /' "$a" >repair-blanks-at-line-ends.p8
sed 'G' "$a" >repair-double-spaced.p8
printf '%s' "$(cat "$a")" >repair-no-final-newline.p8
tr -d '\n' <"$a" >repair-one-line.p8
tr '\n' ' ' <"$a" >repair-one-line-with-spaces.p8
{ head -1 "$a"; sed '1d;$d' "$a" | tr -d '\n'; echo; tail -1 "$a"; } >repair-body-on-one-line.p8
sed 's/$/\\n/' "$a" | tr -d '\n' >repair-escaped-newlines.p8
sed 's/$/\\r\\n/' "$a" | tr -d '\n' >repair-escaped-crlf.p8
base64 -w 0 "$a" >repair-base64-of-pem.p8
base64 -w 76 "$a" >repair-base64-of-pem-wrapped.p8
base64 -w 0 "$a" | tr -d '=' >repair-base64-of-pem-unpadded.p8
sed '1d;$d' "$a" >repair-body-without-guards.p8
cp "$work/a.der" repair-raw-der.p8
{ printf '\xff\xfe'; iconv -f UTF-8 -t UTF-16LE "$a"; } >repair-utf16-le.p8
{ printf '\xfe\xff'; iconv -f UTF-8 -t UTF-16BE "$a"; } >repair-utf16-be.p8
iconv -f UTF-8 -t UTF-16LE "$a" >repair-utf16-le-without-mark.p8
{ printf '"'; cat "$a"; printf '"\n'; } >repair-double-quotes.p8
{ printf "'"; cat "$a"; printf "'"; } >repair-single-quotes.p8
{ printf '"'; sed 's/$/\\n/' "$a" | tr -d '\n'; printf '"\n'; } >repair-quoted-and-escaped.p8
cp "$work/a.sec1.pem" repair-sec1.p8
cp "$work/a.sec1.der" repair-sec1-raw-der.p8
{ openssl ecparam -name prime256v1; cat "$work/a.sec1.pem"; } >repair-sec1-after-curve-name.p8
{ printf '\xef\xbb\xbf"'; sed 's/^/\t/; s/$/\r/' "$work/a.sec1.pem"; printf '"\r\n'; } >repair-many-at-once.p8

# --- other tools' files
escaped=$(sed 's/$/\\n/' "$a" | tr -d '\n')
printf '{\n  "key_id": "2X9R4HXF34",\n  "issuer_id": "57246542-96fe-1a63-e053-0824d011072a",\n  "key": "%s",\n  "duration": 500,\n  "in_house": false\n}\n' "$escaped" >json-fastlane.json
printf '{"key_id":"7GX4KQ2M9LRT","key":"%s"}\n' "$escaped" >json-fastlane-individual.json
printf '{"key_id":"2X9R4HXF34","issuer_id":"57246542-96fe-1a63-e053-0824d011072a","key":"%s","is_key_content_base64":true}\n' "$(base64 -w 0 "$a")" >json-fastlane-base64.json
printf '{\n  "issuer_id": "57246542-96fe-1a63-e053-0824d011072a",\n  "key_id": "2X9R4HXF34",\n  "private_key": "%s"\n}' "$(base64 -w 0 "$work/a.der")" >json-rcodesign.json
printf '{"key_id":"2X9R4HXF34","issuer_id":"57246542-96fe-1a63-e053-0824d011072a","filepath":"./AuthKey_2X9R4HXF34.p8"}\n' >json-path-only.json
printf '{"key_id":"2X9R4HXF34","key":""}\n' >json-empty-key.json
printf '{"key_id":"2X9R4HXF34","key":"%s' "${escaped:0:120}" >json-truncated.json

# --- encrypted
encrypted() { openssl pkcs8 -topk8 -in "$a" -passout "pass:$pass" "$@"; }
encrypted -v2 aes-256-cbc -v2prf hmacWithSHA256 -out ask-pbkdf2-aes256.p8
encrypted -v2 aes-128-cbc -v2prf hmacWithSHA512 -iter 1 -out ask-pbkdf2-aes128.p8
encrypted -scrypt -out ask-scrypt.p8
encrypted -v2 aes-256-cbc -outform DER -out ask-raw-der.p8
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$work/rsa.pem" 2>"$work/log"
openssl pkcs8 -topk8 -in "$work/rsa.pem" -passout "pass:$pass" -out ask-then-rsa.p8
encrypted -v2 aes-256-cbc -iter 2000001 -out refuse-encrypted-too-many-rounds.p8
for cost in 262144 0 3; do # 256 MiB, which OpenSSL itself would not make; and two that are no powers of two
    cat >"$work/conf" <<CONF
asn1 = SEQUENCE:outer
[outer]
algorithm = SEQUENCE:algorithm
data = FORMAT:HEX,OCTETSTRING:$(printf '00%.0s' {1..144})
[algorithm]
name = OID:1.2.840.113549.1.5.13
parameters = SEQUENCE:pbes2
[pbes2]
kdf = SEQUENCE:scrypt
cipher = SEQUENCE:aes
[scrypt]
name = OID:1.3.6.1.4.1.11591.4.11
parameters = SEQUENCE:cost
[cost]
salt = FORMAT:HEX,OCTETSTRING:0011223344556677
cost = INTEGER:$cost
block = INTEGER:8
lanes = INTEGER:1
[aes]
name = OID:2.16.840.1.101.3.4.1.42
vector = FORMAT:HEX,OCTETSTRING:$(printf '00%.0s' {1..16})
CONF
    asn1 "$work/conf" "$work/key.der"
    pem "ENCRYPTED PRIVATE KEY" <"$work/key.der" >"refuse-encrypted-scrypt-cost-$cost.p8"
done
encrypted -v2 aes-256-cbc -v2prf hmacWithSHA1 -out ask-pbkdf2-sha1.p8
encrypted -v2 des3 -out ask-des3.p8
encrypted -v1 PBE-SHA1-3DES -out refuse-encrypted-pbes1.p8
openssl ec -in "$a" -aes128 -passout "pass:$pass" -out refuse-encrypted-sec1.p8 2>"$work/log"

# --- refused: something else
openssl req -x509 -key "$a" -subj /CN=throwaway -days 3650 -out refuse-certificate.p8
openssl x509 -in refuse-certificate.p8 -outform DER -out refuse-certificate-der.p8
openssl req -new -key "$a" -subj /CN=throwaway -out refuse-request.p8
openssl req -in refuse-request.p8 -outform DER -out refuse-request-der.p8
openssl pkey -in "$a" -pubout -out refuse-public-key.p8
openssl pkey -in "$a" -pubout -outform DER -out refuse-public-key-der.p8
cp "$work/rsa.pem" refuse-rsa.p8
openssl rsa -in "$work/rsa.pem" -traditional -out refuse-rsa-pkcs1.p8 2>"$work/log"
openssl rsa -in "$work/rsa.pem" -traditional -outform DER -out refuse-rsa-pkcs1-der.p8 2>"$work/log"
openssl genpkey -algorithm ED25519 -out refuse-ed25519.p8
openssl genpkey -algorithm X25519 -out refuse-x25519.p8
openssl genpkey -algorithm ED448 -out refuse-ed448.p8
for curve in P-384 P-521 secp256k1 brainpoolP256r1; do
    name=$(tr -d - <<<"${curve,,}")
    openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$curve" -out "refuse-$name.p8" 2>"$work/log"
done
openssl ec -in refuse-p384.p8 -out refuse-p384-sec1.p8 2>"$work/log"
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit -out refuse-explicit-parameters.p8 2>"$work/log"
openssl ec -in refuse-explicit-parameters.p8 -param_enc explicit -out refuse-explicit-parameters-sec1.p8 2>"$work/log"
openssl pkcs12 -export -inkey "$a" -in refuse-certificate.p8 -passout "pass:$pass" -out refuse-pkcs12.p8
openssl pkcs7 -in <(openssl crl2pkcs7 -nocrl -certfile refuse-certificate.p8) -out refuse-pkcs7.p8
printf -- '-----BEGIN OPENSSH PRIVATE KEY-----\n%s\n-----END OPENSSH PRIVATE KEY-----\n' "$(printf 'openssh-key-v1\0throwaway' | base64)" >refuse-ssh.p8
printf 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTY= throwaway\n' >refuse-ssh-public.p8
printf '<!DOCTYPE html>\n<html><head><title>Sign In</title></head><body></body></html>\n' >refuse-html.p8
: >refuse-empty.p8
printf ' \n\r\n\t\n' >refuse-white-space.p8
printf 'Key ID: 2X9R4HXF34\n' >refuse-plain-text.p8
printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR' >refuse-picture.p8
{ cat "$a"; head -c 16384 /dev/zero | tr '\0' '\n'; } >refuse-too-large.p8

# --- refused: a key that is wrong
zero=$(printf '%064d' 0)
order=ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
key_asn1 refuse-zero-scalar.p8 0 "$zero" "" ""
key_asn1 refuse-scalar-is-order.p8 0 "$order" "" ""
key_asn1 refuse-scalar-above-order.p8 0 "$(printf 'f%.0s' {1..64})" "" ""
key_asn1 refuse-scalar-too-long.p8 0 "01$scalar" "" ""
key_asn1 refuse-mismatched-public.p8 0 "$scalar" "public = EXPLICIT:1,FORMAT:HEX,BITSTRING:$point_b" ""
key_asn1 refuse-public-not-on-curve.p8 0 "$scalar" "public = EXPLICIT:1,FORMAT:HEX,BITSTRING:${point:0:128}00" ""
key_asn1 refuse-mismatched-outer-public.p8 1 "$scalar" "" "public = IMPLICIT:1,FORMAT:HEX,BITSTRING:$point_b"
key_asn1 refuse-inner-curve-differs.p8 0 "$scalar" "curve = EXPLICIT:0,OID:secp256k1" ""

# --- refused: a file that is wrong
cat "$a" "$work/b.pem" >refuse-two-keys.p8
cat "$a" "$a" >refuse-same-key-twice.p8
cat "$a" refuse-certificate.p8 >refuse-key-and-certificate.p8
{ cat "$a"; echo 'sent from my phone'; } >refuse-text-after.p8
{ echo 'Here is the key:'; cat "$a"; } >refuse-text-before.p8
{ cat "$work/a.der"; printf '\0'; } >refuse-der-and-more.p8
{ cat "$work/a.der"; printf '\0\0\0'; } | pem "PRIVATE KEY" >refuse-pem-and-more.p8
sed 's/-----/—–/g' "$a" >refuse-smart-dashes.p8
sed '$s/-----/––-/g' "$a" >refuse-smart-dashes-at-end.p8
sed 's/-----/—-/g' "$a" | iconv -f UTF-8 -t WINDOWS-1252 >refuse-smart-dashes-windows.p8
head -n -1 "$a" >refuse-truncated-no-end.p8
head -c 150 "$a" >refuse-truncated-in-body.p8
tail -n +2 "$a" >refuse-truncated-no-begin.p8
{ head -2 "$a"; tail -1 "$a"; } >refuse-truncated-lines-missing.p8
head -c 100 "$work/a.der" >refuse-truncated-der.p8
printf -- '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n' >refuse-truncated-empty-body.p8
sed '2s/^...../!!!!!/' "$a" >refuse-corrupted-base64.p8
sed '$s/PRIVATE/PUBLIC/' "$a" >refuse-corrupted-labels.p8
sed 's/-----/----/g' "$a" >refuse-corrupted-guards.p8
head -c 138 /dev/zero | tr '\0' '\125' | pem "PRIVATE KEY" >refuse-corrupted-der.p8

# --- what OpenSSL says, for the test to compare with
for k in a b; do
    printf '%s %s\n' "$k" "$(openssl pkey -in "$work/$k.pem" -pubout -outform DER | sha256sum | cut -d' ' -f1)"
done >openssl-fingerprints.txt
spki() { # canonical: the point uncompressed, whatever the file has
    openssl pkey -in "$1" -passin pass: -pubout -outform DER -ec_conv_form uncompressed 2>/dev/null ||
        openssl pkey -in "$1" -passin pass: -pubout -outform DER 2>/dev/null
}
for file in *.p8; do
    if text=$(openssl pkey -in "$file" -check -noout -passin pass: 2>/dev/null) && grep -q 'is valid' <<<"$text"; then
        printf '%s\t%s\n' "$file" "$(spki "$file" | sha256sum | cut -d' ' -f1)"
    fi
done >openssl-valid.txt

# --- the fuzzer starts from some of these
seeds=../../fuzz/seeds/parse
rm -rf "$seeds"
mkdir -p "$seeds"
for name in AuthKey_2X9R4HXF34.p8 repair-{many-at-once,raw-der,sec1-after-curve-name,quoted-and-escaped}.p8 \
    repair-{base64-of-pem,utf16-le}.p8 ask-{scrypt,pbkdf2-aes256,pbkdf2-sha1,des3}.p8 accept-version-2.p8 \
    refuse-{certificate-der,request-der,pkcs12,rsa-pkcs1-der,explicit-parameters,two-keys,html}.p8 \
    refuse-smart-dashes-windows.p8 json-{fastlane,rcodesign}.json; do
    cp "$name" "$seeds/${name%.*}"
done
