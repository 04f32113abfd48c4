// Whether a call or sign-in failed. CloudTrail says it in several places: a call that was denied carries `errorCode`, most sign-ins
// a message without a code, some nothing but `responseElements.NAME: "Failure"`, and OAuth's calls `additionalEventData.success` as a
// text. Source: CloudTrail user guide, console sign-in events; AWS Sign-In user guide, examples of CreateOAuth2Token.
import { type Fields, flag, objectAt, text } from './fields.ts'

/** AWS's own reason, or the field that says it failed; undefined where nothing says so. */
export function failureOf(detail: Fields): string | undefined {
  const reason = text(detail.errorMessage) || text(detail.errorCode)
  if (reason !== '') return reason
  const own = text(detail.eventName).toLowerCase()
  const answers = Object.entries(objectAt(detail, 'responseElements'))
  const result = answers.find(([name, said]) => name.toLowerCase() === own && /^fail/i.test(text(said)))
  if (result !== undefined) return text(result[1])
  return flag(objectAt(detail, 'additionalEventData').success) === false ? 'success: false' : undefined
}
