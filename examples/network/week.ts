// What is sent when, and what all senders of the week share.

import type { Instant } from '../../src/model/time.ts';
import type { Chance } from './seeded.ts';

export type Step = { readonly at: Instant } & (
  | {
      readonly kind: 'message';
      readonly partner: string;
      readonly fileName?: string;
      readonly body: string;
      readonly via: 'http' | 'folder';
    }
  /** A customer objects to a line of an invoice, as from its own system. */
  | {
      readonly kind: 'dispute';
      readonly customer: string;
      readonly invoice: string;
      readonly line: { readonly shipment: string; readonly code: string };
      readonly reason: string;
      readonly file: { readonly name: string; readonly text: string };
      readonly say: string;
    }
  /** What the ERP does from here on. */
  | { readonly kind: 'erp'; readonly mode: 'up' | 'down' | 'slow' | 'timeout-after-commit'; readonly say: string }
);

export type Week = {
  /** The Monday it begins with, `YYYY-MM-DD`. */
  readonly firstDay: string;
  readonly chance: Chance;
  /** Interchange control numbers, counted over the whole network. */
  readonly control: () => number;
};

/** An X12 file as its sender posts it. */
export function x12File(partner: string, fileName: string, body: string, sentAt: Instant): Step {
  return { kind: 'message', at: sentAt, partner, fileName, body, via: 'http' };
}
