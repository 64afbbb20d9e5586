// A token for the key at hand, made and copied in one go: the shortest way from "I need to call this" to calling it.
import type { Backend } from '../backend/backend';
import type { KeyView } from '../backend/bindings.gen';
import { clock, t, visible } from '../i18n';
import type { Toasts } from '../primitives/toasts.svelte';

/** Ten minutes: long enough to try something out, half of what Apple takes. */
const SECONDS = 600;

type Around = { toasts: Toasts; onopen: () => void; onfailure: (thrown: unknown) => void };

export async function quickToken(backend: Backend, key: KeyView, { toasts, onopen, onfailure }: Around): Promise<void> {
  try {
    const { id, claims } = await backend.tokenMint({ key: key.id, seconds: SECONDS, scope: [] });
    const { seconds } = await backend.tokenCopy({ id, form: 'token' });
    toasts.show({
      text: t('tokens.quick', { name: visible(key.name) }),
      detail: t('tokens.quick.detail', { time: clock((claims.exp ?? 0) * 1000), seconds }),
      action: { label: t('tokens.quick.open'), run: onopen },
    });
  } catch (thrown) {
    onfailure(thrown);
  }
}
