// One exception with its history, and what became of an act on many.
import { Type } from 'typebox';
import type { Principal } from '../access/key.ts';
import { may, type RouteClass } from '../access/roles.ts';
import { EXCEPTION_GUIDE } from '../insight/exception-guide.ts';
import { MENDS, type Mend, mendsOf } from '../insight/exception-mends.ts';
import { withCustomerName } from '../insight/partner-names.ts';
import type { ExceptionKind } from '../model/exception.ts';
import { Reference } from '../model/reference.ts';
import { InstantText } from '../model/text.ts';
import { actsOf, EXCEPTION_ACTS } from '../store/exception-acts.ts';
import { namesAskedBy } from '../store/linkable.ts';
import { findException } from '../store/read/exceptions.ts';
import { foundOr404 } from './app.ts';
import type { ApiHub } from './hub.ts';
import { ExceptionRow, RowId } from './schemas.ts';

const optional = Type.Optional;

export const ExceptionDetail = Type.Object(
  {
    ...ExceptionRow.properties,
    waitsFor: Type.String({ description: 'What closes it' }),
    advice: Type.String({ description: 'What its owner does' }),
    mends: Type.Array(Type.Enum(MENDS), { description: 'What whoever asks may do about it' }),
    names: Type.Array(Reference, { description: 'The numbers under which something waits for its shipment' }),
    history: Type.Array(
      Type.Object({
        at: InstantText,
        actor: Type.String(),
        act: Type.Enum(EXCEPTION_ACTS),
        says: optional(Type.String()),
        detail: optional(Type.Record(Type.String(), Type.Unknown())),
      }),
      { description: 'What people did about it and said of it, the oldest first' },
    ),
  },
  { title: 'ExceptionDetail' },
);

export const BulkAnswer = Type.Object(
  {
    done: Type.Array(RowId),
    refused: Type.Array(Type.Object({ id: RowId, reason: Type.String() })),
  },
  { title: 'ExceptionsWorkedOn', description: 'What could be done was done; of the others, why not' },
);

export const Exceptions = Type.Array(RowId, { minItems: 1, maxItems: 500 });
export const Reason = Type.String({ minLength: 1, maxLength: 1_000, pattern: '\\S' });

/** How whoever asks is called where exceptions are given to people. */
export function assigneeOf({ user, keyId }: Principal): string {
  return user ?? `key:${keyId}`;
}

const RIGHTS: Readonly<Record<Mend, RouteClass>> = {
  link: 'exceptions:link',
  mend: 'messages:mend',
  replay: 'replay:write',
  'send-again': 'replay:write',
  approve: 'exceptions:approve',
  refuse: 'exceptions:approve',
  release: 'exceptions:approve',
  waive: 'exceptions:work',
};

export async function exceptionDetail({ store, context }: ApiHub, id: string, caller: Principal) {
  const { role } = caller;
  const exception = foundOr404(await findException(store, store.tenant, id), `there is no exception ${id}`);
  const kind = exception.kind as ExceptionKind;
  const { waitsFor, mend: advice } = EXCEPTION_GUIDE[kind];
  const isOwner = role === 'admin' || role === exception.owner;
  const mends = mendsOf(exception).filter((mend) => may(role, RIGHTS[mend]) && (mend !== 'waive' || isOwner));
  const isOpen = exception.state === 'open';
  const names = isOpen ? await namesAskedBy(store, store.tenant, { kind, subject: exception.subject }) : [];
  const named = withCustomerName(await context.rules.current(store), exception);
  return { ...named, waitsFor, advice, mends, names, history: await actsOf(store, store.tenant, id) };
}
