// Dispute packets: what is in them, who may see what, and that no part of one can be changed without `lading verify` saying so.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { passingSigner } from '../src/access/signing-key.ts';
import { eventOf, openTestHub, SAMPLE_SETUP, type TestHub, wholeJourney } from '../src/api/testing/hub.ts';
import { type Check, checkPacket, readPacket } from '../src/insight/packet/check-packet.ts';
import { makePacket } from '../src/insight/packet/make-packet.ts';
import type { SignedPacket } from '../src/insight/packet/packet.ts';
import { packetInPage, packetPage } from '../src/insight/packet/page.ts';
import { EVERYTHING } from '../src/insight/packet/reader.ts';
import { sealPacket, sealPage } from '../src/insight/packet/seal.ts';
import { approve } from '../src/pipeline/by-hand/approve.ts';
import { enter } from '../src/pipeline/by-hand/enter.ts';
import { importSetup } from '../src/pipeline/setup.ts';

const signer = passingSigner();
let hub: TestHub;
before(async () => {
  hub = await openTestHub();
  await hub.send('tms', wholeJourney('S-1'));
  const lift = { shipment: 'S-1', code: 'LFT', side: 'sell', occurredAt: '2026-03-04T20:00:00Z' };
  await hub.send('tms', eventOf('charge.reported', lift, '2026-03-06T12:00:00Z'));
  const lines = [{ shipment: 'S-1', code: 'LHL', amount: '1300.00' }];
  const bill = { carrier: 'rdwy', invoice: 'R-77', issuedOn: '2026-03-05', currency: 'USD', lines };
  await hub.send('rdwy', eventOf('carrier.invoice', bill));
  await hub.send('rdwy', eventOf('carrier.invoice', { ...bill, invoice: 'R-78' }));
});
after(() => hub.close());

async function packetOf(ref: string, reader = EVERYTHING): Promise<SignedPacket> {
  const packet = await makePacket(hub.context, ref, reader, signer);
  assert.ok(packet, `${ref} has a packet`);
  return packet;
}

const faultsIn = (packet: SignedPacket, publicKey = signer.publicKey) =>
  checkPacket({ packet }, publicKey).filter(({ holds }) => holds === 'no');
const said = (checks: readonly Check[]) => checks.map(({ says }) => says).join('\n');

for (const ref of ['S-1-1', 'invoice:S-1-1', 'S-1/LHL', 'S-1/lhl', 'rdwy/R-77', 'rdwy/R-78']) {
  test(`${ref}: everything in its packet holds, as JSON and as page`, async () => {
    const packet = await packetOf(ref);
    const read = readPacket(JSON.stringify(packet));
    assert.ok(typeof read !== 'string', String(read));
    assert.equal(said(checkPacket(read, signer.publicKey).filter(({ holds }) => holds !== 'yes')), '');
    const page = sealPage(packetPage(packet), signer);
    assert.deepEqual(JSON.parse(packetInPage(page) ?? ''), JSON.parse(JSON.stringify(packet)));
    const inPage = readPacket(page);
    assert.ok(typeof inPage !== 'string');
    const checks = checkPacket(inPage, signer.publicKey);
    assert.ok(checks.some(({ says }) => says === 'the page is as it was signed'));
    assert.equal(said(checks.filter(({ holds }) => holds !== 'yes')), '');
  });
}

test('a credit by hand: its packet holds, and tells the customer why but not who of ours', async () => {
  await hub.send('tms', wholeJourney('S-7'));
  const credit = { shipment: 'S-7', entry: 'credit', code: 'LHL', amount: '45.00', reason: 'late' } as const;
  const by = 'key k1e2 (Clara Clerk)';
  const entered = await enter(hub.context, { ...credit, by, role: 'finance' });
  assert.equal(entered.kind, 'entered');
  const approver = { kind: 'adjustment-approval', subject: 'S-7', by: 'key p3q4 (Paul Principal)' };
  assert.equal((await approve(hub.context, approver)).kind, 'released');
  const packet = await packetOf('S-7-2');
  assert.equal(said(checkPacket({ packet }, signer.publicKey).filter(({ holds }) => holds !== 'yes')), '');
  assert.match(JSON.stringify(packet), /Clara Clerk/);
  const told = await packetOf('S-7-2', { customer: 'acme', messages: { partner: 'acme' } });
  assert.deepEqual(faultsIn(told), []);
  assert.match(JSON.stringify(told), /credited by hand 45\.00 USD: late/);
  assert.doesNotMatch(JSON.stringify(told), /Clara Clerk|Paul Principal|k1e2|p3q4/);
});

test('a part written off by hand before the invoice: its packet holds', async () => {
  const journey = wholeJourney('S-8');
  await hub.send('tms', journey.slice(0, 2));
  const writeOff = { shipment: 'S-8', entry: 'write-off', code: 'LHL', amount: '45.00', reason: 'agreed' } as const;
  const entered = await enter(hub.context, { ...writeOff, by: 'key k1e2 (Clara Clerk)', role: 'finance' });
  assert.equal(entered.kind, 'entered');
  const approver = { kind: 'adjustment-approval', subject: 'S-8', by: 'key p3q4 (Paul Principal)' };
  assert.equal((await approve(hub.context, approver)).kind, 'released');
  await hub.send('tms', journey.slice(2));
  const packet = await packetOf('S-8-1');
  assert.deepEqual(
    packet.basis.documents.map(({ total }) => total),
    ['1600.00'],
  );
  assert.equal(said(checkPacket({ packet }, signer.publicKey).filter(({ holds }) => holds !== 'yes')), '');
});

test('an invoice: facts, clause, arithmetic, proof, history and raw messages are in it', async () => {
  const { finding, proofs, messages, history, basis } = await packetOf('S-1-1');
  const [shipment] = finding.shipments;
  const [pickedUp] = shipment?.milestones ?? [];
  assert.deepEqual([pickedUp?.at, pickedUp?.local], ['2026-03-03T15:00:00Z', '2026-03-03T09:00:00-06:00']);
  const [clause] = finding.clauses;
  assert.deepEqual(
    [clause?.agreement, clause?.version, clause?.lanes.map(({ id, linehaul }) => [id, linehaul.rate])],
    ['acme-2026', 1, [['ftl-il-ga', '2.35']]],
  );
  const [line] = finding.documents[0]?.lines ?? [];
  assert.deepEqual([line?.recomputed, line?.standing, line?.lane], ['1645.00', 'follows', 'ftl-il-ga']);
  assert.match(basis.documents[0]?.lines[0]?.derivation.join() ?? '', /700 mi × 2\.35/);
  assert.deepEqual(
    proofs.map(({ kind, content }) => [kind, Buffer.from(content ?? '', 'base64').toString()]),
    [['pod', 'signed']],
  );
  assert.equal(messages.length, 2);
  assert.ok(messages.every(({ content }) => content !== undefined));
  assert.ok(history.some(({ what }) => what === 'invoice S-1-1 of 1645.00 USD decided'));
  assert.doesNotMatch(JSON.stringify({ basis, finding }), /rdwy-2026|1200\.00/, 'what the carrier gets stays out');
});

test('an invoice is recomputed on the facts and rules of its day, not on what came later', async () => {
  const { finding, basis } = await packetOf('S-1-1');
  const all = basis.shipments[0]?.facts.length ?? 0;
  assert.deepEqual(basis.documents[0]?.known, { 'S-1': all - 1 });
  const codes = finding.shipments[0]?.charges.map(({ code, amount }) => [code, amount]);
  assert.deepEqual(codes, [
    ['LHL', '1645.00'],
    ['LFT', '95.00'],
  ]);
});

test('a charge: only it; a carrier invoice: what it billed beside what was agreed, and nothing of the customer', async () => {
  const charge = await packetOf('S-1/LFT');
  assert.deepEqual(
    charge.finding.shipments[0]?.charges.map(({ code, amount }) => [code, amount]),
    [['LFT', '95.00']],
  );
  const { finding, basis } = await packetOf('rdwy/R-77');
  assert.deepEqual(
    finding.audit.map(({ verdict, standing, compared }) => [verdict, standing, compared]),
    [
      [
        'disputed',
        'follows',
        [{ shipment: 'S-1', code: 'LHL', billed: '1300.00', expected: '1200.00', withinTolerance: false }],
      ],
    ],
  );
  assert.doesNotMatch(JSON.stringify({ basis, finding }), /acme-2026|1645|2\.35/);
  assert.equal((await packetOf('rdwy/R-78')).finding.audit[0]?.verdict, 'duplicate');
});

for (const ref of ['S-404', 'S-1', 'S-1/XYZ', 'rdwy/R-404', 'message:1', '', '/']) {
  test(`"${ref}" has no packet`, async () => {
    assert.equal(await makePacket(hub.context, ref, EVERYTHING, signer), undefined);
  });
}

// Each changes one part of a packet, as someone would who wants to win the dispute. `says`: what finds it once the packet
// was signed anew by a key of the forger's; the signature finds all of them.
// biome-ignore lint/suspicious/noExplicitAny: forgers respect no types
type Draft = any;
const FORGERIES: { name: string; ref?: string; change: (packet: Draft) => void; says: RegExp }[] = [
  {
    name: 'an amount of a line',
    change: (it) => {
      it.basis.documents[0].lines[0].amount = '1745.00';
    },
    says: /do not add up/,
  },
  {
    name: 'an amount, its sums and the finding',
    change: (it) => {
      Object.assign(it.basis.documents[0].lines[0], { amount: '1745.00' });
      Object.assign(it.basis.documents[0], { subtotal: '1745.00', total: '1745.00' });
      it.finding.documents[0].lines[0].recomputed = '1745.00';
    },
    says: /does not follow from the facts and rules of its day: S-1 LHL/,
  },
  {
    name: 'the rate agreed',
    change: (it) => {
      it.basis.rules.agreements[0].content.lanes[0].linehaul.rate = '2.85';
    },
    says: /charges are not what/,
  },
  {
    name: 'the clause shown',
    change: (it) => {
      it.finding.clauses[0].lanes[0].linehaul.rate = '2.85';
    },
    says: /clauses shown are not/,
  },
  {
    name: 'the time of a fact',
    change: (it) => {
      it.basis.shipments[0].facts.find((f: Draft) => f.milestone === 'delivered').occurredAt += 3_600_000;
    },
    says: /facts in words or charges/,
  },
  {
    name: 'a milestone as shown',
    change: (it) => {
      it.finding.shipments[0].milestones[0].local = '2026-03-03T08:00:00-06:00';
    },
    says: /facts in words or charges/,
  },
  {
    name: 'the arithmetic as shown',
    change: (it) => {
      it.finding.shipments[0].charges[0].derivation[0] = 'as agreed by telephone';
    },
    says: /facts in words or charges/,
  },
  {
    name: 'a fact left out',
    change: (it) => {
      it.basis.shipments[0].facts.splice(1, 1);
    },
    says: /facts in words or charges/,
  },
  {
    name: 'who said a fact',
    change: (it) => {
      it.basis.shipments[0].facts[1].sender = 'acme';
    },
    says: /history leaves out|facts in words/,
  },
  {
    name: 'the total',
    change: (it) => {
      it.basis.documents[0].total = '1945.00';
    },
    says: /do not add up/,
  },
  {
    name: 'the tax',
    change: (it) => {
      it.basis.documents[0].lines[0].tax = '10.00';
    },
    says: /do not add up/,
  },
  {
    name: 'the bytes of a message',
    change: (it) => {
      it.messages[0].content = Buffer.from('{}').toString('base64');
    },
    says: /message \d+: its bytes are not/,
  },
  {
    name: 'the hash of a message',
    change: (it) => {
      it.messages[0].sha256 = 'a'.repeat(64);
    },
    says: /message \d+: its bytes are not/,
  },
  {
    name: 'a message left out',
    change: (it) => {
      it.messages.shift();
    },
    says: /facts without their message/,
  },
  {
    name: 'the proof of delivery',
    change: (it) => {
      it.proofs[0].content = Buffer.from('signet').toString('base64');
    },
    says: /pod of S-1 .*its bytes are not/,
  },
  {
    name: 'proof and hash',
    change: (it) => {
      it.proofs[0].sha256 = 'b'.repeat(64);
    },
    says: /pod of S-1 .*no fact of the packet tells of it/,
  },
  {
    name: 'the history',
    change: (it) => {
      it.history.splice(0, 1);
    },
    says: /history leaves out/,
  },
  {
    name: 'the finding of a document',
    change: (it) => {
      it.finding.documents[0].lines[0].standing = 'unknown';
    },
    says: /comes out differently/,
  },
  {
    name: 'a billed amount of the carrier',
    ref: 'rdwy/R-77',
    change: (it) => {
      it.basis.carrierInvoices[0].lines[0].amount = '1200.00';
    },
    says: /comes out differently|make it approved/,
  },
  {
    name: 'a verdict',
    ref: 'rdwy/R-77',
    change: (it) => {
      it.basis.carrierInvoices[0].verdict = 'approved';
    },
    says: /carrier invoice rdwy\/R-77: the facts and rules make it disputed/,
  },
  {
    name: 'a comparison',
    ref: 'rdwy/R-77',
    change: (it) => {
      it.basis.carrierInvoices[0].compared[0].expected = '1300.00';
    },
    says: /R-77: the facts and rules make it disputed/,
  },
  {
    name: 'facts that cannot be read',
    change: (it) => {
      it.basis.shipments = [{ shipment: 'S-1', facts: null }];
    },
    says: /cannot be made again/,
  },
];
for (const { name, ref = 'S-1-1', change, says } of FORGERIES) {
  test(`forged: ${name}`, async () => {
    const packet = structuredClone(await packetOf(ref));
    change(packet);
    assert.match(said(faultsIn(packet)), /the signature does not fit/);
    const { signature: _, ...rest } = packet;
    const faults = said(faultsIn(sealPacket(rest, passingSigner())));
    assert.match(faults, says);
    assert.match(faults, /the key is not the one given/);
  });
}

const PLAIN_FORGERIES: { name: string; change: (packet: Draft) => void }[] = [
  {
    name: 'when it was made',
    change: (it) => {
      it.madeAt = '2026-03-05T00:00:00Z';
    },
  },
  {
    name: 'what it is about',
    change: (it) => {
      it.ref = 'S-2-1';
    },
  },
  {
    name: 'what is left out',
    change: (it) => {
      it.leftOut = [];
    },
  },
  {
    name: 'the key',
    change: (it) => {
      it.signature.publicKey = passingSigner().publicKey;
    },
  },
  {
    name: 'the fingerprint',
    change: (it) => {
      it.signature.fingerprint = 'c'.repeat(64);
    },
  },
  {
    name: 'an added key',
    change: (it) => {
      it.note = 'agreed by telephone';
    },
  },
];
for (const { name, change } of PLAIN_FORGERIES) {
  test(`forged: ${name} is found by the signature`, async () => {
    const packet = structuredClone(await packetOf('S-1-1'));
    change(packet);
    assert.match(said(faultsIn(packet)), /the signature does not fit/);
  });
}

test('a page changed in what it shows is found, though its JSON is whole', async () => {
  const page = sealPage(packetPage(await packetOf('S-1-1')), signer);
  const read = readPacket(page.replace('>1645.00<', '>1945.00<'));
  assert.ok(typeof read !== 'string');
  const faults = checkPacket(read, signer.publicKey).filter(({ holds }) => holds === 'no');
  assert.match(said(faults), /^the page was changed after it was signed[^\n]*$/);
});

test('no byte of a packet or of its page can be another: it is found, or the file is no packet any more', async () => {
  const packet = await packetOf('S-1-1');
  const json = JSON.stringify(packet);
  for (const text of [json, sealPage(packetPage(packet), signer)]) {
    const value = /signature" content="([^"]+)/.exec(text)?.[1] ?? packet.signature.value;
    const end = text.indexOf(value) + value.length;
    // Here and there, and every byte around the signature's end, whose padding could be written in many ways.
    const places = [...Array(text.length).keys()].filter((at) => at % 97 === 0 || Math.abs(at - end) < 8);
    for (const at of places) {
      const bytes = Buffer.from(text);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      const read = readPacket(bytes.toString('utf8'));
      const faults = typeof read === 'string' ? read : said(checkPacket(read).filter(({ holds }) => holds === 'no'));
      assert.notEqual(faults, '', `byte ${at}: ${bytes.subarray(at - 20, at + 5)}`);
    }
  }
});

test('the page runs nothing and loads nothing, and what others wrote stays text', async () => {
  const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'';
  await hub.send(
    'tms',
    eventOf('shipment.milestone', {
      shipment: 'S-1',
      milestone: 'in-transit',
      occurredAt: '2026-03-04T01:00:00Z',
      reason: evil,
    }),
  );
  const packet = await packetOf('S-1-1');
  const page = packetPage(packet);
  assert.doesNotMatch(page, /<script|<img src=x|javascript:|<link|@import|url\(|https?:\/\/[^\s<]*["']/i);
  assert.match(page, /default-src 'none'/);
  assert.match(page, /&lt;script&gt;alert\(1\)/);
  assert.deepEqual(JSON.parse(packetInPage(page) ?? ''), JSON.parse(JSON.stringify(packet)));
  assert.doesNotMatch(page, /undefined|\[object|\bNaN\b/);
});

test('a customer gets its own, with nothing of the carrier, of strangers, or of raw messages of others', async () => {
  const get = (ref: string, role: Parameters<TestHub['as']>[0], accept = 'application/json') =>
    hub.app.inject({ url: `/v1/packets/${ref}`, headers: { ...hub.as(role), accept } });
  const own = await get('S-1-1', 'customer');
  assert.equal(own.statusCode, 200, own.body);
  const packet = own.json() as SignedPacket;
  assert.ok(packet.messages.every(({ content, leftOut }) => content === undefined && leftOut !== undefined));
  assert.doesNotMatch(own.body, /rdwy-2026|1200\.00|effect odoo|exception /);
  assert.equal(said(checkPacket({ packet }).filter(({ holds }) => holds === 'no')), '');
  assert.equal((await get('rdwy/R-77', 'customer')).statusCode, 404);
  assert.equal((await get('rdwy/R-77', 'finance')).json().about, 'carrier-invoice');
  assert.equal((await get('S-1-1', 'partner')).statusCode, 403);
  const service = (await get('S-1-1', 'customer-service')).json() as SignedPacket;
  assert.ok(service.messages.every(({ content }) => content === undefined));
  const bolt = { authorization: `Bearer ${await hub.newKey('customer', 'bolt')}` };
  for (const ref of ['S-1-1', 'S-1/LHL', 'S-1%2FLHL']) {
    assert.equal((await hub.app.inject({ url: `/v1/packets/${ref}`, headers: bolt })).statusCode, 404, ref);
  }
});

test('a new version of the agreement changes what is charged now, and not what an invoice rests on', async () => {
  const [sell] = SAMPLE_SETUP.agreements ?? [];
  assert.ok(sell?.lanes[0]);
  const [lane] = sell.lanes;
  const dearer = { ...sell, lanes: [{ ...lane, linehaul: { ...lane.linehaul, rate: '2.50' } }] };
  await importSetup(hub.context, { agreements: [dearer] }, 'test');
  const packet = await packetOf('S-1-1');
  assert.equal(said(faultsIn(packet)), '');
  const [line] = packet.finding.documents[0]?.lines ?? [];
  assert.deepEqual([line?.agreement?.version, line?.recomputed], [1, '1645.00']);
  const now = packet.finding.shipments[0]?.charges.find(({ code }) => code === 'LHL');
  assert.deepEqual([now?.agreement?.version, now?.amount], [2, '1750.00']); // 700 × 2.50
  assert.deepEqual(packet.finding.clauses.map(({ version }) => version).sort(), [1, 2]);
});

test('an agreement that came after the invoice rates what is charged now, and not the invoice', async () => {
  const [sell] = SAMPLE_SETUP.agreements ?? [];
  assert.ok(sell);
  await importSetup(hub.context, { agreements: [{ ...sell, id: 'acme-late', validFrom: '2026-02-01' }] }, 'test');
  const packet = await packetOf('S-1-1');
  assert.equal(said(faultsIn(packet)), '');
  assert.deepEqual(packet.finding.documents[0]?.lines[0]?.agreement, { id: 'acme-2026', version: 1 });
  const now = packet.finding.shipments[0]?.charges.find(({ code }) => code === 'LHL');
  assert.deepEqual(now?.agreement, { id: 'acme-late', version: 1 });
});

test("the ERP's number finds the invoice as ours does", async () => {
  const change = `update lading.invoice set state = 'posted', posted_at = now(), erp_number = 'INV/9' where number = 'S-1-1'`;
  await hub.context.store.query(change);
  assert.equal((await packetOf('INV/9')).ref, 'S-1-1');
});

test('a browser gets the page, under a policy that lets nothing run', async () => {
  const headers = { ...hub.as('finance'), accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
  const answer = await hub.app.inject({ url: '/v1/packets/S-1-1', headers });
  assert.match(String(answer.headers['content-type']), /^text\/html/);
  assert.match(String(answer.headers['content-security-policy']), /^default-src 'none'/);
  const read = readPacket(answer.body);
  assert.ok(typeof read !== 'string');
  assert.equal(said(checkPacket(read).filter(({ holds }) => holds === 'no')), '');
});

for (const [name, text] of [
  ['nothing', ''],
  ['a page of another kind', '<html></html>'],
  ['JSON cut short', '{"format":'],
  ['other JSON', '{"format":"lading-packet/9"}'],
] as const) {
  test(`${name} is no packet, said in one line`, () => assert.match(String(readPacket(text)), /^it[s ][^\n]+$/));
}
