// People who sign in: listed, added, given a new password, disabled.

import { Type } from 'typebox';
import { addUser, changePassword, removeUser, userFault, usersOf } from '../../access/accounts.ts';
import { passwordFault } from '../../access/password.ts';
import { ROLES } from '../../access/roles.ts';
import { Identifier, InstantText } from '../../model/text.ts';
import { formatInstant, type Instant } from '../../model/time.ts';
import type { UserRow } from '../../store/users.ts';
import { type ApiApp, actorOf } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ApiProblem } from '../problems.ts';
import { Query } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Access'];
const UserName = Type.String({ minLength: 1, maxLength: 100 });
const Password = Type.String({ minLength: 1, maxLength: 1_000 });

const UserView = Type.Object(
  {
    name: UserName,
    displayName: Type.String(),
    role: Type.Enum(ROLES),
    partner: optional(Identifier),
    createdAt: InstantText,
    disabledAt: optional(InstantText),
    lockedUntil: optional(InstantText),
  },
  { title: 'User' },
);

export function userRoutes(app: ApiApp, { store }: ApiHub): void {
  app.get('/v1/users', {
    config: { allows: 'users:write' },
    schema: {
      tags,
      operationId: 'listUsers',
      summary: 'People who sign in, by name',
      response: { 200: Type.Object({ items: Type.Array(UserView) }) },
    },
    async handler() {
      return { items: (await usersOf(store)).map(viewOf) };
    },
  });

  app.post('/v1/users', {
    config: { allows: 'users:write', problems: ['name-taken'] },
    schema: {
      tags,
      operationId: 'addUser',
      summary: 'Add somebody who signs in with a password',
      body: Query({
        name: UserName,
        displayName: optional(Type.String({ minLength: 1, maxLength: 200 })),
        role: Type.Enum(ROLES),
        partner: optional(Identifier),
        password: Password,
      }),
      response: { 201: Type.Object({ name: UserName }) },
    },
    async handler(request, reply) {
      const { password, displayName = request.body.name, ...rest } = request.body;
      const wanted = { ...rest, displayName };
      const fault = userFault(wanted) ?? passwordFault(password);
      if (fault !== undefined) throw new ApiProblem('invalid-request', fault);
      const { name } = wanted;
      const isAdded = await addUser(store, wanted, password, actorOf(request), Date.now());
      if (!isAdded) throw new ApiProblem('name-taken', `there is a user ${name} already: choose another name`);
      return reply.code(201).send({ name });
    },
  });

  app.put('/v1/users/:name/password', {
    config: { allows: 'users:write', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'changePassword',
      summary: 'Give somebody a new password; ends their sessions and a lock',
      params: Type.Object({ name: UserName }),
      body: Query({ password: Password }),
      response: { 200: Type.Object({ name: UserName }) },
    },
    async handler(request) {
      const { name } = request.params;
      const fault = passwordFault(request.body.password);
      if (fault !== undefined) throw new ApiProblem('invalid-request', fault);
      const isChanged = await changePassword(store, name, request.body.password, actorOf(request), Date.now());
      if (!isChanged) throw new ApiProblem('not-found', `there is no user ${name}`);
      return { name };
    },
  });

  app.delete('/v1/users/:name', {
    config: { allows: 'users:write', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'disableUser',
      summary: 'Disable somebody: they sign in no more, and their sessions end',
      params: Type.Object({ name: UserName }),
      response: { 200: Type.Object({ name: UserName, disabled: Type.Boolean() }) },
    },
    async handler(request) {
      const { name } = request.params;
      const disabled = await removeUser(store, name, actorOf(request), Date.now());
      if (!disabled) throw new ApiProblem('not-found', `there is no user ${name} who may sign in`);
      return { name, disabled };
    },
  });
}

function viewOf({ createdAt, disabledAt, lockedUntil, failures: _, ...row }: UserRow) {
  const time = (at: Instant | undefined) => (at === undefined ? undefined : formatInstant(at));
  return {
    ...row,
    createdAt: formatInstant(createdAt),
    disabledAt: time(disabledAt),
    lockedUntil: time(lockedUntil),
  };
}
