// Tells whether root did it, and whether it was done to root. CloudTrail names root in many ways: by the type of an identity, by
// words in the place of a user's name, by an ARN of its own, and by nothing at all.
import { type Fields, objectAt, text } from './fields.ts'

const rootArn = /^arn:[\w-]+:iam::\d{12}:root$/i

/** No IAM user can have these names, in which a space and `<` stand. The second is the credential report's. */
const rootWords: ReadonlySet<string> = new Set(['aws root user', '<root_account>'])

/**
 * Of a `userIdentity`. A session that root federated acts with root's powers, under the type FederatedUser. The ARN is asked where
 * there is no type alone: real records of root carry it empty, redacted or with a user's name.
 */
export function isRoot(identity: Fields): boolean {
  const type = text(identity.type)
  const issuer = objectAt(objectAt(identity, 'sessionContext'), 'sessionIssuer').type
  return type === 'Root' || issuer === 'Root' || (type === '' && namesRoot(text(identity.arn), text(identity.userName)))
}

/** Whether one of the words is root's alone: `AWS ROOT USER`, `<root_account>` or its ARN. */
export function namesRoot(...words: readonly string[]): boolean {
  return words.some((word) => rootWords.has(word.toLowerCase()) || rootArn.test(word))
}

/**
 * Whether a call of IAM is about root's own credentials: its request names root, or no user. A security key says of its serial
 * number whose it is (`u2f/root/NAME`, `u2f/user/USER/NAME`), a virtual device only where it is root's first
 * (`mfa/root-account-mfa-device`). What cannot be read is root's, which is the louder.
 * Source: IAM API reference, GetMFADevice; CloudTrail user guide, records of root's MFA.
 */
export function isOfRoot(request: Fields): boolean {
  const [user, serial] = [text(request.userName), text(request.serialNumber)]
  if (namesRoot(user) || /:(u2f\/root(\/|$)|mfa\/root-account-mfa-device$)/.test(serial)) return true
  return ['', 'root'].includes(user.toLowerCase()) && !serial.includes(':u2f/user/')
}
