// Billing and carriers' invoices in a real browser: each page's main task, done as its role would.
import assert from 'node:assert/strict';
import { eventOf, wholeJourney } from '../../src/api/testing/hub.ts';
import { ATTACK, consoleWith, inBrowser, inEachLook, looksRight } from './browser.ts';

let bill: string;
const console = consoleWith(async ({ hub }) => {
  for (const shipment of ['S-1', 'S-2', 'S-3']) await hub.send('tms', wholeJourney(shipment));
  // 95.00 each, told after the invoice: more than the 50.00 that are approved by themselves.
  const reported = { code: 'LFT', side: 'sell', quantity: '1', occurredAt: '2026-03-04T20:00:00Z' };
  for (const shipment of ['S-1', 'S-2']) await hub.send('tms', eventOf('charge.reported', { shipment, ...reported }));
  // 1200.00 is expected.
  const data = { carrier: 'rdwy', invoice: ATTACK, issuedOn: '2026-03-05', currency: 'USD' };
  const lines = [{ shipment: 'S-1', code: 'LHL', amount: '1300.00' }];
  await hub.send('rdwy', eventOf('carrier.invoice', { ...data, lines }));
  const listed = await hub.app.inject({ url: '/v1/carrier-invoices', headers: hub.as('finance') });
  bill = listed.json().items[0].id;
});

inEachLook('pages look right', async ({ width, dark, name }) => {
  const page = await console.open('finance', '/billing', { width, dark });
  await page.getByRole('link', { name: 'S-3-1' }).waitFor();
  await looksRight(page, name('billing'));
  await page.goto(`${console.address}/billing?view=adjustments`);
  await page.getByRole('button', { name: /S-2/ }).click();
  await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
  await page.getByText('Rests on').waitFor();
  await looksRight(page, name('adjustments'));
  await page.goto(`${console.address}/invoices/S-3-1`);
  await page.getByText('Rests on').waitFor();
  await looksRight(page, name('invoice'));
  await page.goto(`${console.address}/carrier-invoices`);
  await page.getByRole('link', { name: ATTACK }).waitFor();
  await looksRight(page, name('carrier-invoices'));
  await page.goto(`${console.address}/carrier-invoices/${bill}`);
  await page.getByText('Rests on').waitFor();
  await looksRight(page, name('carrier-invoice'));
  await page.done();
});

inBrowser('a clerk approves an adjustment and sees its invoice; the other is refused with a reason', async () => {
  const page = await console.open('finance', '/billing');
  await page.getByRole('tab', { name: 'To approve' }).click();
  await page.getByRole('button', { name: /S-1/ }).click();
  await page.getByText('supplementary: $95.00 more, billed when approved').waitFor();
  await page.getByText('nothing of it is invoiced so far').waitFor();
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await page.getByText('Approved: S-1-2').waitFor();
  await page.getByRole('button', { name: /S-1/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /S-2/ }).click();
  await page.getByRole('button', { name: 'Refuse…' }).click();
  await page.getByLabel('Reason').fill('The customer was promised none.');
  await page.getByRole('button', { name: 'Refuse it' }).click();
  await page.getByText('No adjustment waits for approval.').waitFor();
  await page.goto(`${console.address}/invoices/S-1-1`);
  await page.getByRole('region', { name: 'Corrected by' }).getByRole('link', { name: 'S-1-2' }).click();
  await page.getByRole('heading', { name: 'Supplementary invoice S-1-2' }).waitFor();
  await page.getByRole('table', { name: 'How it adds up' }).getByText('$95.00').first().waitFor();
  await page.done();
});

inBrowser('a charge by hand waits for somebody else, beyond what the role may alone', async () => {
  const page = await console.open('operations', '/invoices/S-3-1');
  await page.getByRole('button', { name: 'Enter by hand' }).click();
  await page.getByRole('combobox', { name: 'Charge code' }).fill('DET');
  await page.getByRole('textbox', { name: 'Amount' }).fill('60.00');
  await page.getByLabel('Reason').fill('Two hours at the gate.');
  await page.getByRole('button', { name: 'Enter it' }).click();
  await page.getByText("Detention: $60.00 waits for somebody else's approval.").waitFor();
  await page.goto(`${console.address}/billing?view=adjustments`);
  const waiting = page.getByRole('button', { name: /S-3/ });
  await waiting.waitFor();
  // The only one is open.
  if ((await waiting.getAttribute('aria-expanded')) === 'false') await waiting.click();
  await page.getByText(/By hand: charge of \$60\.00 for Detention.*Two hours at the gate\./).waitFor();
  assert.equal(
    await page.getByRole('button', { name: 'Approve', exact: true }).count(),
    0,
    'operations approves nothing',
  );
  await page.done();
});

inBrowser('billed against expected: the carrier gives up a part, and it counts as recovered', async () => {
  const page = await console.open('finance', '/carrier-invoices?verdict=disputed');
  await page.getByRole('link', { name: ATTACK }).click();
  const compared = page.getByRole('region', { name: 'Billed against expected' });
  await compared.getByText('$1,300.00').waitFor();
  await compared.getByText('$1,200.00').first().waitFor();
  await compared.getByText('$100.00').waitFor();
  await page.getByText('agreement rdwy-2026 version 1, lane all').waitFor();
  assert.equal(await page.title(), `Roadway Freight ${ATTACK} · Lading`);
  await page.getByRole('button', { name: 'Carrier accepts…' }).click();
  await page.getByLabel(/Given up, of/).fill('80.00');
  await page.getByLabel('Reason').fill('They agree to most of it.');
  await page.getByRole('button', { name: 'Carrier accepts', exact: true }).click();
  await page.getByText('$100.00 disputed, $80.00 recovered').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Short-pay…' }).count(), 0, 'it is settled');
  await page.goBack();
  await page.getByRole('button', { name: '$80.00 of $100.00 disputed came back' }).click();
  await page.getByRole('cell', { name: '$20.00' }).waitFor();
  await page.done();
});

inBrowser('an invoice is found by its shipment, and printed without what is not of it', async () => {
  const page = await console.open('finance', '/billing?search=s-3');
  await page.getByRole('link', { name: 'S-3-1' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'S-1-1' }).count(), 0);
  await page.getByRole('link', { name: 'S-3-1' }).click();
  await page.getByRole('heading', { name: 'Invoice S-3-1' }).waitFor();
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('button', { name: 'Print' }).isVisible(), false);
  assert.equal(await page.getByRole('navigation').isVisible(), false);
  assert.equal(await page.getByRole('table', { name: 'How it adds up' }).isVisible(), true);
  await page.done();
});

inBrowser('a carrier sees its bill, and nothing of how we argue about it', async () => {
  const page = await console.open('partner', '/carrier-invoices');
  await page.getByRole('link', { name: ATTACK }).click();
  await page.getByRole('region', { name: 'Billed against expected' }).waitFor();
  assert.equal(await page.getByRole('region', { name: 'Dispute' }).count(), 0);
  await page.done();
});
