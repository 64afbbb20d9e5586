// Tokens in the application in memory: they say what real ones would, and are signed by nobody.
import type { Clip, ClipWhat, InvalidScope, Inspected, InspectionView, KeyRef, KeyView, TokenClaimsView, TokenCopy, TokenForm, TokenPlan, TokenView, TokenWish, WhyNotLonger } from '../bindings.gen';
import type { TokenBackend } from '../tokens';
import { inspected, type Judged, type TokenScene } from './token-scenes';
import { FakeVault, refuse } from './vault';

const HOST = 'https://api.appstoreconnect.apple.com';
const LEAST = 120;
const ORDINARY = 1200;
const MONTHS = 180 * 24 * 60 * 60;
const BACK_DATED = 60;
/** Characters of 64 bytes in base64url. */
const SIGNATURE = 86;
const LONG_LIVED = /^\/v\d+\/(ci(BuildActions|BuildRuns|Issues|MacOsVersions|Products|TestResults|Workflows|XcodeVersions)|scm(GitReferences|Providers|PullRequests|Repositories)|diagnosticSignatures)(\/|$|\?)|^\/v\d+\/(apps|builds)\/[^/]+\/(perfPowerMetrics|diagnosticSignatures)/;

const base64url = (value: unknown): string => btoa(JSON.stringify(value)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

function troubleOf(entry: string): InvalidScope | null {
  if (entry.length > 512) return 'scope_too_long';
  const [method = '', target = '', ...more] = entry.split(' ');
  if (target === '' || more.length > 0) return 'scope_shape';
  if (!['GET', 'POST', 'PATCH', 'DELETE'].includes(method)) return 'scope_method';
  if (target.includes('://')) return 'scope_address';
  if (!/^[\x21-\x7e]+$/.test(target) || /[#"<>\\^`{|}]/.test(target)) return 'scope_character';
  const [path = '', query] = target.split(/\?(.*)/s);
  if (!path.startsWith('/') || path.slice(1).split('/').some((step) => ['', '.', '..'].includes(step))) return 'scope_path';
  return query !== undefined && !query.split('&').every((pair) => /^[^=]+=[^=?]*$/.test(pair)) ? 'scope_query' : null;
}

function most(scope: string[]): [number, WhyNotLonger | null] {
  if (scope.length === 0) return [ORDINARY, 'no_scope'];
  if (scope.some((entry) => !entry.startsWith('GET '))) return [ORDINARY, 'entry_writes'];
  return scope.every((entry) => LONG_LIVED.test(entry.slice(4))) ? [MONTHS, null] : [ORDINARY, 'other_resource'];
}

function snippets(scope: string[]): Record<TokenForm, string> {
  const url = HOST + (scope[0]?.replace(/^\w+ /, '') ?? '/v1/apps?limit=10');
  const bearer = 'Authorization: Bearer $ASC_TOKEN';
  return {
    token: '$ASC_TOKEN',
    header: bearer,
    curl: `curl --globoff "${url}" \\\n  -H "${bearer}"`,
    httpie: `http GET "${url}" \\\n  "${bearer.replace(': ', ':')}"`,
    http: `GET ${url}\nAuthorization: Bearer {{$processEnv ASC_TOKEN}}`,
    javascript: `const response = await fetch("${url}", {\n  headers: { Authorization: \`Bearer \${process.env.ASC_TOKEN}\` },\n});\nconsole.log(await response.json());`,
    python: `import json, os, urllib.request\n\nrequest = urllib.request.Request(\n    "${url}",\n    headers={"Authorization": f"Bearer {os.environ['ASC_TOKEN']}"},\n)\nwith urllib.request.urlopen(request) as response:\n    print(json.load(response))`,
    swift: `import Foundation\n\nvar request = URLRequest(url: URL(string: "${url}")!)\nlet token = ProcessInfo.processInfo.environment["ASC_TOKEN"] ?? ""\nrequest.setValue("Bearer \\(token)", forHTTPHeaderField: "Authorization")\nlet (data, _) = try await URLSession.shared.data(for: request)`,
  };
}
const FORMS: TokenForm[] = ['curl', 'header', 'httpie', 'http', 'javascript', 'python', 'swift'];

export abstract class FakeTokens extends FakeVault implements TokenBackend {
  /** What is on the clipboard when somebody pastes into the inspector. */
  pasted: TokenScene = 'too_long';
  /** Seconds by which Apple's clock is ahead, as a token allows for it. */
  clockCorrected = 0;
  #token: TokenView | null = null;
  #made = 0;
  #clip: Clip | null = null;
  #clearing: ReturnType<typeof setTimeout> | undefined;
  #clipSeconds = 60;
  #inspected: Judged | null = null;

  /** A key that is in the vault. */
  protected abstract keyOf(id: KeyRef): KeyView;
  /** Every key of the vault. */
  protected abstract allKeys(): KeyView[];

  #claims({ key: id, seconds, scope }: TokenWish): TokenClaimsView {
    const key = this.keyOf(id);
    if (key.kind === 'team' && key.issuer_id === null) refuse({ code: 'issuer_id_missing' });
    const now = Math.floor(Date.now() / 1000);
    const holder = key.kind === 'team' ? { iss: key.issuer_id, sub: null } : { iss: null, sub: 'user' };
    const back = Math.min(BACK_DATED, Math.max(0, most(scope)[0] - seconds));
    return { alg: 'ES256', kid: key.key_id, typ: 'JWT', ...holder, aud: 'appstoreconnect-v1', iat: now - back, exp: now + seconds, scope, others: [] };
  }

  async tokenPlan(wish: TokenWish): Promise<TokenPlan> {
    this.opened('tokenPlan', wish);
    const scope_trouble = wish.scope.flatMap((entry, index) => {
      const why = troubleOf(entry);
      return why ? [{ index, why }] : [];
    });
    const good = wish.scope.filter((entry) => troubleOf(entry) === null);
    const [longest, why_not_longer] = most(good);
    const texts = snippets(good);
    return { claims: this.#claims({ ...wish, scope: good }), least: LEAST, most: longest, why_not_longer, scope_trouble, snippets: FORMS.map((form) => ({ form, text: texts[form] })) };
  }

  async tokenMint(wish: TokenWish): Promise<TokenView> {
    this.opened('tokenMint', wish);
    const claims = this.#claims(wish);
    for (const entry of wish.scope) {
      const why = troubleOf(entry);
      if (why) refuse({ code: 'token_scope', why });
    }
    const [longest] = most(wish.scope);
    if (wish.seconds < LEAST || wish.seconds > longest) refuse({ code: 'token_lifetime', least: LEAST, most: longest });
    const { alg, kid, typ, others, ...payload } = claims;
    const said = Object.fromEntries(Object.entries(payload).filter(([name, value]) => value !== null && !(name === 'scope' && wish.scope.length === 0) && others.length === 0));
    this.#token = { id: ++this.#made, key: wish.key, claims, parts: [base64url({ alg, kid, typ }), base64url(said)], signature_characters: SIGNATURE, clock_corrected: this.clockCorrected };
    return structuredClone(this.#token);
  }

  #living(): TokenView | null {
    if (this.#token && (this.#token.claims.exp ?? 0) * 1000 <= Date.now()) this.#token = null;
    return this.#token;
  }

  async token(): Promise<TokenView | null> {
    this.called('token');
    return structuredClone(this.#living());
  }

  #lent(what: ClipWhat): Clip {
    const seconds = this.#clipSeconds;
    this.#clip = { what, clears_at: Date.now() + seconds * 1000, seconds };
    clearTimeout(this.#clearing);
    this.#clearing = setTimeout(() => this.#cleared(), seconds * 1000);
    this.emit({ event: 'clipboard_changed', clip: this.#clip });
    return this.#clip;
  }
  #cleared(): void {
    clearTimeout(this.#clearing);
    this.#clip = null;
    this.emit({ event: 'clipboard_changed', clip: null });
  }
  /** Something secret goes onto the clipboard. */
  protected lend(what: ClipWhat): Clip {
    return structuredClone(this.#lent(what));
  }

  async tokenCopy(copy: TokenCopy): Promise<Clip> {
    this.opened('tokenCopy', copy);
    if (this.#living()?.id !== copy.id) refuse({ code: 'token_gone' });
    return this.lend('token');
  }

  async tokenReveal(id: number): Promise<string> {
    this.opened('tokenReveal', id);
    const token = this.#living();
    if (token?.id !== id) refuse({ code: 'token_gone' });
    return `${token.parts.join('.')}.${'FAKE-signature_'.repeat(6).slice(0, token.signature_characters)}`;
  }

  async tokenDrop(id: number): Promise<void> {
    this.called('tokenDrop', id);
    if (this.#token?.id === id) this.#token = null;
  }

  async inspectPaste(): Promise<Inspected> {
    this.opened('inspectPaste');
    const scene = this.pasted;
    if (scene === 'nothing') return { is: 'nothing', why: 'token_parts' };
    if (scene === 'private_key') return { is: 'private_key', import: this.offered() };
    this.#inspected = scene;
    return { is: 'token', inspection: inspected(scene, this.allKeys(), Date.now()) };
  }

  /** A private key that was pasted: the number of the import it is on offer in. */
  protected abstract offered(): number;

  async inspectAgain(): Promise<InspectionView | null> {
    this.opened('inspectAgain');
    return this.#inspected === null ? null : inspected(this.#inspected, this.allKeys(), Date.now());
  }

  async inspectClear(): Promise<void> {
    this.called('inspectClear');
    this.#inspected = null;
  }

  async clipboard(): Promise<Clip | null> {
    this.called('clipboard');
    return structuredClone(this.#clip);
  }

  async clipboardClear(): Promise<void> {
    this.called('clipboardClear');
    this.#cleared();
  }

  async setClipboardSeconds(seconds: number): Promise<void> {
    this.called('setClipboardSeconds', seconds);
    this.#clipSeconds = seconds;
    this.emit({ event: 'status_changed' });
  }
}
