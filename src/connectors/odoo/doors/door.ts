// The one way in which the rest of the connector speaks to an Odoo, whichever door it has.

/** A call: on records (`ids`) or on the model itself; arguments by name. */
export type Call = {
  readonly model: string;
  readonly method: string;
  readonly ids?: readonly number[];
  readonly args?: Readonly<Record<string, unknown>>;
  readonly context?: Readonly<Record<string, unknown>>;
};

/** Resolves with what the method returned; throws `OdooError`. One call is one transaction in Odoo. */
export type Door = (call: Call) => Promise<unknown>;
