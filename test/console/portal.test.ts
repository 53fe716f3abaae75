// The customer portal in a real browser: following and sharing a shipment, and a dispute from its opening to its end.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { eventOf, milestoneOf, PLAN } from '../../src/api/testing/hub.ts';
import { ATTACK, consoleWith, inBrowser, inEachLook, looksRight } from './browser.ts';

const PDF = Buffer.from('%PDF-1.7\nwhat the dock wrote');

const console = consoleWith(async ({ hub }) => {
  const references = [{ type: 'po', value: ATTACK }];
  const pod = { shipment: 'S-1', kind: 'pod', mediaType: 'text/plain', content: 'c2lnbmVk', signedBy: ATTACK };
  const lift = { shipment: 'S-1', code: 'LFT', side: 'sell', occurredAt: '2026-03-04T19:00:00Z' };
  const onItsWay = { milestone: 'in-transit', occurredAt: '2026-03-05T20:00:00Z', eta: '2026-03-06T19:30:00Z' };
  await hub.send('tms', [
    eventOf('shipment.planned', { shipment: 'S-1', ...PLAN, references }),
    milestoneOf('S-1', 'picked-up', '2026-03-03T16:00:00Z'),
    milestoneOf('S-1', 'delivered', '2026-03-04T19:00:00Z'),
    eventOf('charge.reported', lift),
    eventOf('document.attached', pod),
    eventOf('shipment.planned', { shipment: 'S-2', ...PLAN, references }),
    milestoneOf('S-2', 'picked-up', '2026-03-05T16:00:00Z'),
    eventOf('shipment.milestone', { shipment: 'S-2', ...onItsWay }),
    eventOf('shipment.planned', { shipment: 'S-3', ...PLAN, customer: 'bolt' }),
  ]);
});

inBrowser('a customer objects to a line with a file, finance answers and ends it, the customer follows', async () => {
  const customer = await console.open('customer', '/', { width: 360 });
  await customer.getByRole('heading', { name: 'Your shipments' }).waitFor();
  await customer.getByRole('link', { name: 'Invoices' }).click();
  await customer.getByRole('link', { name: /S-1-1/ }).click();
  await customer.getByRole('button', { name: 'Something is wrong with Liftgate of shipment S-1' }).click();
  await customer.getByLabel('What is wrong with Liftgate of shipment S-1?').fill(`No liftgate was used ${ATTACK}`);
  await customer.getByLabel('A file, if you have one').setInputFiles({
    ...{ name: `${ATTACK}.pdf`, mimeType: 'application/pdf', buffer: PDF },
  });
  await customer.getByRole('button', { name: 'Send' }).click();
  await customer.getByText('We are looking into it').waitFor();
  await customer.getByText(`No liftgate was used ${ATTACK}`).waitFor();

  const finance = await console.open('finance', '/disputes');
  await finance.getByRole('link', { name: 'Liftgate, shipment S-1' }).click();
  await finance.getByText(`No liftgate was used ${ATTACK}`).waitFor();
  const [file] = await Promise.all([
    finance.waitForEvent('download'),
    finance.getByRole('link', { name: `${ATTACK}.pdf`, exact: false }).click(),
  ]);
  assert.deepEqual(await readFile(await file.path()), PDF);
  await finance.getByLabel('What the customer should read').fill('The driver says yes. Who was at the dock?');
  await finance.getByRole('button', { name: 'Send' }).click();
  await finance.getByText('waits for the customer').waitFor();

  // Seen without a reload.
  await customer.getByText('We have answered').waitFor();
  await customer.getByText('The driver says yes. Who was at the dock?').waitFor();
  await customer.getByLabel('Your message').fill('Joe was. He used the forklift.');
  await customer.getByRole('button', { name: 'Send' }).click();
  await finance.getByText('Joe was. He used the forklift.').waitFor();
  await looksRight(finance, 'dispute-1440-light');
  await finance.getByLabel('How it ends').selectOption('partly-accepted');
  await finance.getByLabel('Why, as the customer reads it').fill('Half of it comes back.');
  await finance.getByRole('button', { name: 'End the dispute' }).click();
  await finance.getByText('partly accepted').waitFor();
  await finance.getByRole('link', { name: 'S-1-1' }).click();
  await finance.getByRole('heading', { name: 'Disputes of the customer' }).waitFor();
  await customer.getByText('We agreed in part').waitFor();
  await customer.getByText('Half of it comes back.').waitFor();
  assert.doesNotMatch(await customer.title(), /broken/);
  await looksRight(customer, 'portal-question-360-light');
  await finance.done();
  await customer.done();
});

inBrowser('a shared shipment is seen without signing in, until the link is taken back', async () => {
  const page = await console.open('customer', '/portal/shipments/S-2');
  await page.getByText('On its way').first().waitFor();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByLabel('The link, shown only now').inputValue();
  const stranger = await console.browser.newPage({ viewport: { width: 360, height: 800 } });
  const asked: string[] = [];
  stranger.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await stranger.goto(link);
  await stranger.getByRole('heading', { name: 'Your shipment' }).waitFor();
  await stranger.getByText('Joliet, IL, US to Atlanta, GA, US').waitFor();
  await stranger.getByText(ATTACK).waitFor();
  assert.ok(!(await stranger.locator('body').innerText()).includes('S-2'));
  assert.deepEqual(
    asked.filter((path) => path.startsWith('/v1/')).map((path) => path.replace(/[^/]+$/, '')),
    ['/v1/tracking/'],
    'it asks for nothing else',
  );
  await looksRight(stranger, 'track-360-light');
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('button', { name: 'Take back' }).waitFor({ state: 'detached' });
  await stranger.reload();
  await stranger.getByRole('heading', { name: 'This link has ended' }).waitFor();
  await stranger.close();
  await page.done();
});

inBrowser('any number finds a shipment; the proof of delivery opens; another’s does not exist', async () => {
  const page = await console.open('customer', '/portal', { width: 360 });
  await page.getByLabel('Find a shipment').fill('s-1');
  await page.getByRole('link', { name: /S-2/ }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: /S-1/ }).click();
  await page.getByText(`signed by ${ATTACK}`).waitFor();
  const address = await page.getByRole('link', { name: 'Proof of delivery' }).getAttribute('href');
  assert.equal(await (await page.context().request.get(`${console.address}${address}`)).text(), 'signed');
  await page.goBack();
  assert.match(page.url(), /search=s-1/);
  await page.goto(`${console.address}/portal/shipments/S-3`);
  await page.getByRole('alert').waitFor();
  const faults = await page.done().catch((error: Error) => error);
  assert.match(String(faults), /404/, 'that it is not there is the only fault');
});

inEachLook('pages look right', async ({ width, dark, name }) => {
  const page = await console.open('customer', '/portal', { width, dark });
  await page.getByRole('link', { name: /S-1/ }).waitFor();
  await looksRight(page, name('portal'));
  for (const [what, path, shown] of [
    ['portal-shipment', '/portal/shipments/S-1', 'Documents'],
    ['portal-invoices', '/portal/invoices?shown=all', 'Your invoices'],
    ['portal-invoice', '/portal/invoices/S-1-1', 'The whole invoice'],
    ['portal-questions', '/portal/questions', 'Your questions'],
  ] as const) {
    await page.goto(`${console.address}${path}`);
    await page.getByRole('heading', { name: shown }).waitFor();
    await looksRight(page, name(what));
  }
  await page.done();
  const finance = await console.open('finance', '/disputes', { width, dark });
  await finance.getByText('disputes', { exact: false }).last().waitFor();
  await looksRight(finance, name('disputes'));
  await finance.done();
});
