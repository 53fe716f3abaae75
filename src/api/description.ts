// The API's description without a running hub: for those who make clients from it.
import { createContext } from '../pipeline/context.ts';
import { openStore } from '../store/database.ts';
import { apiHubOf } from './hub.ts';
import { openServer } from './server.ts';

/** The OpenAPI 3.1 document, as `/v1/openapi.json` gives it. Nothing is connected to. */
export async function apiDescription(): Promise<object> {
  const store = openStore('postgres://nobody@127.0.0.1:1/none');
  const app = await openServer(apiHubOf({ context: createContext({ store }) }));
  try {
    return app.swagger();
  } finally {
    await app.close();
    await store.close();
  }
}
