// The inbox of exceptions in a real browser: worked by keyboard, a number linked, a bad message mended.
import assert from 'node:assert/strict';
import { eventOf, milestoneOf, PLAN, SAMPLE_SETUP, wholeJourney } from '../../src/api/testing/hub.ts';
import { DESK, interchange, SWIFT } from '../../src/partners/testing/interchange.ts';
import { importSetup } from '../../src/pipeline/setup.ts';
import { ATTACK, consoleWith, inBrowser, inEachLook, looksRight } from './browser.ts';

const report = (code: string): [string, ...string[]] => [
  '214',
  'B10*7712004*S-1*SWFT',
  'LX*1',
  `AT7*${code}*NS***20260304*0915*LT`,
];

let bad = '';
const console = consoleWith(async ({ hub }) => {
  await importSetup(hub.context, { partners: [SWIFT, DESK] }, 'test');
  await hub.send('tms', eventOf('shipment.planned', { shipment: 'S-1', ...PLAN }));
  await hub.send('rdwy', milestoneOf('S-1', 'delayed', '2026-03-03T20:00:00Z'));
  await hub.send('rdwy', milestoneOf('S-1', 'damaged', '2026-03-03T21:00:00Z'));
  const lost = { milestone: 'in-transit', occurredAt: '2026-03-03T22:00:00Z' };
  const references = [{ type: 'bol', value: ATTACK }];
  await hub.send('rdwy', eventOf('shipment.milestone', { ...lost, references }));
  await hub.context.store.query(`update lading.waiting set since = since - interval '25 hours'`);
  bad = await hub.send('swft', Buffer.from(interchange([report('X6'), report('??')])));
  // 1645.00 is more than may be open.
  const agreements = SAMPLE_SETUP.agreements?.slice(0, 1).map((each) => ({ ...each, id: 'bolt-2026', party: 'bolt' }));
  await importSetup(hub.context, { agreements, policies: [{ customer: 'bolt', creditLimit: '1000.00' }] }, 'test');
  const journey = wholeJourney('S-9').slice(1);
  await hub.send('tms', [eventOf('shipment.planned', { shipment: 'S-9', ...PLAN, customer: 'bolt' }), ...journey]);
  await hub.work();
});

inEachLook('the inbox looks right', async ({ width, dark, name }) => {
  const look = { width, dark };
  const page = await console.open('operations', '/exceptions', look);
  await page.getByRole('link', { name: 'shipment delayed' }).waitFor();
  await looksRight(page, name('exceptions'));
  await page.getByRole('link', { name: 'shipment delayed' }).click();
  await page.getByRole('heading', { name: 'Shipment delayed: S-1' }).waitFor();
  await looksRight(page, name('exception'));
  await page.done();
  const message = await console.open('integration', `/messages/${bad}`, look);
  await message.getByRole('textbox', { name: 'The message, corrected' }).waitFor();
  await looksRight(message, name('message-to-mend'));
  await message.done();
});

inBrowser('customer service works its inbox by keys alone', async () => {
  const page = await console.open('customer-service', '/exceptions?owner=customer-service');
  await page.getByRole('link', { name: 'shipment delayed' }).waitFor();
  await page.keyboard.press('?');
  await page.getByText('waives, with a reason').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // By due time: the delay (8 h) before the damage (24 h).
  await page.keyboard.press('j');
  assert.match((await page.locator('tr[aria-current]').textContent()) ?? '', /Shipment delayed/);
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByText('2 selected').waitFor();
  await page.keyboard.press('a');
  await page.getByRole('cell', { name: 'customer-service', exact: true }).nth(1).waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  await page.keyboard.press('w');
  await page.getByRole('textbox', { name: 'Why' }).fill('Told by phone');
  await page.getByRole('button', { name: 'Waive', exact: true }).click();
  await page.getByRole('link', { name: 'shipment delayed' }).waitFor({ state: 'detached' });
  await page.goto(`${console.address}/exceptions?state=closed`);
  await page.getByRole('link', { name: 'shipment delayed' }).click();
  await page.getByText('Told by phone').waitFor();
  await page.getByText('Assigned to customer-service').waitFor();
  await page.done();
});

inBrowser('operations links a number that nobody knew; it shows as text whatever it says', async () => {
  const page = await console.open('operations', '/exceptions?kind=unmatched-reference');
  await page.getByRole('link', { name: 'unmatched reference' }).click();
  await page.getByText(ATTACK).first().waitFor();
  await page.getByRole('button', { name: 'Link…' }).click();
  await page.getByRole('textbox', { name: 'Shipment' }).fill('S-1');
  await page.getByRole('radio', { name: /^S-1/ }).check();
  await page.getByRole('button', { name: 'Link', exact: true }).click();
  await page.getByText('Linked to shipment S-1').waitFor();
  await page.getByText('closed', { exact: true }).waitFor();
  assert.match(await page.title(), /Lading/);
  await page.done();
});

inBrowser('integration mends a bad message, and its exception closes', async () => {
  const page = await console.open('integration', '/exceptions?owner=integration');
  await page.getByRole('link', { name: 'schema violation' }).click();
  await page.getByRole('button', { name: 'Mend…' }).click();
  const field = page.getByRole('textbox', { name: 'The message, corrected' });
  await field.waitFor();
  await field.fill((await field.inputValue()).replace('AT7*??', 'AT7*X1'));
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('Nothing is wrong any more: 2 events.').waitFor();
  await page.getByRole('textbox', { name: 'Why it is changed' }).fill('A slip of the carrier');
  await page.getByRole('button', { name: 'Take in' }).click();
  await page.getByText('Mends', { exact: true }).waitFor();
  await page.goto(`${console.address}/messages/${bad}`);
  await page.getByText('mended', { exact: true }).waitFor();
  await page.goto(`${console.address}/exceptions?owner=integration`);
  // Its sender is not the carrier of S-1, which no mend of a message changes.
  await page.getByRole('link', { name: 'partner not party' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'schema violation' }).count(), 0);
  await page.done();
});

inBrowser('finance lets an invoice go beyond the credit limit, with a reason that is kept', async () => {
  const page = await console.open('finance', '/exceptions');
  await page.getByRole('link', { name: 'Credit hold' }).click();
  await page.getByRole('heading', { name: 'Credit hold: S-9' }).waitFor();
  await page.getByRole('button', { name: 'Release…' }).click();
  await page.getByRole('textbox', { name: 'Why' }).fill(ATTACK);
  const [answer] = await Promise.all([
    page.waitForResponse(/\/release$/),
    page.getByRole('button', { name: 'Release', exact: true }).click(),
  ]);
  assert.equal(answer.status(), 200);
  await console.hub.work();
  await page.reload();
  await page.getByText('closed', { exact: true }).waitFor();
  await page.getByText(ATTACK).waitFor();
  await page.goto(`${console.address}/invoices/S-9-1`);
  await page.getByRole('heading', { name: 'Invoice S-9-1' }).waitFor();
  await page.getByText('Bolt & Nut').waitFor();
  await page.done();
});
