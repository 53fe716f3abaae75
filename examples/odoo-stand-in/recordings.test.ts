// The stand-in is held to the truth: what real Odoos were asked on the way of an invoice is asked again here, and the
// answers must have the same status, the same shape, the same exception.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type StandIn, startOdooStandIn } from './index.ts';

const FIXTURES = new URL('../../src/connectors/odoo/fixtures/', import.meta.url);

type Body = { params?: { args: unknown[] }; ids?: number[] } & Record<string, unknown>;
type Recording = {
  odooVersion: 17 | 19;
  request: { method: string; path: string; headers: Record<string, string>; body: Body };
  response: { status: number; headers: Record<string, string>; body: unknown };
};

/** What must be there before a recording can be asked again, and what of its request is to be adapted. */
type Setting = {
  readonly arrange?: (erp: StandIn) => void;
  /** The recording's caller had another key than the right one. */
  readonly wrongKey?: boolean;
  /** Sent twice at once: the recording is of the one that came second. */
  readonly twice?: boolean;
  /** A record that is another one here. */
  readonly ids?: Readonly<Record<number, number>>;
  /** Of a server with the app Landed Costs. */
  readonly landedCosts?: boolean;
};

const draft = (erp: StandIn) => {
  const line = [0, 0, { name: 'Linehaul', price_unit: 2250, tax_ids: [[6, 0, []]] }];
  const values = {
    move_type: 'out_invoice',
    partner_id: 1,
    ref: 'PO-7788',
    invoice_origin: 'S00002',
    invoice_line_ids: [line],
  };
  erp.act('account.move', 'create', [], { vals_list: [values] });
};
const posted = (erp: StandIn) => {
  draft(erp);
  erp.act('account.move', 'action_post', [1]);
};
const reversalAsked = (erp: StandIn) => {
  posted(erp);
  erp.act('account.move.reversal', 'create', [], { vals_list: [{ move_ids: [[6, 0, [1]]] }] });
};
const twoPosted = (erp: StandIn) => {
  draft(erp);
  draft(erp);
  erp.act('account.move', 'action_post', [2]);
};
const paymentAsked = (erp: StandIn) => {
  twoPosted(erp);
  const values = { amount: 300, payment_date: '2026-11-20', journal_id: 6, communication: 'CHK-1' };
  erp.act('account.payment.register', 'create', [], { vals_list: [values] });
};
const closedBooks = (erp: StandIn) => {
  draft(erp);
  erp.act('account.move', 'write', [1], { vals: { invoice_date: '2026-10-15' } });
  erp.act('account.move', 'action_post', [1]);
  erp.act('res.company', 'write', [1], { vals: { fiscalyear_lock_date: '2026-10-31' } });
};
const received = (erp: StandIn) => {
  const line = [0, 0, { name: 'S-1 LHL', price_unit: 812, product_id: 2, tax_ids: [[6, 0, []]] }];
  const bill = { move_type: 'in_invoice', partner_id: 1, invoice_date: '2026-11-20', invoice_line_ids: [line] };
  erp.act('account.move', 'create', [], { vals_list: [bill] });
  const receipt = { name: 'WH/IN/00011', picking_type_code: 'incoming', location_id: 4, state: 'done' };
  erp.act('stock.picking', 'create', [], { vals_list: [receipt] });
};
const landed = (erp: StandIn) => {
  received(erp);
  const line = [0, 0, { name: 'S-1 LHL', product_id: 2, price_unit: 812, split_method: 'by_quantity' }];
  const cost = { vendor_bill_id: 1, picking_ids: [[6, 0, [1]]], cost_lines: [line] };
  erp.act('stock.landed.cost', 'create', [], { vals_list: [cost] });
};
const validated = (erp: StandIn) => {
  landed(erp);
  erp.act('stock.landed.cost', 'button_validate', [1]);
};
const LANDED_17 = { landedCosts: true, ids: { 3: 32, 5: 1, 11: 1 } };
const LANDED_19 = { landedCosts: true, ids: { 5: 1, 11: 1, 13: 1 } };

const settings: Readonly<Record<string, Setting>> = {
  '17-attachment-load': { arrange: posted },
  '17-company-books': {},
  '17-credit-note-wizard-reverse': { arrange: reversalAsked },
  '17-error-access-denied': {},
  '17-error-landed-cost-validated': { arrange: validated, ...LANDED_17 },
  '17-error-lock-date-reset-to-draft': { arrange: closedBooks, ids: { 1278: 1 } },
  '17-error-missing-required': {},
  '17-error-post-already-posted': { arrange: posted },
  '17-external-id-unknown': {},
  '17-invoice-action-post': { arrange: draft },
  '17-invoice-direct-create': {},
  '17-landed-cost-load': { arrange: received, ...LANDED_17 },
  '17-landed-cost-read': { arrange: landed, ...LANDED_17 },
  '17-landed-cost-validate': { arrange: landed, ...LANDED_17 },
  '17-load-concurrent-loser': { twice: true },
  '17-load-error-bad-partner': {},
  '17-load-invoice-external-id': {},
  '17-partner-create': {},
  '17-rpc-authenticate-bad-password': { wrongKey: true },
  '17-rpc-authenticate-ok': {},
  '17-rpc-execute-bad-password': { wrongKey: true },
  '17-rpc-unknown-model': {},
  '17-payment-register-action-create-payments': { arrange: paymentAsked },
  '17-vendor-bill-create': {},
  '19-attachment-create': { arrange: posted },
  '19-attachment-load': { arrange: posted },
  '19-company-books': {},
  '19-credit-note-wizard-create': { arrange: posted },
  '19-credit-note-wizard-reverse': { arrange: reversalAsked },
  '19-error-landed-cost-validated': { arrange: validated, ...LANDED_19 },
  '19-error-lock-date-reset-to-draft': { arrange: closedBooks, ids: { 1272: 1 } },
  '19-error-post-already-posted': { arrange: posted },
  '19-external-id-unknown': {},
  '19-invoice-action-post': { arrange: draft },
  '19-invoice-direct-create': {},
  '19-invoice-read-posted': { arrange: posted },
  '19-json2-401-badkey': { wrongKey: true },
  '19-json2-403-access-error': {},
  '19-json2-404-model': {},
  '19-json2-422-missing-arg': {},
  '19-json2-422-validation-missing-name': {},
  '19-json2-search-read-ok': {},
  '19-json2-unknown-field': {},
  '19-json2-wrong-db': {},
  '19-landed-cost-load': { arrange: received, ...LANDED_19 },
  '19-landed-cost-read': { arrange: landed, ...LANDED_19 },
  '19-landed-cost-validate': { arrange: landed, ...LANDED_19 },
  '19-load-concurrent-loser': { twice: true },
  '19-load-error-bad-partner': {},
  '19-load-invoice-external-id': {},
  '19-message-post': { arrange: posted },
  '19-partner-create': {},
  '19-payment-register-action-create-payments': { arrange: paymentAsked },
  '19-payment-register-create': { arrange: twoPosted },
  '19-rpc-validation-error': {},
  '19-vendor-bill-create': {},
};

// A contended row, a dead PostgreSQL, sales orders and the rules for closing books are nothing the stand-in has.
const NOT_HERE = [
  '17-error-postgres-down',
  '17-error-redirect-warning',
  '17-error-serialization-failure',
  '17-error-unknown-id',
  '19-error-postgres-down',
  '19-error-serialization-failure',
  '19-error-unknown-id',
];

for (const [name, setting] of Object.entries(settings)) {
  test(`stand-in answers as recorded: ${name}`, async () => {
    const { odooVersion, request, response } = JSON.parse(
      readFileSync(new URL(`${name}.json`, FIXTURES), 'utf8'),
    ) as Recording;
    const key = setting.wrongKey ? 'another key' : 'REDACTED';
    const erp = await startOdooStandIn({
      version: odooVersion,
      database: 'mydb',
      user: 'admin',
      key,
      now: () => NOW,
      loadWorkMs: setting.twice ? RACE_MS : undefined,
      landedCosts: setting.landedCosts,
    });
    try {
      fillPartners(erp);
      setting.arrange?.(erp);
      const answers = [ask(erp, request, setting), ...(setting.twice ? [ask(erp, request, setting)] : [])];
      // Which of two comes first is chance; the loser is the one without ids.
      const all = await Promise.all(answers);
      const answer = all.find(({ body }) => (body?.result ?? body)?.ids === false) ?? all[0];
      assert.ok(answer !== undefined);
      assert.equal(answer.status, response.status);
      assert.equal(answer.type.split(';')[0], contentType(response));
      if (typeof response.body !== 'string') assert.deepEqual(shapeOf(answer.body), shapeOf(response.body));
    } finally {
      await erp.stop();
    }
  });
}

test('every recording is either asked again or known not to be', () => {
  const recorded = readdirSync(FIXTURES).map((file) => file.replace('.json', ''));
  assert.deepEqual(recorded.sort(), [...Object.keys(settings), ...NOT_HERE].sort());
});

const NOW = Date.parse('2026-11-20T12:00:00Z');
const HIGHEST_PARTNER = 13;
/** Far enough apart for two requests to meet on a busy machine. */
const RACE_MS = 250;

// The recordings name partners by database id.
function fillPartners(erp: StandIn): void {
  const vals_list = Array.from({ length: HIGHEST_PARTNER - 1 }, (_, index) => ({ name: `Partner ${index + 2}` }));
  erp.act('res.partner', 'create', [], { vals_list });
}

async function ask(erp: StandIn, { method, path, headers, body }: Recording['request'], { ids = {} }: Setting) {
  const sent = { ...headers, ...(headers.Authorization === undefined ? {} : { Authorization: 'bearer REDACTED' }) };
  // In the cells of a `load` ids are text.
  const own = (value: unknown) => {
    if (typeof value === 'number') return ids[value] ?? value;
    return typeof value === 'string' && /^\d+$/.test(value) ? String(ids[Number(value)] ?? value) : value;
  };
  const text = JSON.stringify(body, (_, value) => own(value));
  const response = await fetch(erp.url + path, { method, headers: sent, body: text });
  const type = response.headers.get('content-type') ?? '';
  const json = type.startsWith('application/json') ? await response.json() : undefined;
  return { status: response.status, type, body: json as { result?: { ids?: unknown }; ids?: unknown } | undefined };
}

function contentType({ headers }: Recording['response']): string {
  return headers['Content-Type']?.split(';')[0] ?? '';
}

// Words of errors differ between builds and languages, ids and numbers between databases. Names of exceptions, keys,
// types and what tells success from failure (`false`, a code) do not.
const TELLING = new Set(['name', 'type', 'field', 'view_mode', 'res_model', 'default_move_type', 'state', 'move_type']);

function shapeOf(value: unknown, name = ''): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return name === 'code' ? value : 'number';
  if (typeof value === 'string') return TELLING.has(name) && !/\d/.test(value) ? value : 'string';
  if (Array.isArray(value)) return value.map((item) => shapeOf(item));
  const entries = Object.entries(value as object).map(([key, item]) => [key, shapeOf(item, key)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
