//! What crosses the edge: the shapes the window and the command line see.
//!
//! Plain data only. Nothing here can hold key bytes: the types carry identifiers, codes and words the user
//! typed. Sentences are not shipped; the reader turns codes into words. Each type has a TypeScript twin in
//! `ui/src/backend/bindings.gen.ts`, generated from these definitions (`crate::bindings`).

mod activity;
mod advice;
mod apple;
mod clipboard;
mod error;
mod event;
mod guards;
mod handoff;
mod import;
mod keys;
mod permissions;
mod questions;
mod status;
mod token;

pub use activity::{ActivityEntry, ActivityGroup, ActivityKey, ActivityPage, ActivityQuery, Deed, RequestLine};
pub use advice::{
    AdviceView, AdviseRequest, ClosedView, FitView, MissingView, NearView, PlanView, ProofView, TaskView,
};
pub use apple::{
    AnswerView, AppView, AppleLine, AppsSeen, Asking, CheckView, ExchangeView, Found, LaneView, OfferQuestion,
    OwnerRequest, OwnerView, RateView, Recheck, RoleFit, RunView, Standing, StandingCode, Unreached, UnrecognisedView,
    VerifyRequest, WorksAs,
};
pub use clipboard::{Clip, ClipWhat};
pub use error::{HandoffTrouble, IpcError, TextField};
pub use event::{AppEvent, CopyField, FixedLink, Link};
pub use guards::{Attention, Guard, GuardLimit, GuardState, GuardView};
pub use handoff::{
    BreakView, FittingRequest, FittingView, FormView, GhOutcome, GhRequest, GhStep, GhView, HandoffBy, HandoffPair,
    HandoffPart, IgnoreView, NotedHandoff, PlaceRequest, PlaceView, ReceiptChange, ReceiptQuery, ReceiptView,
    RecipeView, RefusedKey, SecretCopied, SecretCopy, SheetView, SmallerView, UsesView, WriteRequest,
};
pub use import::{
    Candidate, ConflictChoice, DropPreview, FailedRow, ImportChoice, ImportCommit, ImportOrigin, ImportOutcome,
    ImportRow, ImportState, ImportView, RowVerdict,
};
pub use keys::{IssuerView, KeyList, KeyPatch, KeyRef, KeyRemoval, KeySummary, KeyUpdate, KeyView, RemovalCheck};
pub use permissions::{ColumnRef, Layer, LedgerColumn, LedgerView};
pub use questions::{
    AppScopeCode, Bearer, GridAnswer, GridCell, GridRow, GridView, KeyAnswer, OperationClass, OperationView,
    OperationsView, QuestionRef, WhoCanRequest, WhoCanView,
};
pub use status::{AppStatus, Appearance, Hint, LockReason, Platform, Profile, SnapshotView, VaultStatus};
pub use token::{
    ClockSeen, Inspected, InspectionView, RulingView, ScopeTrouble, TokenClaimsView, TokenCopy, TokenForm, TokenPlan,
    TokenSnippet, TokenView, TokenWish,
};
