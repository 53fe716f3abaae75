// The death of a hub in the midst of its work, at a moment that can be named: its n-th statement, its n-th ERP call.
//
// Dead is dead: from then on no statement of that hub reaches the database, whatever its code tries in its `catch`.
import type { ClientBase } from 'pg';
import type { Queryable, Store } from '../../store/database.ts';

/** Before the `count`-th statement, or while the ERP is at the `count`-th call. */
export type Moment = { readonly of: 'statement' | 'erp-call'; readonly count: number };

export type Mortality = {
  /** Counted from now on, beside those foreseen before. */
  readonly foresee: (moment: Moment) => void;
  /** One more of its kind; true where a moment is reached. */
  readonly isReachedBy: (kind: Moment['of']) => boolean;
};

export function openMortality(): Mortality {
  let foreseen: readonly Moment[] = [];
  return {
    foresee: (moment) => {
      foreseen = [...foreseen, moment];
    },
    isReachedBy: (kind) => {
      const nearer = foreseen.map(({ of, count }) => ({ of, count: of === kind ? count - 1 : count }));
      foreseen = nearer.filter(({ count }) => count > 0);
      return foreseen.length < nearer.length;
    },
  };
}

/** What the code of a dead hub meets at the database. It looks to it as if the database had gone (SQLSTATE 57P01). */
export class HubDied extends Error {
  readonly code = '57P01';
  constructor() {
    super('this hub has died');
    this.name = 'HubDied';
  }
}

/** The store of a hub that may die; `beforeStatement` throws `HubDied` when it has. */
export function mortalStore(store: Store, beforeStatement: () => Promise<void>): Store {
  const mortal = (queryable: Queryable): Queryable['query'] => {
    return async (statement, values) => {
      await beforeStatement();
      return queryable.query(statement, values);
    };
  };
  return {
    ...store,
    query: mortal(store),
    transaction: (work) =>
      store.transaction((client) =>
        work(Object.assign(Object.create(client), { query: mortal(client) }) as ClientBase),
      ),
  };
}
