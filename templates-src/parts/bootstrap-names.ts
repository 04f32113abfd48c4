// The names of the guard, as the bootstrap's policies write them: one list of grants serves every root-guard.yaml.
import { logBucketPrefix } from '../../handlers/contract/log-bucket-names.ts'
import type { Settings } from '../config/schema.ts'

/**
 * The value with `ACCOUNT`, `HOME` and `NAME` replaced by what the settings say, and `BUCKET` by how the name of a bucket
 * begins, in a text or anywhere within.
 */
export function filledIn<Value>(value: Value, { account, homeRegion, name }: Settings): Value {
  const text = JSON.stringify(value)
    .replaceAll('ACCOUNT', account)
    .replaceAll('HOME', homeRegion)
    .replaceAll('NAME', name)
    .replaceAll('BUCKET', logBucketPrefix(name))
  return JSON.parse(text) as Value
}
