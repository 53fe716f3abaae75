// What every act of a session works with.
import type { Connection } from './connection.ts';
import type { ExternalIds } from './external-id.ts';
import type { OdooSettings } from './settings.ts';

export type Odoo = Connection & { readonly settings: OdooSettings; readonly ids: ExternalIds };
