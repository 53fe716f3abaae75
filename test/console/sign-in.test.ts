// Signing in by the form and out again in a real browser: each is seen at once, and nothing of the one person is left for the next.
import assert from 'node:assert/strict';
import { eventOf, PLAN } from '../../src/api/testing/hub.ts';
import { consoleWith, inBrowser, PASSWORD } from './browser.ts';

const console = consoleWith(async ({ hub }) => {
  await hub.send('tms', eventOf('shipment.planned', { shipment: 'S-1', ...PLAN }));
});

inBrowser(
  'a wrong password is told; the right one opens the page that was asked for; signing out closes it',
  async () => {
    // Whoever signs in below is added by the first window of the role.
    const own = await console.open('operations', '/shipments');
    const context = await console.browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    try {
      await page.goto(`${console.address}/shipments`);
      const signIn = async (password: string) => {
        await page.getByLabel('User name').fill('operations');
        await page.locator('input[type=password]').fill(password);
        await page.keyboard.press('Enter');
      };
      await signIn('not the one at all');
      await page.getByRole('alert').waitFor();
      await signIn(PASSWORD);
      await page.getByRole('link', { name: 'S-1', exact: true }).waitFor();
      await page.getByLabel('operations, operations').click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByLabel('User name').waitFor();
      assert.equal(await page.getByRole('link', { name: 'S-1', exact: true }).count(), 0);
      await signIn(PASSWORD);
      await page.getByRole('link', { name: 'S-1', exact: true }).waitFor();
    } finally {
      await context.close();
      await own.done();
    }
  },
);
