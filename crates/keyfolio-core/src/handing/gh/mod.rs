//! GitHub's command line tool: given each setting of a form, the secret by its standard input and nothing else.
//!
//! It runs for as long as it is allowed to, in a group of its own that is killed as one. What it says is read up to a
//! limit, and shown without anything of the key. Refuses to look for it anywhere but in the folders it was told, and
//! to let the user's environment send a key to another host than the one that was named.

mod group;
mod redact;

use std::ffi::OsString;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use handoff::deliver::{self, InvalidTarget, gh_secret_set, gh_variable_set};
use handoff::{Carrier, Output, ValueShown, produce, prove, sheet};
use vault::Receipt;

use super::ledger::handed_off;
use super::{Bearing, form_of, handoff_of, stored, unknown};
use crate::library::key_ref;
use crate::view::{GhOutcome, GhRequest, GhStep, GhView, HandoffBy, HandoffTrouble, IpcError};
use crate::{Keyfolio, activity};
use redact::Redaction;

/// How long one run may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often it is looked whether it has ended.
const GLANCE: Duration = Duration::from_millis(10);

/// How long what it said is waited for after it has ended: something it started may hold the line open.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Most bytes read of what it says.
const MOST_SAID: u64 = 64 * 1024;

/// Where package managers put it that no desktop session looks into.
const USUAL_FOLDERS: [&str; 3] = ["/opt/homebrew/bin", "/usr/local/bin", "/home/linuxbrew/.linuxbrew/bin"];

/// Variables that would send a key elsewhere, or have the tool tell what it sends.
const NOT_PASSED_ON: [&str; 5] = ["GH_HOST", "GH_REPO", "GH_DEBUG", "DEBUG", "GH_FORCE_TTY"];

/// Where to look for GitHub's command line tool, and how long it may take.
#[derive(Debug, Clone)]
pub struct GhTool {
    /// Folders, the first one first. One that is not absolute is passed over.
    pub folders: Vec<PathBuf>,
    /// How long one run may take.
    pub patience: Duration,
}

impl GhTool {
    /// The user's search path, and where package managers put it.
    #[must_use]
    pub fn of_the_user() -> Self {
        let path: OsString = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path).chain(USUAL_FOLDERS.map(PathBuf::from)).collect();
        Self { folders, patience: PATIENCE }
    }

    fn find(&self) -> Option<PathBuf> {
        let name = format!("gh{}", std::env::consts::EXE_SUFFIX);
        let absolute = self.folders.iter().filter(|folder| folder.is_absolute());
        absolute.map(|folder| folder.join(&name)).find(|path| path.is_file())
    }
}

/// One run of the tool, and what it is fed.
struct Step<'a> {
    name: &'static str,
    command: deliver::Command,
    secret: Option<&'a Output>,
}

/// How the steps went.
struct Went {
    steps: Vec<GhStep>,
    /// The secret was set, or may have been.
    left: bool,
}

impl Keyfolio {
    /// Whether `gh` is here.
    #[must_use]
    pub fn gh_found(&self) -> bool {
        self.environment.gh.find().is_some()
    }

    /// Sets every setting of a form with it, in order, until one fails. The receipt is there if the secret was set, or
    /// may have been: a run that was stopped does not say.
    ///
    /// # Errors
    /// `handoff` with `no_gh`, `repository` or what stood in the way before anything was run; `issuer_id_missing`;
    /// `key_not_found`; when the vault is closed or its disk refuses.
    pub fn gh_set(&self, request: &GhRequest) -> Result<GhView, IpcError> {
        let (recipe, form) = form_of(&request.form)?;
        if !form.gh() {
            return Err(unknown());
        }
        let program = self.environment.gh.find().ok_or(HandoffTrouble::NoGh)?;
        let (id, now) = (key_ref(&request.key)?, self.now());
        let (record, key) = self.with_vault(|vault| Ok((stored(vault, id)?, vault.open_key(id)?)))?;
        let bearing = Bearing::of(record)?;
        let bearer = bearing.bearer(None);
        let outputs = produce(form, &bearer, &key)?;
        outputs.iter().try_for_each(prove)?;
        let environment = request.environment.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let repository = request.repository.trim();
        let mut steps = Vec::new();
        for setting in sheet(form, &bearer)?.settings {
            let is_this =
                |output: &&Output| matches!(output.carrier(), Carrier::Setting { name } if *name == setting.name);
            let (command, secret) = match &setting.value {
                ValueShown::Hidden { .. } => {
                    let secret = outputs.iter().find(is_this).ok_or(IpcError::Internal)?;
                    (gh_secret_set(setting.name, repository, environment)?, Some(secret))
                }
                ValueShown::Plain { text } => (gh_variable_set(setting.name, text, repository, environment)?, None),
                ValueShown::PathOpen => return Err(unknown()),
            };
            steps.push(Step { name: setting.name, command, secret });
        }
        let to = environment.map_or_else(|| repository.to_owned(), |name| format!("{repository} ({name})"));
        let handoff = handoff_of(&bearing.record, recipe, Some(form), to, HandoffBy::Gh, now);
        let number = self.with_vault(|vault| {
            let number = vault.write(now, |writing| writing.begin_handoff(&handoff))?;
            self.handing.open_ended().insert(number, None);
            Ok(number)
        })?;
        // Not with the vault held: this may take minutes, and the vault may be locked meanwhile.
        let went = self.run_all(&program, &steps, &Redaction::of(&outputs, &key));
        self.handing.open_ended().insert(number, Some(went.left));
        let receipt = self.settle_run(number, &bearing, went.left);
        let receipt = receipt.transpose().map(|receipt| receipt.and_then(|receipt| self.handed(&receipt)));
        // With the vault locked meanwhile, the receipt comes when it is opened again.
        Ok(GhView { steps: went.steps, receipt: receipt.and_then(Result::ok) })
    }

    fn run_all(&self, program: &Path, steps: &[Step<'_>], redaction: &Redaction) -> Went {
        let mut went = Went { steps: Vec::with_capacity(steps.len()), left: false };
        let mut failed = false;
        for Step { name, command, secret } in steps {
            let name = (*name).to_owned();
            if failed {
                went.steps.push(GhStep { name, outcome: GhOutcome::Skipped, said: None });
                continue;
            }
            let mut run = Command::new(program);
            run.args(&command.arguments);
            // Where it was started means nothing to it, and home has no repository to be asked about.
            if let Some(home) = self.environment.places.home.as_deref().filter(|home| home.is_dir()) {
                run.current_dir(home);
            }
            let input = secret.map_or("", |secret| secret.expose());
            let (outcome, said) = run_one(run, input, self.environment.gh.patience);
            went.left |= secret.is_some() && matches!(outcome, GhOutcome::Set | GhOutcome::TimedOut);
            failed = outcome != GhOutcome::Set;
            let said = if failed { redaction.of_text(&said) } else { None };
            went.steps.push(GhStep { name, outcome, said });
        }
        went
    }

    /// Makes a receipt of what was begun, or forgets it.
    fn settle_run(&self, number: i64, bearing: &Bearing, left: bool) -> Result<Option<Receipt>, IpcError> {
        let now = self.now();
        let settled = self.with_vault(|vault| {
            Ok(vault.write(now, |writing| {
                if !left {
                    writing.drop_handoff(number)?;
                    return Ok(None);
                }
                let receipt = writing.finish_handoff(number)?;
                activity::note(writing, &handed_off(&receipt.handoff), Some(&bearing.record))?;
                Ok(Some(receipt))
            })?)
        });
        if settled.is_ok() {
            self.handing.open_ended().remove(&number);
        }
        settled
    }
}

impl From<InvalidTarget> for IpcError {
    fn from(_: InvalidTarget) -> Self {
        HandoffTrouble::Repository.into()
    }
}

/// Runs the tool to its end or for as long as it may take, and says how it went and what it said.
fn run_one(mut command: Command, input: &str, patience: Duration) -> (GhOutcome, Vec<u8>) {
    command.env("GH_PROMPT_DISABLED", "1").env("GH_NO_UPDATE_NOTIFIER", "1").env("NO_COLOR", "1");
    NOT_PASSED_ON.into_iter().for_each(|name| {
        command.env_remove(name);
    });
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    group::of_its_own(&mut command);
    let Ok(mut child) = command.spawn() else { return (GhOutcome::NotStarted, Vec::new()) };
    let said = listen(&mut child);
    if let Some(mut stdin) = child.stdin.take() {
        // Shorter than any pipe: this waits for nobody. Who does not want to hear it says so by how it ends.
        let _ = stdin.write_all(input.as_bytes());
    }
    let until = Instant::now() + patience;
    let outcome = loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => break GhOutcome::Set,
            Ok(Some(_)) => break GhOutcome::Refused,
            Ok(None) if Instant::now() < until => std::thread::sleep(GLANCE),
            Ok(None) | Err(_) => break GhOutcome::TimedOut,
        }
    };
    // What it started ends with it.
    group::kill(&mut child);
    let _ = child.wait();
    (outcome, said.recv_timeout(LAST_WORDS).unwrap_or_default())
}

/// What the tool says, up to the limit; then nobody listens, and it is told so.
fn listen(child: &mut Child) -> Receiver<Vec<u8>> {
    let (send, said) = channel();
    if let Some(stderr) = child.stderr.take() {
        std::thread::spawn(move || {
            let mut text = Vec::new();
            // What could be read is what was said.
            let _ = stderr.take(MOST_SAID).read_to_end(&mut text);
            let _ = send.send(text);
        });
    }
    said
}
