import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { EXCEPTION_KINDS, type ExceptionKind, termsOf } from '../model/exception.ts';
import { EXCEPTION_GUIDE } from './exception-guide.ts';

test('docs/exceptions.md lists exactly the kinds there are, as the program takes them', async () => {
  const page = await readFile(new URL('../../docs/exceptions.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/gm)];
  const listed = rows.map(([, ...cells]) => cells);
  const meant = (Object.keys(EXCEPTION_KINDS) as ExceptionKind[]).map((kind) => {
    const { owner, dueHours, holds } = termsOf(kind);
    const { waitsFor, mend } = EXCEPTION_GUIDE[kind];
    return [kind, owner, `${dueHours} h`, holds ? 'yes' : 'no', waitsFor, mend];
  });
  assert.deepEqual(listed, meant);
});
