// A Korean phone number as people write it (010-0000-0000, +82 10 0000 0000), read into the digits that both SMS
// providers take. Numbers of other countries are refused: neither provider's domestic SMS reaches them.
import * as v from 'valibot'

export const phoneNumber = v.pipe(
  v.string(),
  v.transform((written) => written.replace(/[\s()-]/g, '').replace(/^\+82/, '0')),
  v.regex(/^0\d{8,10}$/, 'a Korean phone number is expected, as 010-0000-0000 or +821000000000'),
)
