// Hand-off in the application in memory.
import type {
  FittingRequest, FittingView, GhRequest, GhView, HandoffPair, KeyRef, NotedHandoff, PlaceRequest, PlaceView, ReceiptChange, ReceiptQuery, ReceiptView, RecipeView,
  SecretCopied, SecretCopy, SheetView, UsesView, WriteRequest,
} from '../bindings.gen';
import type { HandingBackend } from '../handing';
import { FakeTokens } from './tokens';
import { refuse } from './vault';

export abstract class FakeHanding extends FakeTokens implements HandingBackend {
  async recipes(): Promise<RecipeView[]> {
    this.called('recipes');
    return [];
  }

  async fitting(request: FittingRequest): Promise<FittingView> {
    this.opened('fitting', request);
    return { fits: [], nearly: [], refused: [], create: null };
  }

  async handoffSheet(pair: HandoffPair): Promise<SheetView> {
    this.opened('handoffSheet', pair);
    return refuse({ code: 'handoff', why: 'unknown' });
  }

  async handoffPlace(request: PlaceRequest): Promise<PlaceView | null> {
    this.opened('handoffPlace', request);
    return null;
  }

  async handoffPlaceDrop(id: number): Promise<void> {
    this.called('handoffPlaceDrop', id);
  }

  async handoffWrite(request: WriteRequest): Promise<ReceiptView> {
    this.opened('handoffWrite', request);
    return refuse({ code: 'handoff', why: 'place_gone' });
  }

  async handoffCopy(copy: SecretCopy): Promise<SecretCopied> {
    this.opened('handoffCopy', copy);
    return refuse({ code: 'handoff', why: 'unknown' });
  }

  async ghFound(): Promise<boolean> {
    this.called('ghFound');
    return false;
  }

  async ghSet(request: GhRequest): Promise<GhView> {
    this.opened('ghSet', request);
    return refuse({ code: 'handoff', why: 'no_gh' });
  }

  async receipts(query: ReceiptQuery): Promise<ReceiptView[]> {
    this.opened('receipts', query);
    return [];
  }

  async receiptNote(noted: NotedHandoff): Promise<ReceiptView> {
    this.opened('receiptNote', noted);
    return refuse({ code: 'handoff', why: 'unknown' });
  }

  async receiptChange(change: ReceiptChange): Promise<ReceiptView> {
    this.opened('receiptChange', change);
    return refuse({ code: 'handoff', why: 'unknown' });
  }

  async uses(key: KeyRef): Promise<UsesView> {
    this.opened('uses', key);
    return { receipts: [], breaks: [], jobs: [], open: false, smaller: null };
  }
}
