import { Failure } from '../../src/record/failure.ts';

/** Why something is not done, with the HTTP status that says what kind of why. */
export class Refusal extends Failure {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 421 | 422 | 429 | 501 | 503;

  constructor(status: Refusal['status'], code: string, facts: Readonly<Record<string, string | number>> = {}) {
    super(code, facts);
    this.status = status;
  }
}
