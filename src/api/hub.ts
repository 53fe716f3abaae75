// What the API asks of the hub behind it.

import { ensureSigner, passingSigner } from '../access/signing-key.ts';
import type { StoredDocument } from '../connectors/contract.ts';
import type { Signer } from '../insight/packet/seal.ts';
import type { Instant } from '../model/time.ts';
import type { PipelineContext } from '../pipeline/context.ts';
import { type ConnectedSystem, erpDocumentsOf, type Hub, type RunningHub } from '../pipeline/hub.ts';
import { hintPull } from '../pipeline/pull.ts';
import type { Store } from '../store/database.ts';

export type ApiHub = {
  readonly context: PipelineContext;
  readonly store: Store;
  readonly now: () => Instant;
  /** Something came in: the stations look now. */
  readonly nudge: () => void;
  readonly hasErp: boolean;
  readonly systems: readonly ConnectedSystem[];
  /** What the ERP itself holds of ours. Rejects while it cannot be read. */
  readonly erpDocuments: () => Promise<readonly StoredDocument[]>;
  /** What the ERP must know to tell us of changes; none: it cannot. */
  readonly hookToken?: string;
  /** Records of this model changed in the ERP. False: nothing of it is read. */
  readonly changedInErp: (model: string) => Promise<boolean>;
  /** The hub's own key; made when first asked for. */
  readonly signer: () => Promise<Signer>;
};

type Behind = Pick<Hub, 'context'> &
  Partial<Pick<RunningHub, 'systems' | 'nudge'>> & {
    /** Where the hub's own key is kept; without it, one that ends with the process. */
    readonly dataDir?: string;
    readonly hookToken?: string;
  };

export function apiHubOf({ context, systems = [], nudge = () => {}, dataDir, hookToken }: Behind): ApiHub {
  const passing = dataDir === undefined ? passingSigner() : undefined;
  return {
    context,
    store: context.store,
    now: () => context.clock.now(),
    nudge,
    hasErp: systems.length > 0,
    systems,
    erpDocuments: () => erpDocumentsOf({ systems }),
    ...(hookToken === undefined ? {} : { hookToken }),
    changedInErp: async (model) => {
      const told = await Promise.all(
        systems.map(({ name, session }) => hintPull(context, { name, pull: session.pull }, model)),
      );
      return told.includes(true);
    },
    signer: async () => passing ?? (await ensureSigner(dataDir ?? '')),
  };
}
