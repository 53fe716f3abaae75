// Reading what others change in the outside system.

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
