// What can be wrong with a call to StackSets, as kinds that a program can decide by.
import { awsFailure } from '../aws-failure.ts'
import { CommandError } from '../command.ts'

export type FaultKind =
  | 'not-found'
  | 'already-exists'
  | 'no-instances'
  | 'out-of-date'
  | 'operation-in-progress'
  | 'operation-known'
  | 'not-empty'
  | 'access-denied'
  | 'throttled'
  | 'other'

/** AWS's error in our words, and its kind. */
export class StackSetFault extends CommandError {
  constructor(
    readonly kind: FaultKind,
    { message, hint, exitCode }: CommandError,
  ) {
    super(message, hint, exitCode)
  }
}

/** Carries out the call; what AWS refuses becomes a StackSetFault. `action` is as IAM names it. */
export async function explained<Result>(
  action: string,
  stackSet: string,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call()
  } catch (error) {
    throw new StackSetFault(faultKind(error as Error), awsFailure(error, action, stackSet))
  }
}

export function isFault(error: unknown, ...kinds: readonly FaultKind[]): error is StackSetFault {
  return error instanceof StackSetFault && kinds.includes(error.kind)
}

/** By the error's name. The SDK leaves off `Exception` for some of them, so both forms are known. */
export function faultKind({ name }: Pick<Error, 'name'>): FaultKind {
  const bare = name.replace(/Exception$/, '')
  if (/^AccessDenied|^Unauthorized/.test(bare)) return 'access-denied'
  if (/Throttl|TooManyRequests|RequestLimitExceeded/.test(bare)) return 'throttled'
  return kindByName[bare] ?? 'other'
}

const kindByName: Readonly<Record<string, FaultKind>> = {
  StackSetNotFound: 'not-found',
  NameAlreadyExists: 'already-exists',
  StackInstanceNotFound: 'no-instances',
  StaleRequest: 'out-of-date',
  OperationInProgress: 'operation-in-progress',
  OperationIdAlreadyExists: 'operation-known',
  StackSetNotEmpty: 'not-empty',
}
