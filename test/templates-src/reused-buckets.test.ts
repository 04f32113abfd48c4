// What an owner is told that a bucket of theirs must allow is what the guard's own bucket allows.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { apNortheast2 } from '../../templates-src/ap-northeast-2.ts'
import { reusedBucketPolicies, reusedBucketsPage } from '../../templates-src/reused-buckets.ts'
import { at, deployed, settings } from './references.ts'

const own = deployed(apNortheast2(settings))

/** The policy of a bucket of ours, as it would read on the bucket called `name`. */
function policyOfOurs(id: string, name: string): unknown {
  const text = JSON.stringify(at(own.Resources[`${id}Policy`], 'Properties.PolicyDocument'))
    .replaceAll(`{"Fn::GetAtt":["${id}","Arn"]}`, `"arn:aws:s3:::${name}"`)
    .replaceAll(/\{"Fn::Sub":("[^"]*")\}/g, '$1')
    .replaceAll(`\${${id}.Arn}`, `arn:aws:s3:::${name}`)
    .replaceAll('{"Ref":"AWS::AccountId"}', `"${settings.account}"`)
    .replaceAll(/\$\{AWS::AccountId\}/g, settings.account)
    .replaceAll(/\$\{AWS::Partition\}/g, 'aws')
    .replaceAll(/\$\{AWS::Region\}/g, 'ap-northeast-2')
  return JSON.parse(text)
}

const test = suite('the page on log buckets of the owner')
const buckets = { trail: 'our-trail', config: 'our-config', accessLogs: 'our-logs' }
const policies = reusedBucketPolicies({ ...settings, buckets })

test("asks of the trail's and AWS Config's what ours allow, and of nothing else", () => {
  assert.equal(policies.trail, policyOfOurs('TrailBucket', 'our-trail'))
  assert.equal(policies.config, policyOfOurs('ConfigBucket', 'our-config'))
})

test('asks of the one for access logs the same, for buckets whose names CloudFormation is yet to end', () => {
  const ours = JSON.stringify(policyOfOurs('AccessLogsBucket', 'our-logs')).replace(
    '[{"Fn::GetAtt":["TrailBucket","Arn"]},{"Fn::GetAtt":["ConfigBucket","Arn"]}]',
    '["arn:aws:s3:::stackset-root-guard-*"]',
  )
  assert.equal(policies.accessLogs, JSON.parse(ours))
})

test('prints each of them to paste, for the buckets named and for YOUR-BUCKET where none is', () => {
  const printed = (page: string) => [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => JSON.parse(text))
  assert.equal(printed(reusedBucketsPage({ ...settings, buckets }, 'sample.ts')), Object.values(policies))
  const unnamed = reusedBucketsPage(settings, 'sample.ts')
  assert.equal(printed(unnamed), Object.values(reusedBucketPolicies(settings)))
  assert.not.match(unnamed, /\$\{|Fn::|Ref/)
  assert.match(unnamed, 'arn:aws:s3:::YOUR-BUCKET/AWSLogs/111122223333/Config/*')
})

test.run()
