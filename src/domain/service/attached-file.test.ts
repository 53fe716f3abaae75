import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachedFileFrom, FILE_BYTES_AT_MOST } from './attached-file.ts';

const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
const typeOf = (content: string) => {
  const checked = attachedFileFrom({ name: 'a', content });
  return checked.kind === 'file' ? checked.file.mediaType : checked.detail;
};

const NO_KIND = 'file: send a PDF, a picture (PNG, JPEG, WebP) or plain text';
const kinds = [
  { name: 'a PDF', content: base64('%PDF-1.7\n…'), is: 'application/pdf' },
  { name: 'a PNG', content: base64('\x89PNG\r\n\x1a\n\0\0'), is: 'image/png' },
  { name: 'a JPEG', content: base64('\xff\xd8\xff\xe0\0'), is: 'image/jpeg' },
  { name: 'a WebP', content: base64('RIFF\x01\0\0\0WEBPVP8 '), is: 'image/webp' },
  {
    name: 'text, of whatever kind: it is never shown as more',
    content: base64('<script>1</script>'),
    is: 'text/plain',
  },
  { name: 'a program', content: base64('MZ\x90\0\x03'), is: NO_KIND },
  { name: 'an archive', content: base64('PK\x03\x04'), is: NO_KIND },
  { name: 'broken UTF-8', content: base64('caf\xe9'), is: NO_KIND },
  { name: 'nothing', content: '', is: 'file: it is empty' },
  { name: 'no base64', content: 'a b=', is: 'file: its content is not base64' },
];
for (const { name, content, is } of kinds) test(`kind: ${name}`, () => assert.equal(typeOf(content), is));

test('size: the last byte that is allowed, and one more', () => {
  const bytes = (count: number) => Buffer.alloc(count, 'a').toString('base64');
  assert.equal(typeOf(bytes(FILE_BYTES_AT_MOST)), 'text/plain');
  assert.equal(typeOf(bytes(FILE_BYTES_AT_MOST + 1)), 'file: it has more than 5 MB');
});

const names = [
  ['pod.pdf', 'pod.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\ann\\pod.pdf', 'pod.pdf'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['a\r\nb.txt', 'ab.txt'],
  ['..', 'file'],
  ['<img src=x>.txt', '<img src=x>.txt'],
];
for (const [given = '', kept] of names) {
  test(`name: ${JSON.stringify(given)}`, () => {
    const checked = attachedFileFrom({ name: given, content: base64('x') });
    assert.equal(checked.kind === 'file' && checked.file.name, kept);
  });
}
