#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use proptest::prelude::*;

use super::*;

/// Made up; a token has no other characters.
const TOKEN: &str = "eyJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJ4In0.c2ln-_bmF0dXJl";
const TRICKY: &str = "GET /v1/users?filter[username]=o'neil;$(x)&fields[users]=roles";

fn call(entries: &[&str]) -> Call {
    Call::of(&Scope::parse(entries).unwrap())
}

fn text(entries: &[&str], form: TokenForm) -> String {
    call(entries).text(form, None).to_string()
}

fn with_token(entries: &[&str], form: TokenForm) -> String {
    call(entries).text(form, Some(TOKEN)).to_string()
}

#[test]
fn a_call_is_the_first_that_reads() {
    for (entries, method, address) in [
        (&[][..], "GET", "https://api.appstoreconnect.apple.com/v1/apps?limit=10"),
        (&["GET /v1/builds"], "GET", "https://api.appstoreconnect.apple.com/v1/builds"),
        (&["POST /v1/apps", "GET /v1/builds"], "GET", "https://api.appstoreconnect.apple.com/v1/builds"),
        (&["PATCH /v1/apps/1"], "PATCH", "https://api.appstoreconnect.apple.com/v1/apps/1"),
        (&["GET /notary/v2/submissions"], "GET", "https://appstoreconnect.apple.com/notary/v2/submissions"),
    ] {
        let call = call(entries);
        assert_eq!((call.method.code(), call.address.as_str()), (method, address));
    }
}

#[test]
fn each_form_with_a_placeholder() {
    let shown = |form| text(&["GET /v1/apps?filter[platform]=IOS"], form);
    assert_eq!(shown(TokenForm::Token), "$ASC_TOKEN");
    assert_eq!(shown(TokenForm::Header), "Authorization: Bearer $ASC_TOKEN");
    assert_eq!(
        shown(TokenForm::Curl),
        r#"printf 'Authorization: Bearer %s' "$ASC_TOKEN" |
  curl --globoff --header @- 'https://api.appstoreconnect.apple.com/v1/apps?filter[platform]=IOS'"#
    );
    assert_eq!(
        shown(TokenForm::Httpie),
        r#"printf 'Bearer %s' "$ASC_TOKEN" |
  http --ignore-stdin GET 'https://api.appstoreconnect.apple.com/v1/apps?filter[platform]=IOS' Authorization:@/dev/stdin"#
    );
    assert_eq!(
        shown(TokenForm::Http),
        "GET https://api.appstoreconnect.apple.com/v1/apps?filter[platform]=IOS
Authorization: Bearer {{ASC_TOKEN}}
Accept: application/json
"
    );
    assert_eq!(
        shown(TokenForm::Javascript),
        r#"const token = process.env.ASC_TOKEN;
const response = await fetch("https://api.appstoreconnect.apple.com/v1/apps?filter[platform]=IOS", {
  headers: { Authorization: `Bearer ${token}` },
});
console.log(response.status, await response.text());
"#
    );
    assert_eq!(
        shown(TokenForm::Python),
        r#"import os
import urllib.request

token = os.environ["ASC_TOKEN"]
request = urllib.request.Request("https://api.appstoreconnect.apple.com/v1/apps?filter[platform]=IOS")
request.add_unredirected_header("Authorization", f"Bearer {token}")
with urllib.request.urlopen(request) as response:
    print(response.status, response.read().decode())
"#
    );
    assert_eq!(
        shown(TokenForm::Swift),
        r#"import Foundation

let token = ProcessInfo.processInfo.environment["ASC_TOKEN"] ?? ""
var request = URLRequest(url: URL(string: "https://api.appstoreconnect.apple.com/v1/apps?filter%5Bplatform%5D=IOS")!)
request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
let (data, _) = try await URLSession.shared.data(for: request)
print(String(decoding: data, as: UTF8.self))
"#
    );
}

#[test]
fn a_call_that_writes_says_so() {
    let writes = ["POST /v1/betaTesters"];
    for (form, method) in [
        (TokenForm::Curl, " --request POST "),
        (TokenForm::Httpie, " POST 'https"),
        (TokenForm::Http, "POST https"),
        (TokenForm::Javascript, "  method: \"POST\",\n"),
        (TokenForm::Python, ", method=\"POST\")\n"),
        (TokenForm::Swift, "request.httpMethod = \"POST\"\n"),
    ] {
        let text = text(&writes, form);
        assert!(text.contains(method), "{text}");
    }
}

#[test]
fn the_token_takes_the_place_of_the_placeholder_and_is_an_argument_of_no_program() {
    assert_eq!(with_token(&[], TokenForm::Token), TOKEN);
    assert_eq!(with_token(&[], TokenForm::Header), format!("Authorization: Bearer {TOKEN}"));
    for form in AROUND {
        let text = with_token(&[], form);
        assert_eq!(text.matches(TOKEN).count(), 1, "{text}");
        assert!(!text.contains("ASC_TOKEN") && !text.contains("import os"), "{text}");
    }
    for form in [TokenForm::Curl, TokenForm::Httpie] {
        // `printf` is part of the shell itself: no program is started with the token.
        let words = shlex::split(&with_token(&[], form)).unwrap();
        let pipe = words.iter().position(|word| word == "|").unwrap();
        assert_eq!((words[0].as_str(), words[2].as_str(), pipe), ("printf", TOKEN, 3));
    }
    for (form, line) in [
        (TokenForm::Javascript, format!("const token = \"{TOKEN}\";")),
        (TokenForm::Python, format!("token = \"{TOKEN}\"")),
        (TokenForm::Swift, format!("let token = \"{TOKEN}\"")),
    ] {
        assert!(with_token(&[], form).lines().any(|one| one == line));
    }
}

#[test]
fn a_command_waits_for_the_user_and_a_file_ends_with_its_line() {
    for form in [TokenForm::Token, TokenForm::Header, TokenForm::Curl, TokenForm::Httpie] {
        assert!(!text(&[], form).ends_with('\n'), "a terminal would run it when it is pasted");
    }
    for form in [TokenForm::Http, TokenForm::Javascript, TokenForm::Python, TokenForm::Swift] {
        assert!(text(&[], form).ends_with('\n'));
    }
}

#[test]
fn a_quote_ends_nothing() {
    let address = "https://api.appstoreconnect.apple.com/v1/users?filter[username]=o%27neil;$(x)&fields[users]=roles";
    let words = shlex::split(&text(&[TRICKY], TokenForm::Curl)).unwrap();
    assert_eq!(words.last().unwrap(), address);
    for form in AROUND {
        assert!(!text(&[TRICKY], form).contains("o'neil"));
    }
}

/// What stands between the first pair of quotes after `before`.
fn between<'a>(text: &'a str, before: &str, quote: char) -> &'a str {
    let rest = text.split_once(before).unwrap().1;
    rest.split(quote).next().unwrap()
}

proptest! {
    #[test]
    fn whatever_a_scope_may_say_is_what_every_form_calls(
        path in "(/[!$-.0-9:;=@A-Z\\[\\]_a-z~]{1,12}){1,4}",
        query in prop::option::of("[a-z\\[\\]']{1,8}=[!$%'-;@A-Z\\[\\]_a-z~]{0,12}"),
    ) {
        let entry = format!("GET {path}{}", query.map(|query| format!("?{query}")).unwrap_or_default());
        prop_assume!(entry.parse::<ScopeEntry>().is_ok());
        let address = call(&[&entry]).address;
        prop_assert_eq!(address.replace("%27", "'"), format!("{HOST}{}", &entry[4..]).replace("%27", "'"));
        for form in [TokenForm::Curl, TokenForm::Httpie] {
            let words = shlex::split(&text(&[&entry], form)).unwrap();
            prop_assert!(words.contains(&address), "{:?}", words);
            prop_assert_eq!(words.len(), 9, "{:?}", words);
        }
        let http = text(&[&entry], TokenForm::Http);
        prop_assert_eq!(http.lines().next().unwrap(), format!("GET {address}"));
        prop_assert_eq!(http.lines().count(), 3);
        // A JSON text is one of JavaScript and of Python.
        for (form, before) in [(TokenForm::Javascript, "fetch("), (TokenForm::Python, "Request(")] {
            let text = text(&[&entry], form);
            let literal = format!("\"{}\"", between(&text, &format!("{before}\""), '"'));
            prop_assert_eq!(serde_json::from_str::<String>(&literal).unwrap(), address.clone());
        }
        let swift = text(&[&entry], TokenForm::Swift);
        let literal = between(&swift, "URL(string: \"", '"');
        prop_assert!(!literal.contains(['\\', '[', ']']));
        prop_assert_eq!(literal.replace("%5B", "[").replace("%5D", "]"), address.replace("%5B", "[").replace("%5D", "]"));
    }
}
