// What both sides said, in order: each word as text, each file to be saved.

import { Anchor, Text } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { actorText } from '../actor-name.tsx';
import { Time } from '../text.tsx';
import type { DisputeDetail } from './words.ts';
import './thread.css';

type Props = {
  readonly dispute: DisputeDetail;
  /** Which side reads it. */
  readonly reader: 'customer' | 'us';
};

export function Thread({ dispute: { id, customer, customerName = customer, thread }, reader }: Props) {
  const nameOf = (from: 'customer' | 'us', by: string | undefined) => {
    const person = by === undefined ? undefined : actorText(by);
    if (from === reader) return person === undefined ? 'You' : person;
    return from === 'us' ? 'We' : `${customerName}${person === undefined ? '' : `, ${person}`}`;
  };
  return (
    <ol className="thread" aria-label="What was said">
      {thread.map(({ id: comment, at, from, by, text, file }) => (
        <li key={comment} className={from === reader ? 'own' : undefined}>
          <Text size="sm" c="dimmed" component="div">
            <strong>{nameOf(from, by)}</strong> · <Time at={at} />
          </Text>
          <div className="words">{text}</div>
          {file !== undefined && (
            <Anchor href={`/v1/customer-disputes/${id}/files/${comment}`} download size="sm" underline="always">
              <IconPaperclip size={14} aria-hidden /> {file.name} ({sizeText(file.bytes)})
            </Anchor>
          )}
        </li>
      ))}
    </ol>
  );
}

function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
