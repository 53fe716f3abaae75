// Pages on paper and on a very wide screen.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventOf, wholeJourney } from '../../src/api/testing/hub.ts';
import { consoleWith, inBrowser, looksRight } from './browser.ts';

const console = consoleWith(async ({ hub }) => {
  await hub.send('tms', wholeJourney('S-1'));
  const lift = { shipment: 'S-1', code: 'LFT', side: 'sell', quantity: '1', occurredAt: '2026-03-04T20:00:00Z' };
  await hub.send('tms', eventOf('charge.reported', lift));
});

async function onPaper(page: Page, name: string): Promise<string> {
  // As wide as A4 at 96 dots an inch.
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ media: 'print' });
  await looksRight(page, name);
  for (const gone of ['banner', 'navigation'] as const) {
    assert.equal(await page.getByRole(gone).filter({ visible: true }).count(), 0, `no ${gone}`);
  }
  assert.equal(await page.getByRole('button', { name: 'Print' }).filter({ visible: true }).count(), 0);
  return page.locator('main').innerText();
}

inBrowser('an invoice is printed whole, without what is only for the screen', async () => {
  const page = await console.open('finance', '/invoices/S-1-1');
  await page.getByText('Acme Tools').waitFor();
  const says = await onPaper(page, 'invoice-on-paper');
  for (const part of ['Invoice S-1-1', 'Acme Tools', 'Linehaul', '$1,645.00', 'Total'])
    assert.ok(says.includes(part), part);
  await page.done();
});

inBrowser('a shipment is printed whole, with its stops and charges', async () => {
  const page = await console.open('operations', '/shipments/S-1');
  await page.getByRole('img', { name: /^Map: / }).waitFor();
  const says = await onPaper(page, 'shipment-on-paper');
  for (const part of ['Shipment S-1', 'Roadway Freight', 'Joliet', 'Atlanta', 'Linehaul', '$1,645.00', 'Facts']) {
    assert.ok(says.includes(part), part);
  }
  await page.done();
});

inBrowser('on a 4K screen nothing is stretched: an amount stays beside its name', async () => {
  const page = await console.open('finance', '/shipments/S-1', { width: 3840 });
  await page.setViewportSize({ width: 3840, height: 2160 });
  await page.getByText('Linehaul').first().waitFor();
  await looksRight(page, 'shipment-3840');
  for (const section of await page.locator('section').all()) {
    assert.ok(((await section.boundingBox())?.width ?? 0) <= 1_800, 'no section is wider than can be read');
  }
  for (const address of ['/shipments', '/billing', '/overview']) {
    await page.goto(`${console.address}${address}`);
    await page
      .getByText(/S-1|Invoiced/)
      .first()
      .waitFor();
    await looksRight(page, `${address.slice(1)}-3840`);
  }
  await page.done();
});
