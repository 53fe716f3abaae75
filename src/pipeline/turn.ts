// Passes of one process overlap and keep their order: the next claims and translates its messages while this one waits
// for the database, and applies them when this one has committed.

/** Passes of one process that are under way together; a third gains nothing. */
export const PASSES_AT_ONCE = 2;

/** The ends of the two queues; empty at first. */
export type TurnMemory = { claiming?: Promise<void>; applying?: Promise<void> };

export type Turn = {
  /** Resolves when those before have claimed. */
  readonly mayClaim: Promise<void>;
  readonly claimed: () => void;
  /** Resolves when those before have committed, or failed. */
  readonly mayApply: Promise<void>;
  /** Lets the next ones go on, whatever came of this one. */
  readonly done: () => void;
};

/** A place in both queues, in the order of the calls. */
export function takeTurn(memory: TurnMemory): Turn {
  const claiming = Promise.withResolvers<void>();
  const applying = Promise.withResolvers<void>();
  const turn: Turn = {
    mayClaim: memory.claiming ?? Promise.resolve(),
    claimed: claiming.resolve,
    mayApply: memory.applying ?? Promise.resolve(),
    done: () => {
      claiming.resolve();
      applying.resolve();
    },
  };
  memory.claiming = claiming.promise;
  memory.applying = applying.promise;
  return turn;
}
