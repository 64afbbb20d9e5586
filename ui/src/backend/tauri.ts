// The real backend: one command of the core per method, one argument object named `request`. The only file that knows Tauri.
import { Channel, invoke } from '@tauri-apps/api/core';
import { t } from '../i18n';
import type { Backend } from './backend';
import type { Commands, KeptView, WindowEvent } from './bindings.gen';

function ask<Name extends keyof Commands>(
  command: Name,
  request: Commands[Name]['request'],
): Promise<Commands[Name]['answer']> {
  return invoke(command, { request });
}

export function tauriBackend(): Backend {
  const listeners = new Set<(event: WindowEvent) => void>();
  let subscribed: Promise<void> | null = null;

  /** The core has one channel to the window; everybody in the window listens to that one. */
  function connect(): Promise<void> {
    const channel = new Channel<WindowEvent>((event) => {
      for (const listener of [...listeners]) listener(event);
    });
    return invoke('subscribe', { channel });
  }

  return {
    async subscribe(listener) {
      listeners.add(listener);
      subscribed ??= connect();
      await subscribed;
      return () => listeners.delete(listener);
    },
    async ready() {
      await ask('ready', null);
      // The benchmark's mark: the window is up and its first frame is on the screen.
      requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('interactive')));
    },
    zoom: async (step) => void (await ask('zoom', { step })),
    titleBar: async (touch) => void (await ask('title_bar', { touch })),
    keptView: 'keyfolioView' in window ? (window.keyfolioView as KeptView | null) : null,
    keepView: async (view) => void (await ask('keep_view', view)),
    menuBar: async (bar) => void (await ask('menu_bar', bar)),
    status: () => ask('status', null),
    setAppearance: async (appearance) => void (await ask('set_appearance', { appearance })),

    vaultCreate: (passphrase) => ask('vault_create', { passphrase }),
    vaultUnlock: (passphrase) => ask('vault_unlock', { passphrase }),
    vaultLock: () => ask('vault_lock', null),
    vaultAddPassphrase: (passphrase) => ask('vault_add_passphrase', { passphrase }),
    vaultRestoreSnapshot: (name) => ask('vault_restore_snapshot', { name }),

    keys: () => ask('keys', null),
    keyUpdate: (update) => ask('key_update', update),
    keyRemovalCheck: (id) => ask('key_removal_check', { id }),
    keyRemove: async (removal) => void (await ask('key_remove', removal)),
    keyRestore: (id) => ask('key_restore', { id }),
    keyPurge: async (id) => void (await ask('key_purge', { id })),
    copy: async (id, what) => void (await ask('copy', { id, what })),
    issuerRename: async (issuer_id, name) => void (await ask('issuer_rename', { issuer_id, name })),

    importPick: () =>
      ask('import_pick', {
        title: t('import.pick.title'),
        key_files: t('import.pick.key_files'),
        all_files: t('import.pick.all_files'),
      }),
    importPaste: () => ask('import_paste', null),
    importDiscover: () => ask('import_discover', null),
    importView: (id) => ask('import_view', { id }),
    importStop: async (id) => void (await ask('import_stop', { id })),
    importPassphrase: (id, row, passphrase) => ask('import_passphrase', { id, row, passphrase }),
    importCommit: (commit) => ask('import_commit', commit),
    importCancel: async (id) => void (await ask('import_cancel', { id })),

    ledger: (columns, layer = 'combined') => ask('ledger', { columns, layer }),
    grid: (layer = 'combined') => ask('grid', { layer }),
    whoCan: (request) => ask('who_can', request),
    advise: (request) => ask('advise', request),
    operations: () => ask('operations', null),

    verify: (request) => ask('verify', request),
    verifyStop: async () => void (await ask('verify_stop', null)),
    run: () => ask('run', null),
    runDismiss: async () => void (await ask('run_dismiss', null)),
    check: (id) => ask('check', { id }),
    rolesKeep: async (id) => void (await ask('roles_keep', { id })),
    ownerLookUp: (request) => ask('owner_look_up', request),
    issuerSetVendor: async (issuer_id, vendor_number) => void (await ask('issuer_set_vendor', { issuer_id, vendor_number })),
    importAsk: (question) => ask('import_ask', question),
    appleLine: () => ask('apple_line', null),
    setAsking: async (asking) => void (await ask('set_asking', { asking })),
    activity: (query) => ask('activity', query),

    tokenPlan: (wish) => ask('token_plan', wish),
    tokenMint: (wish) => ask('token_mint', wish),
    token: () => ask('token', null),
    tokenCopy: (copy) => ask('token_copy', copy),
    tokenReveal: (id) => ask('token_reveal', { id }),
    tokenDrop: async (id) => void (await ask('token_drop', { id })),
    inspectPaste: () => ask('inspect_paste', null),
    inspectAgain: () => ask('inspect_again', null),
    inspectClear: async () => void (await ask('inspect_clear', null)),
    clipboard: () => ask('clipboard', null),
    clipboardClear: async () => void (await ask('clipboard_clear', null)),
    setClipboardSeconds: async (seconds) => void (await ask('set_clipboard_seconds', { seconds })),

    recipes: () => ask('recipes', null),
    fitting: (request) => ask('fitting', request),
    handoffSheet: (pair) => ask('handoff_sheet', pair),
    handoffPlace: (request) => ask('handoff_place', request),
    handoffPlaceDrop: async (id) => void (await ask('handoff_place_drop', { id })),
    handoffWrite: (request) => ask('handoff_write', request),
    handoffCopy: (copy) => ask('handoff_copy', copy),
    ghFound: () => ask('gh_found', null),
    ghSet: (request) => ask('gh_set', request),
    receipts: (query) => ask('receipts', query),
    receiptNote: (noted) => ask('receipt_note', noted),
    receiptChange: (change) => ask('receipt_change', change),
    uses: (id) => ask('uses', { id }),

    hintSeen: async (hint) => void (await ask('hint_seen', { hint })),
    exportCopy: async (text) => void (await ask('export_copy', { text })),
    exportSave: (request) => ask('export_save', request),
    openLink: async (link) => void (await ask('open_link', { link })),
  };
}
