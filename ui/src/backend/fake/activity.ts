// What the application in memory did, as the log answers about it.
import type { ActivityEntry, ActivityPage, ActivityQuery } from '../bindings.gen';

export function pageOf(all: ActivityEntry[], { group, key, since, text, before, limit }: ActivityQuery): ActivityPage {
  const found = all.filter((entry) =>
    (group === null || (group === 'failures' ? entry.failure : entry.group === group)) && (key === null || entry.key?.id === key) && (since === null || entry.at >= since)
    && (text === null || (entry.key?.name.toLowerCase().includes(text.toLowerCase()) ?? false)) && (before === null || entry.id < before));
  const entries = [...found].sort((a, b) => b.id - a.id);
  const keys = [...new Map(all.flatMap((entry) => (entry.key ? [[entry.key.id, entry.key] as const] : []))).values()].reverse();
  return structuredClone({ entries: entries.slice(0, limit), more: entries.length > limit, keys });
}
