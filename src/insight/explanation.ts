// What an explanation says: one schema for the type, the API and the command line. `explanation/` has each kind.

import { type Static, Type } from 'typebox';
import { CarrierInvoiceExplanation, InvoiceExplanation } from './explanation/document.ts';
import { ExceptionExplanation } from './explanation/exception.ts';
import { EventExplanation, MessageExplanation, WaitingExplanation } from './explanation/message.ts';
import { DemandExplanation, OrderExplanation } from './explanation/order.ts';
import { PaymentExplanation } from './explanation/payment.ts';
import { ChargeExplanation, ShipmentExplanation } from './explanation/shipment.ts';

const text = Type.String();

/** More than one thing has this name. */
const ChoiceExplanation = Type.Object({
  about: Type.Literal('choice'),
  ref: text,
  choices: Type.Array(Type.Object({ ref: Type.String({ description: 'Ask again with this' }), is: text })),
});

export const Explanation = Type.Union(
  [
    ShipmentExplanation,
    ChargeExplanation,
    InvoiceExplanation,
    CarrierInvoiceExplanation,
    PaymentExplanation,
    OrderExplanation,
    DemandExplanation,
    MessageExplanation,
    EventExplanation,
    ExceptionExplanation,
    WaitingExplanation,
    ChoiceExplanation,
  ],
  { title: 'Explanation', description: '`about` says which' },
);
export type Explanation = Static<typeof Explanation>;
