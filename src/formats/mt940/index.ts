// The door of the MT940 reader: other floors import from here.

export type {
  Mt940Balance,
  Mt940Direction,
  Mt940Information,
  Mt940Line,
  Mt940Statement,
  ReadMt940,
} from './document.ts';
export { readMt940 } from './read.ts';
