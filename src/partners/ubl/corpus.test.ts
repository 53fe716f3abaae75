// Real UBL files, where they lie beside the checkout: each reads, or is refused with the reason.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EVENT_DATA } from '../../model/event.ts';
import { validate } from '../../model/validate.ts';
import { rulesWith } from '../testing/interchange.ts';
import { translate } from '../translate.ts';

const CORPUS = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url));
const skip = existsSync(CORPUS) ? false : 'there is no ../shared/corpus';
const CARRIER = rulesWith([{ id: 'swft', name: 'Swift Freight', roles: ['carrier'] }]);

const NOT_A_BILL = /^it is a UBL \w+; read are Invoice, CreditNote and FreightInvoice; send the bill itself$/;
const NO_SHIPMENT = /^line 1 names no shipment; .*have the carrier correct it and send it again$/;
const EXAMPLE = ['1273.00', '-3.96', '4.96', '-25.00', '187.50', '100.00', '-100.00'];

/** By hand, from the files: number, amounts before tax and what names the shipment; or how the refusal reads. */
const expectations: Record<string, { bill: string; amounts: string[]; named: string } | RegExp> = {
  'peppol-creditnote/base-creditnote-correction.xml': NO_SHIPMENT,
  'peppol-invoice/Allowance-example.xml': {
    bill: 'swft Snippet1 2017-11-13 EUR',
    amounts: ['4000.00', '1000.00', '900.00', '200.00', '-200.00'],
    named: 'ABT DR35141',
  },
  'peppol-invoice/base-negative-inv-correction.xml': NO_SHIPMENT,
  'peppol-invoice/sales-order-example.xml': NO_SHIPMENT,
  'peppol-invoice/vat-category-O.xml': NO_SHIPMENT,
  'ubl-creditnote/UBL-CreditNote-2.1-Example.xml': {
    bill: 'swft TOSL108 2009-12-15 EUR',
    amounts: EXAMPLE.map((amount) => (amount.startsWith('-') ? amount.slice(1) : `-${amount}`)),
    named: 'po 123',
  },
  'ubl-despatchadvice/UBL-DespatchAdvice-2.0-Example.xml': NOT_A_BILL,
  'ubl-forwardinginstructions/UBL-ForwardingInstructions-2.0-Example-International.xml': NOT_A_BILL,
  'ubl-freightinvoice/UBL-FreightInvoice-2.1-Example.xml': {
    bill: 'swft TOSL108 2009-12-15 EUR',
    amounts: EXAMPLE,
    named: 'shipment 123, bol 123, pro 123',
  },
  'ubl-invoice/ERR-2-BII04-minimal-invoice-example-01.xml': NO_SHIPMENT,
  'ubl-invoice/ERR-9-BII04-minimal-VAT-invoice-example-01.xml': NO_SHIPMENT,
  'ubl-invoice/UBL-Invoice-2.0-Example.xml': {
    bill: 'swft A00095678 2005-06-21 GBP',
    amounts: ['100.00', '-10.00'],
    named: 'po AEG012345',
  },
  'ubl-invoice/UBL-Invoice-2.1-Example-Trivial.xml': NO_SHIPMENT,
  'ubl-invoice/UBL-Invoice-2.1-Example.xml': {
    bill: 'swft TOSL108 2009-12-15 EUR',
    amounts: EXAMPLE,
    named: 'po 123',
  },
  'ubl-remittanceadvice/UBL-RemittanceAdvice-2.0-Example.xml': NOT_A_BILL,
  'ubl-transportationstatus/UBL-TransportationStatus-2.1-Example.xml': NOT_A_BILL,
};

for (const [file, expected] of Object.entries(expectations)) {
  test(`corpus: ${file}`, { skip }, () => {
    const bytes = readFileSync(join(CORPUS, file));
    const { events, problems } = translate({ bytes, partner: 'swft', fileName: file, receivedAt: 0 }, CARRIER);
    if (expected instanceof RegExp) {
      assert.deepEqual(events, []);
      assert.match(problems[0]?.detail ?? '', expected);
      return;
    }
    assert.deepEqual(problems, []);
    const [event] = events.map((each) => each.event);
    if (event?.type !== 'carrier.invoice') assert.fail('no bill');
    assert.ok(validate(EVENT_DATA[event.type], event.data).ok);
    const { carrier, invoice, issuedOn, currency, lines } = event.data;
    assert.equal(`${carrier} ${invoice} ${issuedOn} ${currency}`, expected.bill);
    assert.deepEqual(
      lines.map(({ amount }) => amount),
      expected.amounts,
    );
    for (const { shipment, references = [] } of lines) {
      const named = [
        ...(shipment ? [`shipment ${shipment}`] : []),
        ...references.map(({ type, value }) => `${type} ${value}`),
      ];
      assert.equal(named.join(', '), expected.named);
    }
  });
}

test('corpus: every UBL and Peppol file stands in the table', { skip }, () => {
  const folders = readdirSync(CORPUS).filter((folder) => /^(ubl|peppol)-/.test(folder));
  const files = folders.flatMap((folder) => readdirSync(join(CORPUS, folder)).map((file) => `${folder}/${file}`));
  assert.deepEqual(files.sort(), Object.keys(expectations).sort());
});

test('bytes changed or cut anywhere never break it', { skip }, () => {
  for (const file of Object.keys(expectations)) {
    const bytes = readFileSync(join(CORPUS, file));
    const step = Math.ceil(bytes.length / 25);
    for (let at = 1; at < bytes.length; at += step) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 0x11;
      for (const given of [changed, bytes.subarray(0, at)]) {
        const { events, problems } = translate({ bytes: given, partner: 'swft', receivedAt: 0 }, CARRIER);
        for (const { event } of events) assert.ok(validate(EVENT_DATA[event.type], event.data).ok);
        for (const { detail } of problems) assert.ok(detail.length < 1_000 && !detail.includes('\n'), detail);
      }
    }
  }
});
