// What the hub says of the whole: what every part of the page is made of.
import type { components } from '../../api/types.ts';

export type Overview = components['schemas']['Overview'];
