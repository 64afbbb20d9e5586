import type { Clip, Inspected, InspectionView, TokenCopy, TokenPlan, TokenView, TokenWish } from './bindings.gen';

/** Tokens, and the clipboard that carries them. A token reaches the window only through `tokenReveal`. */
export interface TokenBackend {
  /** What a token would say; nothing is signed. */
  tokenPlan(wish: TokenWish): Promise<TokenPlan>;
  /** Makes a token, in place of the one before. */
  tokenMint(wish: TokenWish): Promise<TokenView>;
  /** The token that was made last, while it lives. */
  token(): Promise<TokenView | null>;
  tokenCopy(copy: TokenCopy): Promise<Clip>;
  /** The token itself, because the user asked to see it. Not to be kept. */
  tokenReveal(id: number): Promise<string>;
  tokenDrop(id: number): Promise<void>;
  /** Judges the token on the clipboard. A private key there never comes here: it is put on offer. */
  inspectPaste(): Promise<Inspected>;
  /** The same token, judged as of now; null when there is none. */
  inspectAgain(): Promise<InspectionView | null>;
  inspectClear(): Promise<void>;
  /** The secret on the clipboard, if it was put there from here; changes come as `clipboard_changed`. */
  clipboard(): Promise<Clip | null>;
  clipboardClear(): Promise<void>;
  setClipboardSeconds(seconds: number): Promise<void>;
}
