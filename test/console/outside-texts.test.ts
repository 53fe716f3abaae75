// Whatever people and partners write shows as text, on every page that shows it.
//
// References, party names, signers, reasons, file names and X12 elements are tried where their pages are tested; here are the rest.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventOf, PLAN, wholeJourney } from '../../src/api/testing/hub.ts';
import { ATTACK, consoleWith, inBrowser } from './browser.ts';

const [pickup, delivery] = PLAN.stops;
const EDIFACT = `UNB+UNOC:3+RDWY+LADING+260305:1200+77'UNH+1+IFTSTA:D:96A:UN'DTM+334:202603051000:203'FTX+AAI+++${ATTACK}'UNT+4+1'UNZ+1+77'`;

let edifact = '';
const console = consoleWith(async ({ hub }) => {
  const lines = [{ line: 1, sku: ATTACK, description: ATTACK, quantity: '30', unitPrice: '20.00' }];
  const order = { order: ATTACK, customer: 'acme', lines, shipTo: { name: ATTACK, city: ATTACK, country: 'US' } };
  const stops = [
    { ...pickup, name: ATTACK },
    { ...delivery, city: ATTACK },
  ];
  await hub.send('tms', [
    eventOf('order.placed', { ...order, currency: 'USD', placedAt: '2026-03-01T00:00:00Z' }),
    ...wholeJourney('S-1'),
    eventOf('shipment.planned', { shipment: 'S-1', ...PLAN, stops, orders: [ATTACK] }, '2026-03-05T13:00:00Z'),
  ]);
  edifact = await hub.send('rdwy', Buffer.from(EDIFACT));
  const headers = hub.as('customer');
  const payload = {
    shipment: 'S-1',
    code: 'LHL',
    reason: ATTACK,
    file: { name: `${ATTACK}.txt`, content: 'aGVsbG8=' },
  };
  const answer = await hub.app.inject({ method: 'POST', url: '/v1/invoices/S-1-1/disputes', headers, payload });
  assert.equal(answer.statusCode, 201, answer.body);
});

/** It is there to be read, and nothing of it was run. */
async function showsAsText(page: Page): Promise<void> {
  await page.getByText(ATTACK).first().waitFor();
  assert.notEqual(await page.title(), 'broken');
  assert.equal(await page.locator('img[src="x"]').count(), 0);
}

inBrowser('an order whose number, item and places are a script', async () => {
  const page = await console.open('operations', '/orders');
  await showsAsText(page);
  await page.getByRole('link', { name: ATTACK }).click();
  await page.getByRole('heading', { name: `Order ${ATTACK}` }).waitFor();
  const said = (await page.locator('main').innerText()).split(ATTACK).length - 1;
  assert.ok(said >= 5, `number, name and city of the place, item and description: ${said}`);
  await showsAsText(page);
  await page.done();
});

inBrowser('a city that is a script: on its shipment, its map and in the list', async () => {
  const page = await console.open('operations', '/shipments');
  await showsAsText(page);
  await page.goto(`${console.address}/shipments/S-1`);
  await page.getByRole('img', { name: /^Map: / }).waitFor();
  await showsAsText(page);
  await page.done();
  const customer = await console.open('customer', '/portal/shipments/S-1', { width: 360 });
  await showsAsText(customer);
  await customer.done();
});

inBrowser('what a customer writes about a line, and the name of its file', async () => {
  const page = await console.open('finance', '/disputes');
  await page.getByRole('link', { name: /Linehaul/ }).click();
  await page.getByRole('link', { name: `${ATTACK}.txt` }).waitFor();
  await showsAsText(page);
  await page.done();
});

inBrowser('a view whose name is a script', async () => {
  const page = await console.open('operations', '/orders?search=Atlanta');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Keep what is shown…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(ATTACK);
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Name' }).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: ATTACK }).waitFor();
  assert.equal(await page.locator('img[src="x"]').count(), 0);
  await page.done();
});

inBrowser('EDIFACT says what each component is for, and shows its texts as text', async () => {
  const page = await console.open('integration', `/messages/${edifact}`);
  await page.getByText('recognised as EDIFACT', { exact: false }).first().waitFor();
  await page.getByRole('button', { name: 'Which: 334' }).hover();
  await page.getByText(/DTM01\.1 · Which · means: when the status changed · byte \d+/).waitFor();
  await page.getByRole('button', { name: 'Written as: 203' }).focus();
  await page.getByText(/DTM01\.3 · Written as · means: CCYYMMDDHHMM/).waitFor();
  await showsAsText(page);
  await page.done();
});
