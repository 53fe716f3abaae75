// On or off, as one of several filters in a row.
import { type ReactNode, useId } from 'react';

type Props = {
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
  readonly children: ReactNode;
};

export function Chip({ checked, onChange, children }: Props) {
  const id = useId();
  return (
    <div>
      <input
        id={id}
        className="chip-input"
        type="checkbox"
        checked={checked}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <label htmlFor={id} className="chip" data-checked={checked || undefined}>
        {checked && (
          <svg viewBox="0 0 10 7" width={12} height={12} fill="none" aria-hidden className="chip-mark">
            <path
              d="M4 4.586L1.707 2.293A1 1 0 1 0 .293 3.707l3 3a.997.997 0 0 0 1.414 0l5-5A1 1 0 1 0 8.293.293L4 4.586z"
              fill="currentColor"
            />
          </svg>
        )}
        <span>{children}</span>
      </label>
    </div>
  );
}
