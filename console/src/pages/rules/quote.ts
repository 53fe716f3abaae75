// A quotation as the hub gives it, and what it is asked by.
import type { components } from '../../api/types.ts';

export type Quote = components['schemas']['Quote'];
export type QuoteRequest = components['schemas']['QuoteRequest'];
