// The XML reader: namespaces, encodings, what it refuses, and that it keeps only what it was told to keep.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementAt, elementsOf, readXml, textAt, type XmlElement } from './index.ts';

const read = (text: string | Uint8Array) => readXml(typeof text === 'string' ? Buffer.from(text) : text);

function rootOf(text: string | Uint8Array): XmlElement {
  const result = read(text);
  assert.ok(result.ok, JSON.stringify(result));
  return result.root;
}

test('elements have their namespace whatever the prefix, and their text without the blanks around it', () => {
  const root = rootOf(
    '<a:R xmlns:a="urn:one" xmlns="urn:two"><a:X k="v"> 1 &lt; <![CDATA[2 & 3]]> </a:X><Y><X>4</X></Y></a:R>',
  );
  assert.deepEqual([root.name, root.namespace, elementAt(root, 'Y')?.namespace], ['R', 'urn:one', 'urn:two']);
  assert.equal(textAt(root, 'X'), '1 < 2 & 3');
  assert.equal(elementAt(root, 'X')?.attributes.get('k'), 'v');
  assert.deepEqual([textAt(root, 'Y', 'X'), textAt(root, 'Y', 'Z'), textAt(root, 'Y')], ['4', undefined, undefined]);
});

const encodings: [string, Uint8Array][] = [
  ['UTF-8', Buffer.from('<?xml version="1.0" encoding="UTF-8"?><R>Müller €</R>')],
  ['a UTF-8 mark', Buffer.from('\ufeff<R>Müller €</R>')],
  ['UTF-16', Buffer.from('\ufeff<R>Müller €</R>', 'utf16le')],
  [
    'bytes that are no UTF-8',
    Buffer.concat([
      Buffer.from('<R>M'),
      Buffer.from([0xfc]),
      Buffer.from('ller '),
      Buffer.from([0x80]),
      Buffer.from('</R>'),
    ]),
  ],
  [
    'ISO-8859-15',
    Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-15"?><R>M'),
      Buffer.from([0xfc]),
      Buffer.from('ller '),
      Buffer.from([0xa4]),
      Buffer.from('</R>'),
    ]),
  ],
];
for (const [name, bytes] of encodings) {
  test(`read as ${name}`, () => assert.equal(textAt(rootOf(bytes)), 'Müller €'));
}

const deep = `${'<a>'.repeat(101)}${'</a>'.repeat(101)}`;
const refused: [string, string, RegExp][] = [
  ['<!DOCTYPE R [<!ENTITY e "x">]><R>&e;</R>', 'document-type', /<!DOCTYPE/],
  ['<!DOCTYPE R SYSTEM "http://example.com/x.dtd"><R/>', 'document-type', /<!DOCTYPE/],
  ['<R>&unknown;</R>', 'not-well-formed', /entity.*line 1/],
  ['<R>&nbsp;</R>', 'not-well-formed', /entity/],
  ['<R><X></R>', 'not-well-formed', /line 1, column/],
  ['<R', 'not-well-formed', /./],
  ['<x:R/>', 'not-well-formed', /prefix/],
  ['', 'not-well-formed', /no element/],
  ['<R/>tail', 'not-well-formed', /./],
  [deep, 'too-deep', /more than 100 elements inside one another/],
  [`<R ${Array.from({ length: 201 }, (_, index) => `a${index}="1"`).join(' ')}/>`, 'too-large', /attributes/],
  ['<?xml version="1.0" encoding="klingon"?><R/>', 'encoding-unknown', /"klingon"/],
];
for (const [text, kind, says] of refused) {
  test(`refused: ${text.slice(0, 60)}`, () => {
    const result = read(text);
    assert.ok(!result.ok);
    assert.equal(result.fault.kind, kind);
    assert.match(result.fault.message, says);
  });
}

test('what was dropped is not kept and does not count', () => {
  const entries = '<E><V>1</V></E>'.repeat(5_000);
  let sum = 0;
  const result = readXml(Buffer.from(`<R>${entries}<Z/></R>`), {
    mostHeld: 10,
    onClose(element, around) {
      if (element.name !== 'E' || around.at(-1) !== 'R') return 'keep';
      sum += Number(textAt(element, 'V'));
      return 'drop';
    },
  });
  assert.ok(result.ok);
  assert.equal(sum, 5_000);
  assert.deepEqual([elementsOf(result.root, 'E').length, elementsOf(result.root, 'Z').length], [0, 1]);
});

test('more elements that belong together than memory should hold are refused', () => {
  const result = readXml(Buffer.from(`<R>${'<E/>'.repeat(10)}</R>`), { mostHeld: 10 });
  assert.ok(!result.ok);
  assert.equal(result.fault.kind, 'too-large');
});
