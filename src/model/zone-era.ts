// Eras of a zone: the spans between two changes of its clocks, in which its offset from UTC is one number.
//
// Asking the runtime for an offset costs microseconds, and every local time of every message asks. A zone has two
// eras a year, so those already seen answer nearly always.

export type ZoneEra = {
  /** Epoch milliseconds; included. */
  readonly from: number;
  /** Epoch milliseconds; not included. */
  readonly until: number;
  /** Local time less UTC. */
  readonly offsetMs: number;
};

const ERAS = new Map<string, ZoneEra[]>();

/** The era of `zone` (an IANA name) that holds this instant. */
export function zoneEraAt(zone: string, instant: number): ZoneEra {
  let eras = ERAS.get(zone);
  if (eras === undefined) {
    eras = [];
    ERAS.set(zone, eras);
  }
  for (const era of eras) if (instant >= era.from && instant < era.until) return era;
  const era = readEra(zone, instant);
  // Bounded: messages may name any year.
  if (eras.length >= 64) eras.length = 0;
  eras.push(era);
  return era;
}

function readEra(zone: string, instant: number): ZoneEra {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  // The change that begins this very instant belongs to it; "previous" looks strictly before.
  const from = local.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds;
  const until = local.getTimeZoneTransition('next')?.epochMilliseconds;
  return { from: from ?? -Infinity, until: until ?? Infinity, offsetMs: local.offsetNanoseconds / 1_000_000 };
}
