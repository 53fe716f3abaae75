// What every connector promises, and what the deliver station may rely on.
//
// A connector reaches one outside system. It does one act at a time and says honestly what came of it:
// done, refused, not done but worth another try, or not known. It never decides to try again, to wait or to
// give up: the life of an effect, its pace and its breaker belong to `pipeline/deliver.ts`.
//
// Everything here is plain data, so an effect can be kept in the outbox as it is and sent again after a crash.
import type { LookupResult, SendResult, StoredDocument, WantedDocument } from './contract/documents.ts';
import type { BillCosts, LandedResult } from './contract/landed-costs.ts';
import type { BillingNews, NewsResult, OrderNews } from './contract/orders.ts';
import type { PaymentAct } from './contract/payments.ts';
import type { Puller } from './contract/pull.ts';
import type { Verdict } from './contract/trouble.ts';

export * from './contract/documents.ts';
export type * from './contract/landed-costs.ts';
export type * from './contract/orders.ts';
export type * from './contract/payments.ts';
export type * from './contract/pull.ts';
export type * from './contract/trouble.ts';

/** One bounded page of a list, or why it could not be read. `next` is missing on the last page. */
export type Page<Item> =
  | { readonly page: 'read'; readonly items: readonly Item[]; readonly next?: string }
  | { readonly page: 'unavailable'; readonly reason: string; readonly afterMs?: number };

/** Until when the key that a session comes with is good; `endsAt` in epoch milliseconds. */
export type KeyLife =
  | { readonly key: 'ends'; readonly endsAt: number }
  | { readonly key: 'endless' }
  | { readonly key: 'unavailable'; readonly reason: string };

export type Capabilities = {
  /** Does the system itself refuse a second document of one key, and for how long does it remember? */
  readonly idempotency: 'outside-id-forever' | 'key-with-a-life' | 'none';
  /** Can what we sent be found by our key? */
  readonly lookup: boolean;
  /** Does sending a known key change the record instead of making a second? */
  readonly upsert: boolean;
  /** Must documents arrive in order? A credit note never goes before what it corrects in any case. */
  readonly ordered: boolean;
  /** Are changes on the other side to be had by asking? */
  readonly pull: boolean;
  /** Does the system sign what it pushes to us? */
  readonly signature: boolean;
};

export type Limits = {
  /** Most documents worth giving to one `send`. More are taken, in slices of this size. */
  readonly documentsPerSend: number;
  /** Most keys worth giving to one `lookup`. */
  readonly keysPerLookup: number;
  /** Acts at one time that still gain something. */
  readonly concurrentActs: number;
  /** Calls a second that the system bears; none: it does not say. */
  readonly callsPerSecond?: number;
};

/** What a session may know of the world. It reads no clock and no environment of its own. */
export type ConnectorDeps = {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Ends every running call when the process stops. */
  readonly signal?: AbortSignal;
};

/**
 * An open way to one system. It connects when first used, so opening never fails; every function resolves, with the
 * trouble as a value. Several acts may run at one time.
 */
export type Session = {
  /** One result for each key, in the order asked. */
  readonly lookup: (keys: readonly string[]) => Promise<readonly LookupResult[]>;
  /**
   * One result for each document, in the order given. Resolves each key before it creates, so sending again is always
   * safe: what is posted is confirmed, what is a draft is finished. Posting is the last act on a document, so a posted
   * one has its attachments. A bad document never stops the others.
   */
  readonly send: (documents: readonly WantedDocument[]) => Promise<readonly SendResult[]>;
  /**
   * Only of systems that hold orders. One result for each, in the order given. Telling again does nothing again: every
   * part is kept there under a key of its own, so whatever went wrong may simply be tried once more.
   */
  readonly tell?: (news: readonly OrderNews[]) => Promise<readonly NewsResult[]>;
  /** Only of systems that may show how far billing is, beside the orders that they hold. */
  readonly orderTab?: {
    /** Is it there to be shown? False also where that cannot be found out now. */
    readonly isThere: () => Promise<boolean>;
    /** One result for each, in the order given, under its shipment as key. What is told takes the place of what was told before. */
    readonly show: (news: readonly BillingNews[]) => Promise<readonly NewsResult[]>;
  };
  /**
   * Only of systems that keep landed costs. One result for each, in the order given. Each cost is kept there under a key of its
   * own, so asking again is always safe.
   */
  readonly landCosts?: (bills: readonly BillCosts[]) => Promise<readonly LandedResult[]>;
  /** Registers or undoes one payment; resolves its key before it acts, so that asking again is always safe. */
  readonly pay?: (act: PaymentAct) => Promise<SendResult>;
  /** What an error, thrown by this session's own calls, means. */
  readonly classify: (error: unknown) => Verdict;
  /** What the system itself holds of ours, page by page; `cursor` is the `next` of the page before. */
  readonly documents: (cursor?: string) => Promise<Page<StoredDocument>>;
  /** Only where `capabilities.pull`. */
  readonly pull?: Puller;
  /** Only where `capabilities.signature`: is what was pushed to us really theirs? */
  readonly verify?: (raw: Uint8Array, headers: ReadonlyMap<string, string>) => boolean;
  /** Only where keys have a life of their own. */
  readonly keyLife?: () => Promise<KeyLife>;
  /** Ends the connections. Acts still running end as `unknown` or `retry`. */
  readonly close: () => Promise<void>;
};

export type Connector<Settings> = {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly limits: Limits;
  readonly open: (settings: Settings, deps: ConnectorDeps) => Session;
};
