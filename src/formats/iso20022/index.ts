// The door of the ISO 20022 reader: other floors import from here.

export type {
  Balance,
  BankAmount,
  BankEntry,
  BankFile,
  BankMessageKind,
  BankParty,
  BankStatement,
  BankTransaction,
  Direction,
  ReadStatement,
  StructuredRemittance,
} from './document.ts';
export { type BankFileFault, type BankFileRead, readBankFile } from './read.ts';
