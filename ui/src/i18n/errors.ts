// Turns an error of the core into what people read: what happened, what is safe, what to do.
import type { IpcError } from '../backend/bindings.gen';
import { span } from './span';
import { troubleWords } from './trouble';
import { type Params, hasWords, tCode } from './words';

/** Title and body for an error; its fields fill the placeholders. */
export function wordsFor(error: IpcError): { title: string; body: string } {
  // What stood in the way says more than that something did.
  if (error.code === 'not_reached') {
    const { title, safe, action } = troubleWords(error.trouble);
    return { title, body: `${safe} ${action}` };
  }
  // Two kinds of error are many: which of them says what to do.
  if (error.code === 'token_scope' || error.code === 'handoff') return told(`${error.code}.${error.why}`, {});
  if (error.code === 'token_lifetime') return told(error.code, { least: span(error.least), most: span(error.most) });
  const params: Params = {};
  for (const [field, value] of Object.entries(error)) {
    if (typeof value === 'string') params[field] = field === 'field' ? tCode('error.field', value) : value;
    else if (typeof value === 'number') params[field] = value;
    else if (value && typeof value === 'object' && 'name' in value) params.name = value.name;
  }
  return told(error.code, params);
}

/** The words of a code; those of a defect, where a newer core has one that this window does not know. */
function told(wanted: string, params: Params): { title: string; body: string } {
  const code = hasWords('error', `${wanted}.title`) ? wanted : 'internal';
  return { title: tCode('error', `${code}.title`, params), body: tCode('error', `${code}.body`, params) };
}

/** Whether something thrown is an error of the core (everything else is a defect of this window). */
export function isIpcError(thrown: unknown): thrown is IpcError {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string';
}

/** What was thrown, as an error of the core. */
export function asIpcError(thrown: unknown): IpcError {
  return isIpcError(thrown) ? thrown : { code: 'internal' };
}
