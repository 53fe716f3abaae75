// Which transaction sets are understood, and by whom.

import { faultAt, type X12Transaction } from '../../formats/x12/index.ts';
import { meaningOfLoadTender } from './204.ts';
import { meaningOfFreightInvoice } from './210.ts';
import { meaningOfShipmentStatus } from './214.ts';
import { meaningOfRemittance } from './820.ts';
import { meaningOfPurchaseOrder } from './850.ts';
import { meaningOfShippingOrder } from './940.ts';
import { meaningOfTenderResponse } from './990.ts';
import { meaningOfAcknowledgement } from './acknowledgements.ts';
import type { Meaning, X12Context } from './meaning.ts';
import { meaningOfShipNotice, meaningOfShippingAdvice } from './packed.ts';

type Translator = (transaction: X12Transaction, context: X12Context) => Meaning;

const TRANSLATORS: ReadonlyMap<string, Translator> = new Map([
  ['204', meaningOfLoadTender],
  ['210', meaningOfFreightInvoice],
  ['214', meaningOfShipmentStatus],
  ['820', meaningOfRemittance],
  ['850', meaningOfPurchaseOrder],
  ['856', meaningOfShipNotice],
  ['940', meaningOfShippingOrder],
  ['945', meaningOfShippingAdvice],
  ['990', meaningOfTenderResponse],
  ['997', meaningOfAcknowledgement],
  ['999', meaningOfAcknowledgement],
]);

export function meaningOf(transaction: X12Transaction, context: X12Context): Meaning {
  const translator = TRANSLATORS.get(transaction.code);
  if (translator !== undefined) return translator(transaction, context);
  const place = { segment: 'ST', offset: transaction.start, segmentIndex: 1, element: 1 };
  return { said: [], faults: [faultAt('transaction-not-supported', place, { found: transaction.code })] };
}
