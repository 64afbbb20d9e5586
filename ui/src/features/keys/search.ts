// Finding keys by any of their words: name, Key ID, issuer, role, tags, notes. Case and accents do not matter; every word
// typed must appear somewhere.
import type { KeyView } from '../../backend/bindings.gen';
import { fold } from '../../primitives/typeahead';

/** A test for keys; `words` gives what else is known about a key in plain words (its role, its issuer's name). */
export function matcher(query: string, words: (key: KeyView) => string[]): (key: KeyView) => boolean {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return () => true;
  return (key) => {
    const all = fold([key.name, key.key_id, key.issuer_id ?? '', key.notes, key.source_name ?? '', ...key.tags, ...words(key)].join('\n'));
    return wanted.every((word) => all.includes(word));
  };
}
