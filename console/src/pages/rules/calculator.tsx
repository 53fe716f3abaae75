// What would this shipment cost under version N? The same rating as an invoice's, over a shipment that nobody ordered.
import { Button, Fieldset, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered, api } from '../../api/client.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { Section } from '../../shared/section.tsx';
import { Empty, FaultView, Loading } from '../../shared/states.tsx';
import { useAct } from '../../shared/use-act.ts';
import { type Filters, useFilters } from '../../shared/use-filters.ts';
import type { Rule } from './kinds.ts';
import type { Quote, QuoteRequest } from './quote.ts';
import { QuoteView } from './quote-view.tsx';

export default function Calculator() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['rules', 'agreements'],
    queryFn: async () => {
      const query = { kind: 'agreement', search: 'sell', limit: 500 } as const;
      const { items } = await answered(api.GET('/v1/setup/rules', { params: { query } }));
      return items.filter(({ about }) => about?.startsWith('sell '));
    },
  });
  if (isPending) return <Loading what="agreements" />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  return (
    <Stack>
      <PageTitle title="Rate calculator" />
      {data.length === 0 ? <Empty says="There is no agreement with a customer yet." /> : <Form agreements={data} />}
    </Stack>
  );
}

const DEFAULTS: Filters = { mode: 'FTL', fromCountry: 'US', toCountry: 'US', weightUnit: 'lb' };

function Form({ agreements }: { readonly agreements: readonly Rule[] }) {
  // What is asked is in the address, so that a link shows the same question.
  const [address, change] = useFilters();
  const asked = { ...DEFAULTS, ...address };
  const chosen = agreements.find(({ id }) => id === asked.agreement) ?? (agreements[0] as Rule);
  const version = Number(asked.version ?? chosen.version);
  const { act, isBusy } = useAct([]);
  const [quote, setQuote] = useState<Quote>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const agreement = { id: chosen.id, version: Math.min(version, chosen.version) };
    const body = requestFrom(asked, chosen.about?.replace(/^sell /, '') ?? '', agreement);
    setQuote((await act(api.POST('/v1/quotes', { body }))) ?? quote);
  };
  const field = (name: string, label: string, more: object = {}) => (
    <TextInput
      label={label}
      value={asked[name] ?? ''}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
      {...more}
    />
  );
  const versions = Array.from({ length: chosen.version }, (_, index) => String(chosen.version - index));
  return (
    <>
      <Section title="The shipment" id="shipment">
        <Stack component="form" onSubmit={(event) => void submit(event as FormEvent)}>
          <SimpleGrid cols={{ base: 2, md: 4 }}>
            <NativeSelect
              label="Agreement"
              value={chosen.id}
              data={agreements.map(({ id, about }) => ({
                value: id,
                label: `${id} (${about?.replace(/^sell /, '')})`,
              }))}
              onChange={({ currentTarget }) => change({ agreement: currentTarget.value, version: undefined })}
            />
            <NativeSelect
              label="Version"
              value={String(version)}
              data={versions}
              onChange={({ currentTarget }) => change({ version: currentTarget.value })}
            />
            {field('mode', 'Mode', { required: true })}
            {field('on', 'Rated on', { type: 'date' })}
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {(['from', 'to'] as const).map((end) => (
              <Fieldset key={end} legend={end === 'from' ? 'Picked up in' : 'Delivered in'}>
                <SimpleGrid cols={2}>
                  {field(`${end}Country`, 'Country', { required: true, maxLength: 2 })}
                  {field(`${end}Region`, 'State or region', { maxLength: 3 })}
                  {field(`${end}City`, 'City')}
                  {field(`${end}Postal`, 'Postal code')}
                </SimpleGrid>
              </Fieldset>
            ))}
          </SimpleGrid>
          <SimpleGrid cols={{ base: 2, md: 5 }}>
            {field('miles', 'Miles', { inputMode: 'decimal' })}
            {field('weight', 'Weight', { inputMode: 'decimal' })}
            <NativeSelect
              label="Unit of weight"
              value={asked.weightUnit}
              data={['lb', 'kg']}
              onChange={({ currentTarget }) => change({ weightUnit: currentTarget.value })}
            />
            {field('pallets', 'Pallets', { inputMode: 'decimal' })}
            {field('charges', 'Accessorials', { placeholder: 'LFT RES' })}
          </SimpleGrid>
          <div>
            <Button type="submit" loading={isBusy}>
              What would it cost?
            </Button>
          </div>
        </Stack>
      </Section>
      {quote !== undefined && <QuoteView quote={quote} />}
    </>
  );
}

function requestFrom(asked: Filters, customer: string, agreement: { id: string; version: number }): QuoteRequest {
  const { mode = '', on, miles, weight, weightUnit, pallets, charges = '' } = asked;
  const stop = (end: 'from' | 'to', sequence: number, kind: 'pickup' | 'delivery') => {
    const of = { city: `${end}City`, region: `${end}Region`, postal: `${end}Postal`, country: `${end}Country` };
    const place = Object.entries(of).flatMap(([name, key]) => (asked[key] ? [[name, asked[key].trim()]] : []));
    return { sequence, kind, ...Object.fromEntries(place) };
  };
  const codes = charges
    .toUpperCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  return {
    customer,
    agreement,
    mode,
    stops: [stop('from', 1, 'pickup'), stop('to', 2, 'delivery')],
    ...(on ? { ratingDate: on } : {}),
    ...(miles ? { distanceMiles: miles } : {}),
    ...(weight ? { weight: { value: weight, unit: weightUnit } } : {}),
    ...(pallets ? { pallets } : {}),
    ...(codes.length > 0 ? { charges: codes.map((code) => ({ code })) } : {}),
  } as QuoteRequest;
}
