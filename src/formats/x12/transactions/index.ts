// The door of the typed views: one a transaction set.
export * from './204-load-tender.ts';
export * from './210-freight-invoice.ts';
export * from './214-shipment-status.ts';
export * from './820-remittance.ts';
export * from './850-purchase-order.ts';
export * from './856-ship-notice.ts';
export * from './940-shipping-order.ts';
export * from './945-shipping-advice.ts';
export * from './990-tender-response.ts';
export * from './acknowledgement.ts';
export {
  elementFault,
  type MomentView,
  missingSegment,
  type PartyView,
  type PlaceView,
  plainText,
  type ReferenceView,
  type TransactionView,
  type WeightView,
} from './common.ts';
