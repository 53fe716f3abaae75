// The steps of a scenario, as written and as meant (contract section 4).
import { type Static, Type } from 'typebox';
import type { Fault } from '../../../examples/odoo-stand-in/index.ts';
import { DISPUTE_MOVES } from '../../model/carrier-dispute.ts';
import { ChargeEntered } from '../../model/event.ts';
import {
  ChargeCode,
  CurrencyText,
  DecimalText,
  FreeText,
  Identifier,
  InstantText,
  PositiveDecimalText,
  patterned,
} from '../../model/text.ts';
import { type Instant, instantOf } from '../../model/time.ts';
import { describeProblems, validate } from '../../model/validate.ts';
import type { Moment } from './mortality.ts';

const strict = { additionalProperties: false };
const at = InstantText;
const FolderName = patterned('^[^/\\\\]+$', 'is not the name of a folder in the scenario');

const ERP_FAULTS = ['down', 'up', 'slow', 'timeout-after-commit'] as const;

// Beyond the contract: a fault that lets some calls pass first, or hits some only, what an operator does when the
// cause of a refusal is mended, and what a controller does at a month's end.
const count = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const optional = Type.Optional;

/** What makes a line a step of its kind, and what else such a line has. */
const STEP_FORMS = {
  file: Type.Object({ at, partner: Identifier, file: FreeText }, strict),
  body: Type.Object({ at, partner: Identifier, body: Type.Unknown() }, strict),
  erp: Type.Object(
    { at, erp: Type.Enum(ERP_FAULTS), skip: optional(count), calls: optional(count), delayMs: optional(count) },
    strict,
  ),
  crash: Type.Object({ at, crash: Type.Literal(true) }, strict),
  approve: Type.Object(
    {
      at,
      approve: Type.Object(
        { exception: Type.Literal('adjustment-approval'), subject: Identifier, by: optional(Identifier) },
        strict,
      ),
    },
    strict,
  ),
  refuse: Type.Object(
    { at, refuse: Type.Object({ subject: Identifier, reason: FreeText, by: optional(Identifier) }, strict) },
    strict,
  ),
  enter: Type.Object(
    {
      at,
      enter: Type.Object(
        {
          ...{ shipment: Identifier, entry: ChargeEntered.properties.entry, code: ChargeCode, reason: FreeText },
          ...{
            amount: optional(PositiveDecimalText),
            currency: optional(CurrencyText),
            by: Identifier,
            role: Identifier,
          },
        },
        strict,
      ),
    },
    strict,
  ),
  dispute: Type.Object(
    {
      at,
      dispute: Type.Object(
        {
          carrier: Identifier,
          invoice: Identifier,
          to: Type.Enum(DISPUTE_MOVES),
          reason: FreeText,
          recovered: optional(DecimalText),
        },
        strict,
      ),
    },
    strict,
  ),
  import: Type.Object({ at, import: FolderName }, strict),
  period: Type.Object(
    {
      at,
      period: Type.Object(
        {
          act: Type.Enum(['lock', 'unlock', 'approve']),
          month: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }),
          legalEntity: optional(Identifier),
        },
        strict,
      ),
    },
    strict,
  ),
  replay: Type.Object({ at, replay: Type.Enum(['refused', 'dead']) }, strict),
} as const;

type StepName = keyof typeof STEP_FORMS;
type Written<Name extends StepName> = Static<(typeof STEP_FORMS)[Name]>;

/** What goes wrong. A crash in the midst of work cannot be written in a scenario: chaos brings it (chaos.ts). */
export type Trouble =
  | { readonly step: 'erp'; readonly fault: Fault }
  | { readonly step: 'crash' }
  | { readonly step: 'crash-during'; readonly moment: Moment };

export type Step = { readonly at: Instant; readonly line: number } & (
  | Trouble
  | { readonly step: 'file'; readonly partner: string; readonly file: string }
  | { readonly step: 'body'; readonly partner: string; readonly body: unknown }
  | { readonly step: 'approve'; readonly subject: string; readonly by?: string }
  | { readonly step: 'refuse'; readonly subject: string; readonly reason: string; readonly by?: string }
  | { readonly step: 'enter'; readonly entry: Written<'enter'>['enter'] }
  | { readonly step: 'dispute'; readonly dispute: Written<'dispute'>['dispute'] }
  | { readonly step: 'import'; readonly folder: string }
  | {
      readonly step: 'period';
      readonly act: Written<'period'>['period']['act'];
      readonly month: string;
      readonly legalEntity: string;
    }
  | { readonly step: 'replay'; readonly state: 'refused' | 'dead' }
);

export type StepRead = { readonly ok: true; readonly step: Step } | { readonly ok: false; readonly message: string };

/** One line of `traffic.jsonl`; `line` counts from 1. */
export function readStep(text: string, line: number): StepRead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, message: 'is broken JSON; a step is one JSON object on one line' };
  }
  const isObject = typeof value === 'object' && value !== null;
  const names = isObject ? (Object.keys(STEP_FORMS) as StepName[]).filter((name) => name in (value as object)) : [];
  const [name] = names;
  if (name === undefined || names.length > 1) {
    return { ok: false, message: `is no step; it has exactly one of ${Object.keys(STEP_FORMS).join(', ')}` };
  }
  const checked = validate(STEP_FORMS[name], value);
  if (!checked.ok) return { ok: false, message: describeProblems(checked.problems) };
  return { ok: true, step: stepFrom(name, checked.value, line) };
}

function stepFrom(name: StepName, value: unknown, line: number): Step {
  const when = { at: instantOf((value as { at: string }).at), line };
  switch (name) {
    case 'file': {
      const { partner, file } = value as Written<'file'>;
      return { ...when, step: 'file', partner, file };
    }
    case 'body': {
      const { partner, body } = value as Written<'body'>;
      return { ...when, step: 'body', partner, body };
    }
    case 'erp':
      return { ...when, step: 'erp', fault: faultFrom(value as Written<'erp'>) };
    case 'crash':
      return { ...when, step: 'crash' };
    case 'approve':
      return approvalFrom(value as Written<'approve'>, when);
    case 'refuse':
      return { ...when, step: 'refuse', ...(value as Written<'refuse'>).refuse };
    case 'enter':
      return { ...when, step: 'enter', entry: (value as Written<'enter'>).enter };
    case 'dispute':
      return { ...when, step: 'dispute', dispute: (value as Written<'dispute'>).dispute };
    case 'import':
      return { ...when, step: 'import', folder: (value as Written<'import'>).import };
    case 'period': {
      const { act, month, legalEntity = '*' } = (value as Written<'period'>).period;
      return { ...when, step: 'period', act, month, legalEntity };
    }
    case 'replay':
      return { ...when, step: 'replay', state: (value as Written<'replay'>).replay };
  }
}

function approvalFrom({ approve: { subject, by } }: Written<'approve'>, when: Pick<Step, 'at' | 'line'>): Step {
  return { ...when, step: 'approve', subject, ...(by === undefined ? {} : { by }) };
}

function faultFrom({ at: _, erp: mode, ...extent }: Written<'erp'>): Fault {
  return { mode, ...extent };
}
