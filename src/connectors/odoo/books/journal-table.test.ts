// The journal as a table for Odoo's import, by hand-computed figures; and taken by the stand-in as an import takes it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOdooStandIn } from '../../../../examples/odoo-stand-in/index.ts';
import { type JournalItem, journalTable } from './journal-table.ts';

const ACCRUED: JournalItem = {
  bookedOn: '2026-05-30',
  currency: 'USD',
  journal: '',
  account: '1250',
  ledgerAccount: 'accrued-receivable',
  code: 'LHL',
  amountMinor: 50_000n,
  dimensions: { partner_id: 'Acme Tools', lane: 'US-IL>US-GA' },
};
const EARNED: JournalItem = { ...ACCRUED, account: '4010', ledgerAccount: 'accrued-revenue', amountMinor: -50_000n };
const OPTIONS = { name: ['us-inc', 'accrued'], booksCurrency: 'USD' };

test('journal table: a day is an entry, and what has one account and dimension is added up', () => {
  const more = [ACCRUED, EARNED].map((item) => ({ ...item, amountMinor: item.amountMinor / 4n }));
  const { fields, data } = journalTable([ACCRUED, EARNED, ...more], OPTIONS);
  assert.deepEqual(fields.slice(0, 5), ['id', 'move_type', 'date', 'journal_id', 'ref']);
  assert.deepEqual(
    data.map((row) => row.slice(1)),
    [
      [
        ...['entry', '2026-05-30', '', 'Lading us-inc accrued 2026-05-30'],
        'lading.journal_us-inc__accrued__USD__2026-05-30__1250__accrued-receivable__LHL__Acme_20_Tools__US-IL_3e_US-GA',
        ...['1250', 'accrued-receivable LHL US-IL>US-GA', '625.00', '0.00', '', '', 'Acme Tools'],
      ],
      [
        ...['', '', '', ''],
        'lading.journal_us-inc__accrued__USD__2026-05-30__4010__accrued-revenue__LHL__Acme_20_Tools__US-IL_3e_US-GA',
        ...['4010', 'accrued-revenue LHL US-IL>US-GA', '0.00', '625.00', '', '', 'Acme Tools'],
      ],
    ],
  );
});

test('journal table: what comes to nothing is left out, and another day or currency is another entry', () => {
  const undone = [ACCRUED, EARNED].map((item) => ({ ...item, amountMinor: -item.amountMinor }));
  assert.deepEqual(journalTable([ACCRUED, EARNED, ...undone], OPTIONS).data, []);
  const others = [{ ...ACCRUED, bookedOn: '2026-05-31' }, { ...ACCRUED, currency: 'CAD' }, ACCRUED];
  const { data } = journalTable(others, OPTIONS);
  assert.deepEqual(
    data.map(([, , date]) => date),
    ['2026-05-30', '2026-05-30', '2026-05-31'],
  );
  assert.deepEqual(data[0]?.slice(8, 12), ['', '', 'CAD', '500.00'], 'of another currency than the books');
});

for (const version of [17, 18, 19] as const) {
  test(`journal table: odoo ${version} imports and posts it, and once more changes nothing`, async () => {
    const erp = await startOdooStandIn({ version });
    const acting = (model: string, method: string, args: Record<string, unknown>, ids: number[] = []) =>
      erp.act(model, method, ids, args);
    try {
      for (const code of ['1250', '4010']) acting('account.account', 'create', { vals_list: [{ name: code, code }] });
      acting('account.journal', 'create', { vals_list: [{ name: 'Accruals', code: 'ACCR', type: 'general' }] });
      acting('res.partner', 'create', { vals_list: [{ name: 'Acme Tools' }] });
      const table = journalTable(
        [ACCRUED, EARNED].map((item) => ({ ...item, journal: 'ACCR' })),
        OPTIONS,
      );
      const first = acting('account.move', 'load', table) as { ids: number[]; messages: object[] };
      assert.deepEqual([first.messages, first.ids.length], [[], 1]);
      const again = acting('account.move', 'load', table) as { ids: number[] };
      assert.deepEqual(again.ids, first.ids);
      acting('account.move', 'action_post', {}, first.ids);
      const domain = [['move_id', '=', first.ids[0]]];
      const fields = ['account_id', 'partner_id', 'debit', 'credit'];
      const lines = acting('account.move.line', 'search_read', { domain, fields }) as Record<string, unknown>[];
      assert.deepEqual(
        lines.map(({ account_id, debit, credit }) => [(account_id as [number, string])[1], debit, credit]),
        [
          ['1250', 500, 0],
          ['4010', 0, 500],
        ],
      );
      assert.equal(erp.documents().find(({ moveType }) => moveType === 'entry')?.date, '2026-05-30');
    } finally {
      await erp.stop();
    }
  });
}
