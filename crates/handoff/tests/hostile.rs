//! Names and paths people could choose to break out of a line: they come back as the same text, or are refused.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod support;

use handoff::{Language, NotPossible, dotenv, form, quoted, sheet};
use proptest::prelude::*;
use support::Names;

/// Text made of what quoting gets wrong.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        4 => "[ -~]{0,6}",
        1 => any::<String>().prop_map(|text| text.chars().take(4).collect::<String>()),
        4 => prop::sample::select(vec![
            "'", "\"", "\\", "`", "$", "$(id)", "${HOME}", "${{ secrets.X }}", "\n", "\r\n", "\0", ";", "#", " #", ": ",
            "- ", "|", ">", "&a", "*a", "!!x", "%", "@", "{", "}", "[", "]", "~", "--", "\\n", "'\\''", "#{`id`}",
            "\u{202e}", "\u{2028}", "\u{feff}", "é", "漢", "\u{1b}[2J", "null", "yes", "1e3", "=", "-rf",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_shell_reads_one_word_and_the_same(text in hostile()) {
        if let Ok(word) = quoted(Language::Shell, &text) {
            prop_assert_eq!(shlex::split(&format!("tool --name {word} --next")).unwrap(), ["tool", "--name", &text, "--next"]);
        }
    }

    #[test]
    fn json_and_javascript_read_the_same(text in hostile()) {
        for language in [Language::Json, Language::Javascript] {
            if let Ok(literal) = quoted(language, &text) {
                prop_assert_eq!(&serde_json::from_str::<String>(&literal).unwrap(), &text);
            }
        }
    }

    #[test]
    fn yaml_is_a_plain_word_or_a_json_string(text in hostile()) {
        if let Ok(literal) = quoted(Language::Yaml, &text) {
            let plain = literal == text && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            prop_assert!(plain || serde_json::from_str::<String>(&literal).unwrap() == text, "{literal}");
        }
        if let Ok(literal) = quoted(Language::Compose, &text) {
            let once = serde_json::from_str::<String>(&literal).unwrap();
            prop_assert_eq!(once.replace("$$", "\0").contains('$'), false, "a variable starts in {}", literal);
            prop_assert_eq!(once.replace("$$", "$"), text);
        }
    }

    #[test]
    fn ruby_ends_the_string_where_we_do(text in hostile()) {
        if let Ok(literal) = quoted(Language::Ruby, &text) {
            prop_assert_eq!(ruby(&literal).unwrap(), text);
        }
    }

    #[test]
    fn a_workflow_holds_words_only(text in hostile()) {
        if let Ok(literal) = quoted(Language::Workflow, &text) {
            prop_assert!(literal.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
        }
    }

    #[test]
    fn a_file_of_variables_has_one_line_per_variable(text in hostile()) {
        if let Ok(value) = dotenv(&text) {
            prop_assert!(!value.contains('\n'));
            let inner = value.strip_prefix('\'').and_then(|value| value.strip_suffix('\''));
            prop_assert_eq!(inner.unwrap_or(&value), &text);
            prop_assert!(!inner.unwrap_or_default().contains('\''));
        }
    }

    #[test]
    fn what_is_not_seen_is_refused_everywhere(text in hostile(), hidden in prop::sample::select(vec![
        '\n', '\r', '\0', '\t', '\u{1b}', '\u{7f}', '\u{85}', '\u{2028}', '\u{202e}', '\u{2066}', '\u{feff}', '\u{e0041}',
    ])) {
        let text = format!("{text}{hidden}x");
        prop_assert!(Language::ALL.iter().all(|language| quoted(*language, &text).is_err()));
        prop_assert!(dotenv(&text).is_err());
    }
}

/// What Ruby makes of a single-quoted string: a backslash escapes a quote or a backslash, and is itself otherwise.
fn ruby(literal: &str) -> Option<String> {
    let mut chars = literal.strip_prefix('\'')?.chars().peekable();
    let mut text = String::new();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\'', None) => return Some(text),
            ('\'', Some(_)) => return None,
            ('\\', Some('\\' | '\'')) => text.extend(chars.next()),
            (other, _) => text.push(other),
        }
    }
    None
}

#[test]
fn a_key_id_that_looks_like_a_number_stays_text() {
    for text in ["12345678E9", "1234567890", "0X12345678", "0123456789"] {
        assert_eq!(quoted(Language::Yaml, text).unwrap(), format!("\"{text}\""));
    }
    assert_eq!(quoted(Language::Yaml, "2X9R4HXF34").unwrap(), "2X9R4HXF34");
}

#[cfg(unix)]
#[test]
fn a_real_shell_agrees() {
    let nasty = "Mina's \"CI\" $(touch /tmp/owned) `id` \\ ; # *";
    let word = quoted(Language::Shell, nasty).unwrap();
    let output = std::process::Command::new("sh").args(["-c", &format!("printf %s {word}")]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), nasty);
}

#[test]
fn a_name_that_begins_like_an_option_is_no_argument() {
    for name in ["-v", "--keychain=/tmp/mine", "-"] {
        assert!(quoted(Language::Shell, name).is_err(), "{name}");
    }
    assert_eq!(quoted(Language::Shell, "~mina").unwrap(), "'~mina'");
}

#[test]
fn a_name_that_cannot_be_written_is_named_and_nothing_is_shown() {
    let names = Names::team();
    let notary = form("notarytool_profile").unwrap().1;
    let bearer = names.bearer("CI\n; rm -rf ~", Some("/keys/a.p8"));
    assert_eq!(sheet(notary, &bearer).unwrap_err(), NotPossible::Unquotable { slot: "name" });
    let fine = sheet(notary, &names.bearer("Mina's CI", Some("/my keys/a.p8"))).unwrap();
    assert!(fine.snippets[0].text.starts_with(
        "xcrun notarytool store-credentials 'Mina'\\''s CI' --key '/my keys/a.p8' --key-id 2X9R4HXF34 --issuer 5724"
    ));
}
