// Orders and shipments in a real browser: each page's main task, done as its role would.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { eventOf, milestoneOf, PLAN, wholeJourney } from '../../src/api/testing/hub.ts';
import { ATTACK, consoleWith, inBrowser, inEachLook, looksRight } from './browser.ts';

// One black dot.
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==';

const console = consoleWith(async ({ hub }) => {
  const [pickup, delivery] = PLAN.stops;
  const at = (from: string, to: string) => ({ appointment: { from, to } });
  const stops = [
    { ...pickup, ...at('2026-03-03T14:00:00Z', '2026-03-03T14:30:00Z') },
    { ...delivery, ...at('2026-03-04T14:00:00Z', '2026-03-04T20:00:00Z') },
  ];
  const orderLines = [{ line: 1, sku: 'BOLT-8', description: 'Bolts M8', quantity: '30', unitPrice: '20.00' }];
  const order = { order: 'O-1', customer: 'acme', lines: orderLines, shipTo: { city: 'Atlanta', country: 'US' } };
  await hub.send('tms', eventOf('order.placed', { ...order, currency: 'USD', placedAt: '2026-03-01T00:00:00Z' }));
  const contents = [{ order: 'O-1', line: 1, quantity: '30' }];
  const pod = { shipment: 'S-1', kind: 'pod', mediaType: 'image/png', content: DOT, signedBy: ATTACK };
  await hub.send('tms', [
    eventOf('shipment.planned', { shipment: 'S-1', ...PLAN, stops, orders: ['O-1'], contents }),
    milestoneOf('S-1', 'arrived-pickup', '2026-03-03T15:00:00Z'),
    milestoneOf('S-1', 'picked-up', '2026-03-03T16:00:00Z'),
    milestoneOf('S-1', 'in-transit', '2026-03-03T20:00:00Z'),
    milestoneOf('S-1', 'delivered', '2026-03-04T19:00:00Z'),
    eventOf('document.attached', pod),
    // Delivered, and nobody sent a proof.
    eventOf('shipment.planned', { shipment: 'S-2', ...PLAN, references: [{ type: 'bol', value: ATTACK }] }),
    milestoneOf('S-2', 'picked-up', '2026-03-05T16:00:00Z'),
    milestoneOf('S-2', 'delivered', '2026-03-06T19:00:00Z'),
    eventOf('shipment.planned', { shipment: 'S-3', ...PLAN, customer: 'bolt', carrier: 'swift' }),
  ]);
  await hub.send('swift', milestoneOf('S-1', 'damaged', '2026-03-03T21:00:00Z'));
});

inEachLook('pages look right', async ({ width, dark, name }) => {
  const page = await console.open('finance', '/shipments', { width, dark });
  await page.getByRole('link', { name: 'S-1' }).waitFor();
  await looksRight(page, name('shipments'));
  await page.getByRole('link', { name: 'S-1' }).click();
  await page.getByRole('img', { name: /^Map: Joliet, IL, then Atlanta, GA/ }).waitFor();
  await page
    .getByRole('button', { name: /Linehaul/ })
    .first()
    .click();
  await looksRight(page, name('shipment'));
  await page.goto(`${console.address}/orders`);
  await page.getByRole('link', { name: 'O-1' }).waitFor();
  await looksRight(page, name('orders'));
  await page.getByRole('link', { name: 'O-1' }).click();
  await page.getByRole('heading', { name: 'Order O-1' }).waitFor();
  await page.getByText('Bolts M8').waitFor();
  await looksRight(page, name('order'));
  await page.done();
});

inBrowser('a clerk finds the unbilled shipment and its reason', async () => {
  const page = await console.open('finance', '/shipments');
  await page.getByText('Unbilled', { exact: true }).click();
  await page.getByRole('link', { name: 'S-3' }).waitFor({ state: 'detached' });
  assert.match(page.url(), /unbilled=true/);
  await page.getByRole('link', { name: 'S-2' }).click();
  const sentence =
    /Not invoiced because its billing trigger pod is not reached; waits for the proof of delivery; owner operations/;
  await page.getByText(sentence).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'S-2' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'S-3' }).count(), 0, 'the filter is in the address');
  await page.done();
});

inBrowser('a charge opens to its arithmetic and its evidence; plan and actual are told apart', async () => {
  const page = await console.open('finance', '/shipments/S-1');
  await page.getByRole('button', { name: /Linehaul.*1,645\.00/ }).click();
  await page
    .getByText(/700.*2\.35/)
    .first()
    .waitFor();
  await page.getByText('Agreement acme-2026, version 1, lane ftl-il-ga').waitFor();
  await page.getByText('Margin: $1,645.00 less $1,200.00').waitFor();
  await page.locator('#time-line time').nth(2).hover();
  await page.getByText(/CST \(America\/Chicago\)/).waitFor();
  // Due until 14:30, there at 15:00; both UTC.
  await page.getByText('30 min late').waitFor();
  const facts = page.getByRole('region', { name: 'Facts' }).last();
  await facts.getByText('not heard').waitFor();
  await facts.getByText('picked up').waitFor();
  await page.done();
});

inBrowser('the proof of delivery is shown, and what came from outside shows as text', async () => {
  const page = await console.open('finance', '/shipments/S-1');
  await page.getByRole('button', { name: 'View' }).click();
  const image = page.getByRole('img', { name: /Proof of delivery of shipment S-1/ });
  await image.waitFor();
  assert.equal(await image.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth), 1);
  await page.getByText(`signed by ${ATTACK}`).waitFor();
  await page.goto(`${console.address}/shipments/S-2`);
  await page.getByText(ATTACK).first().waitFor();
  assert.equal(await page.title(), 'Shipment S-2 · Lading');
  await page.done();
});

inBrowser('any number finds its shipment; a view is kept and shown again', async () => {
  const page = await console.open('operations', '/shipments');
  await page.getByRole('link', { name: 'S-3' }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('po-4711');
  await page.getByRole('link', { name: 'S-2' }).waitFor({ state: 'detached' });
  assert.match(page.url(), /search=po-4711/);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'Keep what is shown…' }).click();
  await page.getByLabel('Its name').fill('My purchase order');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('link', { name: 'S-2' }).waitFor();
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('menuitem', { name: 'My purchase order' }).click();
  await page.getByRole('link', { name: 'S-2' }).waitFor({ state: 'detached' });
  await page.done();
});

inBrowser('the list is sorted by its heads, by keyboard too, and saved as CSV', async () => {
  const page = await console.open('operations', '/shipments?sort=shipment');
  const first = () => page.getByRole('row').nth(1).getByRole('link').innerText();
  await page.getByRole('link', { name: 'S-1' }).waitFor();
  assert.equal(await first(), 'S-1');
  await page.getByRole('button', { name: 'Shipment', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/sort=-shipment/);
  await page.getByRole('row').nth(1).getByRole('link', { name: 'S-3' }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV' }).click(),
  ]);
  const lines = (await readFile((await download.path()) ?? '', 'utf8')).trim().split('\r\n');
  assert.equal(lines.length, 4);
  assert.match(lines[0] ?? '', /^Shipment,Customer,Status,Billing,/);
  assert.match(lines[3] ?? '', /^S-1,Acme Tools,delivered,/);
  await page.done();
});

inBrowser('what comes in meanwhile is seen without a reload', async () => {
  const page = await console.open('operations', '/shipments');
  await page.getByRole('link', { name: 'S-1' }).waitFor();
  await page.waitForTimeout(1_500); // the first look is what later ones differ from
  await console.hub.send('tms', wholeJourney('S-77'));
  await page.getByRole('link', { name: 'S-77' }).waitFor();
  await page.done();
});

inBrowser('a customer sees its own, and neither costs nor notes of the clerks', async () => {
  const page = await console.open('customer', '/shipments');
  await page.getByRole('link', { name: 'S-1' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'S-3' }).count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Cost' }).count(), 0);
  await page.getByRole('link', { name: 'S-1' }).click();
  await page.getByRole('heading', { name: 'Charges' }).waitFor();
  assert.equal(await page.getByText('Margin').count(), 0);
  assert.equal(await page.getByText('Carrier invoices').count(), 0);
  await page.goto(`${console.address}/shipments/S-3`);
  await page.getByRole('alert').waitFor();
  const faults = page.done().catch((error: Error) => error);
  assert.match(String(await faults), /404/, 'that it is not there is the only fault');
});

inBrowser('a carrier sees where and when, and nothing of the money', async () => {
  const page = await console.open('partner', '/shipments');
  await page.getByRole('link', { name: 'S-1' }).click();
  await page.getByText('Joliet, IL, US').waitFor();
  assert.equal(await page.getByText('Charges').count(), 0);
  await page.goto(`${console.address}/orders`);
  await page.getByText('Your role, partner, does not see this page.', { exact: false }).waitFor();
  await page.done();
});

inBrowser('who one is and the first rows are asked for once, before the console has come', async () => {
  const page = await console.open('finance', '/icon.svg');
  let asked: string[] = [];
  page.on('request', (request) => {
    if (request.isNavigationRequest()) asked = [];
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith('/v1/')) asked.push(pathname + search);
  });
  await page.goto(`${console.address}/shipments`);
  await page.getByRole('link', { name: 'S-1' }).waitFor();
  // From the stream on, what is heard of is asked for again.
  if (!asked.includes('/v1/stream')) await page.waitForRequest(/\/v1\/stream/);
  const rows = '/v1/shipments?sort=-pickup&limit=100';
  assert.deepEqual(asked.slice(0, asked.indexOf('/v1/stream')), ['/v1/session', rows]);
  await page.done();
});

inBrowser('light and dark are chosen, kept, and followed by what uses Mantine', async () => {
  const page = await console.open('finance', '/shipments', { dark: true });
  const scheme = () => page.evaluate('document.documentElement.dataset.mantineColorScheme');
  await page.getByRole('link', { name: 'S-1' }).waitFor();
  assert.equal(await scheme(), 'dark');
  await page.getByRole('button', { name: 'Light colours' }).click();
  assert.equal(await scheme(), 'light');
  await page.getByRole('link', { name: 'S-1' }).click();
  await page.getByRole('heading', { name: 'Shipment S-1' }).waitFor();
  assert.equal(await scheme(), 'light');
  await page.getByRole('button', { name: 'Dark colours' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Shipment S-1' }).waitFor();
  assert.equal(await scheme(), 'light');
  await page.done();
});
