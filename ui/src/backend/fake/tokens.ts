// Tokens in the application in memory.
import type { Clip, Inspected, InspectionView, KeyRef, KeyView, TokenCopy, TokenPlan, TokenView, TokenWish } from '../bindings.gen';
import type { TokenBackend } from '../tokens';
import { FakeVault, refuse } from './vault';

export abstract class FakeTokens extends FakeVault implements TokenBackend {
  /** A key that is in the vault. */
  protected abstract keyOf(id: KeyRef): KeyView;

  async tokenPlan(wish: TokenWish): Promise<TokenPlan> {
    this.opened('tokenPlan', wish);
    return refuse({ code: 'internal' });
  }

  async tokenMint(wish: TokenWish): Promise<TokenView> {
    this.opened('tokenMint', wish);
    return refuse({ code: 'internal' });
  }

  async token(): Promise<TokenView | null> {
    this.called('token');
    return null;
  }

  async tokenCopy(copy: TokenCopy): Promise<Clip> {
    this.opened('tokenCopy', copy);
    return refuse({ code: 'token_gone' });
  }

  async tokenReveal(id: number): Promise<string> {
    this.opened('tokenReveal', id);
    return refuse({ code: 'token_gone' });
  }

  async tokenDrop(id: number): Promise<void> {
    this.called('tokenDrop', id);
  }

  async inspectPaste(): Promise<Inspected> {
    this.opened('inspectPaste');
    return { is: 'nothing', why: 'token_empty' };
  }

  async inspectAgain(): Promise<InspectionView | null> {
    this.opened('inspectAgain');
    return null;
  }

  async inspectClear(): Promise<void> {
    this.called('inspectClear');
  }

  async clipboard(): Promise<Clip | null> {
    this.called('clipboard');
    return null;
  }

  async clipboardClear(): Promise<void> {
    this.called('clipboardClear');
  }

  async setClipboardSeconds(seconds: number): Promise<void> {
    this.called('setClipboardSeconds', seconds);
  }
}
