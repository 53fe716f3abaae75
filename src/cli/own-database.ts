// Commands that need no running hub go to its database themselves.

import { createContext, type PipelineContext } from '../pipeline/context.ts';
import { openStore } from '../store/database.ts';
import { openDatabase } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';
import type { CommandContext } from './command.ts';

/** Opens the database, brings its schema up to date, does the work, and leaves. Throws `DatabaseProblem`. */
export async function withDatabase<T>(
  { env, stderr }: Pick<CommandContext, 'env' | 'stderr'>,
  work: (context: PipelineContext) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(env, (line) => stderr.line(line));
  try {
    await migrate(database.url);
    const store = openStore(database.url, { maxConnections: 4 });
    try {
      return await work(createContext({ store }));
    } finally {
      await store.close();
    }
  } finally {
    await database.close();
  }
}
