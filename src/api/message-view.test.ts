// A message as people read it: places, meanings, masks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { MessageView } from '../insight/message-view.ts';
import { eventOf, openTestHub, type TestHub } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
});
after(() => hub.close());

const STATUS = [
  'ISA*00*          *00*          *02*RDWY           *ZZ*LADING         *260305*1200*U*00401*000000007*0*P*>',
  'GS*QM*RDWY*LADING*20260305*1200*7*X*004010',
  'ST*214*0001',
  'B10*PRO1*S-1*RDWY',
  'L11*BOL9*BM',
  'G61*IC*Jane Doe*TE*815-555-0100',
  'LX*1',
  'AT7*ZQ*NS***20260305*1000*CT',
  'SE*7*0001',
  'GE*1*7',
  'IEA*1*000000007',
].join('~\n');

async function viewFor(role: 'integration' | 'auditor' | 'partner', id: string) {
  const answer = await hub.app.inject({ url: `/v1/messages/${id}/view`, headers: hub.as(role) });
  return { status: answer.statusCode, view: answer.json<MessageView>() };
}

test('every element says what it is for, at its byte', async () => {
  const bytes = Buffer.from(`${STATUS}~`);
  const id = await hub.send('rdwy', bytes);
  const { view } = await viewFor('integration', id);
  assert.equal(view.form, 'segments');
  const at = (segment: string) => view.segments.find((each) => each.id === segment);
  assert.deepEqual(at('AT7')?.elements[0], { offset: STATUS.indexOf('ZQ*NS'), text: 'ZQ', name: 'Status' });
  assert.deepEqual(at('L11')?.elements[1]?.meaning, 'bol');
  assert.equal(at('G61')?.elements[1]?.text, 'Jane Doe');
  assert.equal(view.isMasked, false);
  const message = (await hub.app.inject({ url: `/v1/messages/${id}`, headers: hub.as('integration') })).json();
  assert.equal(message.problems[0].kind, 'unknown-partner');
});

test('what is wrong is at an element that is shown', async () => {
  const id = await hub.send('rdwy', Buffer.from(`${STATUS.replace('IEA*1*000000007', 'IEA*1*000000009')}~`));
  const message = (await hub.app.inject({ url: `/v1/messages/${id}`, headers: hub.as('integration') })).json();
  const { view } = await viewFor('integration', id);
  const place = view.segments.flatMap(({ id: name, elements }) =>
    elements.flatMap(({ offset, text }) => (offset === message.problems[0].offset ? [`${name} ${text}`] : [])),
  );
  assert.deepEqual(place, ['IEA 000000009']);
});

test('who need not see persons does not, and may not read the bytes', async () => {
  const id = await hub.send('rdwy', Buffer.from(`${STATUS.replaceAll('000000007', '000000008')}~`));
  const { view } = await viewFor('auditor', id);
  const person = view.segments.find((each) => each.id === 'G61')?.elements.map(({ text }) => text);
  assert.deepEqual([view.isMasked, person], [true, ['IC', '•••', 'TE', '•••']]);
  const bytes = await hub.app.inject({ url: `/v1/messages/${id}/body`, headers: hub.as('auditor') });
  assert.equal(bytes.statusCode, 403);
  assert.equal((await viewFor('partner', id)).view.isMasked, false);
});

test('JSON is shown as text with the events beside it, and another partner’s is not found', async () => {
  const milestone = { shipment: 'S-5', milestone: 'delivered', occurredAt: '2026-03-04T20:00:00Z', signedBy: 'J. Doe' };
  const id = await hub.send('tms', [eventOf('shipment.milestone', milestone)]);
  const { view } = await viewFor('integration', id);
  assert.deepEqual([view.form, view.segments.length, view.events.length], ['json', 0, 1]);
  assert.equal(view.events[0]?.type, 'shipment.milestone');
  assert.equal((await viewFor('partner', id)).status, 404);
});

test('EDIFACT is set aside, and shown component by component at its bytes', async () => {
  const text =
    "UNA:+.? 'UNB+UNOC:3+RDWY+LADING+260305:1200+77'UNH+1+IFTSTA:D:96A:UN'DTM+334:202603051000:203'CTA+IC+:Jane Doe'FTX+AAI+++It?'s late'UNT+5+1'UNZ+1+77'";
  const id = await hub.send('rdwy', Buffer.from(text));
  const message = (await hub.app.inject({ url: `/v1/messages/${id}`, headers: hub.as('integration') })).json();
  assert.deepEqual([message.kind, message.verdict], ['edifact', 'quarantined']);
  const { view } = await viewFor('integration', id);
  assert.deepEqual([view.form, view.separators], ['segments', { element: '+', component: ':' }]);
  const elementsOf = (segment: string) => view.segments.find((each) => each.id === segment)?.elements ?? [];
  assert.deepEqual(elementsOf('DTM')[0], {
    offset: text.indexOf('334:'),
    text: '334',
    position: { element: 1, component: 1 },
    name: 'Which',
    meaning: 'when the status changed',
  });
  assert.equal(elementsOf('FTX')[3]?.text, "It?'s late");
  const masked = (await viewFor('auditor', id)).view.segments.find((each) => each.id === 'CTA');
  assert.deepEqual(
    masked?.elements.map((each) => each.text),
    ['IC', '', '•••'],
  );
});
