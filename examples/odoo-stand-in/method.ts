// A method that can be called.
import type { Environment, Values } from './environment.ts';

export type Method = {
  /** Called on the model itself, or on records by id. */
  readonly on: 'model' | 'records';
  /** In the order in which they may be given by position. */
  readonly parameters: readonly string[];
  readonly required?: readonly string[];
  readonly isRead?: boolean;
  readonly run: (env: Environment, model: string, ids: readonly number[], args: Values) => unknown;
};
