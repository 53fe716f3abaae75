// How many failed logins one address gets: a window of fixed length, kept in memory and bounded.
//
// A key cannot be guessed (key.ts), so this guards the database and the logs against a flood, not the secret. Each
// process counts for itself. Who proved itself lately is let through all the same: behind a proxy all share an address,
// and one that guesses must not lock the others out.

export type Attempts = {
  /** Seconds until this address may try again with this key; 0: now. */
  readonly waitSeconds: (address: string, keyId: string | undefined, nowMs: number) => number;
  readonly succeeded: (keyId: string, nowMs: number) => void;
  readonly failed: (address: string, nowMs: number) => void;
};

type Window = { startedMs: number; failures: number };

const ADDRESSES = 10_000;
const PROVEN_MS = 600_000;

export function openAttempts(maximum = 20, windowMs = 60_000): Attempts {
  const windows = new Map<string, Window>();
  const provenMs = new Map<string, number>();
  const current = (address: string, nowMs: number) => {
    const window = windows.get(address);
    return window !== undefined && nowMs - window.startedMs < windowMs ? window : undefined;
  };
  return {
    waitSeconds(address, keyId, nowMs) {
      if (keyId !== undefined && nowMs - (provenMs.get(keyId) ?? Number.NEGATIVE_INFINITY) < PROVEN_MS) return 0;
      const window = current(address, nowMs);
      if (window === undefined || window.failures < maximum) return 0;
      return Math.ceil((window.startedMs + windowMs - nowMs) / 1000);
    },
    succeeded(keyId, nowMs) {
      provenMs.set(keyId, nowMs);
    },
    failed(address, nowMs) {
      const window = current(address, nowMs);
      if (window !== undefined) {
        window.failures += 1;
        return;
      }
      // Insertion order: what is deleted first began longest ago.
      windows.delete(address);
      if (windows.size >= ADDRESSES) windows.delete(windows.keys().next().value as string);
      windows.set(address, { startedMs: nowMs, failures: 1 });
    },
  };
}
