// What happens outside the page: native dialogs, dragging files from another program, the clipboard.
//
// Everything goes through the X server as a person's hands would (xdotool) or another program would (xclip, a GTK
// window to drag from). X11 does not tell when a program has taken an event in; the pauses here are the shortest
// that worked every time, and there are none elsewhere.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { output, pause, start, stop, until } from './processes.mjs';

const DRAG_SOURCE = fileURLToPath(new URL('dnd_source.py', import.meta.url));
/** GTK's file dialog drops letters that arrive while its path entry is still appearing. */
const ENTRY_APPEARS = 400;
/** After which a person wonders whether a key was pressed at all, in milliseconds. */
const NOTICED = 5_000;
/** XDND needs the pointer to rest a moment between steps, or the target never sees a motion. */
const POINTER_STEP = 20;

export class Hands {
  constructor(session) {
    this.env = session.env;
  }

  /** The id of the visible window whose title matches `title` (a regular expression), once there is one. */
  window = (title, options) => until(`a window titled ${title}`, async () => {
    const ids = await this.#x('search', '--onlyvisible', '--name', title);
    return ids.split('\n').pop();
  }, { timeout: 15_000, every: 80, ...options });

  /** Waits until no window has that title. */
  windowGone = (title) => until(`no window titled ${title}`, () => this.#x('search', '--onlyvisible', '--name', title).then(() => false, () => true));

  /** Presses keys in a window, as `ctrl+v`. */
  async press(window, ...keys) {
    await this.#x('windowactivate', '--sync', window);
    await this.#x('key', ...keys);
  }

  /** Types text into a window. */
  async type(window, text) {
    await this.#x('windowactivate', '--sync', window);
    await this.#x('type', '--delay', '12', text);
  }

  /** Moves a window's frame. */
  async place(window, x, y) {
    await this.#x('windowmove', '--sync', window, x, y).catch(() => {}); // Waits in vain when it stands there already.
  }

  /** Sets the size of a window's content. */
  resize = (window, width, height) => this.#x('windowsize', window, width, height);

  /** Closes a window by the window manager's key, and waits until it is gone. */
  async close(window) {
    const gone = () => this.#x('getwindowname', window).then(() => false, () => true);
    for (let presses = 1; ; presses += 1) {
      await this.press(window, 'alt+F4');
      try {
        return await until('the window to be gone', gone, { timeout: NOTICED, every: 50 });
      } catch (error) {
        // A key that arrives while the window manager is busy with the keyboard reaches nobody: a person presses again.
        if (presses === 3) throw error;
      }
    }
  }

  // -------------------------------------------------------------- the file dialog

  /** Chooses a file in GTK's dialog by typing its path. */
  async pickFile(dialogTitle, path) {
    const dialog = await this.window(dialogTitle);
    await pause(ENTRY_APPEARS);
    await this.press(dialog, 'ctrl+l');
    await pause(ENTRY_APPEARS);
    await this.#x('key', 'ctrl+a');
    await this.#x('type', '--delay', '12', path);
    await pause(ENTRY_APPEARS);
    await this.#x('key', 'Return');
    await this.windowGone(dialogTitle);
  }

  /** Saves under this path in GTK's dialog, in place of the name it suggests; over a file that is there, it asks by itself as well. */
  async saveFile(dialogTitle, path, { over = false } = {}) {
    const dialog = await this.window(dialogTitle);
    await pause(ENTRY_APPEARS);
    await this.press(dialog, 'ctrl+a');
    await this.#x('type', '--delay', '12', path);
    await pause(ENTRY_APPEARS);
    await this.#x('key', 'Return');
    if (over) {
      await pause(ENTRY_APPEARS);
      await this.#x('key', 'Return');
    }
    await this.windowGone(dialogTitle);
  }

  /** Leaves the dialog without choosing. */
  async cancelDialog(dialogTitle) {
    const dialog = await this.window(dialogTitle);
    await pause(ENTRY_APPEARS);
    await this.press(dialog, 'Escape');
    await this.windowGone(dialogTitle);
  }

  // -------------------------------------------------------------- drag and drop

  /**
   * Drags files out of another program's window and holds them over `point` of the screen.
   * The answer lets them go (`drop`) or takes them back (`cancel`).
   */
  async drag(files, point) {
    const program = start('/usr/bin/python3', [DRAG_SOURCE, ...files], { env: this.env });
    const window = await this.window('^dnd-source$');
    await this.#x('windowraise', window);
    const from = middle(await this.geometry(window));
    await this.#x('mousemove', '--sync', from.x, from.y).catch(() => {});
    await pause(150);
    await this.#x('mousedown', 1);
    for (let step = 1; step <= 20; step += 1) {
      await this.#x('mousemove', between(from.x, point.x, step / 20), between(from.y, point.y, step / 20));
      await pause(POINTER_STEP);
    }
    await until('the drag to begin', () => program.said.includes('SRC begin'));
    await this.#x('mousemove', point.x + 2, point.y);
    await pause(200);
    const finish = async (release) => {
      await release();
      await until('the drag to end', () => program.said.includes('SRC end'));
      await stop(program);
    };
    return {
      drop: () => finish(() => this.#x('mouseup', 1)),
      cancel: () => finish(async () => { await this.#x('key', 'Escape'); await this.#x('mouseup', 1); }),
    };
  }

  /** Drops files on `point` of the screen. */
  drop = async (files, point) => (await this.drag(files, point)).drop();

  /** Position and size of a window's content on the screen, in pixels. */
  async geometry(window) {
    const lines = (await this.#x('getwindowgeometry', '--shell', window)).split('\n').map((line) => line.split('='));
    const { X, Y, WIDTH, HEIGHT } = Object.fromEntries(lines);
    return { x: Number(X), y: Number(Y), width: Number(WIDTH), height: Number(HEIGHT) };
  }

  // -------------------------------------------------------------- the clipboard

  /** Puts text on the clipboard, as another program would. */
  copyText = (text) => this.#copy(text, []);

  /** Puts files on the clipboard, as a file manager would. */
  copyFiles = (paths) => this.#copy(paths.map((path) => `${new URL(`file://${encodeURI(path)}`)}\r\n`).join(''), ['-t', 'text/uri-list']);

  /** The text on the clipboard. */
  clipboard = () => output('xclip', ['-selection', 'clipboard', '-o'], { env: this.env });

  /** What kinds of content the clipboard offers. */
  clipboardKinds = async () => (await output('xclip', ['-selection', 'clipboard', '-o', '-t', 'TARGETS'], { env: this.env })).split('\n');

  /** What it holds of one of these kinds. */
  clipboardAs = (kind) => output('xclip', ['-selection', 'clipboard', '-o', '-t', kind], { env: this.env });

  /** Waits until it holds nothing. */
  clipboardEmpty = (options) => until('an empty clipboard', () => this.clipboardKinds().then(() => false, () => true), options);

  async #copy(content, kind) {
    await stop(this.owner);
    // `-quiet` keeps it in the foreground, where it can be ended.
    this.owner = start('xclip', ['-selection', 'clipboard', '-quiet', '-i', ...kind], { env: this.env, input: content });
    const target = kind[1] ?? 'UTF8_STRING';
    await until('the clipboard', async () => (await this.clipboardKinds()).includes(target));
  }

  /** Lets go of the clipboard. */
  end = () => stop(this.owner);

  #x = (...args) => output('xdotool', args, { env: this.env });
}

/** The processes that a process started, itself included, from /proc. */
export function processTree(pid) {
  const children = (parent) => readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  return [pid, ...children(pid).flatMap(processTree)];
}

const middle = ({ x, y, width, height }) => ({ x: Math.round(x + width / 2), y: Math.round(y + height / 2) });
const between = (from, to, part) => Math.round(from + (to - from) * part);
