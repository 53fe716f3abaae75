// The overview and messages in a real browser: each page's main task, done as its role would; and a proof of delivery that
// is a PDF.
import assert from 'node:assert/strict';
import { eventOf, milestoneOf, PLAN, wholeJourney } from '../../src/api/testing/hub.ts';
import { interchange, SWIFT } from '../../src/partners/testing/interchange.ts';
import { importSetup } from '../../src/pipeline/setup.ts';
import { consoleWith, inBrowser, inEachLook, looksRight } from './browser.ts';

// Shows as text wherever it comes from outside; the separators of X12 are none of its characters.
const ATTACK = '<img src=x onerror=alert(1)>';
// One empty page.
const PDF = Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj
trailer<</Root 1 0 R>>
%%EOF`);

const statusWith = (code: string): [string, ...string[]] => [
  '214',
  'B10*7712004*S-1*SWFT',
  `L11*${ATTACK}*BM`,
  'LX*1',
  `AT7*${code}*NS***20260304*0915*LT`,
  `MS1*${ATTACK}*IL*US`,
];

let bad = '';
const console = consoleWith(async ({ hub }) => {
  await importSetup(hub.context, { partners: [{ ...SWIFT, name: ATTACK }] }, 'test');
  const pod = { shipment: 'S-1', kind: 'pod', mediaType: 'application/pdf', content: PDF.toString('base64') };
  await hub.send('tms', [
    eventOf('shipment.planned', { shipment: 'S-1', ...PLAN, carrier: 'swft' }),
    milestoneOf('S-1', 'picked-up', '2026-03-03T16:00:00Z'),
    milestoneOf('S-1', 'delivered', '2026-03-04T19:00:00Z'),
    eventOf('document.attached', { ...pod, signedBy: ATTACK }),
    // Delivered, and nobody sent a proof: it is what the overview leads to.
    ...wholeJourney('S-2').slice(0, 3),
  ]);
  bad = await hub.send('swft', Buffer.from(interchange([statusWith('??')])));
});

inEachLook('pages look right', async ({ width, dark, name }) => {
  const page = await console.open('admin', '/overview', { width, dark });
  await page.getByRole('heading', { name: 'The money' }).waitFor();
  await page.getByText('Invoice accuracy').waitFor();
  await looksRight(page, name('overview'));
  await page.goto(`${console.address}/messages`);
  await page.getByRole('link', { name: bad, exact: true }).waitFor();
  await looksRight(page, name('messages'));
  await page.goto(`${console.address}/messages/${bad}`);
  await page.getByRole('button', { name: 'Check' }).waitFor();
  await looksRight(page, name('message'));
  await page.done();
});

inBrowser('the money leads to what is delivered and not invoiced, and back', async () => {
  const page = await console.open('auditor', '/');
  await page.waitForURL(/\/overview$/);
  const money = page.getByRole('region', { name: 'The money' });
  // Both were delivered, and neither is posted: 2 × 1645.00.
  await money.getByRole('link', { name: /^Delivered, not invoiced: \$3,290\.00/ }).click();
  await page.waitForURL(/\/shipments\?unbilled=true/);
  await page.getByRole('link', { name: 'S-2' }).waitFor();
  await page.goBack();
  await page.getByRole('region', { name: 'The way through' }).waitFor();
  await page.done();
});

inBrowser('an engineer finds the byte that is wrong, mends it, and replays', async () => {
  const page = await console.open('integration', '/messages?verdict=quarantined');
  await page.getByRole('link', { name: bad, exact: true }).click();
  await page.getByRole('button', { name: /^Show byte \d+/ }).click();
  const wrong = page.locator('.element.wrong');
  await wrong.hover();
  await page.getByText(/AT701 · .*byte \d+/).waitFor();
  // Elements are text, whatever they say.
  await page
    .getByRole('button', { name: new RegExp(`: ${ATTACK.replaceAll(/[()]/g, '\\$&')}$`) })
    .first()
    .waitFor();
  const field = page.getByRole('textbox', { name: 'The message, corrected' });
  await field.fill((await field.inputValue()).replace('AT7*??', 'AT7*X6'));
  await page.getByRole('button', { name: 'Check' }).click();
  await page.getByText('Nothing is wrong any more: 1 events.').waitFor();
  await page.getByRole('textbox', { name: 'Why it is changed' }).fill('A slip of the carrier');
  await page.getByRole('button', { name: 'Take in' }).click();
  await page.getByText('Mends', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Replay' }).click();
  await page.getByText(/\d+ new events\./).waitFor();
  await page.done();
});

inBrowser('a message that comes in meanwhile is seen without a reload', async () => {
  const page = await console.open('integration', '/messages');
  await page.getByRole('link', { name: bad, exact: true }).waitFor();
  await page.waitForTimeout(1_500); // the first look is what later ones differ from
  const came = await console.hub.send('tms', milestoneOf('S-2', 'in-transit', '2026-03-03T22:00:00Z'));
  await page.getByRole('link', { name: came, exact: true }).waitFor();
  await page.done();
});

inBrowser('a proof of delivery that is a PDF opens on the page of its shipment', async () => {
  const page = await console.open('customer-service', '/shipments/S-1');
  await page.getByText(`signed by ${ATTACK}`).waitFor();
  const [answer] = await Promise.all([
    page.waitForResponse(/\/v1\/shipments\/S-1\/documents\//),
    page.getByRole('button', { name: 'View' }).click(),
  ]);
  assert.equal(answer.status(), 200);
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  await page.getByTitle('Proof of delivery of shipment S-1').waitFor();
  await page.done();
});
