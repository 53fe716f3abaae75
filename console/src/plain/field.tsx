// Fields of a form, each with its label.
import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

type FieldProps = {
  readonly label: string;
  readonly className?: string | undefined;
  readonly icon?: ReactNode;
  /** At its right end. */
  readonly mark?: ReactNode;
};

type TextProps = FieldProps & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>;

export function TextField({ label, className, icon, mark, ...rest }: TextProps) {
  const id = useId();
  return (
    <Field {...{ label, className, icon, mark, id }}>
      <input id={id} className="field-input" {...rest} />
    </Field>
  );
}

export type Choice = { readonly value: string; readonly label: string };

type SelectProps = FieldProps & {
  readonly value: string;
  readonly among: readonly (string | Choice)[];
  readonly onChange: (value: string) => void;
};

/** One of a few. */
export function SelectField({ label, className, icon, value, among, onChange }: SelectProps) {
  const id = useId();
  return (
    <Field {...{ label, className, icon, id }} mark={<Chevrons />}>
      <select
        id={id}
        className="field-input"
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {among
          .map((each) => (typeof each === 'string' ? { value: each, label: each } : each))
          .map((each) => (
            <option key={each.value} value={each.value}>
              {each.label}
            </option>
          ))}
      </select>
    </Field>
  );
}

function Field({ label, className = '', icon, mark, id, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className={`field ${className}`}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div
        className="field-frame"
        data-icon={icon !== undefined || undefined}
        data-mark={mark !== undefined || undefined}
      >
        {icon !== undefined && <div className="field-icon">{icon}</div>}
        {children}
        {mark !== undefined && <div className="field-mark">{mark}</div>}
      </div>
    </div>
  );
}

function Chevrons() {
  return (
    <svg viewBox="0 0 15 15" width={18} height={18} fill="none" className="field-chevrons" aria-hidden>
      <path d="M5.25 5.75 7.5 3.5l2.25 2.25M5.25 9.25 7.5 11.5l2.25-2.25" />
    </svg>
  );
}
