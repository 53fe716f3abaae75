// The hub's own database, as the environment names it: brought up to date and opened.
import { openStore, type Store } from '../store/database.ts';
import { openDatabase } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';
import type { CommandContext } from './command.ts';

export type HubStore = {
  readonly store: Store;
  /** Closes the store and leaves the server. */
  readonly close: () => Promise<void>;
};

/** Throws `DatabaseProblem` where it cannot be reached. `tell` hears of what takes its time. */
export async function openHubStore(env: CommandContext['env'], tell: (line: string) => void): Promise<HubStore> {
  const database = await openDatabase(env, tell);
  try {
    const steps = await migrate(database.url);
    if (steps.length > 0) tell(`database brought up to date: ${steps.join(', ')}`);
  } catch (error) {
    await database.close();
    throw error;
  }
  const store = openStore(database.url);
  return {
    store,
    close: async () => {
      await store.close();
      await database.close();
    },
  };
}
