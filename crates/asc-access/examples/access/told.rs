//! Answers to one question and advice for some jobs, as text.

use std::fmt::Write as _;

use asc_access::{
    AppScope, Area, AskedHalf, Missing, Observation, Plan, Question, Subject, Task, advise, catalogue, key_for,
    operation, size, who_can,
};

use crate::english::{roles, word};
use crate::{aligned, named};

/// Every key's answer, those that can first, the smallest first among them.
pub(crate) fn can(text: &str, keys: &[Subject]) -> Result<String, String> {
    let question = question(text)?;
    let mut answers: Vec<_> = keys.iter().map(|key| (key, who_can(&question, &AppScope::Any, key, &[]))).collect();
    answers.sort_by_key(|(key, answer)| (std::cmp::Reverse(answer.value.reach()), size(key)));
    let lines: Vec<Vec<String>> = answers
        .iter()
        .map(|(key, answer)| {
            let value = word("half", answer.value.code());
            vec![named(key), format!("{value} ({})", answer.basis), word("reason", answer.reason.code())]
        })
        .collect();
    let create = key_for(&question).map_or_else(|| "no key is known to".to_owned(), |plan| key(&plan));
    Ok(format!("{}\nThe smallest key known to: {create}", aligned(&lines)))
}

fn question(text: &str) -> Result<Question, String> {
    if let Ok(area) = text.parse::<Area>() {
        return Ok(Question::Area { area, half: AskedHalf::Any });
    }
    if let Some(capability) = catalogue().capability(text) {
        return Ok(Question::Capability(capability));
    }
    let called = text.split_once(' ').and_then(|(method, path)| operation(method.parse().ok()?, path));
    called.map(Question::Operation).ok_or_else(|| format!("{text} is no area, capability or operation"))
}

/// What to do about some tasks, with these keys at hand.
pub(crate) fn advice(text: &str, keys: &[(Subject, Vec<Observation>)]) -> Result<String, String> {
    let tasks = text.split(',').map(|one| one.parse::<Task>().map_err(|_| format!("{one} is no task")));
    let advice = advise(&tasks.collect::<Result<Vec<_>, _>>()?, &AppScope::Any, keys);
    let name = |at: usize| keys.get(at).map_or_else(String::new, |(key, _)| named(key));
    let mut page = String::new();
    for fit in &advice.fits {
        let proofs: Vec<String> = fit.proofs.iter().map(|one| format!("{} {}", task(one.task), one.basis)).collect();
        let _ = writeln!(page, "Fits: {}. {}. {}", name(fit.key), proofs.join(", "), beyond(&fit.beyond));
    }
    for near in &advice.nearly {
        let missing: Vec<String> = near.missing.iter().map(lacking).collect();
        let _ = writeln!(page, "Nearly: {}. {}", name(near.key), missing.join(" "));
    }
    if let Some(plan) = &advice.create {
        let _ = writeln!(page, "Create: {}", key(plan));
    }
    for plan in &advice.split {
        let _ = writeln!(page, "Or one of several: {}", key(plan));
    }
    for closed in &advice.closed {
        let _ = writeln!(page, "Individual keys, {}: {}.", task(closed.task), word("half", closed.value.code()));
    }
    for open in &advice.open {
        let _ = writeln!(page, "{}: no source says which key can.", task(*open));
    }
    Ok(page.trim_end().to_owned())
}

fn task(task: Task) -> String {
    word("task", task.code())
}

fn lacking(missing: &Missing) -> String {
    let note = missing.note.map_or_else(String::new, |code| format!(" {}", word("note", code)));
    let what = word("capability", missing.capability);
    format!("{what}: {} ({}).{note}", word("half", missing.value.code()), missing.basis)
}

fn beyond(areas: &[Area]) -> String {
    let areas: Vec<String> = areas.iter().map(|area| word("area_short", area.code())).collect();
    if areas.is_empty() { "Nothing beyond.".to_owned() } else { format!("Beyond: {}.", areas.join("; ")) }
}

fn key(plan: &Plan) -> String {
    let for_what: Vec<String> = plan.tasks.iter().map(|one| task(*one)).collect();
    let made = if plan.created_by.is_empty() { "its owner".to_owned() } else { roles(plan.created_by) };
    let kind = named(&Subject::new(plan.kind, &[plan.role]));
    let smaller = plan
        .smaller_if_offered
        .map_or_else(String::new, |role| format!(" {} would do, if Apple offers it.", roles(&[role])));
    format!(
        "{kind} ({}) for {}. Made by: {made}. {}{smaller}",
        plan.basis,
        if for_what.is_empty() { "this".to_owned() } else { for_what.join(", ") },
        beyond(&plan.beyond)
    )
}
