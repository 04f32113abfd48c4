// Tells whether root did it.
import { type Fields, objectAt, text } from './fields.ts'

/** Of a `userIdentity`. A session that root federated acts with root's powers, under the type FederatedUser. */
export function isRoot(identity: Fields): boolean {
  return (
    text(identity.type) === 'Root' || objectAt(objectAt(identity, 'sessionContext'), 'sessionIssuer').type === 'Root'
  )
}
