// One of a few, or any: a state, a kind.
import { SelectField } from '../plain/field.tsx';

type Props = {
  readonly label: string;
  readonly value: string | undefined;
  readonly among: readonly string[];
  readonly onChange: (value: string | undefined) => void;
};

export function StateFilter({ label, value, among, onChange }: Props) {
  return (
    <SelectField
      label={label}
      value={value ?? ''}
      onChange={(chosen) => onChange(chosen === '' ? undefined : chosen)}
      among={[{ value: '', label: 'any' }, ...among.map((each) => ({ value: each, label: each.replaceAll('-', ' ') }))]}
    />
  );
}
