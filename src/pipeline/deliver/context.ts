// What every part of the deliver station works with.
import type { PipelineContext } from '../context.ts';
import type { Pace } from './breaker.ts';

export type DeliverContext = Pick<PipelineContext, 'store' | 'clock' | 'log' | 'rules'> & {
  /** [0, 1). `Math.random` where none is given. */
  readonly random?: () => number;
};

/** An outside system as this station sees it: the name that effects carry, and how fast it may be asked. */
export type OutsideSystem = { readonly name: string; readonly pace: Pace };
