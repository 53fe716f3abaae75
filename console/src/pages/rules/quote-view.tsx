// A quotation with its arithmetic, line by line.

import { Alert, Group, List, Stack, Text } from '@mantine/core';
import { chargeName } from '../../shared/charge-names.ts';
import { dayText } from '../../shared/days.ts';
import { DefinitionList, Fact } from '../../shared/definition-list.tsx';
import { Reveal } from '../../shared/reveal.tsx';
import { Section } from '../../shared/section.tsx';
import { Money } from '../../shared/text.tsx';
import type { Quote } from './quote.ts';

export function QuoteView({ quote }: { readonly quote: Quote }) {
  const { agreement, currency = 'USD', subtotal, tax, total, problems, notIncluded } = quote;
  const money = (amount: string) => <Money amount={amount} currency={currency} />;
  return (
    <Section title="What it would cost" id="quote">
      <Stack gap="sm" role="status">
        <DefinitionList>
          <Fact name="Under">{agreement && `${agreement.id}, version ${agreement.version}`}</Fact>
          <Fact name="Rated on">{quote.ratingDate && dayText(quote.ratingDate)}</Fact>
          <Fact name="Billed by">{quote.legalEntity}</Fact>
          <Fact name="Before tax">{money(subtotal)}</Fact>
          <Fact name="Tax, an estimate">{tax === undefined ? 'undetermined' : money(tax)}</Fact>
          <Fact name="Total">{total !== undefined && money(total)}</Fact>
        </DefinitionList>
        {problems.length > 0 && (
          <Alert color="yellow" title="Something is missing">
            {problems.map(({ kind, detail }) => (
              <Text key={`${kind} ${detail}`} size="sm">
                {detail}
              </Text>
            ))}
          </Alert>
        )}
        <div>
          {quote.lines.map(({ code, lane, amount, derivation }) => (
            <Reveal
              key={`${code} ${lane ?? ''}`}
              isOpenAtFirst
              line={
                <Group justify="space-between">
                  <Text size="sm">
                    {chargeName(code)}
                    {lane !== undefined && `, lane ${lane}`}
                  </Text>
                  {money(amount)}
                </Group>
              }
            >
              {derivation.map((step) => (
                <Text key={step} size="sm" className="mono">
                  {step}
                </Text>
              ))}
            </Reveal>
          ))}
        </div>
        {notIncluded.length > 0 && (
          <div>
            <Text size="sm" fw={600}>
              Charged only if it happens
            </Text>
            <List size="sm">
              {notIncluded.map((each) => (
                <List.Item key={each}>{each}</List.Item>
              ))}
            </List>
          </div>
        )}
      </Stack>
    </Section>
  );
}
