// A carrier's invoice comes in: kept as it is, and marked to be judged. Judging is pipeline/audit.ts.
import { decimal } from '../../model/decimal.ts';
import { toMinor } from '../../model/money.ts';
import { namesBilled } from '../../partners/event-names.ts';
import type { NewCarrierInvoice } from '../../store/carrier-invoices.ts';
import type { WorkedMessage } from '../translate.ts';

export function carrierInvoicesIn(worked: readonly WorkedMessage[]): NewCarrierInvoice[] {
  return worked.flatMap(({ arrivals }) =>
    arrivals.flatMap(({ eventId, message, translated: { event } }) => {
      if (event.type !== 'carrier.invoice') return [];
      const { lines, ...head } = event.data;
      const kept = lines.map(({ code, amount, ...named }) => {
        return { code, names: namesBilled(named), amountMinor: toMinor(decimal(amount), head.currency) };
      });
      return [{ ...head, id: eventId, messageId: message.id, lines: kept }];
    }),
  );
}
