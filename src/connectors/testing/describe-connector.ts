// The suite that every connector must pass, against its stand-in with all faults and against the live system without.
//
// It settles as the deliver station does: what is unknown is looked up, what is absent or half done is sent again.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { SendResult, Session, WantedDocument } from '../contract.ts';

export type Faulty = {
  /** The system does what it is asked, and the answer to the change after `skip` others is lost. */
  readonly loseAnswer: (skip: number) => Promise<void>;
  /** The connection breaks at the change after `skip` others, while the system is still at work on it. */
  readonly cutOff: (skip: number) => Promise<void>;
  /** Of all calls, the one after `skip` others ends so. */
  readonly strike: (mode: 'down' | 'garbage' | 'throttled', skip: number) => Promise<void>;
  /** Did the fault that was set last hit a call? */
  readonly hasStruck: () => boolean;
  readonly goDown: () => Promise<void>;
  readonly mend: () => Promise<void>;
};

/** A system under test. */
export type Rig = {
  readonly openSession: () => Session;
  /** Something that makes keys new in this system, for a live one remembers earlier runs. */
  readonly keyPrefix: string;
  /** How many documents the system itself holds of a key, posted or not, asked past the connector where that is possible. */
  readonly countHeld: (key: string) => Promise<number>;
  /** How many files hang on the documents of a key. */
  readonly countFiles: (key: string) => Promise<number>;
  /** A document that the system will not take, made from one that it would. */
  readonly spoil: (document: WantedDocument) => WantedDocument;
  readonly faults?: Faulty;
  /** In how many changes at least a document of a new customer comes about; default 4. */
  readonly fewestChanges?: number;
  readonly close: () => Promise<void>;
};

/** An invoice of two lines over 986.58 USD with its proof of delivery; a credit note of 100.00 likewise. */
export function sampleDocument(key: string, changes: Partial<WantedDocument> = {}): WantedDocument {
  const isCredit = changes.kind === 'credit-note';
  const line = (code: string, what: string, amountMinor: bigint) => ({
    shipment: 'S-101',
    code,
    description: `S-101 ${what}`,
    amountMinor,
  });
  return {
    key,
    kind: 'invoice',
    number: key,
    customer: { id: 'acme', name: 'Acme Distribution', identifiers: [] },
    currency: 'USD',
    issuedOn: new Date().toISOString().slice(0, 10),
    paymentTermsDays: 30,
    lines: isCredit
      ? [line('LHL', 'Linehaul corrected', 10000n)]
      : [
          line('LHL', 'Linehaul, Joliet IL to Atlanta GA, 480 lb', 81200n),
          line('FSC', 'Fuel surcharge 21.5 %', 17458n),
        ],
    reference: 'S-101, PO 4711',
    attachments: [
      {
        fileName: 'pod.pdf',
        mediaType: 'application/pdf',
        content: new TextEncoder().encode(`%PDF-1.4 signed for ${key}`),
      },
    ],
    ...changes,
  };
}

const MOST_TURNS = 8;
const TURN_MS = 50;
const RACES = 4;

/** Sends until it is confirmed, the way `pipeline/deliver.ts` would; a refusal ends it too. */
export async function settle(session: Session, document: WantedDocument, first: SendResult): Promise<SendResult> {
  let result = first;
  for (let turn = 0; turn < MOST_TURNS && (result.outcome === 'unknown' || result.outcome === 'retry'); turn += 1) {
    const [seen] = await session.lookup([document.key]);
    assert.ok(seen !== undefined && seen.lookup !== 'unavailable', 'a mended system answers');
    // What was cut off may still be under way: a real one needs a moment to end it.
    await pause(turn * TURN_MS);
    [result] = (await session.send([document])) as [SendResult];
  }
  return result;
}

export function describeConnector(name: string, openRig: () => Promise<Rig>, skip: string | false = false): void {
  describe(name, { skip }, () => {
    let rig: Rig;
    let session: Session;
    let made = 0;
    const newKey = () => {
      made += 1;
      return `${rig.keyPrefix}${made}`;
    };
    before(async () => {
      rig = await openRig();
      session = rig.openSession();
    });
    after(async () => {
      await session?.close();
      await rig?.close();
    });

    test('a document is made, posted, found by its key and listed', async () => {
      const key = newKey();
      const [absent] = await session.lookup([key]);
      assert.equal(absent?.lookup, 'absent');
      const [result] = await session.send([sampleDocument(key)]);
      assert.equal(result?.outcome, 'confirmed');
      const confirmed = result as Extract<SendResult, { outcome: 'confirmed' }>;
      assert.equal(confirmed.storedTotalMinor, 98658n);
      const [found] = await session.lookup([key]);
      const { externalId, erpNumber } = confirmed;
      const state = { state: 'posted', currency: 'USD', storedTotalMinor: 98658n };
      assert.deepEqual(found, { key, lookup: 'found', externalId, erpNumber, ...state });
      const listed = await storedDocument(session, key);
      assert.equal(listed?.openMinor, 98658n);
      assert.equal(listed?.state, 'posted');
    });

    test('sent again, in another session and twice in one batch, it is still one', async () => {
      const document = sampleDocument(newKey());
      const results = await session.send([document, document]);
      const other = rig.openSession();
      const [again] = await other.send([document]);
      await other.close();
      assert.deepEqual(results, [again, again]);
      assert.equal(await rig.countHeld(document.key), 1);
    });

    test('two sessions that send one document at once make one', async () => {
      const other = rig.openSession();
      for (let round = 0; round < RACES; round += 1) {
        const document = sampleDocument(newKey());
        const [[mine], [theirs]] = await Promise.all([session.send([document]), other.send([document])]);
        const settled = await settle(session, document, mine as SendResult);
        assert.deepEqual(await settle(other, document, theirs as SendResult), settled);
        assert.equal(settled.outcome, 'confirmed');
        assert.equal(await rig.countHeld(document.key), 1);
      }
      await other.close();
    });

    test('a bad document in a batch stops no other', async () => {
      const documents = Array.from({ length: 5 }, () => sampleDocument(newKey()));
      documents[2] = rig.spoil(documents[2] as WantedDocument);
      const results = await session.send(documents);
      const outcomes = results.map(({ outcome }) => outcome);
      assert.deepEqual(outcomes, ['confirmed', 'confirmed', 'refused', 'confirmed', 'confirmed']);
      assert.deepEqual(
        results.map(({ key }) => key),
        documents.map(({ key }) => key),
      );
    });

    test('a credit note goes after the invoice it corrects, also in one batch, and takes off what is open', async () => {
      const invoice = sampleDocument(newKey());
      const credit = sampleDocument(newKey(), { kind: 'credit-note', corrects: invoice.key });
      const results = await session.send([credit, invoice]);
      assert.deepEqual(
        results.map(({ outcome }) => outcome),
        ['confirmed', 'confirmed'],
      );
      assert.equal((await storedDocument(session, invoice.key))?.openMinor, 88658n);
      assert.equal((await storedDocument(session, credit.key))?.kind, 'credit-note');
    });

    test('a credit note waits for an invoice that is not there yet', async () => {
      const credit = sampleDocument(newKey(), { kind: 'credit-note', corrects: newKey() });
      const [result] = await session.send([credit]);
      assert.equal(result?.outcome, 'retry');
      assert.equal(await rig.countHeld(credit.key), 0);
    });

    test('a key may hold any character', async () => {
      const key = `${newKey()} Ünïté_/.,"'%🚚`;
      const [result] = await session.send([sampleDocument(key)]);
      assert.equal(result?.outcome, 'confirmed');
      assert.equal((await storedDocument(session, key))?.key, key);
    });

    test('an answer lost at any change leaves one document, and what was done is called unknown', async (t) => {
      if (rig.faults === undefined) return t.skip('no faults can be set here');
      const { loseAnswer } = rig.faults;
      await atEveryCall(t, rig.faults, loseAnswer, (outcome, held) => {
        assert.match(outcome, held > 0 ? /^unknown$/ : /^(unknown|retry)$/);
      });
    });

    test('cut off at any change, while the system goes on with it, one document comes of it', async (t) => {
      if (rig.faults === undefined) return t.skip('no faults can be set here');
      const { cutOff } = rig.faults;
      await atEveryCall(t, rig.faults, cutOff, (outcome) => assert.match(outcome, /^(unknown|retry)$/));
    });

    for (const mode of ['down', 'garbage', 'throttled'] as const) {
      test(`${mode} at any call leaves one document`, async (t) => {
        if (rig.faults === undefined) return t.skip('no faults can be set here');
        const { strike } = rig.faults;
        const check = (outcome: string) => assert.match(outcome, /^(unknown|retry|confirmed)$/);
        await atEveryCall(t, rig.faults, (skip) => strike(mode, skip), check);
      });
    }

    // One more call goes well each time, until a sending gets through without meeting the fault.
    async function atEveryCall(
      t: { readonly diagnostic: (message: string) => void },
      { hasStruck, mend }: Faulty,
      strike: (skip: number) => Promise<void>,
      check: (outcome: string, held: number) => void,
    ): Promise<void> {
      let places = 0;
      for (let isStruck = true; isStruck; places += isStruck ? 1 : 0) {
        const customer = { id: `c-${newKey()}`, name: 'New Customer', identifiers: [] };
        const document = sampleDocument(newKey(), { customer });
        const fresh = rig.openSession();
        await strike(places);
        const [first] = (await fresh.send([document])) as [SendResult];
        isStruck = hasStruck();
        await mend();
        if (isStruck) check(first.outcome, await rig.countHeld(document.key));
        const settled = await settle(fresh, document, first);
        await fresh.close();
        assert.equal(settled.outcome, 'confirmed', `struck after ${places} calls`);
        assert.equal(await rig.countHeld(document.key), 1, `struck after ${places} calls`);
        assert.equal(await rig.countFiles(document.key), 1, `files when struck after ${places} calls`);
      }
      assert.ok(places >= (rig.fewestChanges ?? 4), `the fault struck at ${places} places only`);
      t.diagnostic(`struck at ${places} places`);
    }

    test('while the system is down nothing is claimed, and afterwards all is well', async (t) => {
      if (rig.faults === undefined) return t.skip('no faults can be set here');
      const document = sampleDocument(newKey());
      await rig.faults.goDown();
      const [result] = (await session.send([document])) as [SendResult];
      assert.equal(result.outcome, 'retry');
      assert.equal('scope' in result && result.scope, 'system');
      const [seen] = await session.lookup([document.key]);
      assert.equal(seen?.lookup, 'unavailable');
      assert.equal((await session.documents()).page, 'unavailable');
      await rig.faults.mend();
      assert.equal((await settle(session, document, result)).outcome, 'confirmed');
      assert.equal(await rig.countHeld(document.key), 1);
    });
  });
}

/** Looked for on all pages of what the system holds. */
export async function storedDocument(session: Session, key: string) {
  for (let cursor: string | undefined, isLast = false; !isLast; ) {
    const page = await session.documents(cursor);
    assert.equal(page.page, 'read');
    const { items, next } = page as Extract<typeof page, { page: 'read' }>;
    const found = items.find((item) => item.key === key);
    if (found !== undefined) return found;
    cursor = next;
    isLast = next === undefined;
  }
  return undefined;
}
