// What the API asks of the hub behind it.

import type { StoredDocument } from '../connectors/contract.ts';
import type { Instant } from '../model/time.ts';
import type { PipelineContext } from '../pipeline/context.ts';
import { erpDocumentsOf, type Hub, type RunningHub } from '../pipeline/hub.ts';
import type { Store } from '../store/database.ts';

export type ApiHub = {
  readonly context: PipelineContext;
  readonly store: Store;
  readonly now: () => Instant;
  /** Something came in: the stations look now. */
  readonly nudge: () => void;
  readonly hasErp: boolean;
  /** What the ERP itself holds of ours. Rejects while it cannot be read. */
  readonly erpDocuments: () => Promise<readonly StoredDocument[]>;
};

type Behind = Pick<Hub, 'context'> & Partial<Pick<RunningHub, 'systems' | 'nudge'>>;

export function apiHubOf({ context, systems = [], nudge = () => {} }: Behind): ApiHub {
  return {
    context,
    store: context.store,
    now: () => context.clock.now(),
    nudge,
    hasErp: systems.length > 0,
    erpDocuments: () => erpDocumentsOf({ systems }),
  };
}
