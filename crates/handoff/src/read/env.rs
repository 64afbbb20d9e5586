//! Files of variables, as the readers of such files agree on them: `NAME=value`, bare, in single quotes (literal) or
//! in double quotes (`\n` is a line end, and so is a line end).

use zeroize::Zeroizing;

/// The variables in order, or `None` for anything readers disagree about: interpolation, comments, blanks around the
/// equals sign, a name that comes twice.
pub(super) fn variables(text: &str) -> Option<Vec<(&str, Zeroizing<String>)>> {
    let mut found: Vec<(&str, Zeroizing<String>)> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let shaped = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        if !shaped || name.is_empty() || found.iter().any(|(other, _)| *other == name) {
            return None;
        }
        let (value, after) = match after.chars().next()? {
            '"' => double_quoted(&after[1..])?,
            '\'' => {
                let (value, after) = after[1..].split_once('\'')?;
                if value.contains('\n') {
                    return None;
                }
                (Zeroizing::new(value.to_owned()), after)
            }
            _ => {
                let end = after.find('\n')?;
                (bare(&after[..end])?, &after[end..])
            }
        };
        rest = after.strip_prefix('\n')?;
        found.push((name, value));
    }
    Some(found)
}

fn bare(text: &str) -> Option<Zeroizing<String>> {
    let special = |c: char| c.is_whitespace() || "'\"`$\\#;&|<>()*?[]{}~!".contains(c);
    (!text.is_empty() && !text.contains(special)).then(|| Zeroizing::new(text.to_owned()))
}

/// The value up to the closing quote, and what follows it.
fn double_quoted(text: &str) -> Option<(Zeroizing<String>, &str)> {
    let mut value = Zeroizing::new(String::with_capacity(text.len()));
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((value, &text[at + 1..])),
            '\\' if chars.next()?.1 == 'n' => value.push('\n'),
            '\\' | '$' | '`' => return None,
            plain => value.push(plain),
        }
    }
    None
}
