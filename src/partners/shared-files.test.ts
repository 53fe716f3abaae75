// Real files and scenario files, where they lie beside the checkout: what each becomes, and that it fits the schemas.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { EVENT_DATA } from '../model/event.ts';
import type { Agreement } from '../model/setup/agreement.ts';
import type { Partner } from '../model/setup/partner.ts';
import { Identifier } from '../model/text.ts';
import { validate } from '../model/validate.ts';
import { adHocPartners } from './ad-hoc.ts';
import { rulesWith } from './testing/interchange.ts';
import { translate } from './translate.ts';
import type { Translation } from './translation.ts';

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));
const CORPUS = join(SHARED, 'corpus');
const SCENARIOS = join(SHARED, 'scenarios');
const noCorpus = existsSync(CORPUS) ? false : 'there is no ../shared/corpus';
const noScenarios = existsSync(SCENARIOS) ? false : 'there is no ../shared/scenarios';

/** What the agreements would give, where a file names no currency. */
const CURRENCY: Pick<Agreement, 'currency' | 'validFrom' | 'lanes'> = {
  currency: 'USD',
  validFrom: '2000-01-01',
  lanes: [],
};

function translatedFile(file: string): Translation {
  const bytes = readFileSync(join(CORPUS, file));
  const partners = [...adHocPartners(bytes, 'sender').values()];
  const agreements = partners.flatMap(({ id }): Agreement[] => [
    { ...CURRENCY, id: `sell ${id}`, side: 'sell', party: id },
    { ...CURRENCY, id: `buy ${id}`, side: 'buy', party: id },
  ]);
  agreements.push({ ...CURRENCY, id: 'buy SCAC', side: 'buy', party: 'SCAC' });
  const message = { bytes, partner: 'sender', fileName: basename(file), receivedAt: 0 };
  return translate(message, rulesWith(partners, agreements));
}

// By hand, from the files: how many events of which kind, and how each refusal begins.
const expectations: Record<string, { events?: Record<string, number>; refused?: string[] }> = {
  'x12-204/catalyst-tender-4010.edi': { refused: ['000018718/17878/178780001 SE01'] },
  'x12-204/sudu-import-drayage.edi': { refused: ['000136909/136909/136581 B204'] },
  'x12-210/catalyst-discount-fuel.edi': { events: { 'carrier.invoice': 1 } },
  'x12-210/cn-rail-usd.edi': { events: { 'carrier.invoice': 1 } },
  'x12-210/nlmi-expedited.edi': { events: { 'carrier.invoice': 1 } },
  'x12-210/ups-5-invoices-4030.edi': { events: { 'carrier.invoice': 4 }, refused: ['000002838/2767/000158669 SE01'] },
  'x12-214/bom-newline-in-isa.edi': { events: { delivered: 1 } },
  'x12-214/canadapost-19-sets.edi': {
    events: { 'status.noted': 6, 'delivery-failed': 4, cancelled: 1, delivered: 1, 'departed-pickup': 7 },
  },
  'x12-214/catalyst-delivered-4030.edi': { events: { delivered: 1 } },
  'x12-214/ellipsis-terminator.edi': { events: { eta: 1, 'departed-pickup': 1 } },
  'x12-214/short-isa-padding.edi': { events: { 'in-transit': 1 } },
  'x12-214/three-stops-appointments.edi': { refused: ['000003438 IEA02'] },
  'x12-820/ap-department.edi': { refused: ['000000001/1/0001 TRN'] },
  'x12-820/home-depot-template.edi': { refused: ['000000194/44 (Group Control Number) GE02'] },
  'x12-820/scana-at-sign.edi': { events: { 'payment.received': 1 } },
  'x12-820/stp-walmart.edi': { events: { 'payment.received': 1 } },
  'x12-850/bots-04.edi': { events: { 'order.placed': 1 } },
  'x12-850/edifabric-orders.edi': { events: { 'order.placed': 2 } },
  'x12-850/node-x12-850.edi': { events: { 'order.placed': 1 } },
  'x12-850/node-x12-fat.edi': { events: { 'order.placed': 2 } },
  'x12-856/ballast-3060.edi': { events: { 'shipment.packed': 1 } },
  'x12-856/element-tilde-terminator-star.edi': { events: { 'shipment.packed': 1 } },
  'x12-856/libedi-lengths-wrong.edi': { refused: ['1/1/3000012 SE02'] },
  'x12-856/node-x12-856.edi': { events: { 'shipment.packed': 1 } },
  'x12-856/types-4060.edi': { events: { 'shipment.packed': 1 } },
  'x12-940/1edisource-4010.edi': { refused: ['000003438 IEA02'] },
  'x12-940/bigetp.edi': { refused: ['000575103/575103/0001 W01'] },
  'x12-940/simplot-slipsheet.edi': { refused: ['398161180 IEA02'] },
  'x12-945/waqe-in.edi': { refused: ['043000123/000000123/000006123 SE01'] },
  'x12-945/warehouse-shipping.edi': { refused: ['000000263/000000001 GE01'] },
  'x12-990/hjbt-accept.edi': { events: { 'tender-accepted': 1 } },
  'x12-997/empty997.edi': { refused: ['000000001/1/0001 AK1'] },
  'x12-997/extra-delimiter.edi': { events: { 'delivery.rejected': 1 } },
  'x12-997/gt-997.edi': { events: { 'delivery.acknowledged': 1 } },
  'x12-997/invalid997.edi': { events: { 'delivery.rejected': 1 } },
  'x12-997/simple997.edi': { events: { 'delivery.rejected': 1 } },
  'x12-999/imsweb-accepted.edi': { refused: ['000000286 IEA02'] },
  'x12-999/pyx12-ls-le.edi': {},
  'x12-999/simple999.edi': { events: { 'delivery.rejected': 2 } },
};

for (const [file, { events = {}, refused = [] }] of Object.entries(expectations)) {
  test(`corpus: ${file}`, { skip: noCorpus }, () => {
    const translation = translatedFile(file);
    assert.deepEqual(countsOf(translation), events);
    const told = translation.problems.map(({ subject, detail }) => `${subject} ${detail.split(' at byte')[0]}`);
    assert.deepEqual(told, refused);
    assertFitSchemas(translation);
  });
}

test('corpus: every X12 file of a kind that is read stands in the table', { skip: noCorpus }, () => {
  const sets = ['204', '210', '214', '820', '850', '856', '940', '945', '990', '997', '999'];
  const folders = sets.map((set) => `x12-${set}`);
  const files = folders.flatMap((folder) => readdirSync(join(CORPUS, folder)).map((file) => `${folder}/${file}`));
  assert.deepEqual(files.sort(), Object.keys(expectations).sort());
});

test('corpus: every other X12 file is refused with a reason', { skip: noCorpus }, () => {
  const others = readdirSync(CORPUS)
    .filter((folder) => folder.startsWith('x12-'))
    .flatMap((folder) => readdirSync(join(CORPUS, folder)).map((file) => `${folder}/${file}`))
    .filter((file) => !(file in expectations));
  for (const file of others) {
    const translation = translatedFile(file);
    assert.ok(translation.problems.length > 0 || translation.events.length > 0, file);
    for (const { detail } of translation.problems) assert.match(detail, /; /, `${file}: how to mend`);
    assertFitSchemas(translation);
  }
});

test('corpus: bytes changed anywhere never crash it, and what it says fits the schemas', { skip: noCorpus }, () => {
  const files = Object.keys(expectations).map((file) => readFileSync(join(CORPUS, file)));
  const change = fc.record({
    file: fc.constantFrom(...files),
    places: fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'*~:LX019\n>|"\u00ff\0')), { maxLength: 8 }),
    cut: fc.nat(),
  });
  fc.assert(
    fc.property(change, ({ file, places, cut }) => {
      const bytes = Buffer.from(file);
      for (const [at, character] of places) bytes[at % bytes.length] = character.charCodeAt(0);
      const kept = cut % 4 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
      const partners = [...adHocPartners(file, 'sender').values()];
      assertFitSchemas(translate({ bytes: kept, partner: 'sender', receivedAt: 0 }, rulesWith(partners)));
    }),
    { numRuns: 300 },
  );
});

test('scenarios: every inbound X12 file is understood, but for those made to fail', { skip: noScenarios }, () => {
  const failing: Record<string, string> = {
    '214-bad-count.edi': 'schema-violation 000001002/1002/0001',
    '214-cut-off.edi': 'schema-violation 000001003',
    '214-ghost.edi': 'unknown-partner GHST',
    '214-unknown-code.edi': 'schema-violation 000001001/1001/0001',
  };
  const without = new Set(['214-cut-off.edi', '214-ghost.edi']);
  for (const scenario of readdirSync(SCENARIOS)) {
    const inbound = join(SCENARIOS, scenario, 'inbound');
    if (!existsSync(inbound)) continue;
    const partners = JSON.parse(readFileSync(join(SCENARIOS, scenario, 'partners.json'), 'utf8')) as Partner[];
    for (const file of readdirSync(inbound).filter((name) => name.endsWith('.edi'))) {
      const message = { bytes: readFileSync(join(inbound, file)), partner: 'x', fileName: file, receivedAt: 0 };
      const translation = translate(message, rulesWith(partners));
      const told = translation.problems.map(({ kind, subject }) => `${kind} ${subject}`);
      assert.deepEqual(told, file in failing ? [failing[file]] : [], `${scenario}/${file}`);
      assert.equal(translation.events.length > 0, !without.has(file), `${scenario}/${file}`);
      assertFitSchemas(translation);
    }
  }
});

function countsOf({ events }: Translation): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { event } of events) {
    const kind = event.type === 'shipment.milestone' ? event.data.milestone : event.type;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function assertFitSchemas({ events }: Translation): void {
  for (const { event } of events) {
    const checked = validate(EVENT_DATA[event.type], event.data);
    if (!checked.ok) assert.fail(`${event.id}: ${JSON.stringify(checked.problems)} in ${JSON.stringify(event.data)}`);
    assert.ok(validate(Identifier, event.id).ok, event.id);
    assert.ok(JSON.stringify(event.data).isWellFormed() && !JSON.stringify(event.data).includes('\\u0000'));
  }
}
