// Signing in: name, password, and one plain line where it did not work.
import { Alert, Button, Center, Divider, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { answered, api, faultOf } from '../api/client.ts';
import { useSignIn } from './use-session.ts';

export default function SignIn() {
  const signIn = useSignIn();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await signIn(name, password);
    } catch (error) {
      const { detail } = faultOf(error);
      setProblem(`${detail.charAt(0).toUpperCase()}${detail.slice(1)}`);
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper component="form" onSubmit={submit} withBorder p="xl" w="100%" maw={380} aria-label="Sign in">
        <Stack>
          <Title order={1} size="h2">
            Lading
          </Title>
          {problem !== undefined && (
            <Alert color="red" role="alert">
              {problem}
            </Alert>
          )}
          <TextInput
            label="User name"
            name="name"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={isBusy}>
            Sign in
          </Button>
          <Elsewhere />
        </Stack>
      </Paper>
    </Center>
  );
}

// The company's own provider, where there is one. It leads back to the page that was asked for.
function Elsewhere() {
  const ways = useQuery({
    queryKey: ['ways'],
    queryFn: () => answered(api.GET('/v1/session/ways')),
    staleTime: Infinity,
  });
  const name = ways.data?.oidc?.name;
  if (name === undefined) return null;
  const to = encodeURIComponent(`${location.pathname}${location.search}`);
  return (
    <>
      <Divider label="or" />
      <Button component="a" href={`/v1/session/oidc?to=${to}`} variant="default">
        {name}
      </Button>
    </>
  );
}
