// What the ERP holds, as a person who looks into it would list it.
import type { ModelCall } from './doors.ts';

export type HeldDocument = {
  readonly id: number;
  readonly externalId: string;
  readonly moveType: string;
  /** `false` while a draft. */
  readonly name: string | false;
  readonly state: 'draft' | 'posted' | 'cancel';
  readonly currency: string;
  readonly untaxed: number;
  readonly tax: number;
  readonly total: number;
  readonly residual: number;
  readonly paymentState: string;
  readonly reference: string | false;
  readonly date: string | false;
  readonly reverses: number | false;
  readonly lines: readonly { readonly description: string; readonly amount: number }[];
  readonly attachments: number;
};

type Shown = Readonly<Record<string, unknown>> & { readonly id: number };

/** Every invoice, credit note and bill, in the order in which they were made. */
export function heldDocuments(act: (call: ModelCall) => unknown): HeldDocument[] {
  const list = (model: string, domain: unknown[]): Shown[] =>
    act({ model, method: 'search_read', ids: [], args: { domain, order: 'id asc' }, context: {} }) as Shown[];
  const moves = list('account.move', []);
  const ids = moves.map(({ id }) => id);
  const names = act({ model: 'account.move', method: 'get_external_id', ids, args: {}, context: {} });
  const linesOf = Map.groupBy(list('account.move.line', []), ({ move_id }) => idIn(move_id));
  const attachmentsOf = Map.groupBy(
    list('ir.attachment', [['res_model', '=', 'account.move']]),
    ({ res_id }) => res_id,
  );
  return moves.map((move) => ({
    id: move.id,
    externalId: (names as Record<string, string>)[move.id] ?? '',
    moveType: String(move.move_type),
    name: move.name as string | false,
    state: move.state as HeldDocument['state'],
    currency: (move.currency_id as [number, string])[1],
    untaxed: move.amount_untaxed as number,
    tax: move.amount_tax as number,
    total: move.amount_total as number,
    residual: move.amount_residual as number,
    paymentState: String(move.payment_state),
    reference: move.ref as string | false,
    date: move.date as string | false,
    reverses: idIn(move.reversed_entry_id) ?? false,
    lines: (linesOf.get(move.id) ?? []).map(({ name, price_subtotal }) => ({
      description: String(name),
      amount: price_subtotal as number,
    })),
    attachments: attachmentsOf.get(move.id)?.length ?? 0,
  }));
}

function idIn(many2one: unknown): number | undefined {
  return Array.isArray(many2one) ? (many2one[0] as number) : undefined;
}
