// One rule: its versions with who imported each and what it changed, any two side by side, and its content.
import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { IconCalculator } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { answered, api } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { PageTitle } from '../../shared/page-title.tsx';
import { Reveal } from '../../shared/reveal.tsx';
import { Section } from '../../shared/section.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { Time } from '../../shared/text.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { Differences } from './differences.tsx';
import { KIND_NAMES, type RuleKind } from './kinds.ts';

export type Version = components['schemas']['VersionOfRule'];

export default function RulePage() {
  const { kind = '', id = '' } = useParams({ strict: false }) as { kind?: RuleKind; id?: string };
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['rules', kind, id],
    queryFn: () => answered(api.GET('/v1/setup/versions', { params: { query: { kind: kind as RuleKind, id } } })),
  });
  if (isPending) return <Loading what={id} />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  const [newest] = data.items;
  const isSell = kind === 'agreement' && (newest?.content as { side?: string } | undefined)?.side === 'sell';
  return (
    <Stack>
      <PageTitle
        title={`${KIND_NAMES[data.kind]} ${id}`}
        actions={
          isSell && (
            <Button
              component={Link}
              to="/rules/calculator"
              search={{ agreement: id } as never}
              leftSection={<IconCalculator size={16} aria-hidden />}
            >
              What would a shipment cost?
            </Button>
          )
        }
      />
      <Section title="Versions" id="versions" count={data.items.length}>
        {data.items.map((version, index) => (
          <OneVersion key={version.version} version={version} isNewest={index === 0} />
        ))}
      </Section>
      {data.items.length > 1 && <Comparison kind={data.kind} id={id} versions={data.items} />}
    </Stack>
  );
}

function OneVersion({ version, isNewest }: { readonly version: Version; readonly isNewest: boolean }) {
  const { changed, importedAt, importedBy, content } = version;
  const what =
    version.version === 1
      ? 'the first'
      : changed.length === 1
        ? 'changes one place'
        : `changes ${changed.length} places`;
  return (
    <Reveal
      isOpenAtFirst={isNewest}
      line={
        <Group gap="xs">
          <Text fw={600}>Version {version.version}</Text>
          <Text size="sm">
            imported <Time at={importedAt} /> by {importedBy}; {what}
          </Text>
        </Group>
      }
    >
      <Stack gap="sm" pb="sm">
        {changed.length > 0 && <Differences differences={changed} label={`What version ${version.version} changed`} />}
        <Reveal line={<Text size="sm">Its whole content</Text>}>
          <pre className="bytes">{JSON.stringify(content, undefined, 2)}</pre>
        </Reveal>
      </Stack>
    </Reveal>
  );
}

type ComparisonProps = { readonly kind: RuleKind; readonly id: string; readonly versions: readonly Version[] };

function Comparison({ kind, id, versions }: ComparisonProps) {
  const [filters, change] = useFilters();
  const numbers = versions.map(({ version }) => String(version));
  const from = filters.from ?? numbers.at(-1) ?? '1';
  const to = filters.to ?? numbers[0] ?? '1';
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['rules', 'differences', kind, id, from, to],
    queryFn: () =>
      answered(
        api.GET('/v1/setup/differences', { params: { query: { kind, id, from: Number(from), to: Number(to) } } }),
      ),
  });
  const choice = (label: string, name: 'from' | 'to', value: string) => (
    <NativeSelect
      label={label}
      data={numbers.map((number) => ({ value: number, label: `version ${number}` }))}
      value={value}
      onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
    />
  );
  return (
    <Section title="Any two compared" id="compared" count={data?.differences.length}>
      <Group mb="sm">
        {choice('From', 'from', from)}
        {choice('To', 'to', to)}
      </Group>
      {isPending && <Loading what="differences" />}
      {error !== null && <FaultView error={error} again={() => void refetch()} />}
      {data?.differences.length === 0 && <Text size="sm">They say the same.</Text>}
      {data !== undefined && data.differences.length > 0 && (
        <Differences differences={data.differences} label={`From version ${from} to version ${to}`} />
      )}
    </Section>
  );
}
