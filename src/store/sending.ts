// Statements that are sent without waiting for their answers, so that the server works while we do.
//
// On one connection they are carried out in the order in which they were sent. After a failure all others fail because
// of it: the first one is the reason.

export type Sending = {
  /** Takes note of a statement that is under way. */
  readonly add: (statement: Promise<unknown>) => void;
  /** Resolves when all were carried out. Rejects with the first failure, when none is under way any more. */
  readonly done: () => Promise<void>;
};

function sending(): Sending {
  const under: Promise<unknown>[] = [];
  return {
    add: (statement) => {
      statement.catch(() => {});
      under.push(statement);
    },
    done: async () => {
      const failed = (await Promise.allSettled(under)).find((outcome) => outcome.status === 'rejected');
      under.length = 0;
      if (failed !== undefined) throw failed.reason;
    },
  };
}

/** Does `work`, waits for all that it sent, and fails with what failed first. */
export async function sendingAll<T>(work: (under: Sending) => Promise<T>): Promise<T> {
  const under = sending();
  try {
    const result = await work(under);
    await under.done();
    return result;
  } catch (error) {
    await under.done();
    throw error;
  }
}
