// Odoo's exceptions: the Python class's name is what clients go by, the status exists on JSON-2 only.

const STATUS_BY_NAME: Readonly<Record<string, number>> = {
  'odoo.exceptions.AccessError': 403,
  'odoo.exceptions.MissingError': 404,
  'odoo.exceptions.UserError': 422,
  'odoo.exceptions.ValidationError': 422,
  'werkzeug.exceptions.BadRequest': 400,
  'werkzeug.exceptions.NotFound': 404,
  'werkzeug.exceptions.Unauthorized': 401,
  'werkzeug.exceptions.UnprocessableEntity': 422,
};

export class OdooException extends Error {
  readonly pythonName: string;
  readonly args: readonly unknown[];

  constructor(pythonName: string, message: string, ...more: readonly unknown[]) {
    super(message);
    this.pythonName = pythonName;
    this.args = [message, ...more];
  }

  /** What JSON-2 answers with: an exception it has no status for is a 500. */
  get status(): number {
    return STATUS_BY_NAME[this.pythonName] ?? 500;
  }

  /** The body of a JSON-2 error, and `error.data` on JSON-RPC. */
  toBody(): Record<string, unknown> {
    return {
      name: this.pythonName,
      message: this.message,
      arguments: this.args,
      context: {},
      debug: `Traceback (most recent call last):\n  [stand-in]\n${this.pythonName}: ${this.message}\n`,
    };
  }
}

export const userError = (message: string) => new OdooException('odoo.exceptions.UserError', message);
export const validationError = (message: string) => new OdooException('odoo.exceptions.ValidationError', message);
export const valueError = (message: string) => new OdooException('builtins.ValueError', message);
export const accessError = (message: string) => new OdooException('odoo.exceptions.AccessError', message);

export function missingError(model: string, id: number, uid: number): OdooException {
  const message = `Record does not exist or has been deleted.\n(Record: ${model}(${id},), User: ${uid})`;
  return new OdooException('odoo.exceptions.MissingError', message);
}

/** Whatever a call stumbles over, Odoo answers with it: here, arguments of a shape that nothing expects. */
export function asException(error: unknown): OdooException {
  return error instanceof OdooException ? error : new OdooException('builtins.TypeError', String(error));
}
