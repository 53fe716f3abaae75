// What every tax engine promises, whoever answers: one suite, called once in each engine's test.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unreachable } from '../../../model/unreachable.ts';
import type { TaxAnswer, TaxableLine, TaxDetermined, TaxEngine } from '../engine.ts';

export type TaxEngineCase = {
  readonly engine: TaxEngine;
  /** Lines with the tax that they owe, computed by hand. */
  readonly taxed: readonly (TaxableLine & { readonly owes: bigint; readonly rate: string })[];
  /** What the engine cannot answer; none given: it always can. */
  readonly untaxable?: Pick<TaxableLine, 'place' | 'category'>;
};

export function describeTaxEngine(name: string, { engine, taxed, untaxable }: TaxEngineCase): void {
  describe(`tax engine ${name}`, () => {
    for (const { owes, rate, ...line } of taxed) {
      const what = `${line.category} into ${line.place.country ?? 'anywhere'}`;

      test(`${what}: an estimate is what will be committed, and says which it is`, () => {
        const [estimate, commit] = [determined(engine.estimate(line)), determined(engine.commit(line))];
        assert.deepEqual([estimate.taxMinor, commit.taxMinor], [owes, owes]);
        assert.deepEqual([estimate.record.stage, commit.record.stage], ['estimate', 'commit']);
        assert.deepEqual({ ...estimate.record, stage: 'commit' }, commit.record);
      });

      test(`${what}: the record names engine, place, category, rate, and what it went by`, () => {
        const { record } = determined(engine.commit(line));
        const { engine: by, category, rate: recorded, basis, legalEntity, country, region } = record;
        assert.deepEqual({ by, category, recorded }, { by: engine.name, category: line.category, recorded: rate });
        assert.deepEqual({ legalEntity, country, region }, { ...NOWHERE, ...line.place });
        assert.notEqual(basis, '');
        assert.deepEqual(JSON.parse(JSON.stringify(record)), definedIn(record), 'a record is plain JSON');
      });

      test(`${what}: a refund of all of it gives back all of its tax, at the original rate`, () => {
        const original = determined(engine.commit(line)).record;
        const refund = engine.refund({ ...line, original });
        assert.deepEqual([refund.taxMinor, refund.record.stage, refund.record.rate], [owes, 'refund', rate]);
        assert.deepEqual(
          engine.refund({ ...line, original: refund.record }),
          refund,
          'of what was refunded before, too',
        );
      });

      test(`${what}: a refund does not look at the rules of now`, () => {
        const original = { ...determined(engine.commit(line)).record, rate: '0.5' };
        assert.equal(engine.refund({ ...line, amountMinor: 1_000n, original }).taxMinor, 500n);
      });

      test(`${what}: voiding twice is voiding once`, () => {
        const committed = determined(engine.commit(line)).record;
        const gone = engine.void(committed);
        assert.deepEqual([gone, engine.void(gone)], [{ ...committed, stage: 'void' }, gone]);
      });

      test(`${what}: what was voided is what it was once it holds again`, () => {
        const committed = determined(engine.commit(line)).record;
        const { record: refunded } = engine.refund({ ...line, original: committed });
        assert.deepEqual(engine.reinstate(engine.void(committed), 'commit'), committed);
        assert.deepEqual(engine.reinstate(engine.void(refunded), 'refund'), refunded);
      });

      test(`${what}: nothing owes nothing`, () => {
        assert.equal(determined(engine.commit({ ...line, amountMinor: 0n })).taxMinor, 0n);
      });
    }

    if (untaxable === undefined) return;
    test('what it cannot answer it says, at every stage that asks, and in one sentence', () => {
      const line = { ...untaxable, amountMinor: 100n, currency: 'USD' };
      const [estimate, commit] = [engine.estimate(line), engine.commit(line)];
      assert.deepEqual(estimate, commit);
      assert.equal(estimate.kind, 'undetermined');
      if (estimate.kind === 'undetermined') assert.match(estimate.detail, /^\S[^\n]+\S$/);
    });
  });
}

const NOWHERE = { legalEntity: undefined, country: undefined, region: undefined };

function definedIn<T extends object>(record: T): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function determined(answer: TaxAnswer): TaxDetermined {
  switch (answer.kind) {
    case 'determined':
      return answer;
    case 'undetermined':
      return assert.fail(answer.detail);
    default:
      return unreachable(answer);
  }
}
