// Where a key goes, in the user's words, and sending it there: what the sheets that ask for a place have in common.

import type { IpcError } from '../../backend/bindings.gen';
import { asIpcError, t, wordsFor } from '../../i18n';

export class Destination {
  text = $state('');
  /** What is wrong with the text. */
  problem = $state<string | undefined>();
  /** Why nothing was done. */
  refusal = $state.raw<{ title: string; body: string } | null>(null);
  busy = $state(false);

  begin(text = ''): void {
    this.text = text;
    this.problem = undefined;
    this.refusal = null;
  }

  type(text: string): void {
    this.text = text;
    this.problem = undefined;
  }

  /** Sends once, with a place named. `settles` says whether it dealt with an error itself. */
  async send(act: (destination: string) => Promise<void>, settles: (error: IpcError) => boolean = () => false): Promise<void> {
    if (this.busy) return;
    const destination = this.text.trim();
    if (destination === '') {
      this.problem = t('studio.destination.empty');
      return;
    }
    this.busy = true;
    this.refusal = null;
    try {
      await act(destination);
    } catch (thrown) {
      const error = asIpcError(thrown);
      if (error.code === 'handoff' && error.why === 'destination') this.problem = wordsFor(error).body;
      else if (!settles(error)) this.refusal = wordsFor(error);
    } finally {
      this.busy = false;
    }
  }
}

/** Return in a line of text sends. */
export function onReturn(event: KeyboardEvent, send: () => Promise<void>): void {
  if (event.key === 'Enter' && !event.isComposing && event.target instanceof HTMLInputElement && event.target.type === 'text') {
    event.preventDefault();
    void send();
  }
}
