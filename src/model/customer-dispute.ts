// What a customer objects to on an invoice of ours: how it may end, and what may be sent along.

/** How it ended: we agree, agree in part, or do not; or the customer takes it back. */
export const DISPUTE_VERDICTS = ['accepted', 'partly-accepted', 'declined', 'withdrawn'] as const;
export type DisputeVerdict = (typeof DISPUTE_VERDICTS)[number];

/** A file that came with a comment, once it was looked at (domain/service/attached-file.ts). */
export type AttachedFile = {
  readonly name: string;
  /** What its bytes say it is; never what its sender says. */
  readonly mediaType: string;
  readonly content: Uint8Array;
};
