// X12 and EDIFACT segment by segment. What an element is for is told when the pointer or the keyboard comes to it; what is wrong is marked
// at its byte.
import { Text, Tooltip } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Problem, View } from './detail.ts';

type Segment = View['segments'][number];
type Element = Segment['elements'][number];

type Props = {
  readonly segments: readonly Segment[];
  readonly separators: View['separators'];
  readonly problems: readonly Problem[];
  readonly place: number | undefined;
};

export function Segments({ segments, separators, problems, place }: Props) {
  const meant = segmentAt(segments, place ?? problems.find(({ offset }) => offset !== undefined)?.offset);
  const asked = segmentAt(segments, place);
  return (
    <ol className="segments">
      {segments.map((segment) => (
        <SegmentLine
          key={segment.offset}
          segment={segment}
          separators={separators}
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
  readonly separators: View['separators'];
  readonly problems: readonly Problem[];
  readonly isMeant: boolean;
  readonly isAsked: boolean;
};

function SegmentLine({ segment, separators, problems, isMeant, isAsked }: LineProps) {
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
            position={positionOf(segment, index)}
            separator={separatorBefore(element, separators)}
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

// X12 numbers elements, EDIFACT components of elements too: AT701, NAD03.2.
function positionOf({ id, elements }: Segment, index: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const position = elements[index]?.position;
  if (position === undefined) return `${id}${two(index + 1)}`;
  const isAlone = elements.every(
    (each) => each.position?.element !== position.element || each.position.component === 1,
  );
  return `${id}${two(position.element)}${isAlone ? '' : `.${position.component}`}`;
}

function separatorBefore({ position }: Element, separators: View['separators']): string {
  if (separators === undefined) return '*';
  return position !== undefined && position.component > 1 ? separators.component : separators.element;
}

const SEEN = { hover: true, focus: true, touch: true };

type ElementProps = {
  readonly element: Element;
  readonly position: string;
  /** What stands before it. */
  readonly separator: string;
  readonly isWrong: boolean;
};

function ElementPart({ element: { text, name, meaning, offset }, position, separator, isWrong }: ElementProps) {
  const says = [position, name, meaning === undefined ? undefined : `means: ${meaning}`, `byte ${offset}`];
  return (
    <>
      <span className="separator" aria-hidden>
        {separator}
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
