// A message as people read it: X12 and EDIFACT segment by segment with what each element is for, everything else as text; and beside it
// the canonical events that it gave, each with the place that says it.
import { type EdifactSegment, layOutEdifact } from '../formats/edifact/index.ts';
import { type LaidOutSegment, layOutX12, looksLikeX12 } from '../formats/x12/index.ts';
import { meaningInEdifact } from '../partners/edifact/code-meanings.ts';
import { isPersonalInEdifact, namesOfEdifact } from '../partners/edifact/segment-names.ts';
import { meaningOfCode } from '../partners/x12/code-meanings.ts';
import { isPersonal, namesOfSegment } from '../partners/x12/element-names.ts';
import type { Store } from '../store/database.ts';
import { type EventView, eventsOfMessage } from '../store/read/events.ts';
import { readMessageBody } from '../store/read/messages.ts';
import { MASK, withoutPersonalData } from './personal-data.ts';

export type ElementView = {
  /** Byte position in the message. */
  readonly offset: number;
  readonly text: string;
  readonly name?: string;
  /** Of EDIFACT: which element of the segment and which component of that element it is, both from 1. */
  readonly position?: { readonly element: number; readonly component: number };
  /** What its code means to us. */
  readonly meaning?: string;
};
export type SegmentView = {
  readonly offset: number;
  readonly end: number;
  readonly id: string;
  readonly title?: string;
  readonly elements: readonly ElementView[];
};
export type EventOfMessage = Pick<EventView, 'id' | 'type' | 'shipment' | 'data'> & {
  /** Byte position of the segment that says it. */
  readonly offset?: number;
};
export type MessageView = {
  readonly form: 'segments' | 'json' | 'xml' | 'text' | 'binary';
  readonly segments: readonly SegmentView[];
  /** Between elements, and between components of one. */
  readonly separators?: { readonly element: string; readonly component: string };
  /** Empty for segments and what is no text. */
  readonly text: string;
  /** Only the beginning is here. */
  readonly more: boolean;
  readonly isMasked: boolean;
  readonly events: readonly EventOfMessage[];
};

const MOST_SEGMENTS = 3_000;
const MOST_BYTES = 300_000;
const MOST_EVENTS = 500;

export type ViewOptions = {
  /** Only if it came from that partner. */
  readonly partner?: string;
  /** What names or reaches a person is shown. */
  readonly showsPersonalData: boolean;
};

/** `undefined`: there is no such message, or it is another partner's. */
export async function viewMessage(
  store: Store,
  id: string,
  { partner, showsPersonalData }: ViewOptions,
): Promise<MessageView | undefined> {
  const found = await readMessageBody(store, store.tenant, id, partner);
  if (found === undefined) return undefined;
  const events = await eventsOfMessage(store, store.tenant, id, MOST_EVENTS);
  const isMasked = !showsPersonalData;
  return { ...bodyView(found.body, isMasked), isMasked, events: events.map((event) => eventView(event, isMasked)) };
}

type BodyView = Pick<MessageView, 'form' | 'segments' | 'separators' | 'text' | 'more'>;

function bodyView(body: Uint8Array, isMasked: boolean): BodyView {
  const layout = looksLikeX12(body) ? layOutX12(body, MOST_SEGMENTS) : undefined;
  if (layout !== undefined) {
    const segments = layout.segments.map((segment) => segmentView(segment, isMasked));
    const { element, component } = layout.delimiters;
    return { form: 'segments', segments, separators: { element, component }, text: '', more: layout.more };
  }
  const edifact = layOutEdifact(body, MOST_SEGMENTS);
  if (edifact !== undefined) {
    const segments = edifact.segments.map((segment) => edifactView(segment, isMasked));
    const { element, component } = edifact.delimiters;
    return { form: 'segments', segments, separators: { element, component }, text: '', more: edifact.more };
  }
  const more = body.length > MOST_BYTES;
  if (body.subarray(0, MOST_BYTES).includes(0)) return { form: 'binary', segments: [], text: '', more };
  const decoded = new TextDecoder().decode(body.subarray(0, MOST_BYTES));
  const text = isMasked ? withoutPersonalData(decoded) : decoded;
  return { form: formOf(decoded), segments: [], text, more };
}

function formOf(text: string): 'json' | 'xml' | 'text' {
  const first = text.trimStart()[0];
  if (first === '{' || first === '[') return 'json';
  return first === '<' ? 'xml' : 'text';
}

function segmentView({ id, offset, end, elements }: LaidOutSegment, isMasked: boolean): SegmentView {
  const names = namesOfSegment(id);
  return {
    offset,
    end,
    id,
    ...(names === undefined ? {} : { title: names.title }),
    elements: elements.map((element, index) => {
      const name = names?.elements[index];
      const meaning = meaningOfCode(id, index + 1, element.text.trim());
      return {
        offset: element.offset,
        text: isMasked ? maskedElement(id, index + 1, element.text) : element.text,
        ...(name === undefined ? {} : { name }),
        ...(meaning === undefined ? {} : { meaning }),
      };
    }),
  };
}

function edifactView({ id, offset, end, elements }: EdifactSegment, isMasked: boolean): SegmentView {
  const names = namesOfEdifact(id);
  return {
    offset,
    end,
    id,
    ...(names === undefined ? {} : { title: names.title }),
    elements: elements.flatMap((components, at) =>
      components.map((part, partAt) => {
        const position = { element: at + 1, component: partAt + 1 };
        const name = names?.nameOf(position.element, position.component);
        const meaning = meaningInEdifact(id, position.element, position.component, part.text);
        const isPerson = isPersonalInEdifact(id, position.element) && part.text !== '';
        return {
          offset: part.offset,
          text: isMasked ? (isPerson ? MASK : withoutPersonalData(part.text)) : part.text,
          position,
          ...(name === undefined ? {} : { name }),
          ...(meaning === undefined ? {} : { meaning }),
        };
      }),
    ),
  };
}

function maskedElement(segment: string, element: number, text: string): string {
  return isPersonal(segment, element) && text !== '' ? MASK : withoutPersonalData(text);
}

// The key of what an interchange says ends with the byte position of the segment that says it.
function eventView({ id, type, shipment, key, data }: EventView, isMasked: boolean): EventOfMessage {
  const offset = /^[^/]+\/[^/]+\/[^/]+\/(\d+)/.exec(key)?.[1];
  return {
    id,
    type,
    ...(shipment === undefined ? {} : { shipment }),
    data: isMasked ? JSON.parse(withoutPersonalData(JSON.stringify(data))) : data,
    ...(offset === undefined ? {} : { offset: Number(offset) }),
  };
}
