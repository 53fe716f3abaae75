// How the stand-in describes a model and its fields.

export type FieldType =
  | 'char'
  | 'text'
  | 'boolean'
  | 'integer'
  | 'float'
  | 'monetary'
  | 'date'
  | 'datetime'
  | 'selection'
  | 'binary'
  | 'many2one'
  | 'one2many'
  | 'many2many';

export type Field = {
  readonly type: FieldType;
  readonly label?: string;
  readonly relation?: string;
  /** On a one2many: the field of the other model that points back. It is never stored on this side. */
  readonly inverse?: string;
  readonly options?: readonly string[];
};

export type Model = {
  readonly label: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** Closed to the API user, as for anyone who is no administrator. */
  readonly closed?: boolean;
  /** Theirs to read and no more. */
  readonly readOnly?: boolean;
};
