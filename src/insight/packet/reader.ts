// Who a packet is made for, and so what of it they may see.

export type Reader = {
  /** A customer: only what is this customer's. */
  readonly customer?: string;
  /** Whose raw messages may be in it: everybody's, nobody's, or those of one partner. */
  readonly messages: 'all' | 'none' | { readonly partner: string };
};

/** How a customer is told of what one of ours entered by hand. */
export const OUR_DESK = 'our desk';

export const EVERYTHING: Reader = { messages: 'all' };

export function mayReadBytes({ messages }: Reader, partner: string): boolean {
  return messages === 'all' || (messages !== 'none' && messages.partner === partner);
}
