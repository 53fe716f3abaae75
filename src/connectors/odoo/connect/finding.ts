// What a look at an Odoo brought up: one line each, for the operator.

export type Finding = {
  /** Which of the things looked at; in the order of looking. */
  readonly check: 'address' | 'version' | 'database' | 'login' | 'key' | 'company' | 'rights' | 'books' | 'mapping';
  /** `missing` must be mended before documents go through; `advice` need not. */
  readonly state: 'ok' | 'missing' | 'advice';
  readonly what: string;
  /** The address, database, user or record that it is about. */
  readonly where: string;
  readonly mend?: string;
};

/** "what: where: how to mend" */
export function findingLine({ what, where, mend }: Finding): string {
  return [what, where, ...(mend === undefined ? [] : [mend])].join(': ');
}

export const isWanting = ({ state }: Finding) => state === 'missing';
