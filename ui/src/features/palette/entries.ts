// Everything the palette can find, as entries that know what they do. It holds no state: the window hands in what exists, and
// gets groups of entries back, best first.
import type { Component } from 'svelte';
import BadgeDollarSign from '@lucide/svelte/icons/badge-dollar-sign';
import Banknote from '@lucide/svelte/icons/banknote';
import Braces from '@lucide/svelte/icons/braces';
import ChevronRight from '@lucide/svelte/icons/chevron-right';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import ChartLine from '@lucide/svelte/icons/chart-line';
import Cloud from '@lucide/svelte/icons/cloud';
import Compass from '@lucide/svelte/icons/compass';
import FileBadge from '@lucide/svelte/icons/file-badge';
import Hammer from '@lucide/svelte/icons/hammer';
import Layers from '@lucide/svelte/icons/layers';
import MessageCircle from '@lucide/svelte/icons/message-circle';
import Stamp from '@lucide/svelte/icons/stamp';
import Users from '@lucide/svelte/icons/users';
import { AREAS, reaches } from '../../backend/areas';
import type { Area, GridView, KeyView, OperationView, Task, TaskView } from '../../backend/bindings.gen';
import { areaWords, kindAndRole, t, taskWords, tCode, visible } from '../../i18n';
import { score, wordsOf } from './match';

export type Group = 'recent' | 'areas' | 'keys' | 'jobs' | 'actions' | 'endpoints';
export type Entry = {
  /** Unique among all entries, and the same in the next search. */
  id: string;
  group: Group;
  label: string;
  detail?: string | undefined;
  also?: string[] | undefined;
  /** On the right: a shortcut, or what choosing it does. */
  hint?: string | undefined;
  icon?: Component | undefined;
  /** A key is drawn as its tile. */
  key?: KeyView | undefined;
  run: () => void;
};
/** A command of the window, as the palette lists it. */
export type PaletteAction = { id: string; label: string; detail?: string; hint?: string; run: () => void };
export type Sources = {
  keys: KeyView[];
  actions: PaletteAction[];
  grid: GridView | null;
  jobs: TaskView[];
  operations: OperationView[];
  onkey: (key: KeyView) => void;
  onarea: (area: Area) => void;
  onjob: (task: Task) => void;
  onendpoint: (path: string) => void;
};

const AREA_ICONS: Record<Area, Component> = {
  apps: Layers, builds: Hammer, xcode_cloud: Cloud, pricing: BadgeDollarSign, reviews: MessageCircle, analytics: ChartLine, users: Users, provisioning: FileBadge,
  sales: ChartColumn, finance: Banknote, notary: Stamp,
};
/** How many of each group are shown; more would hide the other groups. */
const MOST: Record<Group, number> = { recent: 5, areas: 4, keys: 6, jobs: 4, actions: 6, endpoints: 5 };
const ORDER: Group[] = ['areas', 'keys', 'jobs', 'actions', 'endpoints'];
/** From so many letters on, operations are searched too; before, nearly all of them would match. */
const ENDPOINTS_FROM = 3;

function areaEntries({ grid, onarea }: Sources): Entry[] {
  return AREAS.map((area, at) => {
    const can = grid?.rows.filter(({ answer }) => reaches(grid.answers[answer]?.cells[at]?.level)).length;
    const detail = can === undefined ? undefined : can === 0 ? t('palette.area.none') : t('palette.area.can', { count: can });
    return { id: `area:${area}`, group: 'areas', label: areaWords(area), detail, also: [tCode('access.area_hint', area)], hint: t('palette.area.hint'), icon: AREA_ICONS[area], run: () => onarea(area) };
  });
}

function keyEntries({ keys, onkey }: Sources): Entry[] {
  return keys.map((key) => ({
    id: `key:${key.id}`, group: 'keys', label: visible(key.name), detail: kindAndRole(key), also: [key.key_id, key.issuer_id ?? '', ...key.tags],
    hint: key.archived_at === null ? key.key_id : t('palette.key.archived'), key, run: () => onkey(key),
  }));
}

function actionEntries({ actions }: Sources): Entry[] {
  return actions.map((action) => ({ ...action, id: `action:${action.id}`, group: 'actions', icon: ChevronRight }));
}

function jobEntries({ jobs, onjob }: Sources): Entry[] {
  return jobs.map(({ task, group }) => ({
    id: `job:${task}`, group: 'jobs', label: taskWords(task), also: [tCode('access.task_group', group), task.replaceAll('_', ' ')], hint: t('palette.job.hint'), icon: Compass, run: () => onjob(task),
  }));
}

function endpointEntries({ operations, onendpoint }: Sources): Entry[] {
  return operations.filter(({ relationship }) => !relationship).map(({ method, path, area }) => ({
    // A path is one long word to a search; its camel case and slashes cut it into the words people type.
    id: `endpoint:${method} ${path}`, group: 'endpoints', label: `${method} ${path}`, detail: areaWords(area), also: [path.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('/', ' ')],
    icon: Braces, run: () => onendpoint(path),
  }));
}

/** Everything there is to find. Made when what exists changes, not at every letter. */
export function entriesOf(sources: Sources): Entry[] {
  return [...areaEntries(sources), ...keyEntries(sources), ...jobEntries(sources), ...actionEntries(sources), ...endpointEntries(sources)];
}

/** What matches, in groups: `>` asks for actions only, `#` for keys by their tags. */
export function find(query: string, all: Entry[], recent: string[]): { group: Group; entries: Entry[] }[] {
  const [, prefix = '', rest = ''] = /^\s*([>#]?)(.*)$/s.exec(query) ?? [];
  const words = wordsOf(rest);
  if (prefix === '#') {
    const tagged = all.filter(({ key }) => key?.tags.some((tag) => words.every((word) => tag.toLowerCase().includes(word))));
    return groups(tagged.map((entry) => ({ entry, rank: 1 })), Infinity);
  }
  const actions = all.filter(({ group }) => group === 'actions');
  if (prefix === '>') return groups(ranked(actions, words), Infinity);
  if (words.length === 0) {
    const again = recent.flatMap((id) => all.find((entry) => entry.id === id && entry.group !== 'endpoints') ?? []).slice(0, MOST.recent);
    const others = actions.filter((entry) => !again.includes(entry));
    return [...(again.length > 0 ? [{ group: 'recent' as const, entries: again }] : []), { group: 'actions', entries: others }];
  }
  const searched = rest.trim().length >= ENDPOINTS_FROM ? all : all.filter(({ group }) => group !== 'endpoints');
  return groups(ranked(searched, words));
}

type Ranked = { entry: Entry; rank: number };
function ranked(entries: Entry[], words: string[]): Ranked[] {
  return entries.map((entry) => ({ entry, rank: words.length === 0 ? 1 : score(words, entry) })).filter(({ rank }) => rank > 0);
}

function groups(found: Ranked[], most?: number): { group: Group; entries: Entry[] }[] {
  return ORDER.map((group) => ({
    group, entries: found.filter(({ entry }) => entry.group === group).sort((a, b) => b.rank - a.rank).slice(0, most ?? MOST[group]).map(({ entry }) => entry),
  })).filter(({ entries }) => entries.length > 0);
}
