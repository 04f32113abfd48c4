// Who called, as the record names it, and from which other account. In a record of a call from another account the identity has no
// ARN; in one without credentials it has nothing but a word in the account's place.
import { type Fields, text } from './fields.ts'

/** In the place of an account: the request was not signed. Words say so; the sign alone would say nothing to most. */
export const anonymous = 'ANONYMOUS_PRINCIPAL'

export interface Caller {
  /** '' where the record names nobody; `ANONYMOUS_PRINCIPAL` where the request was not signed. */
  readonly identity: string
  /** The caller's account where it is another than the guarded one; else ''. */
  readonly account: string
}

/** `account` is the guarded one. A type that is no name of anybody (`AWSAccount`, `AWSService`) gives way to what says more. */
export function callerOf(identity: Fields, account: string): Caller {
  const [type, own] = [text(identity.type), text(identity.accountId)]
  const named = text(identity.arn) || text(identity.userName) || text(identity.principalId)
  if ([named || own, own].includes(anonymous)) return { identity: named || anonymous, account: '' }
  const other = own === account ? '' : own
  const unnamed = type === 'AWSAccount' ? own : text(identity.invokedBy)
  return { identity: named || (type.startsWith('AWS') ? unnamed : type), account: other }
}
