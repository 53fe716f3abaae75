import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rulesWith } from '../../src/partners/testing/interchange.ts';
import { translate } from '../../src/partners/translate.ts';
import { endOf, startOf, weekOfTraffic } from './traffic.ts';

const FIRST_DAY = '2026-03-02';

test('sample week: the same each time, in order, inside its week', () => {
  const steps = weekOfTraffic(FIRST_DAY);
  assert.deepEqual(weekOfTraffic(FIRST_DAY), steps);
  for (const [index, step] of steps.entries()) {
    assert.ok(index === 0 || (steps[index - 1]?.at ?? 0) <= step.at);
    assert.ok(step.at > startOf(FIRST_DAY) && step.at < endOf(FIRST_DAY), new Date(step.at).toISOString());
  }
});

test('sample week: doubles, JSON and X12 of each sender are in it', () => {
  const steps = weekOfTraffic(FIRST_DAY);
  const bodies = steps.flatMap((step) => (step.kind === 'message' ? [step.body] : []));
  assert.ok(bodies.length > new Set(bodies).size + 10, 'doubles');
  assert.ok(
    bodies.some((body) => body.startsWith('ISA') && body.includes('~\r\n')),
    'prairie',
  );
  assert.ok(
    bodies.some((body) => body.startsWith('ISA') && body.includes('|GS*')),
    'heron',
  );
  assert.ok(
    bodies.some((body) => body.startsWith('ISA') && body.includes('\nGS*SM')),
    'desk',
  );
  assert.ok(
    bodies.some((body) => body.startsWith('[')),
    'northdock',
  );
});

// 126.00 + 21.42, and so on: what each bill comes to, and what is paid.
test('sample week: every bill and payment is understood, and says what it should', () => {
  const read = readSetup();
  const said = weekOfTraffic(FIRST_DAY).flatMap((step) => {
    if (step.kind !== 'message' || !/\bST\*(210|820)\*|camt\.053/.test(step.body)) return [];
    const { at: receivedAt, partner, fileName, body } = step;
    const translation = translate({ bytes: Buffer.from(body), partner, fileName, receivedAt }, read);
    assert.deepEqual(translation.problems, []);
    return translation.events.map(({ event }) => event);
  });
  const bills = said.flatMap(({ type, data }) =>
    type === 'carrier.invoice' ? [`${data.invoice} ${data.lines.map(({ code, amount }) => `${code} ${amount}`)}`] : [],
  );
  assert.deepEqual(
    [...new Set(bills)],
    [
      'PM-88140 LHL 126.00,FSC 21.42',
      'PM-88141 LHL 339.75,FSC 57.76,LFT 62.00',
      'PM-88142 LHL 297.00,FSC 50.49,LFT 62.00',
      'PM-88143 LHL 85.00,FSC 14.45',
      'BH-20917 LHL 904.32,FSC 193.11',
      'PM-88206 LHL 126.00,FSC 21.42',
    ],
  );
  const payments = said.flatMap(({ type, data }) =>
    type === 'payment.received' ? [`${data.payment} ${data.customer} ${data.amount}`] : [],
  );
  assert.deepEqual(
    [...new Set(payments)],
    ['HH-558120 hawthorn 987.80', 'FL-7730014 cascadia 904.50', 'FL-7730015 hawthorn 61.00'],
  );
});

test('sample week: what is ordered is packed, but for what is not shipped yet', () => {
  const read = readSetup();
  const said = weekOfTraffic(FIRST_DAY).flatMap((step) => {
    if (step.kind !== 'message' || !/\bST\*(850|945)\*/.test(step.body)) return [];
    const { at: receivedAt, partner, fileName, body } = step;
    const translation = translate({ bytes: Buffer.from(body), partner, fileName, receivedAt }, read);
    assert.deepEqual(translation.problems, []);
    return translation.events.map(({ event }) => event);
  });
  const rows = said.map(({ type, data }) =>
    type === 'order.placed'
      ? `${data.order} ${data.shipTo.city}: ${data.lines.map(({ quantity, unitPrice }) => `${quantity} at ${unitPrice}`).join(', ')}`
      : type === 'shipment.packed'
        ? `${data.shipment}: ${data.contents.map(({ order, line, quantity }) => `${order}/${line} ${quantity}`).join(', ')}`
        : type,
  );
  assert.deepEqual(
    [...new Set(rows)],
    [
      'HH-44017 Gary: 144 at 6.85, 36 at 18.40',
      'HH-44021 Columbus: 30 at 64.50, 200 at 9.125',
      'HH-44026 Grand Rapids: 24 at 71.20, 60 at 6.85',
      'LK-6000: HH-44017/1 144, HH-44017/2 36',
      'LK-6001: HH-44021/1 30, HH-44021/2 200',
      'LK-6002: HH-44026/1 16, HH-44026/2 60',
      'LK-6003: HH-44026/1 8',
      'HH-44033 Gary: 48 at 18.40',
    ],
  );
});

function readSetup() {
  const read = (file: string) => JSON.parse(readFileSync(new URL(`setup/${file}.json`, import.meta.url), 'utf8'));
  return rulesWith(read('partners'), read('agreements'));
}
