import { expect, test } from 'vitest';
import { issuerIn, tidyIssuer } from './issuer';

const ISSUER = '57246542-96fe-1a63-e053-0824d011072a';

test.each([ISSUER, ` ${ISSUER}\n`, ISSUER.toUpperCase(), `Issuer ID\n${ISSUER}\nCopy`, `"${ISSUER}"`])('finds the Issuer ID in %j', (text) => {
  expect(issuerIn(text)).toBe(ISSUER);
});

test.each(['', '57246542', `${ISSUER.slice(0, -1)}`, '57246542-96fe-1a63-e053-0824d01107zz'])('finds none in %j', (text) => {
  expect(issuerIn(text)).toBeNull();
});

test('leaves unfinished typing alone', () => {
  expect(tidyIssuer('57246542-96fe')).toBe('57246542-96fe');
});
