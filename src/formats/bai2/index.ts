// The door of the BAI2 reader: other floors import from here.

export type { Bai2Account, Bai2File, Bai2Group, Bai2Read, Bai2Transaction } from './document.ts';
export { readBai2 } from './read.ts';
