import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision } from '../../model/decision.ts';
import type { BillingDocument, KnownDocument } from '../../model/document.ts';
import type { Fact } from '../../model/fact.ts';
import { formatMinor } from '../../model/money.ts';
import type { Accessorial } from '../../model/setup/agreement.ts';
import type { BillingPolicy } from '../../model/setup/policy.ts';
import type { ContentsRow } from '../../model/shipment.ts';
import * as given from '../testing/given.ts';

const { agreement, charge, DELIVERED, known, PICKED_UP, plan, POD } = given;
const LFT: Accessorial = { code: 'LFT', trigger: 'reported', rate: '95.00' };
const LIMIT_150 = { adjustments: { autoApproveUpTo: '150.00' } };
const facts: Fact[] = [plan(), PICKED_UP, DELIVERED, POD];
const rules = (policy: Omit<BillingPolicy, 'customer'> = LIMIT_150) =>
  given.rules({ agreements: [agreement({ accessorials: [LFT, given.DETENTION] })], policy });

/** The shipment was invoiced 480.00 of linehaul; then it is planned anew over these miles (2.00 each), with these facts added. */
function after(miles: string, added: Fact[] = [], policy?: Omit<BillingPolicy, 'customer'>, approve = false): Decision {
  const { documents } = given.decided(facts, rules(policy));
  const replanned = plan({ distanceMiles: miles }, { reported: '2026-03-06T08:00:00Z' });
  return given.decided([...facts, replanned, ...added], rules(policy), { documents: known(documents), approve });
}

test('the first document is an invoice of everything rated', () => {
  const decision = given.decided([...facts, charge('LFT')], rules({ paymentTermsDays: 30, legalEntity: 'us-inc' }));
  assert.deepEqual(given.wordsOf(decision.documents), ['S-1-1 invoice LFT 95.00 LHL 480.00']);
  const [invoice] = decision.documents;
  assert.equal(invoice?.customer, 'acme');
  assert.equal(invoice?.currency, 'USD');
  assert.equal(invoice?.legalEntity, 'us-inc');
  assert.equal(invoice?.paymentTermsDays, 30);
  assert.deepEqual(invoice?.shipments, ['S-1']);
  assert.deepEqual(
    invoice?.lines.map(({ description }) => description),
    ['S-1 Liftgate', 'S-1 Linehaul, Joliet IL to Atlanta GA, 240 mi'],
  );
  assert.deepEqual(invoice?.lines[1]?.derivation, ['240 mi × 2.00 per mi = 480', 'rounded 480.00 USD']);
});

test('decided again, nothing more is wanted', () => {
  const decision = after('240');
  assert.deepEqual(decision.documents, []);
  assert.equal(decision.billing, 'invoiced');
});

const adjustments: {
  name: string;
  miles: string;
  added?: Fact[];
  policy?: Omit<BillingPolicy, 'customer'>;
  decided: string[];
  waits: string[];
}[] = [
  { name: 'an increase', miles: '250', decided: ['S-1-2 supplementary LHL 20.00'], waits: [] },
  { name: 'a reduction', miles: '230', decided: ['S-1-2 credit-note LHL 20.00'], waits: [] },
  {
    name: 'a charge that appears',
    miles: '240',
    added: [charge('LFT')],
    decided: ['S-1-2 supplementary LFT 95.00'],
    waits: [],
  },
  {
    name: 'both: the supplementary before the credit note',
    miles: '230',
    added: [charge('LFT')],
    decided: ['S-1-2 supplementary LFT 95.00', 'S-1-3 credit-note LHL 20.00'],
    waits: [],
  },
  { name: 'exactly at the limit', miles: '315', decided: ['S-1-2 supplementary LHL 150.00'], waits: [] },
  { name: 'over the limit', miles: '315.005', decided: [], waits: ['supplementary LHL 150.01'] },
  { name: 'a reduction over the limit', miles: '164', decided: [], waits: ['credit-note LHL 152.00'] },
  // 80.00 and 95.00 are one document of 175.00
  {
    name: 'the increases together are over the limit',
    miles: '280',
    added: [charge('LFT')],
    decided: [],
    waits: ['supplementary LFT 95.00 LHL 80.00'],
  },
  {
    name: 'one waits, the other goes on',
    miles: '140',
    added: [charge('LFT')],
    decided: ['S-1-2 supplementary LFT 95.00'],
    waits: ['credit-note LHL 200.00'],
  },
  {
    name: 'no limit given: everything waits',
    miles: '240.005',
    policy: {},
    decided: [],
    waits: ['supplementary LHL 0.01'],
  },
];

for (const { name, miles, added, policy, decided, waits } of adjustments) {
  test(`adjustment: ${name}`, () => {
    const decision = after(miles, added, policy);
    assert.deepEqual(given.wordsOf(decision.documents), decided);
    assert.deepEqual(given.wordsOf(decision.awaitingApproval), waits);
    assert.deepEqual(given.kindsOf(decision), waits.length > 0 ? ['adjustment-approval'] : []);
    assert.equal(decision.billing, waits.length > 0 ? 'adjusting' : 'ready');
  });
}

test('approved, what waited is decided as it then is', () => {
  const decision = after('340', [charge('LFT')], LIMIT_150, true);
  assert.deepEqual(given.wordsOf(decision.documents), ['S-1-2 supplementary LFT 95.00 LHL 200.00']);
  assert.deepEqual(decision.awaitingApproval, []);
  assert.deepEqual(given.kindsOf(decision), []);
});

test('what waits follows the facts: back to what was invoiced, nothing waits', () => {
  const back = plan({ distanceMiles: '240' }, { reported: '2026-03-06T09:00:00Z' });
  assert.equal(after('340').awaitingApproval.length, 1);
  assert.equal(after('340', [back]).awaitingApproval.length, 0);
});

test('a credit note names the invoice that it takes back from', () => {
  assert.equal(after('230').documents[0]?.corrects, 'S-1-1');
  assert.equal(after('250').documents[0]?.corrects, undefined);
});

test('an adjustment is measured against all documents so far, also those not yet in the ERP', () => {
  const documents: KnownDocument[] = [
    ...known([document('S-1-1', 'invoice', 48_000n)]),
    ...known([document('S-1-2', 'supplementary', 5_000n), document('S-1-3', 'credit-note', 1_000n)], false),
  ];
  const decision = given.decided(facts, rules(), { documents });
  assert.deepEqual(given.wordsOf(decision.documents), ['S-1-4 credit-note LHL 40.00']);
  assert.deepEqual(given.rowsOf(decision), ['sell LHL invoiced 480.00']);
});

test('a number counts only documents whose first shipment this is', () => {
  const documents = known([{ ...document('S-0-1', 'invoice', 48_000n), shipments: ['S-0', 'S-1'] }]);
  const decision = given.decided([...facts, charge('LFT')], rules(), { documents });
  assert.deepEqual(given.wordsOf(decision.documents), ['S-1-1 supplementary LFT 95.00']);
});

test('a number follows the greatest so far', () => {
  const documents = known([document('S-1-9', 'invoice', 47_000n)]);
  assert.deepEqual(given.wordsOf(given.decided(facts, rules(), { documents }).documents), [
    'S-1-10 supplementary LHL 10.00',
  ]);
});

test('lines of other shipments on a common invoice are not ours', () => {
  const [common] = known([document('S-1-1', 'invoice', 48_000n)]) as [KnownDocument];
  const lines = [...common.lines, { shipment: 'S-9', code: 'LHL', amountMinor: 7_000n, taxRate: '0' }];
  const decision = given.decided(facts, rules(), { documents: [{ ...common, lines }] });
  assert.deepEqual(decision.documents, []);
  assert.deepEqual(decision.awaitingApproval, []);
  assert.deepEqual(given.rowsOf(decision), ['sell LHL invoiced 480.00']);
});

test('a new currency begins with an invoice, what was billed in the old is taken back', () => {
  const { documents } = given.decided(facts, rules());
  const inEuro = given.rules({
    agreements: [agreement({ currency: 'EUR' })],
    policy: { adjustments: { autoApproveUpTo: '1000' } },
  });
  const decision = given.decided(facts, inEuro, { documents: known(documents) });
  assert.deepEqual(given.wordsOf(decision.documents), ['S-1-2 invoice LHL 480.00', 'S-1-3 credit-note LHL 480.00']);
  assert.deepEqual(
    decision.documents.map(({ currency }) => currency),
    ['EUR', 'USD'],
  );
});

test('billed in one currency and due no longer: what is billed is adjusted, an invoice in another waits for its trigger', () => {
  const delivered = [plan(), PICKED_UP, DELIVERED];
  const { documents } = given.decided(delivered, rules({ trigger: 'delivered' }));
  const policy = { trigger: 'pod', adjustments: { autoApproveUpTo: '1000' } } as const;
  const inEuro = given.rules({ agreements: [agreement({ currency: 'EUR' })], policy });
  const waiting = given.decided(delivered, inEuro, { documents: known(documents) });
  assert.deepEqual(given.wordsOf(waiting.documents), ['S-1-2 credit-note LHL 480.00']);
  assert.deepEqual(given.rowsOf(waiting), [
    'sell LHL expected 480.00',
    'sell LHL invoiced 480.00',
    'sell LHL pending -480.00',
  ]);
  const due = given.decided([...delivered, POD], inEuro, { documents: known([...documents, ...waiting.documents]) });
  assert.deepEqual(given.wordsOf(due.documents), ['S-1-3 invoice LHL 480.00']);
});

test('the legal entity is that of the first order that names one, else the policy’s', () => {
  const order = {
    order: 'PO-1',
    customer: 'acme',
    lines: [],
    shipTo: {},
    currency: 'USD',
    placedAt: '2026-03-01T00:00:00Z',
  };
  const canadian = { ...order, order: 'PO-2', legalEntity: 'ca-ltd' };
  const mexican = { ...order, order: 'PO-3', legalEntity: 'mx-sa' };
  const orders = [mexican, canadian, order, { ...order, customer: 'bolt', legalEntity: 'bolt-inc' }];
  const entityOf = (named: { orders?: string[]; contents?: ContentsRow[] }) =>
    given.decided(
      [...facts, given.plan(named, { reported: '2026-03-03T13:00:00Z' })],
      rules({ legalEntity: 'us-inc' }),
      {
        orders,
      },
    ).documents[0]?.legalEntity;
  const holding = (...numbers: string[]) => numbers.map((number) => ({ order: number, line: 1, quantity: '1' }));
  assert.equal(entityOf({ orders: ['PO-1', 'PO-2', 'PO-3'] }), 'ca-ltd');
  assert.equal(entityOf({ orders: ['PO-1'] }), 'us-inc');
  assert.equal(entityOf({ orders: ['PO-1'], contents: holding('PO-3', 'PO-2') }), 'mx-sa');
  assert.equal(entityOf({ orders: ['PO-2'], contents: holding('PO-3') }), 'ca-ltd');
});

test('a customer billed for goods alone has no freight to bill, and no exception of rating', () => {
  const decision = given.decided(facts, given.rules({ agreements: [], policy: { bills: ['goods'] } }));
  assert.deepEqual(given.rowsOf(decision), []);
  assert.deepEqual(given.kindsOf(decision), []);
});

function document(number: string, kind: BillingDocument['kind'], amountMinor: bigint): BillingDocument {
  const line = {
    shipment: 'S-1',
    code: 'LHL',
    amountMinor,
    taxRate: '0',
    taxMinor: 0n,
    description: '',
    derivation: [],
  };
  return { number, kind, customer: 'acme', currency: 'USD', shipments: ['S-1'], lines: [line], decidedAt: 0 };
}

// Invoiced 480.00 when freight bore 5 %, then 20.00 more when it bore 8 %.
const twiceTaxed = (legalEntity = 'us-inc'): KnownDocument[] => [
  {
    ...{ number: 'S-1-1', kind: 'invoice', customer: 'acme', legalEntity: 'us-inc', currency: 'USD', inErp: true },
    lines: [{ shipment: 'S-1', code: 'LHL', amountMinor: 48_000n, taxRate: '0.05' }],
  },
  {
    ...{ number: 'S-1-2', kind: 'supplementary', customer: 'acme', legalEntity, currency: 'USD', inErp: true },
    lines: [{ shipment: 'S-1', code: 'LHL', amountMinor: 2_000n, taxRate: '0.08' }],
  },
];

/** The credit notes that it then wants for so many miles, and the legal entity of now is another. */
function creditedTo(miles: string, documents: KnownDocument[]): string[] {
  const replanned = plan({ distanceMiles: miles }, { reported: '2026-03-06T08:00:00Z' });
  const decision = given.decided([...facts, replanned], rules({ legalEntity: 'eu-bv' }), { documents, approve: true });
  return decision.documents.map(({ corrects, legalEntity, lines }) => {
    const words = lines.map(
      ({ amountMinor, taxRate, taxMinor }) =>
        `${formatMinor(amountMinor, 'USD')} at ${taxRate}: ${formatMinor(taxMinor, 'USD')}`,
    );
    return `${legalEntity} corrects ${corrects}: ${words.join(', ')}`;
  });
}

test('a credit note takes back first what was billed last', () =>
  assert.deepEqual(creditedTo('245', twiceTaxed()), ['us-inc corrects S-1-2: 10.00 at 0.08: 0.80']));

// 500.00 − 400.00 = 20.00 + 80.00
test('a credit note takes each part back at the rate it was taxed at', () =>
  assert.deepEqual(creditedTo('200', twiceTaxed()), [
    'us-inc corrects S-1-1: 20.00 at 0.08: 1.60, 80.00 at 0.05: 4.00',
  ]));

test('a credit of everything gives back all tax and no more', () =>
  assert.deepEqual(creditedTo('0', twiceTaxed()), [
    'us-inc corrects S-1-1: 20.00 at 0.08: 1.60, 480.00 at 0.05: 24.00',
  ]));

test('each legal entity takes back what it billed', () =>
  assert.deepEqual(creditedTo('200', twiceTaxed('ca-ltd')), [
    'us-inc corrects S-1-1: 80.00 at 0.05: 4.00',
    'ca-ltd corrects S-1-2: 20.00 at 0.08: 1.60',
  ]));

test('a shipment that comes to another customer: the one gets all back, the other is invoiced', () => {
  const { documents } = given.decided(facts, rules({ adjustments: { autoApproveUpTo: '480.00' } }));
  const agreements = [agreement({ accessorials: [LFT] }), agreement({ id: 'bolt-2026', party: 'bolt' })];
  const moved = plan({ customer: 'bolt' }, { reported: '2026-03-06T08:00:00Z' });
  const decision = given.decided([...facts, moved], given.rules({ agreements }), {
    documents: known(documents),
    approve: true,
  });
  assert.deepEqual(
    decision.documents.map(({ customer, corrects }) => [customer, corrects]),
    [
      ['acme', 'S-1-1'],
      ['bolt', undefined],
    ],
  );
  assert.deepEqual(given.wordsOf(decision.documents), ['S-1-2 credit-note LHL 480.00', 'S-1-3 invoice LHL 480.00']);
  assert.deepEqual(
    given.rowsOf(decision).filter((row) => row.startsWith('sell')),
    ['sell LHL invoiced 480.00'],
  );
});

test('who had the shipment before is credited under its own limit', () => {
  const agreements = [agreement({ accessorials: [LFT] }), agreement({ id: 'bolt-2026', party: 'bolt' })];
  const moved = plan({ customer: 'bolt' }, { reported: '2026-03-06T08:00:00Z' });
  const { documents } = given.decided(facts, rules({}));
  const after = (autoApproveUpTo: string) => {
    const book = given.rules({ agreements, policy: { adjustments: { autoApproveUpTo } } });
    return given.decided([...facts, moved], book, { documents: known(documents) });
  };
  const credit = 'credit-note LHL 480.00';
  assert.deepEqual(given.wordsOf(after('480.00').documents), [`S-1-2 ${credit}`, 'S-1-3 invoice LHL 480.00']);
  const held = after('479.99');
  assert.deepEqual(given.wordsOf(held.awaitingApproval), [credit]);
  assert.deepEqual(given.wordsOf(held.documents), ['S-1-2 invoice LHL 480.00']);
});

test('a limit finer than the currency is cut off, and holds', () => {
  const decision = after('315.005', [], { adjustments: { autoApproveUpTo: '150.009' } });
  assert.deepEqual(given.wordsOf(decision.awaitingApproval), ['supplementary LHL 150.01']);
});
