// A customer's dispute as the API answers it: the customer sees of what we write the words and not who wrote them.
import { Type } from 'typebox';
import { withCustomerName } from '../insight/partner-names.ts';
import { DISPUTE_VERDICTS } from '../model/customer-dispute.ts';
import { Identifier, InstantText } from '../model/text.ts';
import {
  type CustomerDisputeView,
  commentsOf,
  type DisputeComment,
  listCustomerDisputes,
} from '../store/read/customer-disputes.ts';
import { foundOr404 } from './app.ts';
import type { ApiHub } from './hub.ts';
import { RowId } from './schemas.ts';

const optional = Type.Optional;

const dispute = {
  id: RowId,
  invoice: Identifier,
  erpNumber: optional(Type.String()),
  customer: Identifier,
  customerName: optional(Type.String()),
  shipment: optional(Type.String({ description: 'With `code`: that line; without: the whole invoice' })),
  code: optional(Type.String()),
  currency: Type.String(),
  amount: Type.String({ description: 'Of the line before tax, or of the whole invoice' }),
  reason: Type.String(),
  state: Type.Enum(['open', 'closed']),
  openedAt: InstantText,
  byCustomer: Type.Boolean({ description: 'The customer itself opened it' }),
  comments: Type.Integer(),
  saidAt: Type.String({ format: 'date-time', description: 'When the last word was said' }),
  waitsFor: optional(Type.Enum(['us', 'customer'], { description: 'While it is open: whoever did not speak last' })),
  closedAt: optional(InstantText),
  verdict: optional(Type.Enum(DISPUTE_VERDICTS)),
  outcome: optional(Type.String({ description: 'Why it ended so' })),
};
export const Dispute = Type.Object(dispute, { title: 'CustomerDisputeOnLine' });
const Comment = Type.Object({
  id: RowId,
  at: InstantText,
  from: Type.Enum(['customer', 'us']),
  by: optional(Type.String({ description: 'Who of us wrote it: for our own people' })),
  text: Type.String(),
  file: optional(Type.Object({ name: Type.String(), mediaType: Type.String(), bytes: Type.Integer() })),
});
export const DisputeDetail = Type.Object(
  { ...dispute, thread: Type.Array(Comment) },
  { title: 'CustomerDisputeDetail' },
);

type Reader = Pick<ApiHub, 'store' | 'context'>;

/** `customer` given: only if it is that customer's. */
export async function detailOf(reader: Reader, id: string, customer: string | undefined) {
  const { store } = reader;
  const found = await listCustomerDisputes(store, store.tenant, { id, customer }, { limit: 1 });
  const [detail] = await withThreads(reader, found, customer !== undefined);
  return foundOr404(detail, `there is no dispute ${id} to be seen`);
}

/** With all that was said. */
export async function withThreads(
  { store, context }: Reader,
  disputes: readonly CustomerDisputeView[],
  forCustomer: boolean,
) {
  const ids = disputes.map(({ id }) => id);
  const threads = Map.groupBy(await commentsOf(store, store.tenant, ids), (comment) => comment.dispute);
  const rules = await context.rules.current(store);
  return disputes.map((each) => ({
    ...withCustomerName(rules, each),
    thread: (threads.get(each.id) ?? []).map((comment) => commentView(comment, forCustomer)),
  }));
}

function commentView({ dispute: _, fromCustomer, author, ...comment }: DisputeComment, forCustomer: boolean) {
  return {
    ...comment,
    from: fromCustomer ? 'customer' : 'us',
    ...(forCustomer && !fromCustomer ? {} : { by: author }),
  };
}
