// A key of the account's own, where root-guard.yaml asks for one: whoever switches it off, or leaves services out of its
// policy, silences topic and queue that are encrypted with it, and nothing of the guard has changed but the key.
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KeyMetadata,
} from '@aws-sdk/client-kms'
import { aws } from '../../aws.ts'
import { gone, type LiveCheck, type Observation } from '../check.ts'
import { differencesOfDocuments, differencesWithin } from '../compare.ts'

export const keyChecks = {
  'AWS::KMS::Key': {
    actions: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus'],
    covers: ['Description', 'EnableKeyRotation', 'KeyPolicy'],
    fixed: [],
    look: async ({ properties, physicalId: KeyId }, region) => {
      const kms = aws.kms(region)
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }))
      // Of a key that is off KMS says no more than that.
      if (KeyMetadata?.KeyState !== 'Enabled') return [notUsable(KeyId, KeyMetadata, region)]
      const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }))
      const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId }))
      return [
        ...differencesWithin('Description', properties.Description, KeyMetadata.Description),
        ...differencesOfDocuments('KeyPolicy', properties.KeyPolicy, Policy ?? ''),
        ...differencesWithin('EnableKeyRotation', properties.EnableKeyRotation, KeyRotationEnabled),
      ]
    },
  },

  'AWS::KMS::Alias': {
    actions: ['kms:DescribeKey'],
    covers: ['TargetKeyId'],
    fixed: ['AliasName'],
    look: async ({ properties, physicalId }, region) => {
      const KeyId = String(properties.AliasName ?? physicalId)
      const { KeyMetadata } = await aws.kms(region).send(new DescribeKeyCommand({ KeyId }))
      return KeyMetadata === undefined
        ? [gone]
        : differencesWithin('TargetKeyId', properties.TargetKeyId, KeyMetadata.KeyId)
    },
  },
} satisfies Record<string, LiveCheck>

function notUsable(KeyId: string, key: KeyMetadata | undefined, region: string): Observation {
  const state = key?.KeyState ?? 'unknown'
  const [until] = key?.DeletionDate?.toISOString().split('T') ?? []
  const enable = `aws kms enable-key --region ${region} --key-id ${KeyId}`
  const hint =
    state === 'PendingDeletion'
      ? `what it encrypted is lost with it: aws kms cancel-key-deletion --region ${region} --key-id ${KeyId}, then ${enable}`
      : `what is encrypted with it cannot be sent or read: ${enable}`
  return {
    what: 'KeyState',
    wished: 'Enabled',
    found: until === undefined ? state : `${state}: gone on ${until}`,
    hint,
  }
}
