//! How to send a token: the same call for every place people call from.
//!
//! Without the token a placeholder stands in its place, in the way the language looks up `ASC_TOKEN`. Shell commands
//! hand the header to the program on its standard input: arguments can be read by every process of the computer.
//!
//! What may stand in a scope entry is narrow (no quotes but `'`, no backslash, no braces), and `'` is written `%27`, so
//! that an address ends no text in any of these languages. A token is base64url and dots.

use asc_key::token::{Scope, ScopeEntry, ScopeMethod};
use zeroize::Zeroizing;

use crate::view::TokenForm;

/// The forms with something around the token, in the order they are offered.
pub(super) const AROUND: [TokenForm; 7] = [
    TokenForm::Header,
    TokenForm::Curl,
    TokenForm::Httpie,
    TokenForm::Http,
    TokenForm::Javascript,
    TokenForm::Python,
    TokenForm::Swift,
];

const HOST: &str = "https://api.appstoreconnect.apple.com";
/// The notary service takes the same tokens, elsewhere.
const NOTARY_HOST: &str = "https://appstoreconnect.apple.com";
const NOTARY: &str = "/notary/";
/// What is called when the scope does not say.
const ANY_CALL: &str = "/v1/apps?limit=10";

/// What a snippet calls. Not a secret.
pub(super) struct Call {
    method: ScopeMethod,
    address: String,
}

impl Call {
    /// The first entry of the scope that reads; without one, the first.
    pub(super) fn of(scope: &Scope) -> Self {
        let entries = scope.entries();
        let reads = entries.iter().find(|entry| entry.method() == ScopeMethod::Get);
        let Some(entry) = reads.or(entries.first()) else {
            return Self { method: ScopeMethod::Get, address: format!("{HOST}{ANY_CALL}") };
        };
        Self { method: entry.method(), address: address(entry) }
    }

    /// The text, with the token or a placeholder in it. With a token it is a secret, in one allocation.
    pub(super) fn text(&self, form: TokenForm, token: Option<&str>) -> Zeroizing<String> {
        let (method, reads) = (self.method.code(), self.method == ScopeMethod::Get);
        let address = self.address.as_str();
        let pieces: Vec<&str> = match form {
            TokenForm::Token => vec![token.unwrap_or("$ASC_TOKEN")],
            TokenForm::Header => vec!["Authorization: Bearer ", token.unwrap_or("$ASC_TOKEN")],
            TokenForm::Curl => {
                let [before, token, after] = shell_word(token);
                let method = if reads { ["", ""] } else { [" --request ", method] };
                let head = ["printf 'Authorization: Bearer %s' ", before, token, after, " |\n  curl --globoff"];
                [&head[..], &method, &[" --header @- '", address, "'"]].concat()
            }
            TokenForm::Httpie => {
                let [before, token, after] = shell_word(token);
                let head = ["printf 'Bearer %s' ", before, token, after, " |\n  http --ignore-stdin "];
                [&head[..], &[method, " '", address, "' Authorization:@/dev/stdin"]].concat()
            }
            TokenForm::Http => {
                let token = token.unwrap_or("{{ASC_TOKEN}}");
                vec![method, " ", address, "\nAuthorization: Bearer ", token, "\nAccept: application/json\n"]
            }
            TokenForm::Javascript => {
                let [before, token, after] = quoted(token, "process.env.ASC_TOKEN");
                let method = if reads { ["", "", ""] } else { ["  method: \"", method, "\",\n"] };
                let head = ["const token = ", before, token, after, ";\n", "const response = await fetch(\"", address];
                let tail = "  headers: { Authorization: `Bearer ${token}` },\n});\n\
                            console.log(response.status, await response.text());\n";
                [&head[..], &["\", {\n"], &method, &[tail]].concat()
            }
            TokenForm::Python => {
                let import = if token.is_none() { "import os\n" } else { "" };
                let [before, token, after] = quoted(token, "os.environ[\"ASC_TOKEN\"]");
                let method = if reads { ["", "", ""] } else { [", method=\"", method, "\""] };
                let head = [import, "import urllib.request\n\ntoken = ", before, token, after, "\n"];
                let request = ["request = urllib.request.Request(\"", address, "\""];
                // Unredirected: it goes to Apple and to nobody an answer may point to.
                let tail = ")\nrequest.add_unredirected_header(\"Authorization\", f\"Bearer {token}\")\n\
                            with urllib.request.urlopen(request) as response:\n    \
                            print(response.status, response.read().decode())\n";
                [&head[..], &request, &method, &[tail]].concat()
            }
            TokenForm::Swift => return self.swift(token),
        };
        joined(&pieces)
    }

    fn swift(&self, token: Option<&str>) -> Zeroizing<String> {
        let [before, token, after] = quoted(token, "ProcessInfo.processInfo.environment[\"ASC_TOKEN\"] ?? \"\"");
        // Foundation of before 2023 takes no address with brackets in it.
        let address = self.address.replace('[', "%5B").replace(']', "%5D");
        let method = match self.method {
            ScopeMethod::Get => String::new(),
            method => format!("request.httpMethod = \"{method}\"\n"),
        };
        joined(&[
            "import Foundation\n\nlet token = ",
            before,
            token,
            after,
            "\nvar request = URLRequest(url: URL(string: \"",
            &address,
            "\")!)\n",
            &method,
            "request.setValue(\"Bearer \\(token)\", forHTTPHeaderField: \"Authorization\")\n\
             let (data, _) = try await URLSession.shared.data(for: request)\n\
             print(String(decoding: data, as: UTF8.self))\n",
        ])
    }
}

fn address(entry: &ScopeEntry) -> String {
    let host = if entry.path().starts_with(NOTARY) { NOTARY_HOST } else { HOST };
    let query = entry.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{host}{}{query}", entry.path()).replace('\'', "%27")
}

/// A shell's word: the token as it is, or the variable.
fn shell_word(token: Option<&str>) -> [&str; 3] {
    token.map_or(["\"", "$ASC_TOKEN", "\""], |token| ["'", token, "'"])
}

/// The token as a text in the language, or where to look it up.
fn quoted<'a>(token: Option<&'a str>, look_up: &'a str) -> [&'a str; 3] {
    token.map_or(["", look_up, ""], |token| ["\"", token, "\""])
}

/// One allocation of the final size: growing would leave copies behind.
fn joined(pieces: &[&str]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(pieces.iter().map(|piece| piece.len()).sum()));
    pieces.iter().for_each(|piece| text.push_str(piece));
    text
}

#[cfg(test)]
mod tests;
