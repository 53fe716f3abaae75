// The search of a list. `/` comes here from anywhere; what is typed is asked for when one pauses.
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { TextField } from '../plain/field.tsx';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
  readonly placeholder?: string;
};

const PAUSE_MS = 250;

export function SearchBox({ label, value, onChange, placeholder }: Props) {
  const [text, setText] = useState(value);
  const pause = useRef(0);
  // Back and forward change the address without a key being pressed.
  useEffect(() => setText((typed) => (typed.trim() === value ? typed : value)), [value]);
  useEffect(() => () => clearTimeout(pause.current), []);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  const type = (typed: string) => {
    setText(typed);
    clearTimeout(pause.current);
    pause.current = window.setTimeout(() => latest.current(typed.trim() || undefined), PAUSE_MS);
  };
  return (
    <TextField
      type="search"
      label={label}
      placeholder={placeholder}
      icon={<IconSearch size={16} aria-hidden />}
      mark={
        text === '' ? (
          <kbd className="key" aria-hidden>
            /
          </kbd>
        ) : undefined
      }
      value={text}
      maxLength={200}
      className="grow"
      onChange={({ currentTarget }) => type(currentTarget.value)}
    />
  );
}
