//! What a request asks for: a path and its parameters, taken apart once.
//!
//! Clients write brackets plainly or as `%5B` and `%5D`; here both are the same. It refuses nothing: what a
//! parameter means is decided where it is used.

/// The target of a request, or the target a scope entry names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) path: String,
    /// Parameters in the order they came, decoded.
    pub(crate) pairs: Vec<(String, String)>,
}

impl Target {
    /// From `/v1/apps?limit=1`.
    pub(crate) fn read(text: &str) -> Self {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Self { path: decoded(path), pairs: pairs.map(|(name, value)| (decoded(name), decoded(value))).collect() }
    }

    /// A parameter by its name; of several, the first.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// A comma-separated parameter, or nothing.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<String>> {
        self.get(name).map(|value| value.split(',').map(ToOwned::to_owned).collect())
    }

    /// The path and the parameters, but for the named ones: what a link to another page keeps.
    pub(crate) fn without(&self, names: &[&str]) -> String {
        let kept = self.pairs.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        let kept: Vec<String> = kept.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        if kept.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, kept.join("&")) }
    }
}

/// Percent-decoding (RFC 3986). What is no valid escape stays as it is.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match (first, tail) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                rest = &tail[2..];
            }
            None => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte);
    let escape = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn brackets_are_the_same_plain_and_escaped() {
        let plain = Target::read("/v1/users?fields[users]=roles&limit=1");
        assert_eq!(plain, Target::read("/v1/users?fields%5Busers%5D=roles&limit=1"));
        assert_eq!(plain.get("fields[users]"), Some("roles"));
        assert_eq!(plain.without(&["limit"]), "/v1/users?fields%5Busers%5D=roles");
    }

    #[test]
    fn an_unfinished_escape_stays_as_it_is() {
        assert_eq!(Target::read("/v1/apps?filter[name]=100%&a=%4").pairs[0].1, "100%");
        assert_eq!(Target::read("/v1/apps?a=%4").pairs[0].1, "%4");
    }
}
