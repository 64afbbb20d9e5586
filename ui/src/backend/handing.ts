import type {
  FittingRequest, FittingView, GhRequest, GhView, HandoffPair, KeyRef, NotedHandoff, PlaceRequest, PlaceView, ReceiptChange, ReceiptQuery, ReceiptView, RecipeView,
  SecretCopied, SecretCopy, SheetView, UsesView, WriteRequest,
} from './bindings.gen';

/** Handing keys to tools. Nothing of a key comes through here: what is secret is written, copied or piped by the application. */
export interface HandingBackend {
  recipes(): Promise<RecipeView[]>;
  /** Which keys are right for a form. */
  fitting(request: FittingRequest): Promise<FittingView>;
  /** A form filled in for a key, and proved. */
  handoffSheet(pair: HandoffPair): Promise<SheetView>;
  /** Asks where a file should go; null when the dialog was dismissed. Nothing is written yet. */
  handoffPlace(request: PlaceRequest): Promise<PlaceView | null>;
  handoffPlaceDrop(id: number): Promise<void>;
  handoffWrite(request: WriteRequest): Promise<ReceiptView>;
  /** Puts one secret of a form on the clipboard, for a while. */
  handoffCopy(copy: SecretCopy): Promise<SecretCopied>;
  ghFound(): Promise<boolean>;
  ghSet(request: GhRequest): Promise<GhView>;
  /** Where keys went, newest first; changes come as `handoffs_changed`. */
  receipts(query: ReceiptQuery): Promise<ReceiptView[]>;
  receiptNote(noted: NotedHandoff): Promise<ReceiptView>;
  receiptChange(change: ReceiptChange): Promise<ReceiptView>;
  /** What depends on a key. */
  uses(key: KeyRef): Promise<UsesView>;
}
