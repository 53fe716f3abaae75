// UBL bills: who bills, what the charges are called, what names the shipment, and which do not add up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Partner } from '../../model/setup/partner.ts';
import { onlyData, rulesWith, translated } from '../testing/interchange.ts';

const CARRIER: Partner = {
  id: 'dsv',
  name: 'DSV Road',
  roles: ['carrier'],
  identifiers: [{ scheme: 'vat', value: 'DK12345678' }],
  chargeCodes: { 'Road freight': 'LHL', DIESEL: 'FSC' },
};
const RULES = rulesWith([CARRIER, { id: 'desk', name: 'Desk', roles: ['tms'] }]);

type Given = { kind?: 'Invoice' | 'CreditNote'; head?: string; lines?: string; total?: string; supplier?: string };

function document({
  kind = 'Invoice',
  head = '',
  lines = LINES,
  total = '1100.00',
  supplier = VAT,
}: Given = {}): string {
  const amount = `<b:TaxExclusiveAmount currencyID="EUR">${total}</b:TaxExclusiveAmount>`;
  return `<?xml version="1.0"?><${kind} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${kind}-2"
    xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
    xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
    <b:ID>D-77</b:ID><b:IssueDate>2026-03-09</b:IssueDate><b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>${head}
    <a:AccountingSupplierParty><a:Party>${supplier}</a:Party></a:AccountingSupplierParty>
    <a:LegalMonetaryTotal>${amount}</a:LegalMonetaryTotal>${lines.replaceAll('Invoice', kind)}</${kind}>`;
}

const VAT = '<a:PartyTaxScheme><b:CompanyID>DK12345678</b:CompanyID></a:PartyTaxScheme>';
const line = (name: string, amount: string, more = '') =>
  `<a:InvoiceLine><b:ID>1</b:ID><b:LineExtensionAmount currencyID="EUR">${amount}</b:LineExtensionAmount>${more}
   <a:Item><b:Name>${name}</b:Name></a:Item></a:InvoiceLine>`;
const object = (value: string, scheme = '') =>
  `<a:DocumentReference><b:ID${scheme === '' ? '' : ` schemeID="${scheme}"`}>${value}</b:ID><b:DocumentTypeCode>130</b:DocumentTypeCode></a:DocumentReference>`;
const LINES = `${line('Road freight', '1000.00', object('S-1'))}${line('DIESEL', '100', object('S-1'))}`;

test('a Peppol invoice is a bill: codes by the profile, our shipment by the invoiced object', () => {
  assert.deepEqual(onlyData(translated(document(), RULES, { partner: 'desk' })), {
    carrier: 'dsv',
    invoice: 'D-77',
    issuedOn: '2026-03-09',
    currency: 'EUR',
    lines: [
      { shipment: 'S-1', references: [{ type: 'bol', value: 'S-1' }], code: 'LHL', amount: '1000.00' },
      { shipment: 'S-1', references: [{ type: 'bol', value: 'S-1' }], code: 'FSC', amount: '100.00' },
    ],
  });
});

test('a credit note reduces', () => {
  const data = onlyData(translated(document({ kind: 'CreditNote' }), RULES, { partner: 'dsv' }));
  assert.deepEqual(
    (data.lines as { amount: string }[]).map(({ amount }) => amount),
    ['-1000.00', '-100.00'],
  );
});

const schemes: [scheme: string, type: string][] = [
  ['BM', 'bol'],
  ['AAM', 'bol'],
  ['CN', 'pro'],
  ['AAQ', 'container'],
  ['BN', 'booking'],
  ['ABZ', 'ABZ'],
];
for (const [scheme, type] of schemes) {
  test(`a number of scheme ${scheme} is a reference of type ${type}`, () => {
    const lines = line('Road freight', '1100.00', object('4711', scheme));
    const data = onlyData(translated(document({ lines }), RULES, { partner: 'dsv' }));
    assert.deepEqual(data.lines, [{ references: [{ type, value: '4711' }], code: 'LHL', amount: '1100.00' }]);
  });
}

test('a charge and an allowance of the document are lines of its one shipment', () => {
  const charge = (is: boolean, amount: string) =>
    `<a:AllowanceCharge><b:ChargeIndicator>${is}</b:ChargeIndicator><b:AllowanceChargeReasonCode>DIESEL</b:AllowanceChargeReasonCode><b:Amount currencyID="EUR">${amount}</b:Amount></a:AllowanceCharge>`;
  const head = charge(true, '120.50') + charge(false, '20.50');
  const lines = line('Road freight', '1000.00', object('S-1'));
  const data = onlyData(translated(document({ head, lines }), RULES, { partner: 'dsv' }));
  const said = (data.lines as { shipment: string; code: string; amount: string }[]).map(
    ({ shipment, code, amount }) => `${shipment} ${code} ${amount}`,
  );
  assert.deepEqual(said, ['S-1 LHL 1000.00', 'S-1 FSC 120.50', 'S-1 FSC -20.50']);
});

const refusals: [what: string, given: Given, partner: string, kind: string, detail: RegExp][] = [
  [
    'a total that its lines do not make',
    { total: '1100.01' },
    'dsv',
    'schema-violation',
    /total before tax is 1100\.01, its lines add up to 1100\.00/,
  ],
  [
    'part of a cent',
    { lines: line('x', '1.005', object('S-1')) },
    'dsv',
    'schema-violation',
    /line 1: 1\.005 is no amount of EUR/,
  ],
  ['no shipment', { lines: line('x', '1100.00') }, 'dsv', 'schema-violation', /line 1 names no shipment/],
  ['no lines', { lines: '' }, 'dsv', 'schema-violation', /there is no InvoiceLine/],
  [
    'another supplier, sent by our desk',
    { supplier: '<b:EndpointID>999</b:EndpointID>' },
    'desk',
    'unknown-partner',
    /names itself by \(999\)/,
  ],
  ['an unknown sender', {}, 'nobody', 'unknown-partner', /nobody/],
];
for (const [what, given, partner, kind, detail] of refusals) {
  test(`refused whole: ${what}`, () => {
    const { events, problems } = translated(document(given), RULES, { partner });
    assert.deepEqual(events, []);
    assert.equal(problems[0]?.kind, kind);
    assert.match(problems[0]?.detail ?? '', detail);
  });
}
