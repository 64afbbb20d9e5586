// Everything the window says: the words, and the phrases that more than one part of it uses.
export { day, hasWords, listed, locale, moment, number, t, tCode, tOs, type Message, type Params } from './words';
export { visible, isolate } from './isolate';
export { asIpcError, isIpcError, wordsFor } from './errors';
export { isShortcut, shortcutWords, type Shortcut } from './shortcut';
export { areaShort, areaWords, cellWords, kindAndRole, reachWords, rolesOf, taskWords } from './access';
export { clock, dayName, dayStart, exactMoment, shortMoment, sortable } from './time';
export { BYTE_ORDER_MARK, commaSeparated } from './spreadsheet';
export { attentionWords, guardStateWords, guardWords } from './guards';
export { troubleSentence, troubleWords, type TroubleWords } from './trouble';
export { ago } from './ago';
export { appsKnown, appsUnknownWords, appsWords, type AppsKnown } from './apps';
export { age } from './age';
export { minutes, span } from './span';
