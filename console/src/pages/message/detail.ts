// The message as the hub tells it: what every part of its page is made of.
import type { components } from '../../api/types.ts';

export type Message = components['schemas']['MessageDetail'];
export type Problem = NonNullable<Message['problems']>[number];
/** Its content, as people read it. */
export type View = components['schemas']['MessageView'];
