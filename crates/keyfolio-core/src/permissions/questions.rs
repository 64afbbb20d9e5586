//! "Which of my keys can ...?", for one area, capability or operation, and counted for every operation there is.

use std::collections::HashMap;

use asc_access::{
    API_VERSION, Answer, AppScope, Area, Basis, Half, Operation, Question, Reason, Role, Subject, answer, catalogue,
    key_for, selectable_roles,
};
use asc_key::KeyKind;

use super::held::{Alike, Held};
use crate::Keyfolio;
use crate::view::{
    Bearer, IpcError, KeyAnswer, Layer, OperationClass, OperationView, OperationsView, PlanView, QuestionRef,
    WhoCanRequest, WhoCanView,
};

impl Keyfolio {
    /// What every key in use answers to a question: those that can first, the smallest first among them.
    ///
    /// # Errors
    /// `not_in_catalogue` for an operation or a capability nobody knows.
    pub fn who_can(&self, request: &WhoCanRequest) -> Result<WhoCanView, IpcError> {
        let question = question(&request.question)?;
        let scope = AppScope::from(request.scope.clone());
        let held = self.held(Layer::Combined)?;
        let judged: Vec<_> = held.alike.iter().map(|alike| judge(&question, &scope, alike)).collect();
        let mut answers: Vec<KeyAnswer> = held
            .keys
            .iter()
            .map(|(key, place)| {
                let found = &judged[*place];
                KeyAnswer {
                    key: key.clone(),
                    value: found.value,
                    basis: found.basis,
                    reason: found.reason,
                    parts: found.parts.clone(),
                    size: held.alike[*place].size,
                }
            })
            .collect();
        // A stable sort: keys that are alike stay in library order.
        answers.sort_by_key(|one| (rank(one.value), one.size));
        Ok(WhoCanView { answers, create: key_for(&question).map(PlanView::from), bearers: bearers(&question) })
    }

    /// Every operation of the API, and how many keys in use can call it. Operations that the same capabilities
    /// decide form a class, and each class is asked once.
    ///
    /// # Errors
    /// When the vault is closed or cannot be read.
    pub fn operations(&self) -> Result<OperationsView, IpcError> {
        let held = self.held(Layer::Combined)?;
        let mut classes = Vec::new();
        let mut known: HashMap<(Area, bool, &[&str]), usize> = HashMap::new();
        let operations = asc_access::operations()
            .iter()
            .map(|operation| {
                let decided_by = (operation.area, operation.method.writes(), operation.capabilities);
                let class = *known.entry(decided_by).or_insert_with(|| {
                    classes.push(count(&held, operation));
                    classes.len() - 1
                });
                OperationView {
                    method: operation.method,
                    path: operation.path,
                    area: operation.area,
                    guessed: operation.guessed,
                    deprecated: operation.deprecated,
                    relationship: operation.is_relationship(),
                    class,
                }
            })
            .collect();
        Ok(OperationsView { version: API_VERSION.to_owned(), operations, classes })
    }
}

/// Every kind and role that surely can, as far as the sources say.
fn bearers(question: &Question) -> Vec<Bearer> {
    let can = |kind: KeyKind, role: Role| {
        asc_access::who_can(question, &AppScope::Any, &Subject::new(kind, &[role]), &[]).value == Half::Yes
    };
    [KeyKind::Team, KeyKind::Individual]
        .into_iter()
        .flat_map(|kind| selectable_roles(kind).iter().map(move |one| Bearer { kind, role: one.role }))
        .filter(|one| can(one.kind, one.role))
        .collect()
}

fn question(asked: &QuestionRef) -> Result<Question, IpcError> {
    Ok(match asked {
        QuestionRef::Area { area, half } => Question::Area { area: *area, half: *half },
        QuestionRef::Capability { capability } => {
            Question::Capability(catalogue().capability(capability).ok_or(IpcError::NotInCatalogue)?)
        }
        QuestionRef::Operation { method, path } => {
            Question::Operation(asc_access::operation(*method, path).ok_or(IpcError::NotInCatalogue)?)
        }
    })
}

/// What a kind of keys answers. What a key could do that Apple turns away is not known: it may be gone.
fn judge(question: &Question, scope: &AppScope, alike: &Alike) -> Answer {
    let answer = answer(question, scope, &alike.subject, &alike.cells);
    if alike.rejected && answer.value.reaches() {
        return Answer { value: Half::Unknown, basis: Basis::Unknown, reason: Reason::NoSource, ..answer };
    }
    answer
}

/// The order of answers: what helps most comes first, what nobody can change comes last.
const fn rank(value: Half) -> u8 {
    match value {
        Half::Yes => 0,
        Half::Part => 1,
        Half::Disputed => 2,
        Half::Unknown => 3,
        Half::No => 4,
        Half::Never => 5,
    }
}

fn count(held: &Held, operation: &'static Operation) -> OperationClass {
    let mut class = OperationClass { can: 0, maybe: 0 };
    for alike in &held.alike {
        match judge(&Question::Operation(operation), &AppScope::Any, alike).value {
            Half::Yes | Half::Part => class.can += alike.count,
            Half::Unknown | Half::Disputed => class.maybe += alike.count,
            Half::No | Half::Never => {}
        }
    }
    class
}
