// What every connector promises, and what the deliver station may rely on.
//
// A connector reaches one outside system. It does one act at a time and says honestly what came of it:
// done, refused, not done but worth another try, or not known. It never decides to try again, to wait or to
// give up: the life of an effect, its pace and its breaker belong to `pipeline/deliver.ts`.
//
// Everything here is plain data, so an effect can be kept in the outbox as it is and sent again after a crash.
import type { BillingState } from '../model/decision.ts';

/**
 * The kinds of document we want to exist outside. A supplementary is an invoice to every ERP we know; a `bill` is one
 * that a carrier sent us and we owe, a `vendor-credit` what it gives back.
 */
export type DocumentKind = 'invoice' | 'supplementary' | 'credit-note' | 'bill' | 'vendor-credit';

/** What we owe a carrier, or what it gives back. */
export function isPurchase(kind: DocumentKind): boolean {
  return kind === 'bill' || kind === 'vendor-credit';
}

/** A number that names a party in some scheme (`scac`, `duns`, `vat`, `odoo`, …; contract section 2). */
export type PartyIdentifier = { readonly scheme: string; readonly value: string };

export type WantedLine = {
  readonly shipment: string;
  /** Charge code, such as `LHL` or `FSC`. */
  readonly code: string;
  /** What a clerk reads on the invoice: "S-101 Linehaul, Joliet IL to Atlanta GA, 480 lb". */
  readonly description: string;
  /** Before tax, in the document's currency. On a credit note or vendor credit too, what is credited is positive. */
  readonly amountMinor: bigint;
  /** Fraction, such as `"0.0825"`; none given: no tax. */
  readonly taxRate?: string;
  readonly taxMinor?: bigint;
  /** Code of the account it goes to there; none given: the system's own default. */
  readonly account?: string;
  /** Goods of an order, where the line is quantity × unit price: a system that holds the order makes the line from it. */
  readonly goods?: GoodsOfOrder;
};

/** Decimal texts; `line` as the order's sender numbers it. */
export type GoodsOfOrder = {
  readonly order: string;
  readonly line: number;
  readonly quantity: string;
  readonly unitPrice: string;
};

export type Attachment = {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Uint8Array;
};

/** A document that should exist in the outside system, exactly once. */
export type WantedDocument = {
  /** Permanent business key, such as `S-101-1`. Never contains an attempt number or a time. */
  readonly key: string;
  readonly kind: DocumentKind;
  /** Our document number, which customers may quote in a remittance; for a bill, our name of it. */
  readonly number: string;
  /** Who is billed; of a bill, who sent it. */
  readonly customer: {
    readonly id: string;
    readonly name: string;
    readonly identifiers: readonly PartyIdentifier[];
  };
  /** ISO 4217. */
  readonly currency: string;
  /** `YYYY-MM-DD`. */
  readonly issuedOn: string;
  /** It is made and left for a person to post; without it, posted. */
  readonly isDraft?: boolean;
  /** Days from `issuedOn` to the due date; none given: the outside system's own terms for the customer. */
  readonly paymentTermsDays?: number;
  readonly legalEntity?: string;
  /** Where the legal entity's setup has it booked: its company (name or id there) and the journal's code. */
  readonly books?: { readonly company?: string; readonly journal?: string };
  /** At least one; their sum is the document's total before tax. */
  readonly lines: readonly WantedLine[];
  /** The shipment's references as the customer knows them: "S-101, PO 4711, BOL 88123"; of a bill, the sender's own number. */
  readonly reference: string;
  /** Key of the document that this credit note reverses, wholly or in part. */
  readonly corrects?: string;
  /** Proof of delivery and the like. */
  readonly attachments: readonly Attachment[];
};

/**
 * Whose trouble it is. `document`: this one alone, the next may pass. `system`: every act would end so (down,
 * throttled, key expired): the breaker should open, and nothing should be written off for it.
 */
export type TroubleScope = 'document' | 'system';

/** Why the outside system will not have a document. A catalogue: `sentence` says it for the clerk. */
export type RefusalKind =
  | 'access-denied' // wrong or expired key, unknown user; scope `system`
  | 'not-permitted' // the user lacks a right
  | 'customer-unknown'
  | 'legal-entity-unknown'
  | 'mapping-unknown' // it has no journal or account of the code that our setup names
  | 'original-missing' // the document a credit note corrects is not posted there
  | 'tax-missing' // it has no tax of that rate
  | 'too-precise' // a quantity or price has more digits than it keeps, and would be rounded in silence
  | 'currency-unusable' // unknown, inactive, or without a rate
  | 'period-closed' // the books are locked on the day of issue
  | 'cancelled-by-hand' // a person cancelled our document there
  | 'differs' // what is stored is not what was meant
  | 'rejected' // a business rule of the system; its words are in the sentence
  | 'not-understood'; // our fault or a changed system: unknown field, model or method

export type Refusal = { readonly kind: RefusalKind; readonly scope: TroubleScope; readonly sentence: string };

/**
 * What became of one document. `retry` is said only where the failed act is known not to have been done;
 * whatever may have been done is `unknown`, and unknown is settled by `lookup`.
 */
export type SendResult = { readonly key: string } & (
  | {
      readonly outcome: 'confirmed';
      readonly externalId: string;
      /** The number the outside system gave it. */
      readonly erpNumber: string;
      /** With tax, as the outside system stored it. */
      readonly storedTotalMinor: bigint;
    }
  | ({ readonly outcome: 'refused' } & Refusal)
  | { readonly outcome: 'unknown'; readonly scope: TroubleScope; readonly reason: string }
  | {
      readonly outcome: 'retry';
      readonly scope: TroubleScope;
      readonly reason: string;
      /** How long the system asked us to wait; none given: the caller's own back-off. */
      readonly afterMs?: number;
    }
);

export type StoredState = 'draft' | 'posted' | 'cancelled';

/** What a customer paid on one invoice, to be registered on it there or, when it is not so any more, undone. */
export type PaymentAct = {
  readonly act: 'register' | 'undo';
  /** Permanent, of this part of the payment. */
  readonly key: string;
  /** Key of the invoice that it settles, wholly or in part. */
  readonly invoice: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** `YYYY-MM-DD`. */
  readonly receivedOn: string;
  /** Code of the journal it is booked in. */
  readonly journal: string;
  /** For people: the payment's own number and who paid. */
  readonly reference: string;
  /** What other payments of this invoice were confirmed as: those are spoken for. */
  readonly others: readonly string[];
  /** Was it confirmed once? To undo what never was, nothing is done. */
  readonly wasConfirmed: boolean;
};

/** What the outside system says of a key. Only `absent` proves that nothing is there. */
export type LookupResult = { readonly key: string } & (
  | {
      readonly lookup: 'found';
      readonly externalId: string;
      /** `draft` is half done: `send` it again and it will be finished, not doubled. */
      readonly state: StoredState;
      readonly erpNumber?: string;
      readonly currency: string;
      readonly storedTotalMinor: bigint;
    }
  | { readonly lookup: 'absent' }
  | { readonly lookup: 'unavailable'; readonly reason: string; readonly afterMs?: number }
);

/** A document of ours as the outside system itself holds it, for the outcome and for conservation. */
export type StoredDocument = {
  readonly key: string;
  /** Of a credit note that a person made there: the key of what it credits. Its own key is made from that. */
  readonly credits?: string;
  /** As the outside system sees it: a supplementary is an invoice. */
  readonly kind: 'invoice' | 'credit-note' | 'bill' | 'vendor-credit';
  readonly externalId: string;
  readonly erpNumber?: string;
  readonly currency: string;
  readonly subtotalMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
  /** Not yet paid or set off; positive for both kinds. */
  readonly openMinor: bigint;
  readonly state: StoredState;
  /** Accounting date, `YYYY-MM-DD`; only when posted. */
  readonly postedOn?: string;
};

/** How far the goods of an order have come, for a system that holds the order. */
export type OrderNews = {
  /** Permanent key, such as `S-1/delivered`. */
  readonly key: string;
  readonly shipment: string;
  /** What a person reads beside the order: "Shipment S-1 was delivered on 2026-03-04 15:00 UTC". */
  readonly sentence: string;
  /** What it came to, and when (epoch milliseconds) as far as it is known. */
  readonly milestone?: { readonly name: string; readonly at?: number };
  /** What the carrier knows the shipment by. */
  readonly tracking?: string;
  /** Have the goods reached the customer? Then the quantities are what arrived. */
  readonly isDelivered: boolean;
  /** Decimal texts. */
  readonly lines: readonly { readonly order: string; readonly line: number; readonly quantity: string }[];
  readonly attachments: readonly Attachment[];
};

/** How far the billing of an order's shipment is, for a system that shows it beside the order. */
export type BillingNews = {
  readonly shipment: string;
  readonly billing: BillingState;
  /** In a sentence, why it is not invoiced, what it waits for and who owns that; missing: nothing is in its way. */
  readonly reason?: string;
  /** What the carrier knows the shipment by. */
  readonly tracking?: string;
  /** Of which orders its goods are. */
  readonly lines: readonly { readonly order: string; readonly line: number }[];
  /** Files that were not told before. */
  readonly attachments: readonly Attachment[];
};

/** `told` also where it had been told before. `not-held`: the system holds none of these orders. */
export type NewsResult = { readonly key: string } & (
  | { readonly outcome: 'told' | 'not-held' }
  | ({ readonly outcome: 'refused' } & Refusal)
  | { readonly outcome: 'retry'; readonly scope: TroubleScope; readonly reason: string; readonly afterMs?: number }
);

/** What a bill cost, for a system that adds such costs to the value of the goods that they brought here. */
export type BillCosts = {
  /** Key of the bill or vendor credit. */
  readonly key: string;
  readonly lines: readonly {
    readonly shipment: string;
    /** As on the bill; says which of its lines it is. */
    readonly description: string;
    /** The shipment's own name and its references: by one of them the system may know the receipt. */
    readonly names: readonly string[];
  }[];
};

/**
 * `landed` also where it had been before. `none`: there is nothing to do. `person`: only a person can do it. `waits`: for a receipt
 * that may never come (goods that went out have none), for the end of one that is there, or for a person to post the bill.
 */
export type LandedResult = { readonly key: string } & (
  | { readonly outcome: 'landed' }
  | { readonly outcome: 'none' | 'person'; readonly reason: string }
  | { readonly outcome: 'waits'; readonly for: 'receipt' | 'end-of-receipt' | 'posting'; readonly reason: string }
  | ({ readonly outcome: 'refused' } & Refusal)
  | { readonly outcome: 'retry'; readonly scope: TroubleScope; readonly reason: string; readonly afterMs?: number }
);

/** One bounded page of a list, or why it could not be read. `next` is missing on the last page. */
export type Page<Item> =
  | { readonly page: 'read'; readonly items: readonly Item[]; readonly next?: string }
  | { readonly page: 'unavailable'; readonly reason: string; readonly afterMs?: number };

/** Until when the key that a session comes with is good; `endsAt` in epoch milliseconds. */
export type KeyLife =
  | { readonly key: 'ends'; readonly endsAt: number }
  | { readonly key: 'endless' }
  | { readonly key: 'unavailable'; readonly reason: string };

/** What an error of this system means for the act that met it. */
export type Verdict =
  | { readonly verdict: 'retry'; readonly scope: TroubleScope; readonly reason: string; readonly afterMs?: number }
  | ({ readonly verdict: 'refuse' } & Refusal)
  | { readonly verdict: 'unknown'; readonly scope: TroubleScope; readonly reason: string };

/** A record as the outside system has it now. */
export type OutsideRecord = {
  readonly model: string;
  readonly id: number;
  /** When it, or what belongs to it, was changed last, by the system's own clock: RFC 3339. */
  readonly changedAt: string;
  /** JSON: the record with all that belongs to it, without times of change. Unchanged, it gives the same text. */
  readonly body: string;
  /** JSON: what is needed to tell of it once it is gone. */
  readonly identity: string;
  /** Whether it says something by itself; otherwise it does so only where it was told of before (a quotation). */
  readonly isTelling: boolean;
  /** Of goods that came in: the numbers that the receipt bears. */
  readonly received?: readonly string[];
};

/** Something to look at regularly for changes; `tells` is the model of the records that come of it. */
export type Watch = { readonly name: string; readonly tells: string; readonly hasFirstLoad: boolean };

/** Where a pass over the changed records of a watch stands. */
export type PullPlace = {
  /** What changed from here on, in the system's own time, less an overlap; none: everything there is. */
  readonly since?: string;
  readonly overlapSeconds: number;
  /** The pass goes by rising ids, and this is the last one seen. */
  readonly afterId: number;
};

export type Unavailable = { readonly reason: string; readonly afterMs?: number };
export type Read<Value> = ({ readonly read: 'done' } & Value) | ({ readonly read: 'unavailable' } & Unavailable);

/**
 * Reading what others change there. A pass goes over ids, which never change, so records that are changed meanwhile move
 * nothing; whatever changed since the pass began has a mark after the one asked for at its beginning, and is in the next.
 */
export type Puller = {
  readonly watches: readonly Watch[];
  /** The system's own time of the latest change, and how many records a first load will read. */
  readonly mark: (watch: string) => Promise<Read<{ readonly mark?: string; readonly total: number }>>;
  /** One bounded page. `afterId` is missing on the last one. */
  readonly page: (
    watch: string,
    place: PullPlace,
  ) => Promise<Read<{ readonly records: readonly OutsideRecord[]; readonly seen: number; readonly afterId?: number }>>;
  /** Ids that are there, after `afterId`, rising, at most `limit`: who is missing was deleted. */
  readonly idsAfter: (
    model: string,
    afterId: number,
    limit: number,
  ) => Promise<Read<{ readonly ids: readonly number[] }>>;
};

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
