// Arithmetic in words, a step a line.
import { List } from '@mantine/core';

export function Steps({ steps }: { readonly steps: readonly string[] }) {
  if (steps.length === 0) return null;
  return (
    <List type="ordered" size="sm" spacing={2} pb={4} className="breakable">
      {steps.map((step) => (
        <List.Item key={step}>{step}</List.Item>
      ))}
    </List>
  );
}
