//! The TypeScript names of everything in [`crate::view`], and of the codes it is made of.

use ts_rs::{Config, TS};

use crate::view::*;

/// One `type ... = ...;` per name, in reading order.
#[must_use]
pub fn declarations(config: &Config) -> Vec<String> {
    macro_rules! declare {
        ($($type:ty),* $(,)?) => { vec![$(<$type>::decl(config)),*] };
    }
    let mut declarations = vec!["type KeyRef = string;".to_owned()];
    declarations.extend(declare![
        // Codes of the lower rooms.
        asc_key::KeyKind,
        asc_key::KindBasis,
        asc_key::LookAlike,
        asc_key::Repair,
        asc_key::RefusalCode,
        asc_access::Role,
        asc_access::Zone,
        asc_access::Area,
        asc_access::Level,
        asc_access::Half,
        asc_access::Basis,
        asc_access::Reason,
        asc_access::Difference,
        asc_access::AppReach,
        asc_access::Method,
        asc_access::Outcome,
        asc_access::TaskGroup,
        asc_access::Task,
        asc_access::AskedHalf,
        vault::SlotKind,
        vault::KeyringTrouble,
        // Status.
        Platform,
        Profile,
        Appearance,
        Hint,
        LockReason,
        SnapshotView,
        VaultStatus,
        AppStatus,
        // Keys.
        GuardLimit,
        GuardState,
        Guard,
        GuardView,
        Attention,
        KeyView,
        KeySummary,
        IssuerView,
        KeyList,
        KeyPatch,
        KeyUpdate,
        RemovalCheck,
        KeyRemoval,
        CopyField,
        // Import.
        ImportOrigin,
        ImportState,
        Candidate,
        RowVerdict,
        ImportRow,
        ImportView,
        ConflictChoice,
        ImportChoice,
        ImportCommit,
        FailedRow,
        ImportOutcome,
        DropPreview,
        // Permissions.
        asc_access::Source,
        asc_access::Observed,
        asc_access::Part,
        asc_access::Access,
        asc_access::Cell,
        asc_access::LedgerRow,
        asc_access::LedgerSummary,
        ColumnRef,
        LedgerColumn,
        LedgerView,
        GridCell,
        GridAnswer,
        GridRow,
        GridView,
        QuestionRef,
        AppScopeCode,
        WhoCanRequest,
        KeyAnswer,
        WhoCanView,
        TaskView,
        ProofView,
        FitView,
        MissingView,
        NearView,
        PlanView,
        ClosedView,
        AdviseRequest,
        AdviceView,
        OperationView,
        OperationClass,
        OperationsView,
        // Errors, events, links.
        TextField,
        IpcError,
        AppEvent,
        FixedLink,
        Link,
    ]);
    declarations
}
