// The station between bytes and meaning: recognises what a message is and gives it to the translator of that kind.
//
// Pure: the same bytes under the same rules always give the same events, which is what makes replay safe.

import type { RuleBook } from '../model/rules.ts';
import { translateBai2 } from './bai2/translate.ts';
import { translateDelimited } from './delimited/translate.ts';
import { translateBankFile } from './iso20022/translate.ts';
import { translateJson } from './json/translate.ts';
import { translateMt940 } from './mt940/translate.ts';
import { translateOdoo } from './odoo/translate.ts';
import { recognise } from './recognise.ts';
import type { InboundMessage, Translation } from './translation.ts';
import { translateUbl } from './ubl/translate.ts';
import { unreadable } from './unreadable.ts';
import { translateX12 } from './x12/translate.ts';

/** What a message means under these rules. Never throws on bad input: what is wrong with it is in `problems`. */
export function translate(message: InboundMessage, rules: RuleBook): Translation {
  const { format, name } = recognise(message.bytes);
  switch (format) {
    case 'json':
      return translateJson(message, rules);
    case 'odoo':
      return translateOdoo(message, rules);
    case 'x12':
      return translateX12(message, rules);
    case 'iso20022':
      return translateBankFile(message, rules);
    case 'ubl':
      return translateUbl(message, rules);
    case 'delimited':
      return translateDelimited(message, rules);
    case 'mt940':
      return translateMt940(message, rules);
    case 'bai2':
      return translateBai2(message, rules);
    case 'empty':
      return { format, events: [], problems: [unreadable(message, 'there are no bytes; send the document again')] };
    case 'unknown': {
      // Lines of a heading above its table hide what it is; who has a mapping means it.
      if (rules.partners.get(message.partner)?.delimited !== undefined) return translateDelimited(message, rules);
      const detail = 'no known kind of document; send X12 from ISA to IEA, UBL, a bank file, or canonical JSON';
      return { format, events: [], problems: [unreadable(message, detail)] };
    }
    default: {
      const detail = `recognised as ${name}, which is not read yet; send it as X12 or canonical JSON`;
      return { format, events: [], problems: [unreadable(message, detail)] };
    }
  }
}
