// Start and memory of Keyfolio with 200 keys, and of an empty Tauri window, in turns on one display.
//
// Prints JSON: { start_ms: { app, empty }, memory_mib: { app, empty }, grid: { paint_ms, frame_ms, rows } }, each the
// median of several runs. Start is the time from starting the program to the page's performance mark `interactive`;
// memory is the proportional set size of all processes of the program, once it is quiet. The grid is the Permissions
// page with 200 keys: from the click to its first frame, the time between two frames while it scrolls from top to
// bottom, and the rows that exist in the page by then.

import { chmodSync, readFileSync } from 'node:fs';

import { App } from './lib/app.mjs';
import { throwawayKey } from './lib/keys.mjs';
import { pause, until } from './lib/processes.mjs';
import { Session } from './lib/session.mjs';

const RUNS = 5;
const KEYS = 200;
/** After this many milliseconds the web view has finished its own start-up work. */
const QUIET = 2000;
const ISSUER = '6c1e6f0a-8d2b-4f4e-9d59-2f5f1a7b3c10';
/** What the keys are, in turn: a library as mixed as a real one. */
const MIX = [['team', 'DEVELOPER'], ['team', 'APP_MANAGER'], ['individual', 'DEVELOPER'], ['team', 'ADMIN'], ['team', 'SALES'], ['individual', 'MARKETING'], ['team', 'FINANCE']];

const { KEYFOLIO_BINARY: app, EMPTY_WINDOW_BINARY: empty } = process.env;
if (!app || !empty) throw new Error('This is started by `cargo xtask bench`.');

const session = await Session.begin();
try {
  await fill();
  const runs = { app: [], empty: [] };
  await measure(app, '^Keyfolio$'); // The first start of each fills the disk cache.
  await measure(empty, '^Empty window$');
  for (let run = 0; run < RUNS; run += 1) {
    runs.app.push(await measure(app, '^Keyfolio$'));
    runs.empty.push(await measure(empty, '^Empty window$'));
  }
  const figures = (of) => ({ app: median(runs.app.map(of)), empty: median(runs.empty.map(of)) });
  const grid = (of) => median(runs.app.map(({ grid: run }) => of(run)));
  console.log(JSON.stringify({
    start_ms: figures((run) => run.start), memory_mib: figures((run) => run.memory),
    grid: { paint_ms: grid((run) => run.paint), frame_ms: grid((run) => run.frame), rows: grid((run) => run.rows) },
  }));
} finally {
  await session.end();
}

/** Stores throwaway keys in this session's vault, through the same commands the window uses. */
async function fill() {
  const names = Array.from({ length: KEYS }, (_, index) => `AuthKey_BENCH${String(index).padStart(5, '0')}.p8`);
  const files = names.map((name) => session.write(`home/keys/${name}`, throwawayKey()));
  const running = await App.start(session, { binary: app, args: files });
  try {
    await until('the vault', async () => (await running.invoke('status')).vault.state === 'open', { timeout: 30_000 });
    const offer = await until('the import', () => findImport(running), { timeout: 30_000 });
    const choices = offer.rows.map(({ row, verdict: { candidate } }, index) => {
      const [kind, role] = MIX[index % MIX.length];
      return { row, name: candidate.key_id, key_id: candidate.key_id, kind, issuer_id: kind === 'team' ? ISSUER : null, roles: [role], conflict: null };
    });
    await running.invoke('import_commit', { id: offer.id, choices });
    const { keys } = await running.invoke('keys');
    if (keys.length !== KEYS) throw new Error(`${keys.length} keys were stored instead of ${KEYS}`);
    await running.close();
  } finally {
    await running.end();
  }
}

async function findImport(running) {
  for (const id of [0, 1, 2]) {
    const view = await running.invoke('import_view', { id }).catch(() => null);
    if (view?.state === 'ready' && view.rows.length === KEYS) return view;
  }
  return null;
}

async function measure(binary, title) {
  // The driver starts the program, so the program is wrapped to note when.
  const note = session.write('started', '');
  const wrapper = session.write('wrapper', '#!/bin/sh\ndate +%s%N > "$STARTED_NOTE"\nexec "$MEASURED_BINARY" "$@"\n');
  chmodSync(wrapper, 0o755);
  const env = { STARTED_NOTE: note, MEASURED_BINARY: binary };
  const running = await App.start(session, { binary, program: wrapper, title, env });
  try {
    const interactive = await until('the page to be interactive', () => running.page.script(
      "const [mark] = performance.getEntriesByName('interactive'); return mark && performance.timeOrigin + mark.startTime;",
    ), { timeout: 30_000 });
    await pause(QUIET);
    const figures = { start: interactive - Number(readFileSync(note, 'utf8')) / 1e6, memory: running.memory() / 1024 };
    return binary === app ? { ...figures, grid: await measureGrid(running.page) } : figures;
  } finally {
    await running.end();
  }
}

/** The Permissions page, clicked on and scrolled through by the page itself, so that no driver stands in between. */
async function measureGrid(page) {
  const paint = await page.scriptAsync(`
    const button = [...document.querySelectorAll('nav button')].find((one) => one.textContent.trim() === 'Permissions');
    const from = performance.now();
    button.click();
    while (!document.querySelector('main [role=grid] [role=row] [role=gridcell]')) await new Promise(requestAnimationFrame);
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    return performance.now() - from;`);
  const [frame, rows] = await page.scriptAsync(`
    const grid = document.querySelector('main [role=grid]');
    const scroller = [grid, ...grid.querySelectorAll('*')].concat(grid.parentElement).find((one) => one.scrollHeight > one.clientHeight + 200);
    const step = scroller.scrollHeight / 120;
    const times = [];
    let rows = 0;
    for (let top = 0; top < scroller.scrollHeight; top += step) {
      scroller.scrollTop = top;
      times.push(await new Promise(requestAnimationFrame));
      rows = Math.max(rows, grid.querySelectorAll('[role=row]').length);
    }
    const between = times.slice(1).map((time, at) => time - times[at]).sort((left, right) => left - right);
    return [between.reduce((sum, time) => sum + time, 0) / between.length, rows];`);
  return { paint, frame, rows };
}

function median(numbers) {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}
