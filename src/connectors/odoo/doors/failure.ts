// What can go wrong between us and an Odoo, before it is judged (`classify.ts` does that).

/** One complaint inside a `load` that Odoo answered with `ids: false`. */
export type LoadMessage = { readonly field?: string; readonly message: string };

export type OdooFailure =
  /** No connection was made, so nothing was asked. */
  | { readonly kind: 'not-reached'; readonly code: string }
  /** The question went out and no whole answer came back. */
  | { readonly kind: 'answer-lost'; readonly code: string }
  /** An answer that no Odoo gives. */
  | { readonly kind: 'garbage'; readonly status: number }
  /** A bare HTTP answer, without Odoo's own words: proxies, throttling, an unknown database on JSON-2. */
  | { readonly kind: 'http'; readonly status: number; readonly afterMs?: number }
  /** An exception inside Odoo, so its transaction was rolled back. `name` is the Python class. */
  | { readonly kind: 'fault'; readonly name: string; readonly message: string }
  /** `authenticate` said `false`: wrong user or key. */
  | { readonly kind: 'login-refused' }
  /** `load` took nothing. */
  | { readonly kind: 'load-refused'; readonly messages: readonly LoadMessage[] }
  /** The server is of a version, or so customised, that we do not know our way. */
  | { readonly kind: 'unfamiliar'; readonly message: string };

/** Carries a failure through the connector's own calls. Never holds the key, nor Odoo's server traceback. */
export class OdooError extends Error {
  readonly failure: OdooFailure;

  constructor(failure: OdooFailure) {
    super(describeFailure(failure));
    this.name = 'OdooError';
    this.failure = failure;
  }
}

export function describeFailure(failure: OdooFailure): string {
  switch (failure.kind) {
    case 'not-reached':
      return `Odoo could not be reached (${failure.code})`;
    case 'answer-lost':
      return `Odoo's answer was lost (${failure.code})`;
    case 'garbage':
      return `Odoo answered with something unreadable (HTTP ${failure.status})`;
    case 'http':
      return `HTTP ${failure.status} without an answer from Odoo`;
    case 'fault':
      return `${failure.name}: ${failure.message}`;
    case 'login-refused':
      return 'Odoo refused the user or key';
    case 'load-refused':
      return failure.messages.map(({ message }) => message).join('; ');
    case 'unfamiliar':
      return failure.message;
  }
}
