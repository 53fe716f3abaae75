// A hub that goes away under an open page, as when it is restarted: nothing vanishes, nothing is silent, nothing is to be loaded again.
import assert from 'node:assert/strict';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { eventOf, milestoneOf, PLAN } from '../../src/api/testing/hub.ts';
import { consoleWith, inEachLook, looksRight } from './browser.ts';

const console = consoleWith(async ({ hub }) => {
  await hub.send('tms', eventOf('shipment.planned', { shipment: 'S-1', ...PLAN }));
  await hub.send('rdwy', milestoneOf('S-1', 'delayed', '2026-03-03T20:00:00Z'));
});

const AWAY = 'The hub does not answer. What is here is from before; it is asked again by itself.';

inEachLook('a page outlives its hub', async ({ width, dark, name }) => {
  const way = await openWay(Number(new URL(console.address).port));
  const page = await console.open('operations', '/exceptions', { width, dark, at: way.address });
  const row = page.getByRole('link', { name: 'shipment delayed' });
  await row.waitFor();
  way.cut();
  await page.getByText(AWAY).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  const notice = page
    .getByRole('status')
    .filter({ hasText: 'Whether this was done shows as soon as it answers again' });
  await notice.waitFor();
  assert.equal(await row.count(), 1, 'what was there is still there');
  await looksRight(page, name('hub-away'));
  if (width < 768) await page.getByRole('button', { name: 'Navigation' }).click();
  await page.getByRole('navigation').getByRole('link', { name: 'Rules' }).click();
  await page.getByText('This part of the console did not come').waitFor();
  await looksRight(page, name('hub-away-page'));
  await way.mend();
  await page.getByRole('heading', { name: 'Rules' }).waitFor();
  await page.getByRole('link', { name: 'acme-2026' }).waitFor();
  await page.getByText(AWAY).waitFor({ state: 'detached' });
  await page.context().close();
  way.cut();
});

inEachLook('what happened while the hub was away is seen when it is back', async ({ width, dark }) => {
  const way = await openWay(Number(new URL(console.address).port));
  const page = await console.open('operations', '/exceptions', { width, dark, at: way.address });
  await page.getByRole('link', { name: 'shipment delayed' }).first().waitFor();
  way.cut();
  await page.getByText(AWAY).waitFor();
  const shipment = `S-${width}`;
  await console.hub.send('tms', eventOf('shipment.planned', { shipment, ...PLAN }));
  await console.hub.send('rdwy', milestoneOf(shipment, 'damaged', '2026-03-03T21:00:00Z'));
  await way.mend();
  await page.getByText(shipment, { exact: true }).first().waitFor();
  await page.context().close();
  way.cut();
});

type Way = { readonly address: string; readonly cut: () => void; readonly mend: () => Promise<void> };

/** A way to this port that can be cut, with all that goes over it, and mended. */
async function openWay(port: number): Promise<Way> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // told to the other end by its close
  };
  let server: Server;
  let own = 0;
  const mend = async () => {
    server = createServer((near) => {
      const far = connect(port, '127.0.0.1');
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        keep(one);
        one.pipe(other);
        one.on('close', () => other.destroy());
      }
    });
    await new Promise<void>((done) => server.listen(own, '127.0.0.1', done));
    own = (server.address() as { port: number }).port;
  };
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  await mend();
  return { address: `http://127.0.0.1:${own}`, cut, mend };
}
