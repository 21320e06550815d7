import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMissing, MISSING } from './support/missing.js';

test('what is named as missing is missing', async () => {
  for (const feature of Object.keys(MISSING)) {
    assert.ok(await isMissing(feature), `the server has got ${feature}: take it out of support/missing.js`);
  }
});
