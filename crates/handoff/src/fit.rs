//! Which of my keys for this tool: the smallest that does the job, and why the others do not.
//!
//! What a key may do is the catalogue's to say; what a tool can use is the recipe's. Here the two are joined and
//! nothing is added. A tool for no job in particular fits every key it can use, and says nothing about least.

use asc_access::{AppScope, Fit, Half, Near, Observation, Role, Subject, Task, advise, selectable_roles};
use asc_key::KeyKind;

use crate::recipe::{Form, Individual};

/// Keys for one form of a recipe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fitting {
    /// Keys that can do all of it, the smallest first.
    pub fits: Vec<Fit>,
    /// Keys that can do part of it, or for which something is open.
    pub nearly: Vec<Near>,
    /// Keys the tool cannot use, whatever they may do: the index and why.
    pub refused: Vec<(usize, Individual)>,
    /// The role to make a Team key with, if none fits: the smallest that does it.
    pub create: Option<Role>,
}

/// Which of `keys` can do `tasks` through this form. Keys named nowhere in the answer cannot do any of it.
#[must_use]
pub fn fitting(form: &Form, tasks: &[Task], scope: &AppScope, keys: &[(Subject, Vec<Observation>)]) -> Fitting {
    let usable = |index: usize| keys.get(index).is_some_and(|(subject, _)| form.takes(subject.kind));
    let advice = advise(tasks, scope, keys);
    let refused = (0..keys.len()).filter(|index| !usable(*index)).map(|index| (index, form.individual));
    let fits: Vec<Fit> = advice.fits.into_iter().filter(|fit| usable(fit.key)).collect();
    Fitting {
        create: if fits.is_empty() { least_role(KeyKind::Team, tasks) } else { None },
        fits,
        nearly: advice.nearly.into_iter().filter(|near| usable(near.key)).collect(),
        refused: refused.collect(),
    }
}

/// The smallest role with which a new key of this kind settledly does all these tasks.
#[must_use]
pub fn least_role(kind: KeyKind, tasks: &[Task]) -> Option<Role> {
    let roles: Vec<Role> =
        selectable_roles(kind).iter().filter(|one| one.finding.value == Half::Yes).map(|one| one.role).collect();
    let candidates: Vec<_> = roles.iter().map(|role| (Subject::new(kind, &[*role]), Vec::new())).collect();
    let best = advise(tasks, &AppScope::Any, &candidates).fits.into_iter().next()?;
    roles.get(best.key).copied()
}

/// The smallest Team role that covers everything the recorded hand-offs of a key are for, if it is not the one the
/// key has: "a Developer key would cover both".
#[must_use]
pub fn smaller_role(has: Role, tasks: &[Task]) -> Option<Role> {
    least_role(KeyKind::Team, tasks).filter(|least| {
        let size = |role| asc_access::size(&Subject::new(KeyKind::Team, &[role]));
        size(*least) < size(has)
    })
}
