// An S5 loop of a 204 → a stop of the plan.

import type { X12Fault } from '../../formats/x12/index.ts';
import { elementFault, type MomentView, type StopView } from '../../formats/x12/transactions/index.ts';
import type { Appointment, Stop } from '../../model/shipment.ts';
import { countryFrom } from './codes/countries.ts';
import { APPOINTMENT_DATES, STOP_KIND_BY_REASON } from './codes/load-tender.ts';
import { freeText, isIdentifier, type X12Context } from './meaning.ts';
import { momentOf, textOfMoment } from './moments.ts';

/** N4 without a country is in the United States: contract part 2. */
const HOME_COUNTRY = 'US';
/** Elements of G62 with the date, the time and the zone. */
const G62_MOMENT = { date: 2, time: 4, zone: 5 };

export type ReadStop = { readonly ok: true; readonly stop: Stop } | { readonly ok: false; readonly fault: X12Fault };

export function stopFrom(view: StopView, context: X12Context): ReadStop {
  const { segment, sequence, reason, place, parties } = view;
  const kind = STOP_KIND_BY_REASON.get(reason);
  if (!/^\d{1,4}$/.test(sequence)) {
    return { ok: false, fault: elementFault('element-number-invalid', segment, 1, { found: sequence }) };
  }
  if (kind === undefined) {
    return { ok: false, fault: elementFault('element-code-unknown', segment, 2, { found: reason }) };
  }
  const appointment = appointmentFrom(view.moments, kind, context);
  if (!appointment.ok) return appointment;
  const country = place === undefined || place.country === '' ? HOME_COUNTRY : countryFrom(place.country);
  if (place !== undefined && country === undefined) {
    return { ok: false, fault: elementFault('element-code-unknown', place.segment, 4, { found: place.country }) };
  }
  const name = parties.map((party) => party.name).find((text) => text !== '');
  const stop: Stop = {
    sequence: Number(sequence),
    kind,
    ...(name === undefined ? {} : { name: freeText(name) }),
    ...(place === undefined || place.city === '' ? {} : { city: freeText(place.city) }),
    ...(place !== undefined && /^[A-Za-z0-9]{1,3}$/.test(place.region) ? { region: place.region } : {}),
    ...(place !== undefined && isIdentifier(place.postal) ? { postal: place.postal } : {}),
    country: country ?? HOME_COUNTRY,
    ...locodeFrom(place),
    ...(appointment.appointment === undefined ? {} : { appointment: appointment.appointment }),
  };
  return { ok: true, stop };
}

// N405 `UN`: N406 is a UN/LOCODE.
function locodeFrom(place: StopView['place']): { locode?: string } {
  if (place?.locationQualifier !== 'UN' || !/^[A-Z]{2}[A-Z2-9]{3}$/.test(place.location)) return {};
  return { locode: place.location };
}

type ReadAppointment = { ok: true; appointment?: Appointment } | { ok: false; fault: X12Fault };

// An end without a beginning is a deadline and no appointment.
function appointmentFrom(
  moments: readonly MomentView[],
  kind: 'pickup' | 'delivery',
  context: X12Context,
): ReadAppointment {
  const dates = APPOINTMENT_DATES[kind];
  const opens = moments.find(({ qualifier }) => dates.from.has(qualifier));
  const closes = moments.find(({ qualifier }) => dates.to.has(qualifier));
  if (opens === undefined) return { ok: true };
  const from = momentOf(opens, G62_MOMENT);
  if (!from.ok) return from;
  if (closes === undefined) return { ok: true, appointment: { from: textOfMoment(from, context) } };
  const to = momentOf(closes, G62_MOMENT);
  if (!to.ok) return to;
  return { ok: true, appointment: { from: textOfMoment(from, context), to: textOfMoment(to, context) } };
}
