// The search of a list. `/` comes here from anywhere; what is typed is asked for when one pauses.
import { Kbd, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
  readonly placeholder?: string;
};

const PAUSE_MS = 250;

export function SearchBox({ label, value, onChange, placeholder }: Props) {
  const [text, setText] = useState(value);
  const ask = useDebouncedCallback((wanted: string) => onChange(wanted.trim() === '' ? undefined : wanted.trim()), {
    delay: PAUSE_MS,
  });
  // Back and forward change the address without a key being pressed.
  useEffect(() => setText((typed) => (typed.trim() === value ? typed : value)), [value]);
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={text === '' ? <Kbd aria-hidden>/</Kbd> : undefined}
      value={text}
      maxLength={200}
      className="grow"
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        ask(currentTarget.value);
      }}
    />
  );
}
