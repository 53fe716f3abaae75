// What can keep a charge from being rated.

import type { ExceptionKind } from '../../model/exception.ts';

export type RatingProblem = {
  readonly kind: ExceptionKind &
    ('no-agreement' | 'no-lane' | 'fuel-index-missing' | 'quantity-missing' | 'accessorial-not-in-agreement');
  readonly detail: string;
};
