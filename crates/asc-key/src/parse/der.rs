//! DER: which structure it is, and the key inside a PKCS#8 (RFC 5958) or SEC1 (RFC 5915) one.
//!
//! Strict: definite minimal lengths, nothing after the end, the curve named and not spelled out, every stated
//! public point checked. The reader of single elements is the `der` crate's; which elements make a key is decided
//! here, so that each wrong structure gets its own name instead of one "invalid key".

use der::asn1::AnyRef;
use der::{Class, Decode as _, ErrorKind, Reader as _, SliceReader, Tag, Tagged};

use super::{Repair, encrypted};
use crate::{PrivateKey, Refusal, RefusalCode};

/// Content octets of the object identifiers told apart here.
mod oid {
    /// id-ecPublicKey 1.2.840.10045.2.1
    pub(super) const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
    /// prime256v1 1.2.840.10045.3.1.7
    pub(super) const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
    /// secp384r1 1.3.132.0.34
    pub(super) const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
    /// secp521r1 1.3.132.0.35
    pub(super) const P521: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x23];
    /// secp256k1 1.3.132.0.10
    pub(super) const SECP256K1: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x0a];
    /// Ed25519 1.3.101.112
    pub(super) const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
    /// rsaEncryption 1.2.840.113549.1.1.1
    pub(super) const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    /// id-RSASSA-PSS 1.2.840.113549.1.1.10
    pub(super) const RSA_PSS: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
}

/// First byte of every DER structure a key can be in.
pub(super) const SEQUENCE: u8 = 0x30;
/// Longest list of elements worth reading: an RSA key has nine, a certificate ten.
const MAX_MEMBERS: usize = 16;

/// What the surroundings promise the bytes to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// No promise: raw DER.
    Anything,
    /// A PEM label for PKCS#8.
    Pkcs8,
    /// The PEM label for SEC1.
    Sec1,
}

/// The structures told apart.
enum Structure<'a> {
    Pkcs8(Vec<AnyRef<'a>>),
    Sec1(Vec<AnyRef<'a>>),
    Encrypted,
    Other(RefusalCode),
    Unknown,
}

/// Reads a key from DER, opening it first if it is encrypted.
pub(crate) fn key(
    bytes: &[u8],
    expected: Expected,
    passphrase: Option<&str>,
    repairs: &mut Vec<Repair>,
) -> Result<PrivateKey, Refusal> {
    match structure(bytes)? {
        Structure::Encrypted => {
            let opened = encrypted::open(bytes, passphrase)?;
            repairs.push(Repair::Decrypted);
            match structure(&opened)? {
                Structure::Encrypted => Err(RefusalCode::EncryptedUnsupported.into()),
                plain => plain_key(plain, Expected::Anything, repairs),
            }
        }
        plain => plain_key(plain, expected, repairs),
    }
}

/// Reads a key from unencrypted PKCS#8 DER and nothing else.
pub(crate) fn pkcs8(bytes: &[u8]) -> Result<PrivateKey, Refusal> {
    match structure(bytes)? {
        Structure::Pkcs8(members) => pkcs8_key(&members),
        Structure::Other(code) => Err(code.into()),
        Structure::Sec1(_) | Structure::Encrypted | Structure::Unknown => Err(RefusalCode::NotAKey.into()),
    }
}

fn plain_key(found: Structure<'_>, expected: Expected, repairs: &mut Vec<Repair>) -> Result<PrivateKey, Refusal> {
    match found {
        // A SEC1 label around PKCS#8 was written by hand: what else was is unknown.
        Structure::Pkcs8(_) if expected == Expected::Sec1 => Err(RefusalCode::Corrupted.into()),
        Structure::Pkcs8(members) => pkcs8_key(&members),
        Structure::Sec1(members) => {
            repairs.push(Repair::Sec1Converted);
            sec1_key(&members)
        }
        Structure::Other(code) => Err(code.into()),
        Structure::Encrypted | Structure::Unknown if expected == Expected::Anything => Err(RefusalCode::NotAKey.into()),
        Structure::Encrypted | Structure::Unknown => Err(RefusalCode::Corrupted.into()),
    }
}

/// The outermost element: complete, and nothing after it.
pub(super) fn outermost(bytes: &[u8]) -> Result<AnyRef<'_>, Refusal> {
    // Judged before the length: what does not start as a SEQUENCE has no length that means anything.
    if bytes.first() != Some(&SEQUENCE) {
        return Err(RefusalCode::Corrupted.into());
    }
    AnyRef::from_der(bytes).map_err(|error| {
        match error.kind() {
            ErrorKind::Incomplete { .. } => RefusalCode::Truncated,
            ErrorKind::TrailingData { .. } => RefusalCode::TrailingData,
            _ => RefusalCode::Corrupted,
        }
        .into()
    })
}

/// The elements directly inside a constructed one.
fn members(element: AnyRef<'_>) -> Result<Vec<AnyRef<'_>>, Refusal> {
    let corrupted = |_| RefusalCode::Corrupted;
    let mut reader = SliceReader::new(element.value()).map_err(corrupted)?;
    let mut list = Vec::new();
    while !reader.is_finished() {
        if list.len() == MAX_MEMBERS {
            return Err(RefusalCode::NotAKey.into());
        }
        list.push(AnyRef::decode(&mut reader).map_err(corrupted)?);
    }
    Ok(list)
}

fn structure(bytes: &[u8]) -> Result<Structure<'_>, Refusal> {
    use Tag::{BitString, Integer, OctetString, Sequence};
    let list = members(outermost(bytes)?)?;
    let tags: Vec<Tag> = list.iter().map(Tagged::tag).collect();
    Ok(match tags.as_slice() {
        [Integer, Sequence, OctetString, ..] => Structure::Pkcs8(list),
        [Integer, OctetString, ..] => Structure::Sec1(list),
        [Sequence, OctetString] => Structure::Encrypted,
        [Integer, Sequence] | [Integer, Sequence, Sequence] if list[0].value() == [3] => {
            Structure::Other(RefusalCode::Pkcs12)
        }
        [Sequence, BitString] => Structure::Other(RefusalCode::PublicKey),
        [Sequence, Sequence, BitString] => signed(list[0])?,
        [Integer, Integer] => Structure::Other(RefusalCode::PublicKey),
        // PKCS#1 (RFC 8017) has nine numbers, the DSA key of OpenSSL six.
        tags if tags.iter().all(|tag| *tag == Integer) => match tags.len() {
            9.. => Structure::Other(RefusalCode::RsaKey),
            6 => Structure::Other(RefusalCode::OtherAlgorithm),
            _ => Structure::Unknown,
        },
        _ => Structure::Unknown,
    })
}

/// Something signed: a certificate (RFC 5280) or a request for one (RFC 2986), by how its body starts.
fn signed(body: AnyRef<'_>) -> Result<Structure<'static>, Refusal> {
    let list = members(body)?;
    let tags: Vec<Tag> = list.iter().map(Tagged::tag).collect();
    Ok(match tags.as_slice() {
        // Version 3 starts with [0]; version 1 with serial, algorithm, issuer, validity.
        [first, ..] if is_context(*first, 0) => Structure::Other(RefusalCode::Certificate),
        [Tag::Integer, Tag::Sequence, Tag::Sequence, Tag::Sequence, ..] => Structure::Other(RefusalCode::Certificate),
        [Tag::Integer, Tag::Sequence, Tag::Sequence, ..] => Structure::Other(RefusalCode::CertificateRequest),
        _ => Structure::Unknown,
    })
}

fn is_context(tag: Tag, number: u32) -> bool {
    tag.class() == Class::ContextSpecific && tag.number().value() == number
}

/// Whether a curve's name is ours; the name itself as DER, as an `EC PARAMETERS` block holds it.
pub(super) fn curve(bytes: &[u8]) -> Result<(), Refusal> {
    named_curve(AnyRef::from_der(bytes).map_err(|_| RefusalCode::Corrupted)?)
}

fn named_curve(parameters: AnyRef<'_>) -> Result<(), Refusal> {
    Err(match (parameters.tag(), parameters.value()) {
        (Tag::ObjectIdentifier, oid::P256) => return Ok(()),
        (Tag::ObjectIdentifier, oid::P384) => RefusalCode::P384Key,
        (Tag::ObjectIdentifier, oid::P521) => RefusalCode::P521Key,
        (Tag::ObjectIdentifier, oid::SECP256K1) => RefusalCode::Secp256k1Key,
        (Tag::ObjectIdentifier, _) => RefusalCode::OtherCurve,
        (Tag::Sequence, _) => RefusalCode::ExplicitParameters,
        _ => RefusalCode::Corrupted,
    }
    .into())
}

/// `OneAsymmetricKey`: version, algorithm, key, and perhaps attributes [0] and a public key [1].
fn pkcs8_key(list: &[AnyRef<'_>]) -> Result<PrivateKey, Refusal> {
    let [version, algorithm, octets, rest @ ..] = list else {
        return Err(RefusalCode::Corrupted.into());
    };
    let algorithm = members(*algorithm)?;
    match algorithm.as_slice() {
        [name, parameters @ ..] if name.tag() == Tag::ObjectIdentifier => match (name.value(), parameters) {
            (oid::EC, [parameters]) => named_curve(*parameters)?,
            (oid::EC, _) => return Err(RefusalCode::Corrupted.into()),
            (oid::RSA | oid::RSA_PSS, _) => return Err(RefusalCode::RsaKey.into()),
            (oid::ED25519, _) => return Err(RefusalCode::Ed25519Key.into()),
            _ => return Err(RefusalCode::OtherAlgorithm.into()),
        },
        _ => return Err(RefusalCode::Corrupted.into()),
    }
    if !matches!(version.value(), [0 | 1]) {
        return Err(RefusalCode::Corrupted.into());
    }
    // Attributes say nothing a key needs; macOS writes one about key usage.
    let rest = match rest {
        [attributes, rest @ ..] if is_context(attributes.tag(), 0) => rest,
        rest => rest,
    };
    let outer_point = match rest {
        [] => None,
        [public] if is_context(public.tag(), 1) && version.value() == [1] => Some(bits(public.value())?),
        _ => return Err(RefusalCode::Corrupted.into()),
    };
    let inner = outermost(octets.value()).map_err(|refusal| match refusal {
        // The outer lengths add up, so nothing was cut off.
        Refusal::Because(RefusalCode::Truncated) => RefusalCode::Corrupted.into(),
        other => other,
    })?;
    ec_key(&members(inner)?, true, outer_point)
}

fn sec1_key(list: &[AnyRef<'_>]) -> Result<PrivateKey, Refusal> {
    ec_key(list, false, None)
}

/// `ECPrivateKey`: version 1, scalar, and perhaps the curve [0] and the public point [1].
fn ec_key(list: &[AnyRef<'_>], curve_known: bool, outer_point: Option<&[u8]>) -> Result<PrivateKey, Refusal> {
    let corrupted = Refusal::from(RefusalCode::Corrupted);
    let [version, scalar, rest @ ..] = list else {
        return Err(corrupted);
    };
    if version.tag() != Tag::Integer || version.value() != [1] || scalar.tag() != Tag::OctetString {
        return Err(corrupted);
    }
    let rest = match rest {
        [curve, rest @ ..] if is_context(curve.tag(), 0) => {
            let curve = AnyRef::from_der(curve.value()).map_err(|_| corrupted)?;
            match named_curve(curve) {
                // Outside it says P-256: two names for one key cannot both be right.
                Err(refusal) if curve_known && refusal != RefusalCode::ExplicitParameters.into() => {
                    return Err(corrupted);
                }
                verdict => verdict?,
            }
            rest
        }
        _ if !curve_known => return Err(corrupted),
        rest => rest,
    };
    let point = match rest {
        [] => None,
        [public] if is_context(public.tag(), 1) => {
            let string = AnyRef::from_der(public.value()).map_err(|_| corrupted)?;
            if string.tag() != Tag::BitString {
                return Err(corrupted);
            }
            Some(bits(string.value())?)
        }
        _ => return Err(corrupted),
    };
    let points: Vec<&[u8]> = point.into_iter().chain(outer_point).collect();
    PrivateKey::from_parts(scalar.value(), &points)
}

/// The bytes of a BIT STRING that is whole bytes: the first octet counts unused bits.
fn bits(value: &[u8]) -> Result<&[u8], Refusal> {
    match value {
        [0, bytes @ ..] => Ok(bytes),
        _ => Err(RefusalCode::Corrupted.into()),
    }
}
