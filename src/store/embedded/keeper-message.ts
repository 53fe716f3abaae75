// What the keeper and its users say to each other: lines of JSON. A user sends the keeper's word (lodging.ts), and
// `{"leave":true}` when it goes; the keeper sends these.
import type { DatabaseProblemData } from './problem.ts';

export type KeeperMessage =
  | { say: string }
  | { ready: { url: string; port: number } }
  | { failed: DatabaseProblemData }
  /** With the keeper's process number when it is about to end. */
  | { left: { keeperPid?: number } };

/** How a keeper ends that could not begin. */
export const KEEPER_EXIT = { anotherKeeps: 3, diskFull: 4 } as const;
