// X12 segment by segment. What an element is for is told when the pointer or the keyboard comes to it; what is wrong is marked
// at its byte.
import { Text, Tooltip } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Problem } from './body.tsx';
import type { View } from './message.tsx';

type Segment = View['segments'][number];
type Element = Segment['elements'][number];

type Props = {
  readonly segments: readonly Segment[];
  readonly problems: readonly Problem[];
  readonly place: number | undefined;
};

export function Segments({ segments, problems, place }: Props) {
  const meant = segmentAt(segments, place ?? problems.find(({ offset }) => offset !== undefined)?.offset);
  const asked = segmentAt(segments, place);
  return (
    <ol className="segments">
      {segments.map((segment) => (
        <SegmentLine
          key={segment.offset}
          segment={segment}
          problems={problems.filter(({ offset }) => segmentAt(segments, offset) === segment)}
          isMeant={segment === meant}
          isAsked={segment === asked}
        />
      ))}
    </ol>
  );
}

type LineProps = {
  readonly segment: Segment;
  readonly problems: readonly Problem[];
  readonly isMeant: boolean;
  readonly isAsked: boolean;
};

function SegmentLine({ segment, problems, isMeant, isAsked }: LineProps) {
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isAsked) line.current?.scrollIntoView({ block: 'center' });
  }, [isAsked]);
  const state = problems.length > 0 ? 'wrong' : isMeant ? 'meant' : undefined;
  return (
    <li ref={line} className={state} id={`byte-${segment.offset}`}>
      <Text span size="xs" c="dimmed" className="offset" aria-label={`byte ${segment.offset}`}>
        {segment.offset}
      </Text>
      <span className="mono">
        <Tooltip label={segment.title ?? 'Not read by us'} withArrow events={SEEN}>
          <button type="button" className="element name">
            {segment.id}
          </button>
        </Tooltip>
        {segment.elements.map((element, index) => (
          <ElementPart
            key={element.offset}
            element={element}
            position={`${segment.id}${String(index + 1).padStart(2, '0')}`}
            isWrong={problems.some(({ offset }) => offset === element.offset)}
          />
        ))}
      </span>
      {problems.map(({ detail }) => (
        <Text key={detail} size="sm" className="reason">
          {detail}
        </Text>
      ))}
    </li>
  );
}

const SEEN = { hover: true, focus: true, touch: true };

type ElementProps = { readonly element: Element; readonly position: string; readonly isWrong: boolean };

function ElementPart({ element: { text, name, meaning, offset }, position, isWrong }: ElementProps) {
  const says = [position, name, meaning === undefined ? undefined : `means: ${meaning}`, `byte ${offset}`];
  return (
    <>
      <span className="separator" aria-hidden>
        *
      </span>
      {(text !== '' || isWrong) && (
        <Tooltip
          label={says.filter((part) => part !== undefined).join(' · ')}
          withArrow
          multiline
          maw={320}
          events={SEEN}
        >
          <button
            type="button"
            className={isWrong ? 'element wrong' : 'element'}
            aria-label={`${name ?? position}: ${text}`}
          >
            {text === '' ? '␣' : text}
          </button>
        </Tooltip>
      )}
    </>
  );
}

// What is missing at the end of a message is shown where it ends.
function segmentAt(segments: readonly Segment[], place: number | undefined): Segment | undefined {
  return place === undefined ? undefined : segments.findLast(({ offset }) => offset <= place);
}
