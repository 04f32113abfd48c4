// By setting: a KMS key of the account's own for what can hold one. Not for a relay's dead letters: the key would be one in each
// Region, and what lies there is what CloudTrail's log holds as well. Not for the topic of AWS Config, which does not publish
// to encrypted topics, nor for the bucket of access logs, which S3 delivers to under its own key alone.
import { DeletionPolicy, Fn, KMS, Refs } from 'cloudform'
import { withAttributes } from '../beyond-cloudform.ts'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { allowService } from './iam.ts'

export const encryptionKey = 'EncryptionKey'

export interface KeyUser {
  readonly service: string | readonly string[]
  readonly Condition: object
  /** CloudTrail and AWS Config ask what key it is; SNS and SQS do not. */
  readonly describes?: true
}

/** Of the key in its Region, for templates that do not make it. */
export const keyAlias = ({ name }: Settings) => `alias/${name}`

/** A key that these services may use; none where root-guard.yaml leaves encryption to the services. */
export function key(settings: Settings, users: readonly KeyUser[]): Resources {
  if (settings.encryption === 'service') return {}
  return {
    [encryptionKey]: withAttributes(
      new KMS.Key({
        Description: `${settings.name}: what is kept and sent in this Region`,
        EnableKeyRotation: true,
        KeyPolicy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'AccountAdministers',
              Effect: 'Allow',
              Principal: { AWS: Fn.Sub(`arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root`, {}) },
              Action: 'kms:*',
              Resource: '*',
            },
            ...users.map(({ service, Condition, describes }) => {
              const actions = ['kms:GenerateDataKey*', 'kms:Decrypt']
              return allowService(service, describes ? ['kms:DescribeKey', ...actions] : actions, '*', Condition)
            }),
          ],
        },
      }),
      // Without it what it encrypted cannot be read again.
      { UpdateReplacePolicy: 'Retain' },
    ).deletionPolicy(DeletionPolicy.Retain),
    KeyAlias: new KMS.Alias({ AliasName: keyAlias(settings), TargetKeyId: Fn.Ref(encryptionKey) }),
  }
}

/** For this account alone, whatever the resource. */
export const ofThisAccount = { StringEquals: { 'aws:SourceAccount': Refs.AccountId } }
