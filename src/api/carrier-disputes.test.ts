// Disputes and lists over HTTP, as the console and other systems ask for them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventOf, openTestHub, type TestHub, wholeJourney } from './testing/hub.ts';

let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  await hub.send('tms', wholeJourney('S-1'));
  const lines = [{ shipment: 'S-1', code: 'XYZ', amount: '40.00' }];
  const data = { carrier: 'rdwy', invoice: 'R/1', issuedOn: '2026-03-05', currency: 'USD', lines };
  await hub.send('rdwy', eventOf('carrier.invoice', data));
});
after(() => hub.close());

const ask = async (
  method: 'GET' | 'POST',
  url: string,
  payload?: object,
  role: 'finance' | 'operations' = 'finance',
) => {
  const answer = await hub.app.inject({ method, url, headers: { ...hub.as(role) }, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json() };
};

test('a disputed bill opens a dispute; it is moved by finance, once settled no more, and sums up', async () => {
  const { body: page } = await ask('GET', '/v1/carrier-disputes?carrier=rdwy&state=open');
  const [dispute] = page.items;
  assert.equal(`${dispute.invoice} ${dispute.billed} ${dispute.disputed}`, 'R/1 40.00 40.00');
  assert.equal(dispute.packet, '/v1/packets/rdwy%2FR%2F1');
  assert.equal((await ask('GET', dispute.packet)).status, 200);
  const move = `/v1/carrier-disputes/${dispute.id}/move`;
  assert.equal((await ask('POST', move, { to: 'sent', reason: 'x' }, 'operations')).status, 403);
  assert.equal((await ask('POST', move, { to: 'lost', reason: 'x' })).status, 400);
  assert.equal((await ask('POST', '/v1/carrier-disputes/999999/move', { to: 'sent', reason: 'x' })).status, 404);
  const sent = await ask('POST', move, { to: 'sent', reason: 'mailed' });
  assert.equal(sent.body.state, 'sent');
  const tooMuch = await ask('POST', move, { to: 'accepted', reason: 'all', recovered: '40.01' });
  assert.equal(`${tooMuch.status} ${tooMuch.body.type}`, '422 /problems/dispute-settled');
  assert.equal((await ask('POST', move, { to: 'accepted', reason: 'most', recovered: '30' })).body.recovered, '30.00');
  assert.equal((await ask('POST', move, { to: 'sent', reason: 'again' })).status, 422);
  assert.deepEqual((await ask('GET', '/v1/carrier-disputes/totals')).body.totals, [
    {
      carrier: 'rdwy',
      carrierName: 'Roadway Freight',
      currency: 'USD',
      disputes: 1,
      disputed: '40.00',
      open: '0.00',
      recovered: '30.00',
      writtenOff: '10.00',
    },
  ]);
});

test('lists now, and none taken by night yet', async () => {
  const { body } = await ask('GET', '/v1/lists');
  assert.equal(body['cost-without-revenue'].count, 0);
  assert.equal((await ask('GET', '/v1/lists?taken=last')).status, 404);
});
