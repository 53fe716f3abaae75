// Connections, rules, the audit trail, people and keys in a real browser: each page's main task, done as its role would.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { SAMPLE_SETUP, wholeJourney } from '../../src/api/testing/hub.ts';
import { importSetup } from '../../src/pipeline/setup.ts';
import { ATTACK, consoleWith, inBrowser, inEachLook, looksRight } from './browser.ts';

const console = consoleWith(async ({ hub }) => {
  await hub.send('tms', wholeJourney('S-1'));
  const [agreement] = SAMPLE_SETUP.agreements ?? [];
  const [lane] = agreement?.lanes ?? [];
  const dearer = { ...lane, linehaul: { basis: 'per-mile', rate: '2.50', minimum: '450.00' } };
  const setup = {
    partners: [{ id: 'swift', name: ATTACK, roles: ['carrier'], silentAfterMinutes: 60 }],
    agreements: [{ ...agreement, lanes: [dearer] }],
    fuel: [{ index: 'us-diesel', entries: [{ effective: '2026-03-02', price: '3.842' }] }],
  };
  await importSetup(hub.context, setup as Parameters<typeof importSetup>[1], 'a test');
});

inEachLook('pages look right', async ({ width, dark, name }) => {
  const page = await console.open('admin', '/connections', { width, dark });
  const go = async (address: string, heading: string | RegExp) => {
    await page.goto(`${console.address}${address}`);
    await page.getByRole('heading', { name: heading }).first().waitFor();
  };
  await page.getByRole('link', { name: 'odoo' }).waitFor();
  await page.getByText('Roadway Freight').first().waitFor();
  await looksRight(page, name('connections'));
  await go('/connections/odoo', 'odoo');
  await page.getByRole('link', { name: 'S-1-1' }).waitFor();
  await looksRight(page, name('system'));
  await go('/connections/partners/tms', 'Dispatch TMS');
  await looksRight(page, name('partner'));
  await go('/rules', 'Rules');
  await page.getByRole('link', { name: 'acme-2026' }).waitFor();
  await looksRight(page, name('rules'));
  await go('/rules/agreement/acme-2026', /acme-2026/);
  await looksRight(page, name('rule'));
  await go('/rules/fuel', 'Fuel prices');
  await looksRight(page, name('fuel'));
  await go('/audit', 'Audit');
  await page.getByText(/chain verified/).waitFor();
  await looksRight(page, name('audit'));
  await go('/people', 'People and keys');
  await page.getByRole('button', { name: 'Disable admin' }).waitFor();
  await looksRight(page, name('people'));
  await page.done();
});

inBrowser('an engineer pauses a system, sees what waits, and resumes it', async () => {
  const page = await console.open('integration', '/');
  await page.getByRole('link', { name: 'odoo' }).click();
  const waiting = page.getByRole('region', { name: 'What would go out' }).first();
  // 700 miles at 2.35 as the agreement was, at 2.50 as it is.
  await waiting
    .getByText(/\$1,750\.00|\$1,645\.00/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByLabel('Why').fill(ATTACK);
  await page.getByRole('button', { name: 'Pause odoo' }).click();
  await page.getByText(ATTACK, { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  assert.equal(await page.title(), 'odoo · Lading');
  await page.done();
});

inBrowser('a controller reads what a version changed, and what a shipment would cost under each', async () => {
  const page = await console.open('finance', '/rules?search=acme');
  await page.getByRole('link', { name: 'acme-2026' }).click();
  const changed = page.getByRole('region', { name: 'What version 2 changed' });
  await changed.getByText('lanes[ftl-il-ga].linehaul.rate').waitFor();
  await changed.getByText('2.50').waitFor();
  await page.getByRole('link', { name: 'What would a shipment cost?' }).click();
  const fill = async (group: string, region: string) =>
    page.getByRole('group', { name: group }).getByLabel('State or region').fill(region);
  await fill('Picked up in', 'IL');
  await fill('Delivered in', 'GA');
  await page.getByLabel('Miles').fill('700');
  const ask = page.getByRole('button', { name: 'What would it cost?' });
  await ask.click();
  // 700 × 2.50 = 1750.00; 700 × 2.35 = 1645.00
  await page.getByText('$1,750.00').first().waitFor();
  await page.getByLabel('Version').selectOption('1');
  await ask.click();
  await page.getByText('$1,645.00').first().waitFor();
  await page
    .getByText(/700.*2\.35/)
    .first()
    .waitFor();
  await looksRight(page, 'calculator-1440-light');
  assert.match(page.url(), /miles=700/, 'the question is in the address');
  await page.setViewportSize({ width: 360, height: 900 });
  await looksRight(page, 'calculator-360-light');
  await page.done();
});

inBrowser('an auditor finds who did what, opens it, and takes it along', async () => {
  const page = await console.open('auditor', '/audit?action=setup');
  await page.getByText(/chain verified, \d+ entries/).waitFor();
  await page.getByRole('cell', { name: 'a test' }).click();
  await page.getByText('agreement acme-2026 2').last().waitFor();
  await page.keyboard.press('Escape');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV' }).click(),
  ]);
  const lines = (await readFile((await download.path()) ?? '', 'utf8')).trim().split('\r\n');
  assert.match(lines[0] ?? '', /^\ufeff?When,Who,What,About,Detail$/);
  assert.equal(lines.length, 3);
  await page.done();
});

inBrowser('an administrator adds somebody, gives a new password, disables; makes a key and revokes it', async () => {
  const page = await console.open('admin', '/people');
  await page.getByRole('button', { name: 'Add somebody' }).click();
  await page.getByLabel('User name').fill('nina');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(ATTACK);
  await page.getByRole('textbox', { name: 'Password' }).fill('a long enough one');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText(ATTACK).waitFor();
  await page.getByRole('button', { name: 'New password for nina' }).click();
  await page.getByRole('textbox', { name: 'Password' }).fill('another long enough one');
  await page.getByRole('button', { name: 'Change it' }).click();
  await page.getByRole('button', { name: 'Change it' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Disable nina' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disable nina' }).click();
  await page.getByText('disabled', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('feed');
  await page.getByRole('button', { name: 'Make it' }).click();
  await page.getByText('Keep it now: it is not shown again.').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: /^Revoke feed/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke feed' }).click();
  await page.getByText('revoked', { exact: true }).waitFor();
  await page.done();
});

inBrowser('who may not pause is not offered it, and who may not see is told so', async () => {
  const page = await console.open('finance', '/connections');
  await page.getByRole('link', { name: 'odoo' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Pause' }).count(), 0);
  await page.goto(`${console.address}/people`);
  await page.getByText('Your role, finance, does not see this page.', { exact: false }).waitFor();
  await page.done();
});
