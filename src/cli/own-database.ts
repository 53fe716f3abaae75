// Commands that need no running hub go to its database themselves.

import { createContext, type PipelineContext } from '../pipeline/context.ts';
import type { CommandContext } from './command.ts';
import { openHubStore } from './hub-store.ts';

/** Opens the database, brings its schema up to date, does the work, and leaves. Throws `DatabaseProblem`. */
export async function withDatabase<T>(
  { env, stderr }: Pick<CommandContext, 'env' | 'stderr'>,
  work: (context: PipelineContext) => Promise<T>,
): Promise<T> {
  const { store, close } = await openHubStore(env, (line) => stderr.line(line));
  try {
    return await work(createContext({ store }));
  } finally {
    await close();
  }
}
