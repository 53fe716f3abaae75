// What can be done about exceptions, one or many: asked of the hub, told to whoever asked, and seen at once.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { answered, api, faultOf } from '../../api/client.ts';
import type { components } from '../../api/types.ts';
import { notify } from '../../shared/notice.ts';

export type ExceptionRow = components['schemas']['Exception'];
export type ExceptionDetail = components['schemas']['ExceptionDetail'];
type WorkedOn = components['schemas']['ExceptionsWorkedOn'];

/** `to`: a name, `me`, or `undefined` for nobody. */
export type Work =
  | { readonly act: 'assign'; readonly to: string | undefined }
  | { readonly act: 'comment'; readonly text: string }
  | { readonly act: 'waive' | 'refuse' | 'release'; readonly reason: string }
  | { readonly act: 'approve' };
export type Act = Work['act'];

const DONE: Readonly<Record<Act, string>> = {
  assign: 'Assigned',
  comment: 'Comment kept',
  waive: 'Waived',
  refuse: 'Refused',
  release: 'Released',
  approve: 'Approved',
};

/** Resolves to those that it was done to. */
export function useWork(): (ids: readonly string[], work: Work) => Promise<readonly string[]> {
  const queries = useQueryClient();
  return useCallback(
    async (ids, work) => {
      try {
        const { done, refused } = await ask([...ids], work);
        if (done.length > 0)
          tell('teal', DONE[work.act], done.length === 1 ? '1 exception' : `${done.length} exceptions`);
        if (refused.length > 0)
          tell('red', 'Not possible', [...new Set(refused.map(({ reason }) => reason))].join('; '));
        return done;
      } catch (error) {
        const { title, detail } = faultOf(error);
        tell('red', title, detail);
        return [];
      } finally {
        await queries.invalidateQueries({ queryKey: ['exceptions'] });
      }
    },
    [queries],
  );
}

export function tell(color: 'teal' | 'red', title: string, message: string): void {
  notify({ color, title, message });
}

function ask(exceptions: string[], work: Work): Promise<WorkedOn> {
  switch (work.act) {
    case 'assign':
      return answered(
        api.POST('/v1/exceptions/assign', {
          body: { exceptions, ...(work.to === undefined ? {} : { to: work.to }) },
        }),
      );
    case 'comment':
      return answered(api.POST('/v1/exceptions/comment', { body: { exceptions, text: work.text } }));
    case 'waive':
      return answered(api.POST('/v1/exceptions/waive', { body: { exceptions, reason: work.reason } }));
    case 'refuse':
      return answered(api.POST('/v1/exceptions/refuse', { body: { exceptions, reason: work.reason } }));
    case 'release':
      return answered(api.POST('/v1/exceptions/release', { body: { exceptions, reason: work.reason } }));
    case 'approve':
      return answered(api.POST('/v1/exceptions/approve', { body: { exceptions } }));
  }
}
