// The door of delimited files, read and written: other floors import from here.

export {
  type DelimitedFault,
  type DelimitedForm,
  type DelimitedRead,
  type DelimitedRow,
  readDelimited,
} from './read.ts';
export { csvText } from './write.ts';
