import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { logBucketPrefix } from '../../../handlers/contract/log-bucket-names.ts'
import { changesGuard } from '../../../handlers/notifier/guard-parts.ts'
import { filledIn } from '../../../templates-src/parts/bootstrap-names.ts'
import { guardTouched } from '../../../templates-src/parts/guard-touched.ts'
import { reusedBucketPolicies } from '../../../templates-src/reused-buckets.ts'
import { settings } from '../../templates-src/references.ts'

const test = suite('how the names of log buckets begin')

const names = ['rg', 'root-guard', 'fourteen-chars', ...[16, 17, 18, 19, 20].map((length) => 'a'.repeat(length))]

/** As CloudFormation makes it up: the stack's name cut to 24 letters, the logical id, and something by chance. */
const bucketOf = (name: string) =>
  `${`StackSet-${name}-ap-northeast-2-0a1b2c3d`.slice(0, 24)}-TrailBucket-0a1b2c3d4e5f`.toLowerCase()

for (const name of names) {
  test(`every part of the guard knows the bucket of a guard called ${name}`, () => {
    const bucket = bucketOf(name)
    const begins = (prefix: string | undefined) => bucket.startsWith(prefix ?? 'no prefix at all')
    assert.ok(begins(logBucketPrefix(name)), logBucketPrefix(name))
    assert.ok(begins(filledIn('BUCKET', { ...settings, name })))
    const policy = JSON.stringify(reusedBucketPolicies({ ...settings, name }).accessLogs)
    assert.ok(begins(/arn:aws:s3:::(stackset[^"]+)\*"/.exec(policy)?.[1]), policy)
    const rule = JSON.stringify(guardTouched({ ...settings, name }))
    assert.ok(begins(/"bucketName":\[\{"prefix":"([^"]+)"/.exec(rule)?.[1]), rule)
    const call = { eventName: 'PutBucketPolicy', requestParameters: { bucketName: bucket } }
    assert.ok(changesGuard(call, name))
  })
}

test('a guard whose name goes on after ours is another one', () => {
  assert.not.ok(bucketOf('root-guardian').startsWith(logBucketPrefix('root-guard')))
})

test.run()
