// Korean phone numbers as people write them (010-0000-0000, +82 10 0000 0000), read into the digits that both SMS
// providers take. Numbers of other countries are refused: neither provider's domestic SMS reaches them.
import * as v from 'valibot'

const digits = v.pipe(
  v.string(),
  v.transform((written) => written.replace(/[\s()-]/g, '').replace(/^\+820?/, '0')),
)

/** Somebody's number. */
export const phoneNumber = v.pipe(
  digits,
  v.regex(/^0[1-9]\d{7,9}$/, 'a Korean phone number is expected, as 010-0000-0000 or +821000000000'),
)

/** Whom a secret says to reach. */
export const phoneNumbers = v.pipe(v.array(phoneNumber), v.nonEmpty('at least one phone number is expected'))

/** A number registered to send from: somebody's, or a representative one as 1500-0000. */
export const senderNumber = v.pipe(
  digits,
  v.regex(/^(0[1-9]\d{7,9}|1[5-9]\d{6})$/, 'a Korean phone number is expected, as 02-000-0000 or 1500-0000'),
)
