// The real backend: one command of the core per method, one argument object named `request`. The only file that knows Tauri.
import { Channel, invoke } from '@tauri-apps/api/core';
import type { Backend } from './backend';
import type { AppEvent } from './bindings.gen';

function ask<Answer>(command: string, request: unknown = null): Promise<Answer> {
  return invoke<Answer>(command, { request });
}

export function tauriBackend(): Backend {
  return {
    async subscribe(listener) {
      let live = true;
      const channel = new Channel<AppEvent>((event) => {
        if (live) listener(event);
      });
      await invoke('subscribe', { channel });
      return () => {
        live = false;
      };
    },
    status: () => ask('status'),
    setAppearance: (appearance) => ask('set_appearance', { appearance }),

    vaultCreate: (passphrase) => ask('vault_create', { passphrase }),
    vaultUnlock: (passphrase) => ask('vault_unlock', { passphrase }),
    vaultLock: () => ask('vault_lock'),
    vaultAddPassphrase: (passphrase) => ask('vault_add_passphrase', { passphrase }),
    vaultRestoreSnapshot: (name) => ask('vault_restore_snapshot', { name }),

    keys: () => ask('keys'),
    keyUpdate: (update) => ask('key_update', update),
    keyRemovalCheck: (id) => ask('key_removal_check', { id }),
    keyRemove: (removal) => ask('key_remove', removal),
    keyRestore: (id) => ask('key_restore', { id }),
    keyPurge: (id) => ask('key_purge', { id }),
    copy: (id, what) => ask('copy', { id, what }),
    issuerRename: (issuerId, name) => ask('issuer_rename', { issuer_id: issuerId, name }),

    importPick: () => ask('import_pick'),
    importPaste: () => ask('import_paste'),
    importDiscover: () => ask('import_discover'),
    importView: (id) => ask('import_view', { id }),
    importStop: (id) => ask('import_stop', { id }),
    importPassphrase: (id, row, passphrase) => ask('import_passphrase', { id, row, passphrase }),
    importCommit: (commit) => ask('import_commit', commit),
    importCancel: (id) => ask('import_cancel', { id }),

    ledger: (columns) => ask('ledger', { columns }),
    openLink: (link) => ask('open_link', { link }),
  };
}
