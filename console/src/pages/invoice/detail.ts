// The document as the hub tells it: what every part of its page is made of.
import type { components } from '../../api/types.ts';

export type Invoice = components['schemas']['InvoiceDetail'];
