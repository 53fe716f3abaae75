// What every act of a session works with.
import type { Connection } from './doors/connection.ts';
import type { ExternalIds } from './external-id.ts';
import type { OdooSettings } from './settings.ts';

export type Odoo = Connection & {
  readonly settings: OdooSettings;
  readonly ids: ExternalIds;
  /** Database ids of contacts by customer, as this session has come to know them. */
  readonly partners: Map<string, number>;
  /** Moves by key: drafts that a look-up found and nobody has taken up since. */
  readonly seenDrafts: Map<string, number>;
};
