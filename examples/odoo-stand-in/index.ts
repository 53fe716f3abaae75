// An Odoo to try things against: real HTTP, both doors, 17, 18 or 19, and every way to fail that we know of.
//
// It knows the models that invoicing needs and agrees with recordings of real servers (`recordings.test.ts`).
// It listens on this machine only and must never be mistaken for an ERP.
import { type HeldDocument, heldDocuments } from './documents.ts';
import type { Major } from './environment.ts';
import type { Fault } from './faults.ts';
import { startFaultyServer } from './faulty-server.ts';
import { openJournal } from './journal.ts';
import { prepare } from './server.ts';
import { openWork } from './work.ts';

export type { HeldDocument } from './documents.ts';
export { FAULT_MODES, type Fault, type FaultMode } from './faults.ts';

export type StandInOptions = {
  /** Default 19. */
  readonly version?: Major;
  /** None given: one that is free, outside the range from which outgoing connections take theirs. */
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  readonly key?: string;
  /** Of the user; the administrator's login and password are both `admin`. */
  readonly password?: string;
  /** Epoch milliseconds; the machine's clock when not given. */
  readonly now?: () => number;
  /** Where its memory is kept; none given: it forgets when it stops. */
  readonly journalFile?: string;
  /** Is told of each call before anything is done about it. */
  readonly onCall?: () => Promise<void> | void;
  /** How long a `load` is at work, and so how far apart two of them still collide. */
  readonly loadWorkMs?: number;
  /** Is the companion module installed there? */
  readonly companion?: boolean;
  /** Is the app Landed Costs installed there? */
  readonly landedCosts?: boolean;
};

export type StandIn = {
  readonly url: string;
  readonly database: string;
  readonly user: string;
  readonly key: string;
  readonly password: string;
  readonly setFault: (fault: Fault) => Promise<void>;
  readonly documents: () => HeldDocument[];
  /** Does what a person at the ERP could do, past doors and faults: cancel, delete, close the books. */
  readonly act: (
    model: string,
    method: string,
    ids?: readonly number[],
    args?: Readonly<Record<string, unknown>>,
  ) => unknown;
  /** How many calls came in so far, also those that a fault hit. */
  readonly callCount: () => number;
  /** How many calls the fault in force has hit. */
  readonly hitCount: () => number;
  readonly stop: () => Promise<void>;
};

export async function startOdooStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { version = 19, database = 'standin', user = 'lading', key = 'stand-in-key', now = Date.now } = options;
  const { password = 'stand-in-password' } = options;
  const journal = openJournal(options.journalFile);
  const { loadWorkMs = DEFAULT_LOAD_WORK_MS, companion = false, landedCosts = false } = options;
  const work = openWork(
    { major: version, credentials: { database, user, key, password }, now, loadWorkMs, companion, landedCosts },
    journal,
  );
  const server = await startFaultyServer((question) => prepare(work, question), options);

  return {
    url: server.url,
    database,
    user,
    key,
    password,
    setFault: server.setFault,
    documents: () => heldDocuments(work.runAsAdministrator),
    act: (model, method, ids = [], args = {}) => work.runAsAdministrator({ model, method, ids, args, context: {} }),
    callCount: server.callCount,
    hitCount: server.hitCount,
    stop: async () => {
      await server.stop();
      journal.close();
    },
  };
}

const DEFAULT_LOAD_WORK_MS = 2;
