// The rules for carriers' invoices (contract section 3), each tried on the whole way from the message to the books.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { Setup } from '../model/setup/index.ts';
import { auditOnce } from './audit.ts';
import { createContext } from './context.ts';
import { importSetup } from './setup.ts';
import { event, hubsForFile, plan, START, type TestHub } from './testing/hub.ts';
import { workOnce } from './work.ts';

const US = { country: 'US' };
const buying = (party: string, rate: string, more: object = {}) => ({
  id: `${party}-buy`,
  side: 'buy' as const,
  party,
  currency: 'USD',
  validFrom: '2026-01-01',
  lanes: [{ id: 'us', mode: 'FTL', origin: US, destination: US, linehaul: { basis: 'per-mile' as const, rate } }],
  accessorials: [{ code: 'LFT', trigger: 'reported' as const, rate: '60.00' }],
  ...more,
});
const SETUP: Setup = {
  partners: [
    { id: 'acme', name: 'Acme Supply', roles: ['customer'] },
    { id: 'rdwy', name: 'Roadway Freight', roles: ['carrier'] },
    { id: 'swft', name: 'Swift Mile', roles: ['carrier'] },
    { id: 'tms', name: 'The TMS', roles: ['tms'] },
  ],
  agreements: [buying('rdwy', '2.00'), buying('swft', '2.00')],
  policies: [{ customer: 'acme', trigger: 'pod' }],
  audit: [
    { carrier: 'rdwy', tolerancePercent: '2.0', toleranceAmount: '5.00' },
    { carrier: 'swft', tolerancePercent: '2.0', toleranceAmount: '5.00' },
  ],
};

const hubs = hubsForFile();
let hub: TestHub;
beforeEach(async () => {
  hub = await hubs.open(SETUP);
});

const STOPS = [
  { sequence: 1, kind: 'pickup', city: 'Joliet', region: 'IL', ...US, appointment: { from: '2026-03-02T08:00:00Z' } },
  { sequence: 2, kind: 'delivery', city: 'Atlanta', region: 'GA', ...US },
];

let hour = 0;
/** 100 miles at 2.00: a linehaul of 200.00. A later one is a correction. */
function planned(shipment: string, more: Record<string, unknown> = {}) {
  hour += 1;
  return {
    ...plan(shipment, { stops: STOPS, distanceMiles: '100', ...more }),
    time: new Date(START + hour).toISOString(),
  };
}

type Line = [name: string | Record<string, unknown>, code: string, amount: string];

function bill(invoice: string, lines: Line[], more: Record<string, unknown> = {}) {
  return event('carrier.invoice', {
    carrier: 'rdwy',
    invoice,
    issuedOn: '2026-03-02',
    currency: 'USD',
    lines: lines.map(([name, code, amount]) => ({
      ...(typeof name === 'string' ? { shipment: name } : name),
      code,
      amount,
    })),
    ...more,
  });
}

const rdwy = (invoice: string, ...lines: Line[]) => bill(invoice, lines);

async function settled(...said: unknown[]) {
  for (const one of said) {
    await hub.say('tms', one);
    await hub.settle();
  }
}

async function verdicts(): Promise<string[]> {
  const rows = await hub.rows('select carrier, invoice, verdict from lading.carrier_invoice order by id');
  return (rows as Record<string, string>[]).map(({ invoice, verdict }) => `${invoice} ${verdict}`);
}

async function charges(shipment: string): Promise<string[]> {
  const rows = await hub.rows(`select code, state, amount_minor as minor from lading.charge
                                where shipment = '${shipment}' and side = 'buy' order by code`);
  return (rows as Record<string, string>[]).map(({ code, state, minor }) => `${code} ${minor} ${state}`);
}

async function exceptions(): Promise<string[]> {
  const rows = await hub.rows(`select kind, subject, closed_at is null as open from lading.exception
                                where kind like 'carrier-%' order by id`);
  return (rows as { kind: string; subject: string; open: boolean }[]).map(({ kind, subject, open }) => {
    return `${kind.replace('carrier-invoice-', '')} ${subject} ${open ? 'open' : 'closed'}`;
  });
}

async function bills(): Promise<string[]> {
  const rows = await hub.rows(`select key from lading.effect where kind = 'bill' order by key`);
  return (rows as { key: string }[]).map(({ key }) => key);
}

test('as agreed: approved, its charge too, and a bill is wanted once', async () => {
  await settled(planned('S-1'), rdwy('R-1', ['S-1', 'LHL', '200.00']));
  assert.deepEqual(await verdicts(), ['R-1 approved']);
  assert.deepEqual(await charges('S-1'), ['LHL 20000 approved']);
  assert.deepEqual(await bills(), ['odoo:bill:rdwy/R-1']);
  assert.deepEqual(await exceptions(), []);
  await settled(planned('S-1', { references: [{ type: 'po', value: 'P-1' }] }));
  assert.deepEqual(await bills(), ['odoo:bill:rdwy/R-1']);
});

test('each charge is approved or disputed by its own line, one not billed stays expected', async () => {
  const lift = event('charge.reported', {
    ...{ shipment: 'S-1', code: 'LFT', side: 'buy' },
    occurredAt: new Date(START).toISOString(),
  });
  await settled(planned('S-1'), lift, rdwy('R-1', ['S-1', 'LHL', '205.00'], ['S-1', 'DET', '10.00']));
  assert.deepEqual(await verdicts(), ['R-1 disputed']);
  assert.deepEqual(await charges('S-1'), ['LFT 6000 expected', 'LHL 20000 approved']);
  await settled(rdwy('R-2', ['S-1', 'LFT', '66.00']));
  assert.deepEqual(await charges('S-1'), ['LFT 6000 disputed', 'LHL 20000 approved']);
  assert.deepEqual(await exceptions(), ['mismatch rdwy/R-1 open', 'mismatch rdwy/R-2 open']);
  assert.deepEqual(await bills(), []);
});

test('lines of one shipment and code are added', async () => {
  await settled(planned('S-1'), rdwy('R-1', ['S-1', 'LHL', '150.00'], ['S-1', 'LHL', '50.00']));
  assert.deepEqual(await verdicts(), ['R-1 approved']);
  await settled(rdwy('R-2', ['S-1', 'LHL', '1.00']));
  assert.deepEqual(await verdicts(), ['R-1 approved', 'R-2 duplicate']);
});

test('the same number again, and the same code under another number, are duplicates', async () => {
  await settled(planned('S-1'), planned('S-2'), rdwy('R-1', ['S-1', 'LHL', '200.00']));
  await settled(rdwy('R-1', ['S-2', 'LHL', '200.00']), rdwy('R-2', ['S-1', 'LHL', '200.00'], ['S-2', 'LHL', '200.00']));
  assert.deepEqual(await verdicts(), ['R-1 approved', 'R-1 duplicate', 'R-2 duplicate']);
  assert.deepEqual(await exceptions(), ['duplicate rdwy/R-1 open', 'duplicate rdwy/R-2 open']);
  assert.deepEqual(await charges('S-2'), ['LHL 20000 expected']);
  await settled(rdwy('R-3', ['S-2', 'LHL', '200.00']));
  assert.deepEqual(await charges('S-2'), ['LHL 20000 approved']);
  assert.deepEqual(await bills(), ['odoo:bill:rdwy/R-1', 'odoo:bill:rdwy/R-3']);
});

test('a disputed invoice has billed its codes: the next one is a duplicate', async () => {
  await settled(planned('S-1'), rdwy('R-1', ['S-1', 'LHL', '400.00']), rdwy('R-2', ['S-1', 'LHL', '200.00']));
  assert.deepEqual(await verdicts(), ['R-1 disputed', 'R-2 duplicate']);
  assert.deepEqual(await charges('S-1'), ['LHL 20000 disputed']);
});

test('an unknown shipment: unmatched, and judged when it becomes known, by its id or by any number', async () => {
  const byBol: Line = [{ references: [{ type: 'bol', value: 'B-2' }] }, 'LHL', '200.00'];
  await settled(rdwy('R-1', ['S-1', 'LHL', '200.00'], byBol));
  assert.deepEqual(await verdicts(), ['R-1 unmatched']);
  await settled(planned('S-1'));
  assert.deepEqual(await verdicts(), ['R-1 unmatched']);
  assert.deepEqual(await charges('S-1'), ['LHL 20000 expected']);
  hub.at(START + 120_000);
  await settled(planned('S-2', { references: [{ type: 'bol', value: 'B-2' }] }));
  assert.deepEqual(await verdicts(), ['R-1 approved']);
  assert.deepEqual(await exceptions(), ['unmatched rdwy/R-1 closed']);
  assert.deepEqual(await hub.rows('select * from lading.carrier_invoice_name'), []);
});

test('a bill of lading in the place of the shipment finds it, as in a status', async () => {
  await settled(rdwy('R-1', ['B-2', 'LHL', '200.00']));
  assert.deepEqual(await verdicts(), ['R-1 unmatched']);
  await settled(planned('S-2', { references: [{ type: 'bol', value: 'B-2' }] }));
  assert.deepEqual(await verdicts(), ['R-1 approved']);
  // A shipment of that very id goes before one that carries it.
  await settled(planned('B-2'), rdwy('R-2', ['B-2', 'LHL', '200.00']));
  assert.deepEqual(await verdicts(), ['R-1 approved', 'R-2 approved']);
});

test('a number that two shipments carry finds none', async () => {
  const references = [{ type: 'po', value: 'P-1' }];
  await settled(planned('S-1', { references }), planned('S-2', { references }));
  await settled(rdwy('R-1', [{ references }, 'LHL', '200.00']));
  assert.deepEqual(await verdicts(), ['R-1 unmatched']);
  await settled(rdwy('R-2', [{ references: [...references, { type: 'shipment', value: 'x' }] }, 'LHL', '200.00']));
  await settled(rdwy('R-3', [{ references, shipment: 'S-2' }, 'LHL', '200.00']));
  assert.deepEqual((await verdicts()).slice(-1), ['R-3 approved']);
});

test('an unmatched one that is matched later came earlier: what billed the same meanwhile is a duplicate, its bill stays', async () => {
  await settled(planned('S-1'), rdwy('R-1', ['S-1', 'LHL', '200.00'], ['S-9', 'LHL', '200.00']));
  await settled(rdwy('R-2', ['S-1', 'LHL', '200.00']));
  assert.deepEqual(await verdicts(), ['R-1 unmatched', 'R-2 approved']);
  await settled(planned('S-9'));
  assert.deepEqual(await verdicts(), ['R-1 approved', 'R-2 duplicate']);
  assert.deepEqual(await bills(), ['odoo:bill:rdwy/R-1', 'odoo:bill:rdwy/R-2']);
  const [{ detail }] = (await hub.rows(
    `select detail from lading.exception where kind = 'carrier-invoice-duplicate'`,
  )) as [{ detail: string }];
  assert.match(detail, /S-1 LHL.*became a bill in the ERP, which stays/);
});

test('what one turns is seen by those between before those after them: no bill is wanted in haste', async () => {
  await settled(planned('S-1'), planned('S-3'), planned('S-4'));
  await settled(
    rdwy('R-0', ['S-9', 'LHL', '200.00'], ['S-1', 'LHL', '200.00']),
    rdwy('R-1', ['S-1', 'LHL', '200.00'], ['S-3', 'LHL', '200.00']),
    rdwy('R-5', ['S-3', 'LHL', '200.00'], ['S-4', 'LHL', '200.00']),
    rdwy('R-10', ['S-4', 'LHL', '200.00'], ['S-9', 'DET', '3.00']),
  );
  assert.deepEqual(await verdicts(), ['R-0 unmatched', 'R-1 approved', 'R-5 duplicate', 'R-10 unmatched']);
  // Both of those that wait for S-9 are due at once; what R-0 turns goes by.
  await settled(planned('S-9'));
  assert.deepEqual(await verdicts(), ['R-0 approved', 'R-1 duplicate', 'R-5 approved', 'R-10 duplicate']);
  assert.deepEqual(await bills(), ['odoo:bill:rdwy/R-0', 'odoo:bill:rdwy/R-1', 'odoo:bill:rdwy/R-5']);
});

test('a changed expectation is a new verdict: a corrected plan, a new agreement, a new tolerance', async () => {
  await settled(planned('S-1'), rdwy('R-1', ['S-1', 'LHL', '230.00']));
  assert.deepEqual(await verdicts(), ['R-1 disputed']);
  await settled(planned('S-1', { distanceMiles: '115' }));
  assert.deepEqual(await verdicts(), ['R-1 approved']);
  assert.deepEqual(await charges('S-1'), ['LHL 23000 approved']);
  await importSetup(hub.context, { agreements: [buying('rdwy', '1.00')] }, 'test');
  await hub.settle();
  assert.deepEqual(await verdicts(), ['R-1 disputed']);
  assert.deepEqual(await charges('S-1'), ['LHL 11500 disputed']);
  await importSetup(hub.context, { audit: [{ carrier: 'rdwy', toleranceAmount: '115.00' }] }, 'test');
  await hub.settle();
  assert.deepEqual(await verdicts(), ['R-1 approved']);
  assert.deepEqual(await charges('S-1'), ['LHL 11500 approved']);
  assert.deepEqual(await bills(), ['odoo:bill:rdwy/R-1']);
});

test("another carrier's shipment: nothing is expected, none of its charges is billed; when it is given to it, all is well", async () => {
  await settled(planned('S-1', { carrier: 'swft' }), rdwy('R-1', ['S-1', 'LHL', '200.00']));
  assert.deepEqual(await verdicts(), ['R-1 disputed']);
  assert.deepEqual(await charges('S-1'), ['LHL 20000 expected']);
  await settled(bill('R-1', [['S-1', 'LHL', '200.00']], { carrier: 'swft' }));
  assert.deepEqual(await verdicts(), ['R-1 disputed', 'R-1 approved']);
  // The charges are the same to the cent; only whose they are is not.
  await settled(planned('S-1', { carrier: 'rdwy' }));
  assert.deepEqual(await verdicts(), ['R-1 approved', 'R-1 disputed']);
  assert.deepEqual(await charges('S-1'), ['LHL 20000 approved']);
});

test('another currency: nothing is expected', async () => {
  await settled(planned('S-1'), bill('R-1', [['S-1', 'LHL', '200.00']], { currency: 'CAD' }));
  assert.deepEqual(await verdicts(), ['R-1 disputed']);
  const [row] = await hub.rows(
    'select billed_minor::int as billed, expected_minor::int as expected from lading.carrier_invoice',
  );
  assert.deepEqual(row, { billed: 20_000, expected: 0 });
});

test('an invoice that says any figure is a dispute and no fault of ours; one without lines owes nothing', async () => {
  await settled(planned('S-1'), rdwy('R-1', ['S-1', 'LHL', '99999999999999.99']), rdwy('R-2'));
  assert.deepEqual(await verdicts(), ['R-1 disputed', 'R-2 approved']);
  assert.deepEqual(await bills(), []);
});

test('a figure beyond what any account can hold is quarantined, and the invoices beside it go on', async () => {
  await settled(planned('S-1'), rdwy('R-1', ['S-1', 'LHL', '999999999999999999999999.99']), rdwy('R-2'));
  assert.deepEqual(await verdicts(), ['R-2 approved']);
  assert.deepEqual(
    await hub.rows("select kind from lading.exception where closed_at is null and kind = 'schema-violation'"),
    [{ kind: 'schema-violation' }],
  );
});

test('plans and invoices in any order come to the same, as long as the invoices keep theirs', async () => {
  const plans = [planned('S-1'), planned('S-2', { references: [{ type: 'bol', value: 'B-2' }] })];
  const invoices = [
    rdwy('R-1', ['S-1', 'LHL', '200.00']),
    rdwy('R-2', ['S-1', 'LHL', '200.00'], [{ references: [{ type: 'bol', value: 'B-2' }] }, 'LHL', '200.00']),
    rdwy('R-3', ['S-2', 'LHL', '260.00']),
    rdwy('R-1', ['S-2', 'DET', '10.00']),
  ];
  const [first, second] = plans;
  const [r1, r2, r3, r4] = invoices;
  const orders = [
    [first, second, r1, r2, r3, r4],
    [r1, r2, r3, r4, second, first],
    [r1, first, r2, r3, second, r4],
    [second, r1, r2, r3, r4, first],
  ];
  for (const order of orders) {
    hub = await hubs.open(SETUP);
    await settled(...order);
    assert.deepEqual(await verdicts(), ['R-1 approved', 'R-2 duplicate', 'R-3 disputed', 'R-1 duplicate']);
    assert.deepEqual(
      [...(await charges('S-1')), ...(await charges('S-2'))],
      ['LHL 20000 approved', 'LHL 20000 disputed'],
    );
    const open = (await exceptions()).filter((exception) => exception.endsWith('open')).sort();
    assert.deepEqual(open, ['duplicate rdwy/R-1 open', 'duplicate rdwy/R-2 open', 'mismatch rdwy/R-3 open']);
  }
});

test('the same event again is the same invoice', async () => {
  const said = rdwy('R-1', ['S-1', 'LHL', '200.00']);
  await settled(planned('S-1'), said, said, [said]);
  assert.deepEqual(await verdicts(), ['R-1 approved']);
});

test('a worker that died before it told whom it concerns: the next one finds out', async () => {
  await settled(rdwy('R-1', ['S-1', 'LHL', '200.00']), planned('S-1'));
  await hub.store.query(`update lading.carrier_invoice_line set shipment = null, state = null`);
  await hub.store.query(`update lading.carrier_invoice set verdict = 'unmatched', compared = '[]'`);
  await hub.store.query(
    `insert into lading.carrier_invoice_name (tenant, type, value, id)
     select tenant, 'shipment', 'S-1', id from lading.carrier_invoice`,
  );
  await hub.settle();
  assert.deepEqual(await verdicts(), ['R-1 unmatched']);
  const { store, clock } = hub.context;
  await workOnce(createContext({ store, clock }));
  await hub.settle();
  assert.deepEqual(await verdicts(), ['R-1 approved']);
});

test('several workers at once judge each once, and come to rest', async () => {
  const shipments = Array.from({ length: 40 }, (_, index) => `S-${index}`);
  await hub.say(
    'tms',
    shipments.map((shipment) => planned(shipment)),
  );
  await hub.settle();
  const lines = (shipment: string): Line[] => [[shipment, 'LHL', '200.00']];
  await hub.say(
    'tms',
    shipments.flatMap((shipment, index) => [
      bill(`R-${index}`, lines(shipment)),
      bill(`T-${index}`, lines(shipment)),
      bill(`R-${index}`, lines(shipment), { carrier: 'swft' }),
    ]),
  );
  for (let rest = 1; rest > 0; ) {
    const settling = [hub.settle(), auditOnce(hub.context), auditOnce(hub.context), hub.settle()];
    await Promise.all(settling);
    rest = await auditOnce(hub.context);
  }
  const counts = await hub.rows(
    'select verdict, count(*)::int as of from lading.carrier_invoice group by 1 order by 1',
  );
  assert.deepEqual(counts, [
    { verdict: 'approved', of: 40 },
    { verdict: 'disputed', of: 40 },
    { verdict: 'duplicate', of: 40 },
  ]);
  assert.equal((await bills()).length, 40);
  assert.deepEqual(await hub.rows('select * from lading.carrier_invoice_due'), []);
  const states = await hub.rows(`select distinct state from lading.charge where side = 'buy'`);
  assert.deepEqual(states, [{ state: 'approved' }]);
});
