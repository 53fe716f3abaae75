// Who did what. The chain is kept in the store, because every floor above it writes acts; access reads and checks it.
export { type Act, type AuditVerdict, canonicalJson, recordAct, verifyAudit } from '../store/audit-trail.ts';
