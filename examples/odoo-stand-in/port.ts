// Listening on this machine only, and stopping to.
import { randomInt } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

// Below the range from which the system gives outgoing connections their ports: one that is let go of for a while,
// because the stand-in is "down", is still free when it comes back.
const FIRST_PORT = 20_000;
const LAST_PORT = 30_000;
const MOST_TRIES = 20;

/** The port that was wanted, or any that is free. */
export async function listenSomewhere(http: Server, wanted: number | undefined): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await listen(http, wanted ?? randomInt(FIRST_PORT, LAST_PORT));
    } catch (error) {
      if (wanted !== undefined || tries === MOST_TRIES) throw error;
    }
  }
}

export function listen(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', () => {
      http.off('error', reject);
      resolve((http.address() as AddressInfo).port);
    });
  });
}

/** Refuses connections from now on and breaks those that are open. */
export async function shut(http: Server): Promise<void> {
  if (!http.listening) return;
  const closed = new Promise((resolve) => http.close(resolve));
  http.closeAllConnections();
  await closed;
}
