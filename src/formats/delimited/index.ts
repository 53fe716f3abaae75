// The door of the reader of delimited files: other floors import from here.

export {
  type DelimitedFault,
  type DelimitedForm,
  type DelimitedRead,
  type DelimitedRow,
  readDelimited,
} from './read.ts';
