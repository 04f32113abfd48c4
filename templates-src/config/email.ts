// E-mail addresses, as several settings take them.
import * as v from 'valibot'

/** At least one address, each once. */
export const emailList = v.pipe(
  v.array(
    v.pipe(
      v.string(),
      v.regex(/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/, 'an e-mail address, as security@example.com'),
      v.maxLength(254, 'an e-mail address of at most 254 characters'),
    ),
  ),
  v.minLength(1, 'at least one e-mail address'),
  v.check((list) => new Set(list).size === list.length, 'each e-mail address once'),
)
