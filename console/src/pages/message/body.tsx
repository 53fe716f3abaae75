// The message itself: X12 and EDIFACT by their segments, JSON and XML laid out, everything else line by line.
import { Text } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { Section } from '../../shared/section.tsx';
import type { Problem, View } from './detail.ts';
import { Segments } from './segments.tsx';

type Props = {
  readonly view: View;
  readonly problems: readonly Problem[];
  /** The byte that somebody wants to see. */
  readonly place: number | undefined;
};

export function Body({ view, problems, place }: Props) {
  return (
    <Section title="The message" id="message">
      {view.isMasked && (
        <Text size="sm" c="dimmed" mb="xs">
          Names, numbers and addresses of persons are shown as •••.
        </Text>
      )}
      {view.form === 'segments' && (
        <Segments segments={view.segments} separators={view.separators} problems={problems} place={place} />
      )}
      {view.form === 'binary' && <Text c="dimmed">This is no text. Load the bytes to look at them.</Text>}
      {view.form !== 'segments' && view.form !== 'binary' && <Lines view={view} problems={problems} place={place} />}
      {view.more && (
        <Text size="sm" c="dimmed" mt="xs">
          Only the beginning is shown. The bytes are whole.
        </Text>
      )}
    </Section>
  );
}

function Lines({ view: { form, text }, problems, place }: Props) {
  const lines = useMemo(() => (form === 'json' ? prettyJson(text) : text).split(/\r?\n/), [form, text]);
  // Positions hold only where the text is as it came.
  const marked = form === 'json' && lines.length > text.split('\n').length ? undefined : lineOf(text, place);
  const wrong = new Set(problems.map(({ offset }) => lineOf(text, offset)));
  const shown = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (marked !== undefined) shown.current?.scrollIntoView({ block: 'center' });
  }, [marked]);
  return (
    <pre className="mono bytes lines">
      {lines.map((line, index) => {
        const state = index === marked || wrong.has(index) ? 'wrong' : undefined;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
          <span key={index} className={state} ref={index === marked ? shown : undefined}>
            {line}
            {'\n'}
          </span>
        );
      })}
    </pre>
  );
}

function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

function lineOf(text: string, offset: number | undefined): number | undefined {
  if (offset === undefined) return undefined;
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, offset)).split('\n').length - 1;
}
