//! Giving a secret to a command line tool: by its input, never by its arguments or environment, where every process
//! of the same user could read it.
//!
//! This module says what to run and what to feed it; it starts nothing.

use thiserror::Error;

/// A command that takes one secret on its standard input. Arguments are a list, so no shell reads them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The program, looked up by whoever runs it.
    pub program: &'static str,
    /// Its arguments; none is a secret.
    pub arguments: Vec<String>,
}

/// The text does not have the shape of what it should name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not a {what}")]
pub struct InvalidTarget {
    /// `repository`, `environment` or `name`.
    pub what: &'static str,
}

/// `gh secret set NAME --repo OWNER/NAME [--env ENVIRONMENT]`, which reads the value from its input.
/// Source: <https://cli.github.com/manual/gh_secret_set>
///
/// # Errors
/// [`InvalidTarget`] for what GitHub would not accept as a name, among it everything that looks like an option.
pub fn gh_secret_set(name: &str, repository: &str, environment: Option<&str>) -> Result<Command, InvalidTarget> {
    gh("secret", name, repository, environment, &[])
}

/// `gh variable set NAME --body VALUE --repo OWNER/NAME [--env ENVIRONMENT]`, for what is no secret.
///
/// # Errors
/// As [`gh_secret_set`].
pub fn gh_variable_set(
    name: &str,
    value: &str,
    repository: &str,
    environment: Option<&str>,
) -> Result<Command, InvalidTarget> {
    gh("variable", name, repository, environment, &["--body", value])
}

fn gh(
    what: &str,
    name: &str,
    repository: &str,
    environment: Option<&str>,
    more: &[&str],
) -> Result<Command, InvalidTarget> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.is_empty() || !name.chars().all(word) || name.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(InvalidTarget { what: "name" });
    }
    let part = |text: &str| {
        !text.is_empty() && !text.starts_with(['-', '.']) && text.chars().all(|c| word(c) || "-.".contains(c))
    };
    if !repository.split_once('/').is_some_and(|(owner, name)| part(owner) && part(name)) {
        return Err(InvalidTarget { what: "repository" });
    }
    let mut arguments: Vec<String> = [what, "set", name].into_iter().map(str::to_owned).collect();
    arguments.extend(more.iter().map(|one| (*one).to_owned()));
    arguments.extend(["--repo".to_owned(), repository.to_owned()]);
    if let Some(environment) = environment {
        if environment.is_empty() || environment.starts_with('-') || environment.chars().any(char::is_control) {
            return Err(InvalidTarget { what: "environment" });
        }
        arguments.extend(["--env".to_owned(), environment.to_owned()]);
    }
    Ok(Command { program: "gh", arguments })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    #[test]
    fn the_secret_is_no_argument() {
        let command = gh_secret_set("APP_STORE_CONNECT_PRIVATE_KEY", "tideline/fernweh-ios", Some("release")).unwrap();
        let expected = "secret set APP_STORE_CONNECT_PRIVATE_KEY --repo tideline/fernweh-ios --env release";
        assert_eq!(command.arguments.join(" "), expected);
    }

    #[test]
    fn what_could_be_an_option_or_another_host_is_refused() {
        for repository in ["", "x", "--body=x/y", "a/b/c", "a/-b", "https://example.com/a", "a/b c", "../b"] {
            assert_eq!(gh_secret_set("N", repository, None), Err(InvalidTarget { what: "repository" }), "{repository}");
        }
        for name in ["", "1A", "A-B", "A B", "--all"] {
            assert_eq!(gh_secret_set(name, "a/b", None), Err(InvalidTarget { what: "name" }), "{name}");
        }
        assert_eq!(gh_secret_set("N", "a/b", Some("--org")), Err(InvalidTarget { what: "environment" }));
    }
}
