// The wizard that makes a draft credit note from a posted invoice.
import { type Environment, today, type Values } from './environment.ts';
import { userError } from './exception.ts';
import { createRecord, recordOf } from './records.ts';

const REFUND_OF: Readonly<Record<string, string>> = { out_invoice: 'out_refund', in_invoice: 'in_refund' };

/** An action that opens the credit note: `res_id`. */
export function reverseMoves(env: Environment, wizardIds: readonly number[]): Values {
  const wizards = wizardIds.map((id) => recordOf(env, 'account.move.reversal', id));
  const refundIds = wizards.flatMap((wizard) =>
    (wizard.move_ids as number[]).map((moveId) => refundOf(env, moveId, String(wizard.date || today(env)))),
  );
  const [refundId] = refundIds;
  if (refundId === undefined) throw userError('There is nothing to reverse.');
  return {
    name: 'Reverse Moves',
    type: 'ir.actions.act_window',
    res_model: 'account.move',
    view_mode: 'form',
    res_id: refundId,
    context: { default_move_type: recordOf(env, 'account.move', refundId).move_type },
  };
}

function refundOf(env: Environment, moveId: number, date: string): number {
  const move = recordOf(env, 'account.move', moveId);
  if (move.state !== 'posted') throw userError('To reverse a journal entry, it has to be posted first.');
  const lines = env.transaction.by('account.move.line', 'move_id', moveId).map((line) => {
    const { name, product_id, quantity, price_unit, tax_ids } = line;
    return [0, 0, { name, product_id, quantity, price_unit, tax_ids: [[6, 0, tax_ids]] }];
  });
  const { partner_id, currency_id, invoice_origin } = move;
  const refund = createRecord(env, 'account.move', {
    move_type: REFUND_OF[String(move.move_type)] ?? 'entry',
    partner_id,
    currency_id,
    invoice_origin,
    invoice_date: date,
    ref: `Reversal of: ${String(move.name)}`,
    reversed_entry_id: moveId,
    invoice_line_ids: lines,
  });
  return refund.id;
}
