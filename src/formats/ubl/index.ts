// The door of the UBL reader: other floors import from here.

export type { UblCharge, UblDocument, UblKind, UblLine, UblParty, UblReference } from './document.ts';
export { readUbl, type UblFault, type UblRead } from './read.ts';
