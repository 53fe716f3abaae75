// One of a few, or any: a state, a kind.
import { NativeSelect } from '@mantine/core';

type Props = {
  readonly label: string;
  readonly value: string | undefined;
  readonly among: readonly string[];
  readonly onChange: (value: string | undefined) => void;
};

export function StateFilter({ label, value, among, onChange }: Props) {
  return (
    <NativeSelect
      label={label}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
      data={[{ value: '', label: 'any' }, ...among.map((each) => ({ value: each, label: each.replaceAll('-', ' ') }))]}
    />
  );
}
